"""Nobody can be told of a slip without a name (无法告知): its receipt lies with nobody, so nothing is owed by a day.

Which rows of an imported register were without a name and a receipt nobody kept: of those by other channels the duty
stays as it was counted.
"""

from secrets import randbits

from django.db import migrations, models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

UNATTENDED = ("box", "letter", "upper")
TELLING = ("notice", "forwarded")


def unreceipted(apps, schema_editor):
    said = apps.get_model("matters", "Submission")
    said.objects.filter(channel__in=UNATTENDED, mode="anonymous").update(receipted=False)
    lift(apps)


def lift(apps):
    """End the duty to tell where nobody can be told; what was missed of it was no lateness."""
    said, term = apps.get_model("matters", "Submission"), apps.get_model("matters", "Term")
    change = apps.get_model("matters", "ClockChange")
    heard = said.objects.filter(receipted=True, withdrawn=None)
    own, joined = heard.filter(matter=OuterRef("matter")), heard.filter(matter__parent=OuterRef("matter"))
    running = term.objects.filter(~Exists(own), ~Exists(joined), code__in=TELLING, met=None, lifted=False)
    rows = list(running.values_list("pk", "matter", "code"))
    for start in range(0, len(rows), 500):
        part = rows[start : start + 500]
        term.objects.filter(pk__in=[pk for pk, *_more in part]).update(lifted=True, missed=False)
        change.objects.bulk_create(change(id=randbits(62), matter_id=matter, clock=code, event="lifted",
                                          reason="untold", at=Now()) for _pk, matter, code in part)


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0020_register_numbers'),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='receipted',
            field=models.BooleanField(default=True),
        ),
        migrations.RunPython(unreceipted, migrations.RunPython.noop),
    ]
