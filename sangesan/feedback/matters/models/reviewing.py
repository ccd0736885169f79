"""Review (复查) and re-review (复核): asked by a speaker, decided one level above."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation.keys import RandomKey
from sangesan.organization.units.models import Unit

from .matter import Matter
from .speaking import Submission

OUTCOMES = {"waiting": lazy("待审"), "uphold": lazy("维持"), "change": lazy("变更"), "redo": lazy("责令重新办理")}


class Review(models.Model):
    """One review (复查、复核): which unit decides, what was decided; `round` 2 or 3.

    `answer` is the opinion under review: a redo must not give it again on the same facts. `upper` names the unit above
    the enterprise that decides instead (上级单位), to which it was passed on `passed_on`, and which did on `upper_on`.
    A hearing lasts from `hearing_since`, None while there is none, to `hearing_until`; `heard` counts the days of all.
    """

    id = RandomKey()
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="reviewed")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="+")
    round = models.PositiveSmallIntegerField(default=2)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    text = models.TextField()
    answer = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, default="waiting")
    conclusion = models.TextField(blank=True)
    decided_by = models.BigIntegerField(default=0)
    decided_at = models.DateTimeField(null=True, blank=True)
    recorded = models.BooleanField(default=False)
    hearing_since = models.DateField(null=True, blank=True)
    hearing_until = models.DateField(null=True, blank=True)
    heard = models.PositiveSmallIntegerField(default=0)
    upper = models.CharField(max_length=80, blank=True)
    passed_on = models.DateField(null=True, blank=True)
    upper_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter"], condition=Q(outcome="waiting"), name="matters_one_review"),
        ]
        indexes = [models.Index(fields=["asked_on"], condition=Q(recorded=False), name="matters_review_unrecorded")]

    def __str__(self):
        return f"{self.round} {self.outcome}"

    @property
    def outcome_name(self):
        return _(OUTCOMES[self.outcome])

    @property
    def name(self):
        return _("复核") if self.round == 3 else _("复查")
