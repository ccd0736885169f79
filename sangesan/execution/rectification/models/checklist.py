"""Checklists (检查表): one kind of work, what to look at, for which units, how often."""

from django.db import models
from django.db.models import Q

from sangesan.organization.units.models import Kind, Unit


class Checklist(models.Model):
    """A checklist (检查表) kept by a unit for units of a kind; `every` so many days. `until` is exclusive."""

    title = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.TEAM.value)
    every = models.PositiveSmallIntegerField(default=30)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["title"], condition=Q(until=None), name="rectification_one_title"),
        ]

    def __str__(self):
        return self.title


class Item(models.Model):
    """What to look at (检查项), and by what standard."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    standard = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["checklist", "number"], name="rectification_item_once")]

    def __str__(self):
        return f"{self.number}. {self.text}"
