"""Inspections (检查): somebody other than the doer looked, or walked round. Rows are added, never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sangesan.organization.units.models import Unit

from .checklist import Checklist


class Inspection(models.Model):
    """An inspection or a walk-round (检查、走动) of a unit; what was seen in a sentence, no track and no check-in.

    `path` is the unit's path as it was; `key` the digest of the form's token.
    """

    class Form(models.TextChoices):
        WALK = "walk", _("走动")
        CHECK = "check", _("督察")
        SOURCE = "source", _("安全系统查出")

    form = models.CharField(max_length=8, choices=Form)
    day = models.DateField()
    shift = models.CharField(max_length=20, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    place = models.CharField(max_length=60, blank=True)
    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="+", null=True, blank=True)
    seen = models.CharField(max_length=500, blank=True)
    entered_at = models.DateTimeField()
    post = models.CharField(max_length=60)
    person = models.BigIntegerField()
    path = models.CharField(max_length=200)
    key = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["unit", "day"], name="rectification_of_unit")]

    def __str__(self):
        return f"{self.unit_id} {self.day}"

    @property
    def subject(self) -> str:
        """The address (地址) under which facts know it."""
        return f"inspections/{self.pk}"
