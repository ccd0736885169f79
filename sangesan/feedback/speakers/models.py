"""Tables of speakers (身份与回执). What stands here never meets the words that were spoken."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.foundation.keys import RandomKey


class Receipt(models.Model):
    """A receipt (回执), known only by its HMAC; `replay` remembers the request for seven days.

    `owner` is an HMAC of the person for reports made while signed in (信息员), '' otherwise. `slot` and `reply`
    are where and under which public key its answers go out (外部信箱), empty for words from inside.
    """

    id = RandomKey()
    code = models.CharField(max_length=70, unique=True)
    replay = models.CharField(max_length=70, blank=True)
    body = models.CharField(max_length=64, blank=True)
    keep_until = models.DateField()
    owner = models.CharField(max_length=64, blank=True, db_index=True)
    slot = models.CharField(max_length=32, blank=True)
    reply = models.BinaryField(max_length=65, default=bytes)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["replay"], condition=~Q(replay=""), name="speakers_one_replay"),
            models.UniqueConstraint(fields=["slot"], condition=~Q(slot=""), name="speakers_one_slot"),
        ]

    def __str__(self):
        return _("回执")


class Identity(models.Model):
    """Who spoke (身份), encrypted for the role in charge.

    `sealed` is empty where nothing is left: the speaker had it erased that day (`erased`), or it went into the
    inspectors' box. `nonce` stays: by it a restored row is known to hold what was erased, and not what was said anew.
    """

    id = RandomKey()
    receipt = models.OneToOneField(Receipt, models.PROTECT, related_name="identity")
    mode = models.CharField(max_length=16)
    role = models.CharField(max_length=20)
    key = models.PositiveSmallIntegerField()
    nonce = models.BinaryField(max_length=12)
    sealed = models.BinaryField()
    erased = models.DateField(null=True, blank=True)
    erasure_recorded = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["erased"], condition=Q(erased__isnull=False), name="speakers_names_erased")]

    def __str__(self):
        return _("身份")


class Opening(models.Model):
    """An identity was opened (查看身份): which role, which day. The speaker sees these rows."""

    identity = models.ForeignKey(Identity, models.PROTECT, related_name="openings")
    role = models.CharField(max_length=20)
    post = models.CharField(max_length=60)
    person = models.BigIntegerField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=400)

    def __str__(self):
        return f"{self.post} {self.at:%F}"


class Afterword(models.Model):
    """What came later from outside by receipt (后话): a rating, an addition, a review. Its words stand with the matter.

    `key` is the HMAC of its request key, so that it is taken once; `refused` says why it was not done.
    """

    id = RandomKey()
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="afterwords")
    key = models.CharField(max_length=64, unique=True)
    step = models.CharField(max_length=20)
    day = models.DateField()
    refused = models.CharField(max_length=400, blank=True)

    def __str__(self):
        return f"{self.step} {self.day:%F}"
