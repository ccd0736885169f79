"""Tables of publication (公布), insert only but for what was checked."""

from django.db import models

from sangesan.appraisal.scoring.models import Run
from sangesan.method.omissions import OMITTED, WHOLE
from sangesan.organization.people.models import Person
from sangesan.organization.units.models import Unit


class Publication(models.Model):
    """That a run was published (公布); from then on all staff may read it."""

    run = models.OneToOneField(Run, models.PROTECT, primary_key=True, related_name="+")
    published_at = models.DateTimeField()

    def __str__(self):
        return f"{self.run} {self.published_at}"


class BasisCheck(models.Model):
    """When all facts behind a run were last held against the ledger (依据核对), and which were not as recorded.

    `flaws` names for each fact the units whose results rest on it; `facts` is how many were looked at.
    """

    run = models.OneToOneField(Run, models.PROTECT, primary_key=True, related_name="+")
    asked_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    facts = models.PositiveBigIntegerField(default=0)
    flaws = models.JSONField(default=dict)

    def __str__(self):
        return f"{self.run_id} {self.done_at}"


class Appeal(models.Model):
    """An objection (考核异议) of a unit to one line of its statement.

    `about` is the fact it means, `WHOLE` for the line as a whole, `OMITTED` for what should have counted and did
    not: each at most once for a line and run. What was said is evidence.
    """

    number = models.CharField(max_length=12, unique=True)
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=32)
    about = models.BigIntegerField(default=WHOLE)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.CharField(max_length=40)
    filed_at = models.DateTimeField()
    record = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "unit", "indicator", "about"], name="publication_one_appeal"),
        ]

    def __str__(self):
        return f"{self.unit} {self.indicator}"

    @property
    def subject(self) -> str:
        return f"appeals/{self.number}"

    @property
    def omission(self) -> bool:
        """Whether it says that something should have counted and did not (应计未计)."""
        return self.about == OMITTED


class Ruling(models.Model):
    """How an objection was decided (裁定), and by whom; by which facts it was put right stands in the ledger."""

    appeal = models.OneToOneField(Appeal, models.PROTECT, primary_key=True, related_name="ruling")
    upheld = models.BooleanField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.CharField(max_length=40)
    decided_at = models.DateTimeField()
    record = models.BigIntegerField()

    def __str__(self):
        return f"{self.appeal} {self.upheld}"
