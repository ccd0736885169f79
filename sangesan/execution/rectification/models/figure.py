"""Figures (外来数据): hazards and violations of a unit and day, as the system that holds them counts them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sangesan.organization.units.models import Unit


class Figure(models.Model):
    """A count (数) of a unit and day; a corrected file replaces it and reverses its fact. No person stands in it."""

    class What(models.TextChoices):
        HAZARDS = "hazards_found", _("查出隐患")
        CLOSED = "hazards_closed", _("整改隐患")
        VIOLATIONS = "violations", _("三违")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    what = models.CharField(max_length=16, choices=What)
    value = models.PositiveIntegerField()
    source = models.CharField(max_length=40)
    fact = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "day", "what"], name="rectification_one_figure")]
        indexes = [models.Index(fields=["day"], name="rectification_figure_day")]

    def __str__(self):
        return f"{self.unit_id} {self.day} {self.what} {self.value}"
