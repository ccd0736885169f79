"""Tables of triage help (分办辅助): suggestions, likenesses, habits. No words of anybody, no moments.

A row is made within seconds of a submission, so it keeps neither a time nor an ascending key.
"""

from django.db import models

from sangesan.feedback.matters.models import Matter
from sangesan.foundation.keys import RandomKey
from sangesan.organization.units.models import Unit


class Suggestion(models.Model):
    """What the model says of a matter (分办建议); without a model only urgent words and the usual unit.

    `probability` in thousandths, calibrated; `words` are of the list of `method.triage.urgency` only.
    """

    id = RandomKey()
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="+")
    category = models.CharField(max_length=16, blank=True)
    second = models.CharField(max_length=16, blank=True)
    probability = models.PositiveSmallIntegerField(default=0)
    abstained = models.BooleanField(default=True)
    model = models.CharField(max_length=12, blank=True)
    words = models.JSONField(default=list)

    def __str__(self):
        return self.category


class Likeness(models.Model):
    """Two matters that say the same (相似), in thousandths; `near`: almost word for word."""

    id = RandomKey()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    other = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    mark = models.PositiveSmallIntegerField()
    near = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "other"], name="triage_one_likeness")]

    def __str__(self):
        return str(self.mark)


class Habit(models.Model):
    """Who was given such matters (派单习惯): confirmed dispatches of a year, counted each night."""

    category = models.CharField(max_length=16)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["category", "unit", "lead"], name="triage_one_habit")]

    def __str__(self):
        return f"{self.category} {self.count}"
