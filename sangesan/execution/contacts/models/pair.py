"""Who keeps in touch with which unit (结对), and on which day of a month (联系安排)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from sangesan.execution.duties.models import Duty
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Unit


class Pair(models.Model):
    """A pair (结对): an office, or one cadre's post in it, and a grass-roots unit. `until` is exclusive.

    `on` is the fixed day of the month (定时).
    """

    office = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    on = models.PositiveSmallIntegerField(default=15, validators=[MinValueValidator(1), MaxValueValidator(31)])
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["unit__position", "unit__code", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["office", "unit"], condition=Q(post=None, until=None),
                                    name="contacts_office_once"),
            models.UniqueConstraint(fields=["post", "unit"], condition=Q(post__isnull=False, until=None),
                                    name="contacts_post_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="contacts_forward"),
            models.CheckConstraint(condition=~Q(office=F("unit")), name="contacts_not_itself"),
        ]

    def __str__(self):
        return f"{self.who} — {self.unit.name}"

    @property
    def who(self) -> str:
        """Who keeps in touch (联系人): the cadre's post, else the office."""
        return self.post.title if self.post else self.office.name

    @property
    def subject(self) -> str:
        """The address (地址) under which notices know it."""
        return f"contacts/{self.pk}"


class Plan(models.Model):
    """A month of a pair (联系安排): the day announced to the unit, and the duty to come by the month's end."""

    pair = models.ForeignKey(Pair, models.PROTECT, related_name="plans")
    month = models.DateField()
    day = models.DateField()
    announced_at = models.DateTimeField()
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        ordering = ["month"]
        constraints = [models.UniqueConstraint(fields=["pair", "month"], name="contacts_one_plan")]

    def __str__(self):
        return f"{self.pair_id} {self.month:%Y-%m}"
