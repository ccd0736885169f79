"""Whom the words name is looked for a minute after they came in (审读来件), in what waits now as well.

What was handed over has been looked through then.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0011_cover_again'),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='heeded',
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name='submission',
            index=models.Index(condition=models.Q(('heeded', False)), fields=['id'], name='matters_unheeded'),
        ),
        migrations.RunSQL(
            "UPDATE matters_submission SET heeded = TRUE WHERE matter_id IN "
            "(SELECT id FROM matters_matter WHERE dispatched_at IS NOT NULL)",
            migrations.RunSQL.noop,
        ),
    ]
