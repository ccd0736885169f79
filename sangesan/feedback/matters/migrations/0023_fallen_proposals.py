"""A proposed supervision that no step can confirm falls away (督办建议): of what nobody handed out yet, or what is over.

What was joined, taken back or handed over kept the one that was proposed of it before.
"""

from django.db import migrations
from django.db.models import Q
from django.db.models.functions import Now

WITH_OFFICE = ("received", "graded")
OVER = ("merged", "withdrawn", "declined", "closed", "ended", "sealed")
LEFT = ("accusation", "care")


def mend(apps, schema_editor):
    gone = Q(matter__state__in=(*WITH_OFFICE, *OVER)) | Q(matter__kind__in=LEFT)
    supervision = apps.get_model("matters", "Supervision")
    rows = supervision.objects.filter(gone, state="proposed").values_list("pk", flat=True)
    supervision.objects.filter(pk__in=list(rows)).update(
        state="withdrawn", remark="事项未派单、已办结或者转出，不再督办", ended_at=Now())


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0022_fresh'),
    ]

    operations = [
        migrations.RunPython(mend, migrations.RunPython.noop),
    ]
