"""Put every matter into the index anew (重建索引): what counts as personal in its words was widened.

What the index took up before could be found by its digits. Since the rules carry a version (ADR 0051), no later
step is needed for that.
"""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0010_mentioned'),
    ]

    operations = [
        migrations.RunSQL(
            "INSERT INTO matters_unindexed (id, matter_id) SELECT id, id FROM matters_matter WHERE 1 = 1 "
            "ON CONFLICT DO NOTHING",
            migrations.RunSQL.noop,
        ),
    ]
