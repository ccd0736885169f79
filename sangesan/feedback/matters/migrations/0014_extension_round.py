"""Each round of handling has its own extension (每轮一次延期); what was granted before belongs to the first."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0013_review_above'),
    ]

    operations = [
        migrations.AddField(
            model_name='extension',
            name='round',
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
