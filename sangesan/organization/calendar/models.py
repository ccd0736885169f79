"""Tables of the calendar (日历): the frozen working days."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Day(models.Model):
    """A day (日): worked or not, where that is known from, and which post confirmed it."""

    class Source(models.TextChoices):
        PACKAGE = "package", _("国家放假安排")
        GUESS = "guess", _("按周推定")
        PERSON = "person", _("人工调整")

    date = models.DateField(primary_key=True)
    is_work = models.BooleanField()
    source = models.CharField(max_length=8, choices=Source)
    confirmed_by = models.CharField(max_length=60, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["date"]

    def __str__(self):
        return f"{self.date} {_('工作日') if self.is_work else _('休息日')}"
