"""Study sessions (学习安排): when, what with, by whom; and what the host counted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sangesan.organization.people.models import Person
from sangesan.organization.units.models import Unit


class Session(models.Model):
    """A study session (学习) of a unit or one of its shifts; `heads` is NULL until the host has counted."""

    class Of(models.TextChoices):
        PARTY = "party", _("党团活动日")
        SKILL = "skill", _("业务技能学习")
        SAFETY = "safety", _("安全活动日")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    of = models.CharField(max_length=8, choices=Of)
    day = models.DateField()
    at = models.TimeField()
    shift = models.CharField(max_length=20, blank=True)
    place = models.CharField(max_length=60, blank=True)
    theme = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    link = models.URLField(max_length=300, blank=True)
    pdf = models.BinaryField(default=b"", blank=True)
    heads = models.PositiveSmallIntegerField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    post = models.CharField(max_length=60)
    person = models.BigIntegerField()
    fact = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-day", "-at", "-pk"]
        indexes = [models.Index(fields=["unit", "day"], name="study_of_unit")]
        constraints = [models.UniqueConstraint(fields=["unit", "of", "day", "shift"], name="study_once_a_shift")]

    def __str__(self):
        return f"{self.theme} {self.day}"

    @property
    def subject(self) -> str:
        """The address (地址) under which facts know it."""
        return f"study/{self.pk}"


class Attendance(models.Model):
    """A name on the host's own roster (到会名单), optional, and only of the unit's own people."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="roster")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="study_name_once")]

    def __str__(self):
        return f"{self.session_id} {self.person_id}"
