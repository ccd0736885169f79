"""Tables of pay (奖惩兑现), insert only; money in cents, factors in basis points."""

from django.db import models
from django.db.models import Q

from sangesan.appraisal.scoring.models import Run
from sangesan.organization.people.models import Person
from sangesan.organization.units.models import Unit


class Pool(models.Model):
    """The money of a period (奖金池), shared out once by a final run."""

    number = models.CharField(max_length=12, unique=True)
    run = models.OneToOneField(Run, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    reserve = models.BigIntegerField()
    left = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    record = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, reserve__gte=0, left__gte=0), name="pay_money"),
        ]

    def __str__(self):
        return f"{self.run} {self.number}"

    @property
    def subject(self) -> str:
        return f"pay/{self.number}"


class Payout(models.Model):
    """What a unit or a person gets of a pool (分配), or what a correction adds (`adjusts`).

    A unit's row has no person; a person's row stands under its unit's (`parent`). `run` is the run
    whose results it follows.
    """

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="payouts")
    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    adjusts = models.ForeignKey("self", models.PROTECT, null=True, related_name="adjustments")
    base = models.PositiveIntegerField(default=0)
    share = models.PositiveIntegerField(default=0)
    days = models.PositiveIntegerField(default=0)
    factor = models.PositiveIntegerField()
    cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "unit"], condition=Q(person=None), name="pay_one_per_unit"),
            models.UniqueConstraint(fields=["pool", "unit", "person"], condition=Q(adjusts=None, person__isnull=False),
                                    name="pay_one_per_person"),
            models.UniqueConstraint(fields=["adjusts", "run"], name="pay_adjusted_once"),
            models.CheckConstraint(condition=Q(cents__gte=0), name="pay_never_less"),
        ]

    def __str__(self):
        return f"{self.person or self.unit} {self.cents}"


class Export(models.Model):
    """A payroll file that was given out (工资表导出), known again by the digest of its bytes."""

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="exports")
    digest = models.CharField(max_length=64)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self):
        return f"{self.pool} {self.digest[:12]}"
