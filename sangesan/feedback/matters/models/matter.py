"""The matter (事项), whom it lies in reach of, and whom it is about."""

from datetime import date, datetime, time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.keys import RandomKey
from sangesan.method.lifecycle import OPEN, STATE_NAMES, State
from sangesan.method.supervision import collective
from sangesan.method.terms import PROCEDURE_NAMES, Procedure
from sangesan.organization.units.models import Unit

from ..words import CARE, CATEGORIES, CHANNELS, KINDS, LEFT, RATINGS


class Matter(models.Model):
    """A matter (事项): what was said, about what, how grave, where it stands, who owes what by when.

    `unit` is where it arose, `lead` who answers for it; their paths are kept as they were that
    day. Moments of an anonymous speaker's doing are not kept, only days.
    """

    was_kind = ""  # for listeners: what it was before it left the ordinary flow

    id = RandomKey()
    number = models.CharField(max_length=11, unique=True)
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, default="request")
    category = models.CharField(max_length=16, default="other")
    channel = models.CharField(max_length=16)
    mode = models.CharField(max_length=16)
    line = models.CharField(max_length=16, blank=True)
    place = models.CharField(max_length=80, blank=True)
    affected = models.PositiveIntegerField(default=0)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit_path = models.CharField(max_length=200)
    lead = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    lead_path = models.CharField(max_length=200, blank=True)

    state = models.CharField(max_length=16, default=State.RECEIVED.value)
    version = models.CharField(max_length=12)
    hint = models.PositiveSmallIntegerField(default=0)
    danger = models.BooleanField(default=False)
    provisional = models.BooleanField(default=False)
    urgency = models.PositiveSmallIntegerField(default=0)
    importance = models.PositiveSmallIntegerField(default=0)
    grade = models.CharField(max_length=1, blank=True)
    table = models.CharField(max_length=12, blank=True)

    received_day = models.DateField()
    received_at = models.DateTimeField(null=True, blank=True)
    release_at = models.DateTimeField(null=True, blank=True)
    history = models.BooleanField(default=False)
    statutory_due = models.DateField()
    procedure = models.CharField(max_length=10, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    dispatched_at = models.DateTimeField(null=True, blank=True)
    sign_in_due = models.DateTimeField(null=True, blank=True)
    first_answer_due = models.DateTimeField(null=True, blank=True)
    plan_due = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    signed_in_at = models.DateTimeField(null=True, blank=True)
    first_answered_at = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_late = models.BooleanField(default=False)
    called_back_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    raised = models.BooleanField(default=False)
    supervised_at = models.DateTimeField(null=True, blank=True)
    rated = models.CharField(max_length=12, blank=True)
    returns = models.PositiveSmallIntegerField(default=0)
    bound = models.BooleanField(default=False)
    reopened = models.PositiveSmallIntegerField(default=0)
    reviews = models.PositiveSmallIntegerField(default=0)
    told = models.CharField(max_length=400, blank=True)
    cleared_on = models.DateField(null=True, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="joined")
    earlier = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="repeats")

    class Meta:
        indexes = [
            models.Index(fields=["release_at"], condition=Q(release_at__isnull=False), name="matters_unreleased"),
            models.Index(fields=["state", "due_at"], name="matters_due"),
            models.Index(fields=["received_day"], condition=Q(cleared_on=None), name="matters_uncleared"),
            # Few repeat another: a planner that counts keys finds the plain index useless, and walks them all.
            models.Index(fields=["earlier"], condition=Q(earlier__isnull=False), name="matters_linked"),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def subject(self) -> str:
        """The address (地址) under which others refer to it."""
        return f"matters/{self.number}"

    @property
    def family(self) -> Q:
        """The condition on rows of it and of what was joined to it (本件与并入件): by keys, a join walks all."""
        return Q(matter=self.pk) | Q(matter__in=Matter.objects.filter(parent=self.pk).values("pk"))

    @property
    def path(self) -> str:
        """The path facts carry (台账单位路径): who answers for it, else where it arose.

        Facts of what left the ordinary flow name the enterprise only.
        """
        if self.sealed:
            return self.unit_path.partition("/")[0] + "/"
        return self.lead_path or self.unit_path

    @property
    def came(self) -> datetime | date:
        """When it came (收到时间): the day alone where no moment is kept, or noon stands for one (早先收到的纸件)."""
        at = self.received_at
        return self.received_day if at is None or clock.local(at).time() == time(12) else at

    @property
    def sealed(self) -> bool:
        """Whether it has left the ordinary flow (检举控告、关怀)."""
        return self.kind in LEFT

    @property
    def cared(self) -> bool:
        """Whether the carer and the doctor have it (关怀)."""
        return self.kind == CARE

    @property
    def state_name(self):
        return _(STATE_NAMES[State(self.state)])

    @property
    def state_tone(self) -> str:
        """The tone of the state's chip (状态色调)."""
        return {"answered": "ok", "closed": "ok", "returned": "warn", "review": "act", "handling": "act",
                "suspended": "warn", "second_review": "warn", "third_review": "warn"}.get(self.state, "")

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes something (未办结)."""
        return self.state in OPEN

    @property
    def rating_name(self):
        return RATINGS.get(self.rated, "")

    @property
    def procedure_name(self):
        return _(PROCEDURE_NAMES[Procedure(self.procedure)]) if self.procedure else ""

    @property
    def collective(self) -> bool:
        """Whether many speak in it together (集体事项)."""
        return collective(self.affected)

    @property
    def channel_name(self):
        return CHANNELS.get(self.channel, self.channel)

    @property
    def category_name(self):
        return CATEGORIES.get(self.category, self.category)

    @property
    def kind_name(self):
        return KINDS.get(self.kind, self.kind)


class Reach(models.Model):
    """Which unit a matter lies in reach of (所及单位): one row per unit on its paths.

    A list is one walk along the index of a unit, so day, state and grade stand here too. `sealed`
    says in which flow it is: ordinary, accusations, still read by the union alone, or gone into the
    sealed room: counted out of every figure, and seen by nobody. `line` says of which line's own it is there
    (条线的事项): the matter itself is, or that path is the way of a unit of the line that has it in hand. From
    `fresh_since` on nobody has judged it, and triage alone reads it (先由分办员看). Rows exist once it is released.
    """

    ORDINARY, SEALED, HELD, GONE = 0, 1, 2, 3

    id = RandomKey()
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="reaches")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    leads = models.BooleanField(default=False)
    sealed = models.PositiveSmallIntegerField(default=0)
    line = models.CharField(max_length=16, blank=True)
    fresh_since = models.DateField(null=True, blank=True)
    day = models.DateField()
    state = models.CharField(max_length=16)
    grade = models.CharField(max_length=1, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "unit"], name="matters_one_reach")]
        indexes = [
            models.Index(fields=["unit", "fresh_since", "matter"], condition=Q(fresh_since__isnull=False),
                         name="matters_reach_fresh"),
            models.Index(fields=["unit", "sealed", "day", "matter"], name="matters_reach_list"),
            models.Index(fields=["unit", "sealed", "state", "day", "matter"], name="matters_reach_state"),
            models.Index(fields=["unit", "sealed", "grade", "day", "matter"], name="matters_reach_grade"),
            models.Index(fields=["unit", "line", "sealed", "day", "matter"], condition=~Q(line=""),
                         name="matters_reach_line"),
        ]

    def __str__(self):
        return f"{self.matter_id} {self.unit_id}"


class Concern(models.Model):
    """Whom a matter is about (涉及对象): a post, a person or a unit; they never see or handle it.

    `mentioned`: nobody said so, the words name them; triage may say that they are only mentioned. `by_words` stays
    where somebody says so afterwards, and is what is left when that is taken back.
    """

    id = RandomKey()
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="concerns")
    post = models.CharField(max_length=40, blank=True)
    person = models.BigIntegerField(default=0)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    mentioned = models.BooleanField(default=False)
    by_words = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "post"], condition=~Q(post=""), name="matters_concern_post"),
            models.UniqueConstraint(fields=["matter", "person"], condition=~Q(person=0), name="matters_concern_person"),
            models.UniqueConstraint(fields=["matter", "unit"], condition=Q(unit__isnull=False),
                                    name="matters_concern_unit"),
        ]
        indexes = [
            models.Index(fields=["post", "matter"], condition=~Q(post=""), name="matters_concern_posts"),
            models.Index(fields=["person", "matter"], condition=~Q(person=0), name="matters_concern_people"),
        ]

    def __str__(self):
        return f"{self.matter_id} {self.post or self.person or self.unit_id}"
