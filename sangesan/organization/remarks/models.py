"""Tables of remarks (批示): about which subject, to which post, until when; the answer is written once."""

from django.db import models

from sangesan.foundation.keys import RandomKey
from sangesan.organization.people.models import Person, Post

from .pages import address_of

LONGEST = 200
LONGEST_ANSWER = 400


class Remark(models.Model):
    """An instruction (批示) about a subject; `path` is that of the unit it goes to, as it was."""

    id = RandomKey()
    about = models.CharField(max_length=80, db_index=True)
    text = models.CharField(max_length=LONGEST)
    giver = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    to = models.ForeignKey(Post, models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    due = models.DateField()
    given_at = models.DateTimeField()
    fact = models.BigIntegerField()
    answer = models.CharField(max_length=LONGEST_ANSWER, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-given_at", "-pk"]

    def __str__(self):
        return self.text

    @property
    def subject(self) -> str:
        """The address (地址) under which facts and other systems know it."""
        return f"remarks/{self.pk}"

    @property
    def place(self) -> str:
        """Where what it is about is read (对象的网址)."""
        return address_of(self.about)
