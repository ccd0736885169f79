"""A later word of whoever gave a name tells whether it came before the answer or behind it (轮次); none told before."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0017_lines_of_channels'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='turn',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
    ]
