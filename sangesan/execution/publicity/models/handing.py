"""Handing down (层层传达): one row for a unit a notice was handed to, received and passed on by a post."""

from django.db import models

from sangesan.execution.duties.models import Duty
from sangesan.organization.units.models import Unit

from .campaign import Campaign


class Handing(models.Model):
    """A unit in the cascade (传达单位): from whom (`above`), by which posts it was received and passed on."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="handings")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    above = models.ForeignKey("self", models.PROTECT, related_name="below", null=True, blank=True)
    level = models.PositiveSmallIntegerField()
    duty = models.OneToOneField(Duty, models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(max_length=60, blank=True)
    passed_at = models.DateTimeField(null=True, blank=True)
    passed_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["level", "path"]
        constraints = [models.UniqueConstraint(fields=["campaign", "unit"], name="publicity_handed_once")]
        indexes = [models.Index(fields=["handed_at"], condition=models.Q(passed_at=None), name="publicity_waiting")]

    def __str__(self):
        return f"{self.campaign_id} {self.unit}"
