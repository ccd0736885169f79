"""Tables of the discipline mailbox (纪检监察信箱): ciphertext and wrapped keys, never a word."""

from django.db import models
from django.utils.translation import gettext as _

from sangesan.feedback.speakers.models import Receipt
from sangesan.foundation.keys import RandomKey
from sangesan.method.discipline import OPEN, STATES, TONES
from sangesan.organization.people.models import Person


class Mailbox(models.Model):
    """The mailbox itself (信箱): whom it is about, who is managed above, and where to go then. One row.

    `managed` are codes of posts whose holders' files lie with the organ above (上级管理的领导).
    """

    upper = models.CharField(max_length=80)
    upper_contact = models.CharField(max_length=200)
    office_contact = models.CharField(max_length=200, blank=True)
    managed = models.JSONField(default=list)
    root = models.CharField(max_length=64, blank=True)
    lost_day = models.DateField(null=True, blank=True)

    def __str__(self):
        return self.upper


class Key(models.Model):
    """A key of the box (信箱钥匙): an inspector's, or the upper commission's paper key.

    `public` opens what is sealed to it, `signing` proves approvals. `wrapped` holds both private
    halves under a passphrase that was never sent here. `place` is its line in the list of keys.
    """

    PAPER, INSPECTOR = "paper", "inspector"
    WAITING, ACTIVE, REMOVED = "waiting", "active", "removed"

    id = RandomKey()
    place = models.PositiveIntegerField(unique=True)
    kind = models.CharField(max_length=12)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, default=WAITING)
    public = models.BinaryField(max_length=65)
    signing = models.BinaryField(max_length=65)
    salt = models.BinaryField(max_length=16)
    rounds = models.PositiveIntegerField()
    wrapped = models.BinaryField(max_length=200)
    founding = models.BooleanField(default=False)
    asked_day = models.DateField()
    active_day = models.DateField(null=True, blank=True)
    removed_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(state__in=("waiting", "active")),
                                    name="sealed_one_key_each"),
        ]

    def __str__(self):
        return f"{self.kind} {self.place}"


class Approval(models.Model):
    """An approval (同意启用): a signature by a key in force over the line of a new one."""

    id = RandomKey()
    key = models.ForeignKey(Key, models.CASCADE, related_name="approvals")
    by = models.ForeignKey(Key, models.PROTECT, related_name="+")
    signature = models.BinaryField(max_length=64)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "by"], name="sealed_approved_once")]

    def __str__(self):
        return f"{self.by_id} → {self.key_id}"


class SealedMatter(models.Model):
    """An accusation (检举控告件). `head` is the letter, padded and encrypted under a key that is nowhere.

    Whoever holds the letter's key finds the private half of `room` in it. `reply` is the speaker's
    key; its private half is locked with the receipt, or, until the speaker first comes with a
    receipt issued elsewhere (`bound` False), with the server's pepper alone. `shut` are tagged
    persons who never get a key, whatever they become.
    """

    id = RandomKey()
    number = models.CharField(max_length=11, unique=True)
    receipt = models.OneToOneField(Receipt, models.PROTECT, related_name="+")
    named = models.BooleanField(default=False)
    state = models.CharField(max_length=12, default="received")
    day = models.DateField()
    head = models.BinaryField()
    room = models.BinaryField(max_length=65)
    reply = models.BinaryField(max_length=65)
    reply_locked = models.BinaryField(max_length=80)
    bound = models.BooleanField(default=True)
    shut = models.JSONField(default=list)
    office = models.CharField(max_length=200)
    recorded = models.BooleanField(default=False)
    accept_due = models.DateField(null=True, blank=True)
    tell_due = models.DateField(null=True, blank=True)
    opened_day = models.DateField(null=True, blank=True)
    accepted_day = models.DateField(null=True, blank=True)
    closed_day = models.DateField(null=True, blank=True)
    told_day = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "day"], name="sealed_by_state")]

    def __str__(self):
        return self.number

    @property
    def subject(self) -> str:
        """The address (地址) under which others refer to it."""
        return f"discipline/{self.number}"

    @property
    def state_name(self):
        return _(STATES[self.state])

    @property
    def state_tone(self) -> str:
        return TONES[self.state]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def due(self):
        """The clock that runs now (当前期限), None for none."""
        if self.state in ("received", "opened"):
            return self.accept_due
        return self.tell_due if self.state == "closed" and self.told_day is None else None


class Wrap(models.Model):
    """A letter's key, wrapped for one key of the box (封装密钥): a share of it until the box was opened."""

    id = RandomKey()
    matter = models.ForeignKey(SealedMatter, models.CASCADE, related_name="wraps")
    key = models.ForeignKey(Key, models.PROTECT, related_name="+")
    share = models.BooleanField(default=True)
    sealed = models.BinaryField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "key"], name="sealed_one_wrap")]

    def __str__(self):
        return f"{self.matter_id} {self.key_id}"


class SealedFile(models.Model):
    """A file of the letter (附件), padded and encrypted; its name and type stand inside the letter."""

    id = RandomKey()
    matter = models.ForeignKey(SealedMatter, models.CASCADE, related_name="files")
    place = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "place"], name="sealed_file_place")]

    def __str__(self):
        return f"{self.matter_id} {self.place}"


class SealedMessage(models.Model):
    """A word after the letter (往来), sealed to the room, and to the speaker when it is an answer."""

    id = RandomKey()
    matter = models.ForeignKey(SealedMatter, models.CASCADE, related_name="messages")
    place = models.PositiveSmallIntegerField()
    spoken = models.BooleanField()
    day = models.DateField()
    for_room = models.BinaryField()
    for_speaker = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "place"], name="sealed_message_place")]

    def __str__(self):
        return f"{self.matter_id} {self.place}"


class SealedOverdue(models.Model):
    """A clock ran out and the ledger says so (超期已记): once per matter and clock."""

    id = RandomKey()
    matter = models.ForeignKey(SealedMatter, models.CASCADE, related_name="overdue")
    clock = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "clock"], name="sealed_overdue_once")]

    def __str__(self):
        return self.clock
