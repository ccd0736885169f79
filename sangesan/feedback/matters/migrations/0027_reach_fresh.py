"""What waits to be judged is found by an index (未研判件索引): it is asked for every minute and in each grading."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0026_unused_rights'),
        ('units', '0002_rotation'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='reach',
            index=models.Index(condition=models.Q(('fresh_since__isnull', False)), fields=['unit', 'fresh_since', 'matter'], name='matters_reach_fresh'),
        ),
    ]
