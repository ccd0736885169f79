"""Tables of the leading group and the focus (领导小组、工作重点): rows are added and ended, never changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.method import focus as rule
from sangesan.organization.people.models import Post


class Seat(models.Model):
    """A post's seat in the leading group (领导小组席位); `until` is the first day on which it holds no more."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    seat = models.CharField(max_length=8, choices=list(rule.SEATS.items()))
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=rule.LONGEST_WORDS)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=Q(until=None), name="focus_one_seat"),
            models.UniqueConstraint(fields=["seat"], condition=Q(until=None, seat="head"), name="focus_one_head"),
        ]

    def __str__(self):
        return f"{self.post} {self.seat}"

    @property
    def word(self) -> str:
        return _(rule.SEATS[self.seat])


class Focus(models.Model):
    """One focus of a year (一项工作重点), led by a post; `meeting` is the address of the meeting that decided it."""

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=rule.LONGEST_TITLE)
    content = models.CharField(max_length=rule.LONGEST_CONTENT, blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    meeting = models.CharField(max_length=80, blank=True)
    decided_by = models.CharField(max_length=rule.LONGEST_WORDS)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=rule.LONGEST_WORDS, blank=True)

    class Meta:
        ordering = ["-year", "number"]
        verbose_name_plural = "focus"
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="focus_one_number")]

    def __str__(self):
        return self.title

    @property
    def subject(self) -> str:
        """The address (地址) under which facts and other systems know it."""
        return f"focus/{self.pk}"
