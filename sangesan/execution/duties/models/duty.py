"""Origins and duties (来由、应办事项). How a duty stands is never stored: see method.duty_status."""

from django.db import models
from django.db.models import F, Q

from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Line, Unit


class Origin(models.Model):
    """Why something has to be done (来由): one row for a version of a routine, or for one line of one cause.

    `kind` is the slug of a kind of duty, `subject` the address of the cause, `code` what tells its
    lines apart and stands in the facts. What `lapses` cannot be done any more once it is missing.
    """

    kind = models.CharField(max_length=24)
    subject = models.CharField(max_length=80)
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    line = models.CharField(max_length=16, choices=Line, blank=True)
    verifier = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    lapses = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "kind", "code"], name="duties_one_origin")]

    def __str__(self):
        return self.title


class Duty(models.Model):
    """What a unit has to do in a line by a moment (应办事项).

    `post` is NULL when the head of unit × line answers. `counterpart` is the id of the unit it is
    done with, 0 for none: a unique key with NULL would take doubles. `path` is the unit's path as
    it was when the duty opened. `nominal` never changes; `due` only by a move, which keeps what it
    was. `closes` is where the grace ends. `provisional` lies in a year nobody has confirmed.

    The database does not check the keys of a row again (adr/0041): they are copied from a bearer, whose
    keys it checks, or come from rows in hand, and PROTECT keeps what they name from being deleted.
    """

    origin = models.ForeignKey(Origin, models.PROTECT, related_name="duties", db_index=False, db_constraint=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    line = models.CharField(max_length=16, choices=Line)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True, db_index=False,
                             db_constraint=False)
    counterpart = models.BigIntegerField(default=0)
    nominal = models.DateField()
    opens = models.DateTimeField()
    due = models.DateTimeField()
    closes = models.DateTimeField()
    path = models.CharField(max_length=200)
    provisional = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(fields=["origin", "nominal", "unit", "line", "counterpart"], name="duties_once"),
            models.CheckConstraint(condition=Q(opens__lte=F("due")) & Q(due__lte=F("closes")), name="duties_forward"),
        ]
        indexes = [
            models.Index(fields=["unit", "due"], name="duties_of_unit"),
            models.Index(fields=["due"], name="duties_by_due"),
            models.Index(fields=["post", "due"], condition=Q(post__isnull=False), name="duties_of_post"),
        ]

    def __str__(self):
        return f"{self.origin_id} {self.unit_id} {self.nominal}"

    @property
    def subject(self) -> str:
        """The address (地址) under which facts, notices and other systems know it."""
        return f"duties/{self.pk}"
