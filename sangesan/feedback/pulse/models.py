"""Tables of the pulse (民情): published answers, frozen months."""

from django.db import models
from django.db.models import Q

from sangesan.foundation.keys import RandomKey


class PublishedAnswer(models.Model):
    """A question and its answer (公开答复), edited, without names: drafted by one, let out by another.

    `subject` is the matter it came from; it never leaves the house.
    """

    id = RandomKey()
    subject = models.CharField(max_length=40)
    category = models.CharField(max_length=16)
    question = models.CharField(max_length=300)
    answer = models.TextField()
    state = models.CharField(max_length=10, default="draft")
    drafted_by = models.BigIntegerField()
    drafted_at = models.DateTimeField()
    checked_by = models.BigIntegerField(default=0)
    published_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    remark = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject"], condition=Q(state__in=["draft", "published"]),
                                    name="pulse_one_answer"),
        ]
        indexes = [models.Index(fields=["state", "published_on"], name="pulse_answers_out")]

    def __str__(self):
        return self.question


class Month(models.Model):
    """A month, frozen (月度统计): `total` as it is put out, None when it is not.

    `parts` hold what committees show of it, by the key of their unit: only what is put out.
    """

    first = models.DateField(unique=True)
    frozen_at = models.DateTimeField()
    total = models.PositiveIntegerField(null=True, blank=True)
    parts = models.JSONField(default=dict)

    def __str__(self):
        return f"{self.first:%Y-%m}"


class Figure(models.Model):
    """One number of a month (统计数), as it is put out: what is hidden is not kept either."""

    month = models.ForeignKey(Month, models.PROTECT, related_name="figures")
    dimension = models.CharField(max_length=12)
    value = models.CharField(max_length=40)
    place = models.PositiveIntegerField(default=0)
    shown = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "dimension", "value"], name="pulse_one_figure")]

    def __str__(self):
        return f"{self.dimension} {self.value}"
