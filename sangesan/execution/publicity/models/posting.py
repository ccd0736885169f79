"""Postings (队务公开): a month's table of a team or crew; a correction is a new version with its reason."""

from django.db import models

from sangesan.foundation.keys import RandomKey
from sangesan.method import openness as rule
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Unit


class Posting(models.Model):
    """A posted month (公示表) in one version; only the latest counts, the earlier ones stay to be read."""

    id = RandomKey()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)
    month = models.DateField()
    version = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=12, choices=list(rule.REASONS.items()), blank=True)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    posted_at = models.DateTimeField()
    heads = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-month", "path", "-version"]
        constraints = [models.UniqueConstraint(fields=["unit", "month", "version"], name="publicity_one_version")]

    def __str__(self):
        return f"{self.unit} {self.month:%Y-%m}"

    @property
    def subject(self) -> str:
        """The address (地址)."""
        return f"openness/{self.pk}"


class Posted(models.Model):
    """A row of a posted table (公示行), as the sheet said it; numbers in hundredths, money in fen."""

    posting = models.ForeignKey(Posting, models.PROTECT, related_name="rows")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    attendance = models.PositiveIntegerField()
    work = models.PositiveIntegerField()
    bonus = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["posting", "position"], name="publicity_one_row")]

    def __str__(self):
        return self.name
