"""Of what speakers did to a clock the day alone is kept (只记到日), also of what was kept before.

A rating that opened a matter again, or a word that ended a suspension, stood with its moment, and of an A the due
moment told it as well. What runs still ends with that day; what the ledger says is left as it is.
"""

from datetime import datetime, time, timedelta, timezone

from django.db import migrations
from django.db.models.functions import Now

HERE = timezone(timedelta(hours=8))
TOLD = (time(18), time(23, 59, 59))
"""At what hours a clock ends that tells nothing: with the working day, or with the day."""
FIELDS = {"sign_in": "sign_in_due", "first_answer": "first_answer_due", "plan": "plan_due", "due": "due_at"}


def blunt(apps, schema_editor):
    change, matter = apps.get_model("matters", "ClockChange"), apps.get_model("matters", "Matter")
    pause = apps.get_model("matters", "Pause")
    for one in list(change.objects.filter(by=0, reason__in=("reopened", "resumed"), clock__in=FIELDS)):
        day, ends = one.at.astimezone(HERE).date(), one.after
        pause.objects.filter(matter=one.matter_id, resumed_at=one.at).update(resumed_at=closing(day))
        one.at = datetime.combine(day, time(0), HERE)
        if ends is not None and ends.astimezone(HERE).time() not in TOLD:
            one.after, field = closing(ends.astimezone(HERE).date()), FIELDS[one.clock]
            running = {field: ends, f"{field}__gt": Now()}
            matter.objects.filter(pk=one.matter_id, **running).update(**{field: one.after})
        one.save(update_fields=["at", "after"])


def closing(day):
    return datetime.combine(day, TOLD[1], HERE)


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0024_one_step_suspensions'),
    ]

    operations = [
        migrations.RunPython(blunt, migrations.RunPython.noop),
    ]
