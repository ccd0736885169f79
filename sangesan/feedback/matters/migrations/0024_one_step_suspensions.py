"""What waits for a third party in one step has its suspension kept (一步挂起), so that it is known when it ended."""

from django.db import migrations
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now


def mend(apps, schema_editor):
    matter, pause = apps.get_model("matters", "Matter"), apps.get_model("matters", "Pause")
    known = pause.objects.filter(matter=OuterRef("pk"), outcome="granted", resumed_at=None)
    for pk in list(matter.objects.filter(~Exists(known), state="suspended").values_list("pk", flat=True)):
        pause.objects.create(matter_id=pk, reason="挂起", asked_by=0, asked_at=Now(), outcome="granted",
                             decided_at=Now())


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0023_fallen_proposals'),
    ]

    operations = [
        migrations.RunPython(mend, migrations.RunPython.noop),
    ]
