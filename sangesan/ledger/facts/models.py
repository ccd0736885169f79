"""Tables of the ledger (台账): facts and their bodies, seals, erasures, and where reactions stand.

All but the reactions are append-only in the database itself (`apps.py`). A seal holds every fact
of its stream with an id after the stream's former seal and up to `upto`.
"""

from django.db import models
from django.db.models import Q


class Fact(models.Model):
    """A fact (台账条目): kind, day, stream and commitment; immutable for ever."""

    kind = models.CharField(max_length=40)
    day = models.DateField()
    stream = models.CharField(max_length=8)
    commitment = models.BinaryField(max_length=32)

    def __str__(self):
        return f"{self.kind} {self.day}"


class Body(models.Model):
    """A fact's body (内容): salt and bytes that the commitment binds, and columns to filter by."""

    fact = models.OneToOneField(Fact, models.PROTECT, primary_key=True, related_name="body")
    salt = models.BinaryField(max_length=32)
    content = models.BinaryField()
    kind = models.CharField(max_length=40)
    day = models.DateField()
    subject = models.CharField(max_length=80)
    unit = models.CharField(max_length=200, blank=True)
    line = models.CharField(max_length=16, blank=True)
    actor = models.CharField(max_length=60)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    quantity = models.BigIntegerField()
    reverses = models.BigIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["kind", "day", "unit"], name="facts_by_kind_day_unit",
                opclasses=["text_pattern_ops", "date_ops", "text_pattern_ops"],
            ),
            models.Index(fields=["subject"], name="facts_by_subject"),
            models.Index(fields=["unit", "day"], name="facts_by_unit_day"),
            models.Index(fields=["actor", "day"], name="facts_by_actor_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reverses"], condition=Q(reverses__gt=0), name="facts_reversed_once"),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject}"


class Seal(models.Model):
    """A seal (封存): the root of one batch, chained to the seal before and signed."""

    number = models.PositiveIntegerField(primary_key=True)
    day = models.DateField()
    stream = models.CharField(max_length=8)
    size = models.PositiveIntegerField()
    upto = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "upto"], name="facts_seal_follows")]

    def __str__(self):
        return f"{self.number} {self.day} {self.stream}"


class Erasure(models.Model):
    """An erasure (到期清除): opens the door for one body; `record` is the fact that tells of it."""

    fact = models.OneToOneField(Fact, models.PROTECT, primary_key=True, related_name="erasure")
    record = models.OneToOneField(Fact, models.PROTECT, related_name="+")

    def __str__(self):
        return str(self.pk)


class ReactionCursor(models.Model):
    """How far a reaction has come (反应进度): every fact up to this id was offered to it."""

    name = models.CharField(max_length=60, primary_key=True)
    upto = models.BigIntegerField(default=0)

    def __str__(self):
        return f"{self.name} {self.upto}"


class ReactionFailure(models.Model):
    """A fact that a reaction could not take (搁置的反应): set aside, never in the way of others.

    `error` names the kind of error and the place in the code, never the words of the message.
    """

    name = models.CharField(max_length=60)
    fact = models.ForeignKey(Fact, models.PROTECT, related_name="+")
    error = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "fact"], name="facts_failed_once")]

    def __str__(self):
        return f"{self.name} {self.fact_id}"
