"""A hearing (听证) lasts to a day that is said beforehand; one under way gets the longest there is."""

from datetime import timedelta

from django.db import migrations, models

LONGEST = 30


def give_ends(apps, schema_editor):
    """Give each hearing under way its last day (补写听证结束日)."""
    reviews = apps.get_model("matters", "Review")
    for row in reviews.objects.filter(outcome="waiting", hearing_since__isnull=False):
        row.hearing_until = row.hearing_since + timedelta(days=LONGEST - 1)
        row.save(update_fields=["hearing_until"])


class Migration(migrations.Migration):

    dependencies = [("matters", "0029_linked")]

    operations = [
        migrations.AddField("review", "hearing_until", models.DateField(blank=True, null=True)),
        migrations.AddField("review", "heard", models.PositiveSmallIntegerField(default=0)),
        migrations.RunPython(give_ends, migrations.RunPython.noop, elidable=True),
    ]
