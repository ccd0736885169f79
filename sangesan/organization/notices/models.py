"""The table of notices (消息): a subject and no content (architecture.md)."""

from django.db import models
from django.db.models import Q

from sangesan.organization.people.models import Person


class Notice(models.Model):
    """A notice (消息) to one person: what kind of thing happened to which subject.

    `announced_at` is when it was allowed to draw attention; until then it waits as state and
    can already be read on the page of notices.
    """

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
        ]

    def __str__(self):
        return f"{self.kind} {self.subject}"
