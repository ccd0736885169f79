"""The table of talks and help (谈心帮扶记录): when, by which post, what kind; to whom lies beside the fact alone."""

from django.db import models

from sangesan.foundation.keys import RandomKey
from sangesan.method import outreach as rule
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Line, Unit


class Outreach(models.Model):
    """A talk, a visit or help (谈心帮扶): `line` is the line it was made on, `fact` leads to the words while kept."""

    id = RandomKey()
    kind = models.CharField(max_length=12, choices=list(rule.KINDS.items()))
    ground = models.CharField(max_length=12, choices=list(rule.GROUNDS.items()))
    help = models.CharField(max_length=12, choices=list(rule.HELP.items()))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    line = models.CharField(max_length=16, choices=Line)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_by = models.BigIntegerField()
    day = models.DateField()
    entered_at = models.DateTimeField()
    fact = models.BigIntegerField(default=0)
    forgotten_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-day", "-pk"]
        indexes = [models.Index(fields=["day"], condition=models.Q(forgotten_on=None), name="care_kept")]

    def __str__(self):
        return f"{self.kind} {self.day}"

    @property
    def subject(self) -> str:
        """The address (地址)."""
        return f"talks/{self.pk}"
