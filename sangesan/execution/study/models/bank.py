"""Question banks (题库) and that somebody of a unit took one; no result is kept anywhere."""

from django.db import models
from django.db.models import Q

from sangesan.organization.units.models import Unit


class Bank(models.Model):
    """A bank of questions (题库) that a unit keeps for everybody below it; `open` lets people take it unsigned."""

    title = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    open = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["title"], condition=Q(until=None), name="study_one_title")]

    def __str__(self):
        return self.title


class Question(models.Model):
    """A question (题): its choices by letter, the right letters, why."""

    bank = models.ForeignKey(Bank, models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    a = models.CharField(max_length=120)
    b = models.CharField(max_length=120)
    c = models.CharField(max_length=120, blank=True)
    d = models.CharField(max_length=120, blank=True)
    right = models.CharField(max_length=4)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["bank", "number"], name="study_question_once")]

    def __str__(self):
        return f"{self.number}. {self.text}"

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The choices that are there (选项)."""
        return [(letter, said) for letter in "ABCD" if (said := getattr(self, letter.lower()))]


class Coverage(models.Model):
    """That somebody of a unit took a test (已测): `mark` tells persons apart and names none; no score stands here."""

    bank = models.ForeignKey(Bank, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    mark = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "coverage"
        constraints = [models.UniqueConstraint(fields=["bank", "mark"], name="study_covered_once")]

    def __str__(self):
        return f"{self.bank_id} {self.unit_id}"
