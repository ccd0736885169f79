"""The completeness roll-up (完成情况汇总): counts by unit, routine and month; it can be rebuilt from the duties."""

from django.db import models

from sangesan.organization.units.models import Unit


class Completeness(models.Model):
    """How duties of a unit stand in a month (一格汇总): of one routine, or with routine 0 of all together."""

    month = models.DateField()
    routine = models.BigIntegerField(default=0)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    line = models.CharField(max_length=16)
    path = models.CharField(max_length=200)
    on_time = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    exempt = models.PositiveIntegerField(default=0)
    running = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["routine", "month", "unit", "line", "path"], name="routines_one_count"),
        ]

    def __str__(self):
        return f"{self.month} {self.unit_id}"


class Beneath(models.Model):
    """A unit and all below it together (单位及以下一格汇总), for units that have others below them in that month.

    What it says follows from the cells; a mine's table by routine would else add up a million of them.
    """

    month = models.DateField()
    routine = models.BigIntegerField(default=0)
    path = models.CharField(max_length=200)
    on_time = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    exempt = models.PositiveIntegerField(default=0)
    running = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "month", "routine"], name="routines_one_beneath"),
        ]

    def __str__(self):
        return f"{self.month} {self.path}"
