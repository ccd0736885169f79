"""Who bears the duties of an origin (承担单位): what they were made for last, so that only differences are made."""

from django.db import models

from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Line, Unit

from .duty import Origin


class Bearer(models.Model):
    """A unit that bears an origin's duties in a line (承担单位), with the path and post of the last making.

    `until` is the first day on which the unit is no more. One column each of a duty stands here, so
    that the database makes duties from bearers and dates by itself.
    """

    origin = models.ForeignKey(Origin, models.PROTECT, related_name="bearers", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    line = models.CharField(max_length=16, choices=Line)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True, db_index=False)
    counterpart = models.BigIntegerField(default=0)
    path = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "unit", "line", "counterpart"], name="duties_one_bearer"),
        ]

    def __str__(self):
        return f"{self.origin_id} {self.unit_id}"


class Making(models.Model):
    """How far an origin's duties are made (生成进度): to which nominal date, and from where on provisionally."""

    origin = models.OneToOneField(Origin, models.PROTECT, related_name="making")
    upto = models.DateField()
    provisional_since = models.DateField(null=True, blank=True)
    bearers = models.CharField(max_length=64)

    def __str__(self):
        return f"{self.origin_id} {self.upto}"
