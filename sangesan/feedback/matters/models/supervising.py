"""Supervision (督办) and a leader's own case (包案): records beside the state."""

from datetime import date, datetime, time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.method.supervision import ADVICE, BY_OFFICE, TRIGGERS, WAYS
from sangesan.organization.units.models import Unit

from .matter import Matter

OF_OFFICE = Q(trigger=BY_OFFICE, proposed_at__isnull=False)
"""The condition that it is of the petition office (督办信访办): `Supervision.by_office`, in the database."""


class Supervision(models.Model):
    """A supervision (督办): why, how, until when, what came of it; proposed by night, confirmed by a person.

    State: proposed, open, or waived; ended when the result was written back and taken; withdrawn where the lateness
    for which the system opened it was none.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="supervisions")
    trigger = models.CharField(max_length=16)
    way = models.CharField(max_length=12, blank=True)
    text = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=10)
    proposed_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.BigIntegerField(default=0)
    result = models.TextField(blank=True)
    result_at = models.DateTimeField(null=True, blank=True)
    result_by = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.BigIntegerField(default=0)
    remark = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(state__in=["proposed", "open"]),
                                    name="matters_one_supervision"),
        ]

    def __str__(self):
        return f"{self.trigger} {self.state}"

    @property
    def trigger_name(self):
        return _(TRIGGERS[self.trigger].name)

    @property
    def by_office(self) -> bool:
        """Whether it was proposed because of what the petition office owed (信访办超期)."""
        return self.trigger == BY_OFFICE and self.proposed_at is not None

    @property
    def ended(self) -> datetime | date | None:
        """When it ended (结束时间): the day alone where a speaker took the matter back."""
        at = self.ended_at and clock.local(self.ended_at)
        return at.date() if at and at.time() == time(0) else at

    @property
    def way_name(self):
        return _(WAYS.get(self.way, ""))

    @property
    def state_name(self):
        names = {"proposed": _("建议督办"), "open": _("督办中"), "waived": _("不予督办"), "ended": _("督办结束"),
                 "withdrawn": _("督办已撤销")}
        return names[self.state]


class Advice(models.Model):
    """One of the three proposals (三项建议): improve the work, mend the rule, call to account."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="advice")
    kind = models.CharField(max_length=16)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.BigIntegerField()
    post = models.CharField(max_length=40)

    def __str__(self):
        return self.kind

    @property
    def kind_name(self):
        return _(ADVICE[self.kind])


class Case(models.Model):
    """A leader's own case (包案), five things fixed (五定): leader, unit and persons, time, task, duty.

    `leader` is the post that answers; who held it when it was taken on is `person`.
    """

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="cases")
    leader = models.CharField(max_length=40)
    person = models.BigIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    hands = models.CharField(max_length=200)
    until = models.DateField()
    task = models.CharField(max_length=400)
    duty = models.CharField(max_length=400)
    taken_on = models.DateField()
    by = models.BigIntegerField()
    conclusion = models.TextField(blank=True)
    signed_post = models.CharField(max_length=40, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(signed_at=None), name="matters_one_case"),
        ]

    def __str__(self):
        return f"{self.leader} {self.until}"


class CaseEntry(models.Model):
    """A step of a case (包案进展)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="entries")
    text = models.TextField()
    at = models.DateTimeField()
    post = models.CharField(max_length=40)
    person = models.BigIntegerField()

    def __str__(self):
        return f"{self.post} {self.at:%F}"
