"""A right that nobody used was not met by acceptance (异议权未用): it lapsed, and nobody was late with it.

What was forwarded to the enterprise and accepted stood as objected to, and as late where that came after the day.
"""

from django.db import migrations
from django.db.models import Exists, OuterRef


def lapse(apps, schema_editor):
    change, term = apps.get_model("matters", "ClockChange"), apps.get_model("matters", "Term")
    accepted = change.objects.filter(clock="objection", event="met", reason="accepted")
    unused = term.objects.filter(Exists(accepted.filter(matter=OuterRef("matter"))), code="objection")
    unused.filter(met__isnull=False).update(met=None, lifted=True)
    accepted.update(event="lifted")


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0025_spoken_days'),
    ]

    operations = [
        migrations.RunPython(lapse, migrations.RunPython.noop),
    ]
