"""Tables of the ledger (台账)."""

from django.db import models


class Fact(models.Model):
    """A fact (台账条目): kind, day and commitment; immutable."""

    kind = models.CharField(max_length=40)
    day = models.DateField()
    commitment = models.BinaryField(max_length=32)

    def __str__(self):
        return f"{self.kind} {self.day}"


class Body(models.Model):
    """A fact's body (内容) and salt, with the columns that queries filter on."""

    fact = models.OneToOneField(Fact, models.PROTECT, primary_key=True, related_name="body")
    salt = models.BinaryField(max_length=32)
    content = models.BinaryField()
    subject = models.CharField(max_length=80)
    unit = models.CharField(max_length=200, blank=True)
    line = models.CharField(max_length=16, blank=True)
    actor = models.CharField(max_length=60)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    def __str__(self):
        return self.subject
