"""The table of notices (消息): a subject and no content (architecture.md)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sangesan.foundation.keys import RandomKey
from sangesan.organization.people.models import Person


class Notice(models.Model):
    """A notice (消息) to one person: what kind of thing happened to which subject.

    `announced_at` is when it was allowed to draw attention; until then it waits as state and
    can already be read on the page of notices. What tells of an anonymous word is dated by the day:
    a key that counts up would lie between two moments, and tell how many others were told of.
    """

    id = RandomKey()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    day = models.DateField()
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "subject", "kind", "day"], name="notices_once_a_day"),
        ]
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="notices_of_person"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="notices_unread"),
            models.Index(fields=["created_at"], condition=Q(announced_at=None), name="notices_waiting"),
            models.Index(fields=["announced_at"], condition=Q(read_at=None), name="notices_announced"),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject}"


class Choice(models.Model):
    """By which channel a person wants to be told (提醒方式): their own choice, '' is none at all.

    Who has no row is told by the first channel that fits; short messages only reach who chose them.
    """

    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20, blank=True)

    def __str__(self):
        return f"{self.person_id} {self.channel}"


class Work(models.Model):
    """When a person works, as far as being told goes (我上的班次): their own choice, read by nobody else.

    Who has no row is taken to work the shift of their unit. `shift` is a turn as a mine writes it, or NONE;
    `sleeps` holds reminders back after a night shift too.
    """

    UNIT, NONE = "unit", "none"
    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    shift = models.CharField(max_length=40, default=UNIT)
    sleeps = models.BooleanField(default=False)

    def __str__(self):
        return f"{self.person_id}"


class Delivery(models.Model):
    """One message on its way out (推送): to whom, by which channel, of which batch; never of what.

    Without a person it is a robot's, of one new A warning. It stands here before it is sent, so
    a lost job loses nothing; the constraints let a doubled one write nothing twice.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("待发")
        SENDING = "sending", _("发送中")
        DELIVERED = "delivered", _("已送到")
        REFUSED = "refused", _("地址不对")
        UNSURE = "unsure", _("不知是否送到")
        GIVEN_UP = "given_up", _("没有送到")
        DROPPED = "dropped", _("不用再发")

    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=20)
    moment = models.DateTimeField()
    urgent = models.BooleanField(default=False)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING.value)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    claim = models.CharField(max_length=32, blank=True)
    changed_at = models.DateTimeField()
    fault = models.CharField(max_length=20, blank=True)
    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "moment", "urgent"], condition=Q(person__isnull=False),
                                    name="notices_told_once"),
            models.UniqueConstraint(fields=["channel", "moment"], condition=Q(person=None),
                                    name="notices_group_told_once"),
        ]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(state="waiting"), name="notices_to_send"),
            models.Index(fields=["changed_at"], name="notices_sent"),
        ]

    def __str__(self):
        return f"{self.channel} {self.state}"
