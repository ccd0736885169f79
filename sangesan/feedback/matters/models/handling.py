"""What handling leaves behind (办理记录): assignments, answers, extensions, clocks."""

from django.db import models
from django.db.models import Q

from sangesan.foundation.keys import RandomKey
from sangesan.organization.units.models import Unit

from .matter import Matter


class Assignment(models.Model):
    """A unit was given the matter (派给): as lead or in support; `handler` is who signed in."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    leads = models.BooleanField(default=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    by = models.BigIntegerField(default=0)
    handler = models.BigIntegerField(default=0)

    def __str__(self):
        return f"{self.unit}"


class Answer(models.Model):
    """A draft of the answer (答复稿) and what became of it: waiting, approved, rejected, taken back."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="answers")
    text = models.TextField()
    author = models.BigIntegerField()
    post = models.CharField(max_length=40)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, default="waiting")
    judge = models.BigIntegerField(default=0)
    judged_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(outcome="waiting"), name="matters_one_draft"),
        ]

    def __str__(self):
        return self.outcome


class Extension(models.Model):
    """A request to move the due moment (延期): waiting, granted or refused.

    `round` is how often the matter had been opened again: the law's days begin anew, and with them the one extension.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="extensions")
    days = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=400)
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, default="waiting")
    decided_by = models.BigIntegerField(default=0)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(outcome="waiting"), name="matters_one_extension"),
        ]

    def __str__(self):
        return f"{self.days} {self.outcome}"


class Regrading(models.Model):
    """A change of grade (调级): upward by one person, downward when a second agrees."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="regradings")
    urgency = models.PositiveSmallIntegerField()
    importance = models.PositiveSmallIntegerField()
    before = models.CharField(max_length=1)
    grade = models.CharField(max_length=1)
    reason = models.CharField(max_length=400)
    proposed_by = models.BigIntegerField()
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, default="done")
    agreed_by = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(outcome="waiting"), name="matters_one_regrading"),
        ]

    def __str__(self):
        return f"{self.before} → {self.grade}"


class ClockChange(models.Model):
    """What happened to a clock (时限变动): set, moved, paused, resumed, met, missed or lifted; its whole history.

    What a speaker caused carries the beginning of its day, and its key tells no order.
    """

    id = RandomKey()
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="clock_changes")
    clock = models.CharField(max_length=16)
    event = models.CharField(max_length=8, default="set")
    before = models.DateTimeField(null=True, blank=True)
    after = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=16)
    at = models.DateTimeField()
    by = models.BigIntegerField(default=0)

    def __str__(self):
        return f"{self.clock} {self.reason}"


class Overdue(models.Model):
    """A clock ran out and the ledger says so (超期已记): once per matter, clock and round of handling.

    A round ends when the matter is opened again, or goes over to another unit.
    """

    id = RandomKey()
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="overdue")
    clock = models.CharField(max_length=16)
    round = models.PositiveSmallIntegerField(default=0)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "clock", "round"], name="matters_overdue_once")]

    def __str__(self):
        return self.clock
