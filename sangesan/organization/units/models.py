"""Tables of units (单位): the dated tree of administration and of the lines.

A unit holds no parent: the parent is dated (`UnitEdge`). Branches, workshop unions and youth
branches are units of their line and cover administrative units (`Coverage`).
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.method.turns import Turn


class Line(models.TextChoices):
    """Lines (条线)."""

    PARTY = "party", lazy("党组织")
    ADMINISTRATION = "administration", lazy("行政")
    UNION = "union", lazy("工会")
    YOUTH = "youth", lazy("共青团")


class Kind(models.TextChoices):
    """Kinds of units (单位类别); the last three are units of a line."""

    GROUP = "group", lazy("集团")
    MINE = "mine", lazy("矿")
    SHAFT = "shaft", lazy("井")
    SPECIALTY = "specialty", lazy("专业")
    TEAM = "team", lazy("区队")
    CREW = "crew", lazy("班组")
    OFFICE = "office", lazy("科室")
    ENTERPRISE = "enterprise", lazy("非煤单位")
    CONTRACTOR = "contractor", lazy("外委队伍")
    RETIREES = "retirees", lazy("离退休")
    COMMITTEE = "committee", lazy("委员会")
    BRANCH = "branch", lazy("支部")
    CELL = "cell", lazy("小组")


class Unit(models.Model):
    """A unit (单位). `position` is the organisation order (组织顺序) among its siblings.

    `closed` is the first day on which it is no more, as `until` is everywhere else.
    """

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=80)
    initials = models.CharField(max_length=80, blank=True, db_index=True)
    kind = models.CharField(max_length=16, choices=Kind)
    line = models.CharField(max_length=16, choices=Line, default=Line.ADMINISTRATION.value)
    opened = models.DateField()
    closed = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self):
        return self.name


class UnitEdge(models.Model):
    """Who belonged to whom, from when to when (隶属); `until` is exclusive, NULL while it lasts."""

    child = models.ForeignKey(Unit, models.PROTECT, related_name="edges_up")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="edges_down")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["parent", "since", "until", "child"], name="units_down")]
        constraints = [
            models.CheckConstraint(condition=~Q(child=F("parent")), name="units_edge_not_itself"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="units_edge_forward"),
            models.UniqueConstraint(fields=["child"], condition=Q(until=None), name="units_one_open_parent"),
            models.UniqueConstraint(fields=["child", "since"], name="units_one_parent_a_day"),
        ]

    def __str__(self):
        return _("%(child)s ∈ %(parent)s 自 %(since)s") % {"child": self.child, "parent": self.parent,
                                                           "since": self.since}


class Succession(models.Model):
    """Merge and split (承继): what became of a unit; old rows stay under the old unit."""

    old = models.ForeignKey(Unit, models.PROTECT, related_name="successors")
    new = models.ForeignKey(Unit, models.PROTECT, related_name="predecessors")
    on = models.DateField()
    share = models.PositiveIntegerField(default=10_000, help_text=lazy("万分比"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old", "new", "on"], name="units_one_succession")]

    def __str__(self):
        return f"{self.old} → {self.new} {self.on}"


class Coverage(models.Model):
    """Which administrative units a unit of a line covers (覆盖), dated like an edge."""

    branch = models.ForeignKey(Unit, models.PROTECT, related_name="covers")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="covered_by")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["branch", "unit"], condition=Q(until=None), name="units_one_open_coverage"),
        ]

    def __str__(self):
        return _("%(branch)s 覆盖 %(unit)s") % {"branch": self.branch, "unit": self.unit}


class Shift(models.Model):
    """When a unit works (班次): 检修班, 四点班, 零点班; `ends` before `begins` runs past midnight.

    A unit that rotates (倒班) has a row for each shift in its order, each lasting `days`; a row without
    hours is a rest (轮休). Which of them is on follows from the day alone: nobody enters it week by week.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="shifts")
    pattern = models.CharField(max_length=20)
    begins = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    days = models.PositiveSmallIntegerField(default=0)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "place"], condition=Q(until=None), name="units_one_open_shift"),
        ]

    def __str__(self):
        return f"{self.unit} {self.pattern}"

    @property
    def turn(self) -> Turn:
        """What the rule of shifts reads of it (班)."""
        return Turn(self.pattern, self.begins, self.ends)
