"""Reception days (信访接待日): who receives where and when, who booked, who came."""

from django.db import models
from django.db.models import Q

from sangesan.feedback.matters.models import Submission
from sangesan.feedback.speakers.models import Receipt
from sangesan.foundation import clock
from sangesan.foundation.keys import RandomKey
from sangesan.method.reception import MINUTES, OUTCOMES, SPANS, hours, over, slots
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Unit


class Reception(models.Model):
    """A reception day (接待日) of one leader; open for booking once it is announced."""

    id = RandomKey()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField(db_index=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    place = models.CharField(max_length=80)
    spans = models.CharField(max_length=80, default=SPANS)
    minutes = models.PositiveSmallIntegerField(default=MINUTES)
    along = models.CharField(max_length=200, blank=True)
    announced = models.DateField(null=True, blank=True)
    published = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "day", "post"], name="intake_one_reception")]

    def __str__(self):
        return f"{self.day} {self.post.title}"

    @property
    def subject(self) -> str:
        """The address (地址) under which others refer to it."""
        return f"receptions/{self.pk}"

    @property
    def before(self) -> list:
        """When and before whom it was to be (原定), in order; nothing for a day that was never moved."""
        return sorted(self.moves.all(), key=lambda move: move.at)

    @property
    def hours(self) -> str:
        """When it is held (接待时间), as people read it."""
        return hours(self.spans)

    @property
    def is_over(self) -> bool:
        """Whether nobody is heard any more that day (接待已结束)."""
        return over(self.day, self.spans, clock.local(clock.now()))

    @property
    def slots(self) -> list:
        return slots(self.spans, self.minutes)


class Move(models.Model):
    """An announced day was moved (改期): when and before whom it was to be; who booked reads it by receipt."""

    id = RandomKey()
    reception = models.ForeignKey(Reception, models.PROTECT, related_name="moves")
    at = models.DateTimeField()
    day = models.DateField()
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    place = models.CharField(max_length=80)

    def __str__(self):
        return f"{self.day} {self.post.title}"


class Booking(models.Model):
    """A booked slot (预约): by receipt, named or not; of when it was booked nothing is kept."""

    id = RandomKey()
    reception = models.ForeignKey(Reception, models.PROTECT, related_name="bookings")
    at = models.TimeField()
    receipt = models.OneToOneField(Receipt, models.PROTECT, related_name="+")
    mode = models.CharField(max_length=16)
    topic = models.CharField(max_length=60, blank=True)
    cancelled = models.BooleanField(default=False)
    came = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reception", "at"], condition=Q(cancelled=False),
                                               name="intake_one_booking")]

    def __str__(self):
        return f"{self.at:%H:%M}"


class Visitor(models.Model):
    """Somebody was heard (接待一位): the words are a matter, here stands what was promised and came of it."""

    id = RandomKey()
    reception = models.ForeignKey(Reception, models.PROTECT, related_name="visitors")
    booking = models.OneToOneField(Booking, models.PROTECT, null=True, blank=True, related_name="visitor")
    said = models.OneToOneField(Submission, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10)
    promised = models.DateField(null=True, blank=True)
    result = models.CharField(max_length=200, blank=True)

    def __str__(self):
        return self.outcome

    @property
    def outcome_name(self) -> str:
        return OUTCOMES.get(self.outcome, self.outcome)
