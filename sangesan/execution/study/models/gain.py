"""Skill grades and certificates gained (取得的技能等级、证书): how many of a unit, never who."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sangesan.organization.units.models import Unit


class Gain(models.Model):
    """So many of a unit gained something (取得) on a day."""

    class What(models.TextChoices):
        JUNIOR = "junior", _("初级工")
        MIDDLE = "middle", _("中级工")
        SENIOR = "senior", _("高级工")
        TECHNICIAN = "technician", _("技师")
        MASTER = "master", _("高级技师")
        CERTIFICATE = "certificate", _("特种作业证")
        TITLE = "title", _("专业技术职称")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    what = models.CharField(max_length=12, choices=What)
    count = models.PositiveSmallIntegerField()
    fact = models.BigIntegerField()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["unit", "day", "what"], name="study_gain_once")]

    def __str__(self):
        return f"{self.unit_id} {self.what} {self.count}"
