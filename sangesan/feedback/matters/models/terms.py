"""Statutory clocks and what stops them (法定时限、挂起、异议)."""

from django.db import models
from django.db.models import Q

from sangesan.foundation.keys import RandomKey

from .matter import Matter


class Term(models.Model):
    """A statutory clock of a matter (法定时限): days only, for some of them a speaker starts.

    `start` is day 0. `missed` stays true when it is met late; a lifted one no longer applies, or
    was a right nobody used. `paused` is the first day that does not count (听证).
    """

    id = RandomKey()
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="terms")
    code = models.CharField(max_length=16)
    round = models.PositiveSmallIntegerField(default=0)
    start = models.DateField()
    due = models.DateField()
    paused = models.DateField(null=True, blank=True)
    met = models.DateField(null=True, blank=True)
    lifted = models.BooleanField(default=False)
    missed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "code", "round"], name="matters_one_term")]
        indexes = [models.Index(fields=["due"], condition=Q(met=None, lifted=False), name="matters_term_running")]

    def __str__(self):
        return f"{self.code} {self.due}"

    @property
    def running(self) -> bool:
        """Whether it still runs (计时中)."""
        return self.met is None and not self.lifted


class Pause(models.Model):
    """A suspension (挂起): asked for by one, approved by another; `dues` are the clocks it stopped.

    In the first version one person does both in one step, and no clock stops.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="pauses")
    reason = models.CharField(max_length=400)
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, default="waiting")
    decided_by = models.BigIntegerField(default=0)
    decided_at = models.DateTimeField(null=True, blank=True)
    dues = models.JSONField(default=dict, blank=True)
    resumed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(outcome="waiting"), name="matters_one_pause"),
        ]

    def __str__(self):
        return self.outcome


class Objection(models.Model):
    """An objection to the body that forwarded a matter (异议): not ours, and why; it must agree."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="objections")
    reason = models.CharField(max_length=400)
    by = models.BigIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, default="waiting")
    heard_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(outcome="waiting"), name="matters_one_objection"),
        ]

    def __str__(self):
        return self.outcome
