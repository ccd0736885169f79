"""What was said (诉说): submissions, the dialogue, ratings, attachments."""

from django.db import models
from django.db.models import Q

from sangesan.feedback.speakers.models import Receipt
from sangesan.foundation.keys import RandomKey
from sangesan.organization.units.models import Unit

from ..words import CARES, ENTERED, EXTRAS, HANDS, NOTICE, RATINGS, REGISTER, VOICES, WINDOWS
from .matter import Matter


class Submission(models.Model):
    """One act of speaking (一次诉说). A group matter has many; each is answered.

    `recorded` says whether the ledger has it already: that happens at night, in shuffled order. `heeded` says
    whether it was looked for whom the words name: a minute after they came, before anybody is appointed anew.
    `receipted` says whether the receipt came into the speaker's hands (回执已交): of a slip without a name it lies
    with nobody, and nobody can be told anything.
    """

    id = RandomKey()
    receipt = models.OneToOneField(Receipt, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="submissions")
    channel = models.CharField(max_length=16)
    mode = models.CharField(max_length=16)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    category = models.CharField(max_length=16, blank=True)
    day = models.DateField()
    entered = models.DateField()
    text = models.TextField()
    register = models.CharField(max_length=40, blank=True)
    extra = models.JSONField(default=dict, blank=True)
    receipted = models.BooleanField(default=True)
    recorded = models.BooleanField(default=False)
    heeded = models.BooleanField(default=False)
    withdrawn = models.DateField(null=True, blank=True)
    withdrawal_recorded = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["channel", "register"], condition=~Q(register=""), name="matters_register_number"),
            models.Index(fields=["day"], condition=Q(recorded=False), name="matters_unrecorded"),
            models.Index(fields=["id"], condition=Q(heeded=False), name="matters_unheeded"),
        ]

    def __str__(self):
        return f"{self.channel} {self.day}"

    @property
    def details(self) -> list[tuple]:
        """What only its channel asked for (专有登记项), as pages say it; the speaker's group is for figures alone.

        The number of the register goes before it, and behind it the day of entering where that is not the day received.
        """
        own = [(EXTRAS[name], WINDOWS.get(value, value) if name == "window" else value)
                for name, value in self.extra.items() if name in EXTRAS and name not in ("group", "written")]
        return [*([(REGISTER, self.register)] if self.register else []), *own,
                *([(ENTERED, f"{self.entered:%Y-%m-%d}")] if self.entered != self.day else [])]


class Message(models.Model):
    """A word of the dialogue (往来): to the speaker, from the speaker, or among staff.

    A speaker's own words carry a day and no moment; those of whoever gave a name tell by `turn` (轮次) besides whether
    they came before the answer of their round or behind it (`queries.ordering`).
    """

    id = RandomKey()
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="messages")
    submission = models.ForeignKey(Submission, models.CASCADE, null=True, blank=True, related_name="messages")
    kind = models.CharField(max_length=16)
    text = models.TextField()
    day = models.DateField()
    at = models.DateTimeField(null=True, blank=True)
    turn = models.PositiveSmallIntegerField(null=True, blank=True)
    post = models.CharField(max_length=40, blank=True)
    person = models.BigIntegerField(default=0)

    def __str__(self):
        return f"{self.kind} {self.day}"

    @property
    def voice(self) -> str:
        """Who says it, as the speaker reads it (谁说的): a review is not of the unit it judges, nor care of one."""
        other = CARES if self.matter.cared else NOTICE if self.kind == "told" else HANDS
        return str(VOICES.get(self.kind, other))


class Rating(models.Model):
    """How a speaker rated the answer (评价), once for each answer; “solved?” is asked apart."""

    id = RandomKey()
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="ratings")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField(default=0)
    rating = models.CharField(max_length=12)
    solved = models.CharField(max_length=4, blank=True)
    reopens = models.BooleanField(default=False)
    day = models.DateField()
    recorded = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "round"], name="matters_rated_once")]
        indexes = [models.Index(fields=["day"], condition=Q(recorded=False), name="matters_rating_unrecorded")]

    def __str__(self):
        return self.rating

    @property
    def name(self):
        return RATINGS[self.rating]


class Attachment(models.Model):
    """A photo (照片), rebuilt from its pixels; `name` is random and tells nothing."""

    id = RandomKey()
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=40, unique=True)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    ending = ".jpg"

    def __str__(self):
        return self.name
