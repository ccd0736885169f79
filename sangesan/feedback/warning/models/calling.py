"""The duty rota and the call list (值班表、值班电话单). Phones stand with the person, nowhere else."""

from datetime import date, datetime, time

from django.db import models
from django.db.models import Q

from sangesan.feedback.matters.models import Matter
from sangesan.foundation import clock
from sangesan.foundation.keys import RandomKey
from sangesan.organization.people.models import Person
from sangesan.organization.units.models import Unit

DECLARED = "declare"
"""Why a list was opened (为何开单): somebody declared a danger, so its moment is the one in which they spoke."""


class Watch(models.Model):
    """Who is on duty for a shift (值班) of an enterprise; moments, so that a night passes midnight."""

    mine = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    shift = models.CharField(max_length=12)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mine", "day", "shift"], name="warning_one_watch")]
        indexes = [models.Index(fields=["mine", "begins"], name="warning_watches")]

    def __str__(self):
        return f"{self.day} {self.shift}"


class CallSheet(models.Model):
    """A printed call list (值班电话单) for one A warning.

    Its key stands in its address: one that counts up would tell whom a danger is kept from that there was one more.
    Of one that an anonymous speaker opened `at` keeps the day alone, its midnight, once the alert is over.
    """

    id = RandomKey()
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    mine = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    why = models.CharField(max_length=12)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["mine", "-at"], name="warning_sheets")]

    def __str__(self):
        return f"{self.matter_id} {self.why}"

    @property
    def opened(self) -> date | datetime:
        """Return when it was opened (开单时间), as it is shown: the day where no more of it is kept."""
        begun = clock.local(self.at)
        anonymous = self.why == DECLARED and self.matter.received_at is None
        return begun.date() if anonymous and begun.time() == time(0) else begun


class Call(models.Model):
    """One line (一行): whom to call, in the order of the table; when it was done is entered afterwards."""

    id = RandomKey()
    sheet = models.ForeignKey(CallSheet, models.CASCADE, related_name="calls")
    place = models.PositiveSmallIntegerField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    post = models.CharField(max_length=40)
    title = models.CharField(max_length=60)
    called_at = models.DateTimeField(null=True, blank=True)
    reached = models.BooleanField(default=False)
    signs = models.BooleanField(default=False)
    by = models.BigIntegerField(default=0)
    entered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sheet", "place"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "person"], name="warning_one_call"),
            models.CheckConstraint(condition=Q(called_at__isnull=False) | Q(reached=False),
                                   name="warning_reached_when"),
        ]

    def __str__(self):
        return f"{self.place} {self.title}"
