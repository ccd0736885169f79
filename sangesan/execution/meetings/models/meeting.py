"""Meetings (会议): open while it is prepared and held, closed with minutes that nobody changes any more."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sangesan.execution.duties.models import Duty
from sangesan.foundation.keys import RandomKey
from sangesan.method import meetings as rule
from sangesan.organization.people.models import Person, Post
from sangesan.organization.units.models import Line, Unit


class Meeting(models.Model):
    """One meeting (一次会议) of a unit in a line.

    `duty` is the routine's duty it fulfils, none for an extra one; `expected` counts a hall where
    no roster is kept by name; `words` is the digest of the minutes, `fact` their fact.
    """

    id = RandomKey()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    line = models.CharField(max_length=16, choices=Line)
    path = models.CharField(max_length=200)
    series = models.CharField(max_length=24)
    name = models.CharField(max_length=60, blank=True)
    number = models.PositiveIntegerField(default=0)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+", null=True, blank=True)
    begins = models.DateTimeField(db_index=True)
    ended = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=80, blank=True)
    chair = models.CharField(max_length=40, blank=True)
    recorder = models.CharField(max_length=40, blank=True)
    expected = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(null=True, blank=True)
    fact = models.BigIntegerField(default=0)
    words = models.CharField(max_length=64, blank=True)
    annulled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-begins", "-pk"]
        indexes = [models.Index(fields=["unit", "series", "begins"], name="meetings_series")]
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=Q(duty__isnull=False, annulled_at=None),
                                    name="meetings_one_for_a_duty"),
            models.UniqueConstraint(fields=["unit", "series", "begins"], condition=Q(annulled_at=None),
                                    name="meetings_one_at_a_time"),
        ]

    def __str__(self):
        return self.title

    @property
    def subject(self) -> str:
        """The address (地址) under which facts and other systems know it."""
        return f"meetings/{self.pk}"

    @property
    def kind(self) -> rule.Series:
        return rule.of(self.series)

    @property
    def title(self) -> str:
        return rule.title(self.kind, self.name, self.number, self.begins.year) if self.number else (
            self.name or self.kind.word)

    @property
    def open(self) -> bool:
        return self.closed_at is None and self.annulled_at is None


class Attendee(models.Model):
    """Somebody on the roster (到会情况), kept by the host; nobody signs in anywhere."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendees")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    standing = models.CharField(max_length=12, choices=[(k, _(w)) for k, w in rule.STANDINGS.items()],
                                default="present")
    reason = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="meetings_once_on_the_roster")]

    def __str__(self):
        return f"{self.person} {self.standing}"

    @property
    def standing_name(self) -> str:
        return rule.STANDINGS[self.standing]

    @property
    def place(self) -> str:
        """Where this person comes from (岗位或单位)."""
        return rule.seat(self.post.unit.name, self.post.title) if self.post else self.person.unit.name


class Item(models.Model):
    """A line of a meeting (议项): a topic, a conclusion, or a decision with its owner and date.

    Lines of an open meeting are a draft and may be replaced; with the minutes they are finished.
    """

    class What(models.TextChoices):
        TOPIC = "topic", _("议题")
        CONCLUSION = "conclusion", _("结论")
        DECISION = "decision", _("决定")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    what = models.CharField(max_length=12, choices=What)
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["what", "place"]
        constraints = [models.UniqueConstraint(fields=["meeting", "what", "place"], name="meetings_one_line")]

    def __str__(self):
        return self.text

    @property
    def owner(self) -> str:
        """Who answers for a decision (承办岗位)."""
        return rule.seat(self.post.unit.name, self.post.title) if self.post else ""


class Correction(models.Model):
    """A correction of finished minutes (更正): added, never written over them."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="corrections")
    at = models.DateTimeField()
    text = models.TextField()
    post = models.CharField(max_length=40)
    person = models.BigIntegerField()
    fact = models.BigIntegerField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.text
