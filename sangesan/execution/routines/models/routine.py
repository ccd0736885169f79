"""Routines and their versions (制度、版本): draft, then in force and read-only, then ended."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sangesan.execution.duties.models import Origin
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Line


class Routine(models.Model):
    """A routine (制度), known by its code; `kind` is the slug of the duties it makes."""

    code = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=24)
    shipped = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self):
        return self.code


class Version(models.Model):
    """One version of a routine (制度版本): everything that is decided about it.

    It applies to units of some kinds in a line, or to the units named; without a role the head of
    unit × line holds it. `checks` says who looks whether it was done. `attendance` is the least
    share of those expected, in percent; `grace` and `offset` are working days, `lead` is days.
    """

    class Policy(models.TextChoices):
        AS_IS = "as_is", _("照常")
        SKIP = "skip", _("不办")
        NEXT = "next", _("顺延到下一个工作日")
        PREVIOUS = "previous", _("提前到上一个工作日")

    class Window(models.TextChoices):
        DAY = "day", _("就在这一天")
        WEEK = "week", _("这一周内任选一天")
        MONTH = "month", _("这个月内任选一天")
        QUARTER = "quarter", _("这个季度内任选一天")
        YEAR = "year", _("这一年内任选一天")

    class Checks(models.TextChoices):
        NOBODY = "", _("不另外检查")
        ABOVE = "above", _("上级负责人")
        POST = "post", _("指定岗位")

    routine = models.ForeignKey(Routine, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=120, blank=True)
    rule = models.CharField(max_length=200)
    policy = models.CharField(max_length=10, choices=Policy, default=Policy.NEXT.value)
    window = models.CharField(max_length=10, choices=Window, default=Window.DAY.value)
    at = models.TimeField()
    offset = models.PositiveSmallIntegerField(default=0)
    grace = models.PositiveSmallIntegerField(default=1)
    lead = models.PositiveSmallIntegerField(default=0)
    line = models.CharField(max_length=16, choices=Line)
    unit_kinds = models.JSONField(default=list)
    units = models.JSONField(default=list)
    role = models.CharField(max_length=20, blank=True)
    shift = models.CharField(max_length=20, blank=True)
    checks = models.CharField(max_length=8, choices=Checks, blank=True, default=Checks.NOBODY.value)
    checker = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    steps = models.JSONField(default=list)
    evidence = models.CharField(max_length=120, blank=True)
    attendance = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["routine", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["routine", "number"], name="routines_one_number"),
            models.CheckConstraint(condition=Q(attendance__lte=100), name="routines_attendance"),
        ]

    def __str__(self):
        return f"{self.title} {self.number}"


class Force(models.Model):
    """A version came into force (施行), by whose decision and from when; its duties have this origin."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="force")
    origin = models.OneToOneField(Origin, models.PROTECT, related_name="+")
    since = models.DateField()
    decided_by = models.CharField(max_length=60)
    at = models.DateTimeField()
    post = models.CharField(max_length=40)

    def __str__(self):
        return f"{self.version_id} {self.since}"


class End(models.Model):
    """A version ended (停止): `until` is the first day on which it holds no more."""

    version = models.OneToOneField(Version, models.PROTECT, related_name="end")
    until = models.DateField()
    words = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    post = models.CharField(max_length=40)

    def __str__(self):
        return f"{self.version_id} {self.until}"
