"""Progress that was owed and did not come (缺报进展): once for each time it was owed."""

from django.db import models

from sangesan.feedback.matters.models import Matter


class Gap(models.Model):
    """A missed word of progress (缺报)."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    due = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "due"], name="warning_one_gap")]

    def __str__(self):
        return f"{self.matter_id} {self.due:%F}"
