"""Findings from the system that already holds them (外来问题): its own number for each, so that none comes twice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .finding import Finding


class External(models.Model):
    """Where a finding came from (外来问题): the system's slug, its own number there, hazard or violation."""

    class Kind(models.TextChoices):
        HAZARD = "hazard", _("隐患")
        VIOLATION = "violation", _("三违")

    finding = models.OneToOneField(Finding, models.PROTECT, related_name="external")
    source = models.CharField(max_length=40)
    number = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=Kind)
    place = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="rectification_external_once")]

    def __str__(self):
        return f"{self.source} {self.number}"


class Delivery(models.Model):
    """A machine's delivery (一次送达): digests of its key and body, and what it was told; kept seven days."""

    key = models.CharField(max_length=64, unique=True)
    body = models.CharField(max_length=64)
    told = models.JSONField()
    at = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"{self.at:%Y-%m-%d}"
