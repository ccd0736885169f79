"""Boxes (意见箱): where they hang, who opened them together, which slip became which matter."""

from django.db import models
from django.db.models import F, Q

from sangesan.feedback.matters.models import Submission
from sangesan.foundation.keys import RandomKey
from sangesan.organization.units.models import Unit


class Box(models.Model):
    """A box (意见箱) at a place; `unit` says who may open it."""

    code = models.CharField(max_length=20, unique=True)
    place = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    every = models.PositiveSmallIntegerField(default=7)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    def __str__(self):
        return self.place

    @property
    def subject(self) -> str:
        """The address (地址) under which others refer to it."""
        return f"boxes/{self.code}"


class Opening(models.Model):
    """A box was opened (开箱): one counts the slips, another person counts them again and confirms."""

    box = models.ForeignKey(Box, models.PROTECT, related_name="openings")
    day = models.DateField()
    slips = models.PositiveSmallIntegerField()
    first = models.BigIntegerField()
    first_post = models.CharField(max_length=60)
    second = models.BigIntegerField(default=0)
    second_post = models.CharField(max_length=60, blank=True)
    confirmed = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["box"], condition=Q(confirmed=None), name="intake_one_unconfirmed"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="intake_two_persons"),
        ]

    def __str__(self):
        return f"{self.box} {self.day}"


class Slip(models.Model):
    """A slip (信条) that was entered: the number-th of its opening; `said` is None for an accusation."""

    id = RandomKey()
    opening = models.ForeignKey(Opening, models.PROTECT, related_name="entered")
    number = models.PositiveSmallIntegerField()
    said = models.OneToOneField(Submission, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opening", "number"], name="intake_slip_once")]

    def __str__(self):
        return str(self.number)
