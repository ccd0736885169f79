"""Tables of work items (工作项). Steps are duties: how one stands is derived, never stored here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sangesan.execution.duties.models import Duty
from sangesan.foundation.keys import RandomKey
from sangesan.method import chain as rule
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Line, Unit

STAGES = [*((stage.slug, stage.word) for stage in rule.table(rule.LATEST)), ("ended", _("办结")),
          ("dropped", _("撤销"))]


class WorkItem(models.Model):
    """A work item (工作项): led by a post, by a version of the table of stages.

    `cause` is the address it came from; `duty` is the duty that its end fulfils, so that the same
    thing is never owed twice.
    """

    id = RandomKey()
    title = models.CharField(max_length=rule.LONGEST_TITLE)
    aim = models.CharField(max_length=rule.LONGEST_AIM)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    line = models.CharField(max_length=16, choices=Line)
    path = models.CharField(max_length=200)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    table = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=12, choices=STAGES)
    cause = models.CharField(max_length=80, blank=True)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+", null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.BigIntegerField()
    due = models.DateField(db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    learned = models.CharField(max_length=rule.LONGEST_LEARNED, blank=True)
    fact = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=models.Q(duty__isnull=False) & ~models.Q(
                stage="dropped"), name="work_one_for_a_duty"),
        ]

    def __str__(self):
        return self.title

    @property
    def subject(self) -> str:
        """The address (地址) under which facts, duties and notices know it."""
        return f"work/{self.pk}"

    @property
    def running(self) -> bool:
        return self.stage not in (rule.ENDED, rule.DROPPED)


class StageRow(models.Model):
    """A stage of a work item (环节): until when it should be through, when it was entered and left, by whom."""

    item = models.ForeignKey(WorkItem, models.PROTECT, related_name="stages")
    slug = models.CharField(max_length=12, choices=STAGES[:4])
    due = models.DateField()
    entered_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    post = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["due", "pk"]
        constraints = [models.UniqueConstraint(fields=["item", "slug"], name="work_stage_once")]

    def __str__(self):
        return f"{self.item_id} {self.slug}"


class Part(models.Model):
    """A unit that takes part (参加单位), with the unit it was handed down from (逐级下达)."""

    item = models.ForeignKey(WorkItem, models.PROTECT, related_name="parts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    above = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["item", "unit"], name="work_part_once")]

    def __str__(self):
        return f"{self.item_id} {self.unit}"


class Step(models.Model):
    """A step (步骤): a duty done in a stage for a unit; `link` and `note` are evidence that came beside the duty."""

    item = models.ForeignKey(WorkItem, models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=12, choices=STAGES[:4])
    part = models.ForeignKey(Part, models.PROTECT, related_name="steps")
    duty = models.OneToOneField(Duty, models.PROTECT, related_name="+")
    link = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=rule.LONGEST_NOTE, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["item", "stage"], name="work_steps")]

    def __str__(self):
        return f"{self.item_id} {self.stage} {self.part_id}"
