"""What visitors were promised before it was kept with their words cuts the promise of handling too (接待承诺).

Only where the day is still to come: nobody is late by what nobody counted. The clocks that run end by that day from
now on; nothing is said of the days before.
"""

from datetime import datetime, time, timedelta, timezone
from secrets import randbits

from django.db import migrations
from django.db.models.functions import Now, TruncDate

HERE = timezone(timedelta(hours=8))
END_OF_WORK = time(18)
OWED = ("dispatched", "handling", "review", "returned")
OVER = ("closed", "declined", "withdrawn", "ended", "sealed")


def cap(apps, schema_editor):
    visitor = apps.get_model("intake", "Visitor")
    rows = visitor.objects.filter(promised__gt=TruncDate(Now())).exclude(said__matter__state__in=OVER)
    for one in list(rows.select_related("said__matter__parent").order_by("promised", "pk")):
        said, matter = one.said, one.said.matter.parent or one.said.matter
        if "promised" not in said.extra:
            said.extra["promised"] = one.promised.isoformat()
            said.save(update_fields=["extra"])
            shorten(apps, matter, datetime.combine(one.promised, END_OF_WORK, HERE))


def shorten(apps, matter, last):
    """Let the promise of handling that runs end by then, and keep why."""
    change = apps.get_model("matters", "ClockChange")
    running = apps.get_model("matters", "Matter").objects.filter(
        pk=matter.pk, due_at__gt=last, answered_at=None, state__in=OWED, history=False)
    if running.update(due_at=last):
        change.objects.create(id=randbits(62), matter_id=matter.pk, clock="due", event="moved", before=matter.due_at,
                              after=last, reason="promised", at=Now())


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0005_papers_handed_up'),
        ('matters', '0024_one_step_suspensions'),
    ]

    operations = [
        migrations.RunPython(cap, migrations.RunPython.noop),
    ]
