"""What came by a channel of a line is the line's own (条线的事项): letters of the union's mailbox, proposals.

Until now the union read whatever lay where its posts reach. Of what its officers wrote down for others nothing was
kept, so that stays with the office. What one of its units has in hand is the union's on that way.
"""

from django.db import migrations
from django.db.models import Q

CHANNELS = ("union", "proposal")
PORTION = 500


def own(apps, schema_editor):
    matter, reach = apps.get_model("matters", "Matter"), apps.get_model("matters", "Reach")
    matter.objects.filter(channel__in=CHANNELS).update(line="union")
    reach.objects.filter(matter__in=matter.objects.filter(line="union").values("pk")).update(line="union")
    handed(apps)
    stale(apps)


def handed(apps):
    """Mark the way of each unit of the union that has a matter in hand."""
    unit, edge = apps.get_model("units", "Unit"), apps.get_model("units", "UnitEdge")
    assignment, reach = apps.get_model("matters", "Assignment"), apps.get_model("matters", "Reach")
    above = dict(edge.objects.filter(until=None).values_list("child", "parent"))
    for pk in unit.objects.filter(line="union").values_list("pk", flat=True):
        way, step = {pk}, pk
        while (step := above.get(step)) and step not in way:
            way.add(step)
        held = assignment.objects.filter(until=None, unit=pk).values("matter")
        reach.objects.filter(Q(matter__in=held) | Q(matter__parent__in=held), unit__in=way).update(line="union")


def stale(apps):
    """Have the index taken up anew: whose own a matter is stands there too."""
    reach, unindexed = apps.get_model("matters", "Reach"), apps.get_model("matters", "Unindexed")
    keys = list(reach.objects.exclude(line="").order_by().values_list("matter", flat=True).distinct())
    for start in range(0, len(keys), PORTION):
        unindexed.objects.bulk_create((unindexed(id=pk, matter_id=pk) for pk in keys[start : start + PORTION]),
                                      ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ('matters', '0016_line'),
        ('units', '0002_rotation'),
    ]

    operations = [
        migrations.RunPython(own, migrations.RunPython.noop),
    ]
