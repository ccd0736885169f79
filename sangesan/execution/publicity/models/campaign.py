"""Publicity plans (宣传计划) and their texts, ready for each place."""

from django.db import models
from django.db.models import F, Q

from sangesan.foundation.keys import RandomKey
from sangesan.method import publicity as rule
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Line, Unit


class Campaign(models.Model):
    """A publicity plan (宣传计划): what is told, from when to when, by which post; `cause` is what it serves."""

    id = RandomKey()
    title = models.CharField(max_length=rule.LONGEST_TITLE)
    message = models.CharField(max_length=rule.LONGEST_MESSAGE)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    line = models.CharField(max_length=16, choices=Line)
    path = models.CharField(max_length=200)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    cause = models.CharField(max_length=80, blank=True)
    starts = models.DateField()
    ends = models.DateField(db_index=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-ends", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="publicity_forward")]

    def __str__(self):
        return self.title

    @property
    def subject(self) -> str:
        """The address (地址) under which facts, duties and notices know it."""
        return f"publicity/{self.pk}"


class PlaceText(models.Model):
    """The text ready for a place (阵地稿子)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="texts")
    place = models.CharField(max_length=16)
    words = models.CharField(max_length=800)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["campaign", "place"], name="publicity_one_text")]

    def __str__(self):
        return self.place

    @property
    def word(self) -> str:
        return rule.place(self.place).word
