"""Tables of the roster (花名册): imports and what they did."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Batch(models.Model):
    """An import (导入批次): the workbook while it is needed, and the journal that undo reads.

    Workbook and journal hold names; both are cleared when undo is no longer possible.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("待确认")
        TAKEN = "taken", _("已导入")
        UNDONE = "undone", _("已撤销")

    state = models.CharField(max_length=8, choices=State, default=State.DRAFT.value)
    file_name = models.CharField(max_length=120, blank=True)
    workbook = models.BinaryField(null=True)
    by = models.CharField(max_length=60)
    uploaded_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    journal = models.JSONField(default=dict)
    fact = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.file_name} {self.get_state_display()}"
