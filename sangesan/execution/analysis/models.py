"""Tables of analyses and discussions (月分析、季度座谈). No name of whoever spoke stands in any of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.execution.duties.models import Duty
from sangesan.foundation.keys import RandomKey
from sangesan.method import analysis as rule
from sangesan.organization.units.models import Line, Unit


class Analysis(models.Model):
    """A unit's analysis of a month (月分析): figures drafted from facts, causes and advice by its author.

    `figures` hold only what may be shown; `meeting` is the address of where it was studied;
    `words` the digest of what was finished, `fact` its fact. A committee's is assembled from its branches'.
    """

    id = RandomKey()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    line = models.CharField(max_length=16, choices=Line)
    path = models.CharField(max_length=200)
    month = models.DateField(db_index=True)
    figures = models.JSONField(default=dict)
    drafted_at = models.DateTimeField()
    causes = models.CharField(max_length=rule.LONGEST_WORDS, blank=True)
    advice = models.CharField(max_length=rule.LONGEST_WORDS, blank=True)
    meeting = models.CharField(max_length=80, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    fact = models.BigIntegerField(default=0)
    words = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "analyses"
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="analysis_one_a_month")]

    def __str__(self):
        return f"{self.unit} {self.month:%Y-%m}"

    @property
    def subject(self) -> str:
        """The address (地址) under which facts and other systems know it."""
        return f"analyses/{self.pk}"

    @property
    def state(self) -> tuple[str, str]:
        """How it stands, and its tone (进度)."""
        if self.finished_at:
            return _("已研究"), "ok"
        return (_("已写，待研究"), "act") if self.causes and self.advice else (_("待写"), "act")


class Discussion(models.Model):
    """A quarter's discussion of a unit (季度座谈): how many of each group were there, no names.

    `key` is the digest of the form's token, so that a form sent twice is one discussion.
    """

    id = RandomKey()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    line = models.CharField(max_length=16, choices=Line)
    path = models.CharField(max_length=200)
    quarter = models.DateField(db_index=True)
    day = models.DateField()
    place = models.CharField(max_length=rule.LONGEST_PLACE, blank=True)
    seats = models.JSONField(default=dict)
    closed_at = models.DateTimeField(null=True, blank=True)
    fact = models.BigIntegerField(default=0)
    key = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-day", "-pk"]

    def __str__(self):
        return f"{self.unit} {self.day}"

    @property
    def subject(self) -> str:
        """The address (地址) under which facts and other systems know it."""
        return f"discussions/{self.pk}"

    @property
    def said(self) -> str:
        """Who was there, by group (参加人群)."""
        return "、".join(_("%(word)s %(heads)s 人") % {"word": word, "heads": self.seats[slug]}
                         for slug, word in rule.SEATS.items() if self.seats.get(slug))


class Point(models.Model):
    """A point that came up (一条意见): what it was, where it went, its answer. Who raised it stands nowhere."""

    discussion = models.ForeignKey(Discussion, models.PROTECT, related_name="points")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=rule.LONGEST_POINT)
    road = models.CharField(max_length=8, choices=list(rule.ROADS.items()))
    link = models.CharField(max_length=80, blank=True, db_index=True)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+", null=True, blank=True)
    answer = models.CharField(max_length=rule.LONGEST_ANSWER, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    fact = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["discussion", "place"], name="analysis_one_point"),
            models.CheckConstraint(condition=Q(answer="") | Q(answered_at__isnull=False), name="analysis_answered"),
        ]

    def __str__(self):
        return self.text
