"""Whom a file of a step shuts out (附件回避); of those handed in before, nobody: their words were not read."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0018_turn'),
    ]

    operations = [
        migrations.AddField(
            model_name='stepfile',
            name='shut',
            field=models.JSONField(blank=True, default=list),
        ),
    ]
