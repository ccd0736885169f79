"""Tables of plans and reports (周计划、述职). How a line stands is derived from its duty, never stored."""

from django.db import models

from sangesan.execution.duties.models import Duty
from sangesan.foundation.keys import RandomKey
from sangesan.method import plans as rule
from sangesan.organization.units.models import Line, Unit


class Plan(models.Model):
    """A unit's plan of one week (一周计划) in a line; a draft until it is confirmed, checked on Friday."""

    id = RandomKey()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    line = models.CharField(max_length=16, choices=Line)
    path = models.CharField(max_length=200)
    week = models.DateField(db_index=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "line", "week"], name="plans_one_a_week")]

    def __str__(self):
        return f"{self.unit} {self.week}"

    @property
    def subject(self) -> str:
        """The address (地址) under which facts and other systems know it."""
        return f"plans/{self.pk}"

    @property
    def friday(self):
        return rule.friday(self.week)


class PlanLine(models.Model):
    """A line of a plan (计划一行): a duty; `above` leaves room for the goal it serves.

    A line of one's own has no duty until the plan is confirmed. `carried` counts the weeks before.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=rule.LONGEST_LINE)
    source = models.CharField(max_length=12)
    due = models.DateField()
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+", null=True, blank=True)
    carried = models.PositiveSmallIntegerField(default=0)
    above = models.CharField(max_length=80, blank=True)
    struck = models.CharField(max_length=rule.LONGEST_REASON, blank=True)
    undone = models.CharField(max_length=rule.LONGEST_REASON, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["plan", "place"], name="plans_one_line")]

    def __str__(self):
        return self.text

    @property
    def source_name(self) -> str:
        return rule.SOURCES[self.source]

    @property
    def openly(self) -> str:
        return rule.openly(self.carried)


class Report(models.Model):
    """A day told to the superior (每日述职): what the facts say, one sentence at most, and the answer."""

    id = RandomKey()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    line = models.CharField(max_length=16, choices=Line)
    path = models.CharField(max_length=200)
    day = models.DateField(db_index=True)
    post = models.CharField(max_length=40)
    person = models.BigIntegerField()
    to = models.CharField(max_length=40, db_index=True)
    told = models.CharField(max_length=300, blank=True)
    sentence = models.CharField(max_length=rule.LONGEST_SENTENCE, blank=True)
    needs = models.BooleanField(default=False)
    given_at = models.DateTimeField()
    answer = models.CharField(max_length=rule.LONGEST_SENTENCE, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "day"], name="plans_one_report_a_day")]

    def __str__(self):
        return f"{self.unit} {self.day}"

    @property
    def subject(self) -> str:
        """The address (地址) under which facts and other systems know it."""
        return f"reports/{self.pk}"
