"""What was heard and not dispatched lies in the reach of the enterprise alone (派单前的知情范围)."""

from django.db import migrations
from django.db.models import Exists, OuterRef, Q


def withdraw(apps, schema_editor):
    reach, edge = apps.get_model("matters", "Reach"), apps.get_model("units", "UnitEdge")
    root = ~Exists(edge.objects.filter(child=OuterRef("unit")))
    upper = reach.objects.filter(Q(unit__kind__in=["mine", "group"]) | root).values("pk")
    reach.objects.filter(matter__dispatched_at=None, matter__release_at=None, sealed=0).exclude(pk__in=upper).delete()


class Migration(migrations.Migration):
    dependencies = [("matters", "0005_clock_keys"), ("units", "0001_initial")]
    operations = [migrations.RunPython(withdraw, migrations.RunPython.noop)]
