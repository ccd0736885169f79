"""Findings (查出的问题): each is a duty of the unit responsible; done, verified or sent back."""

from django.db import models
from django.db.models import Q

from sangesan.execution.duties.models import Duty
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Unit

from .checklist import Item
from .inspection import Inspection


class Finding(models.Model):
    """A problem (问题) with the unit that puts it right; `named` may verify beside the finder. Its state is derived."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", null=True, blank=True)
    text = models.CharField(max_length=500)
    measure = models.CharField(max_length=300, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    named = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+", null=True, blank=True)
    entered_at = models.DateTimeField()
    key = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return self.text[:40]

    @property
    def subject(self) -> str:
        """The address (地址) under which facts, its duty and notices know it."""
        return f"findings/{self.pk}"


class Verdict(models.Model):
    """A look at what was done (验收): put right, or back to the unit."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="verdicts")
    passed = models.BooleanField()
    words = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    post = models.CharField(max_length=60)
    person = models.BigIntegerField()
    fact = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["finding"], condition=Q(passed=True), name="rectification_passed_once"),
        ]

    def __str__(self):
        return f"{self.finding_id} {self.passed}"
