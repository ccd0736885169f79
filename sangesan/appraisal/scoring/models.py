"""Tables of scoring (核算): runs and scores, insert only (`apps.py`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sangesan.appraisal.rules.models import RuleSet
from sangesan.method.spans import span_of
from sangesan.organization.people.models import Person, Post
from sangesan.organization.units.models import Unit


class Tree(models.Model):
    """A unit tree as a run saw it (组织快照), kept once per digest.

    Of a day `[[code, parent, kind], …]`; of a month, quarter or year units and posts (`queries/snapshot.py`).
    """

    digest = models.CharField(max_length=64, primary_key=True)
    nodes = models.JSONField()

    def __str__(self):
        return self.digest[:12]


class Run(models.Model):
    """A run (核算): which facts, rules and tree became which results; never changed, only revised.

    A run that late facts made keeps only what they moved; all else stands as in the runs from `base` on
    (`queries/standing.py`). `form` says how its outputs are hashed, from the hashes in `parts`; `contacts` which
    units each department answered for besides those below it, `strays` the paths of facts that are not
    those of the tree: of units that stood elsewhere within the period.
    """

    class Period(models.TextChoices):
        DAY = "day", _("当日")
        ROLLING = "rolling", _("近三十日")
        MONTH = "month", _("月度")
        QUARTER = "quarter", _("季度")
        YEAR = "year", _("年度")

    DAILY = (Period.DAY, Period.ROLLING)

    class Reason(models.TextChoices):
        FIRST = "first", _("首次核算")
        FACTS = "facts", _("台账有补记或冲正")
        RULES = "rules", _("考核办法有新版本")
        TREE = "tree", _("当日组织关系有更正")

    scope = models.CharField(max_length=200, blank=True)
    period = models.CharField(max_length=8, choices=Period)
    since = models.DateField()
    until = models.DateField()
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="+")
    cutoff = models.BigIntegerField()
    calendar = models.CharField(max_length=64)
    tree = models.ForeignKey(Tree, models.PROTECT, related_name="+")
    inputs = models.CharField(max_length=64)
    outputs = models.CharField(max_length=64)
    revises = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="revision")
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    form = models.PositiveSmallIntegerField(default=1)
    parts = models.JSONField(default=dict)
    strays = models.JSONField(default=list)
    contacts = models.JSONField(default=dict)
    reason = models.CharField(max_length=8, choices=Reason, default=Reason.FIRST.value)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["period", "until"], name="scoring_by_period")]
        constraints = [
            models.UniqueConstraint(fields=["scope", "period", "until"], condition=models.Q(revises=None),
                                    name="scoring_one_first_run"),
            models.CheckConstraint(condition=models.Q(since__lte=models.F("until")), name="scoring_forward"),
        ]

    def __str__(self):
        try:
            if self.period not in self.DAILY:
                return str(span_of(self.since, self.until).word)
        except ValueError:  # its days were changed behind the triggers: `verify` must be able to name it
            pass
        return f"{self.get_period_display()} {self.until}"

    @property
    def subject(self) -> str:
        return f"results/{self.pk}"


class Score(models.Model):
    """A unit's result in a run (得分), in hundredths of a point; a unit without one has no row.

    `line` '' is the unit's own result over all lines, else that of one cell (unit × line).
    `unvetoed` is what a vetoed unit would have had; `inputs` the digest of the facts it rests on,
    `outputs` that of the row itself; both stand only with months, quarters and years. `gone` says that
    the unit no longer has the result that the run revised still had.
    `statement` keeps, frozen, the ids of the facts behind every point and the results below; `facts` says how
    many they are, for lists that would else read every statement (None in rows made before it did).
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="scores")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    line = models.CharField(max_length=16, blank=True)
    own = models.IntegerField(null=True)
    linked = models.IntegerField(null=True)
    final = models.IntegerField()
    raw = models.IntegerField(null=True)
    unvetoed = models.IntegerField(null=True)
    inputs = models.CharField(max_length=64, blank=True)
    outputs = models.CharField(max_length=64, blank=True)
    flags = models.CharField(max_length=80, blank=True)
    gone = models.BooleanField(default=False)
    facts = models.PositiveIntegerField(null=True)
    statement = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "unit", "line"], name="scoring_one_score")]

    def __str__(self):
        return f"{self.unit} {self.final}"


class PostScore(models.Model):
    """A post's result in a run (岗位得分): the unit's part and its own, over holders and vacancies.

    `statement` lists the stretches of days: who answered, how many days, at what result.
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="posts")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    final = models.IntegerField(null=True)
    outputs = models.CharField(max_length=64, blank=True)
    statement = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "post"], name="scoring_one_post_score")]

    def __str__(self):
        return f"{self.post} {self.final}"


class PersonScore(models.Model):
    """A post-holder's result in a run (个人得分) over all posts held; shown to that person only.

    `days` is how many days some post was held, `vetoed` whether a veto names a post of this person.
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="persons")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    final = models.IntegerField(null=True)
    days = models.PositiveIntegerField()
    vetoed = models.BooleanField(default=False)
    outputs = models.CharField(max_length=64, blank=True)
    statement = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "person"], name="scoring_one_person_score")]

    def __str__(self):
        return f"{self.person} {self.final}"


class Watched(models.Model):
    """How far the ledger was looked through for late facts about a run (已查看到); the only row here that moves.

    `unsettled` are units whose facts changed while no result did: the next revision looks at them again,
    so that the hash of what it rests on is that of a full run.
    """

    run = models.OneToOneField(Run, models.PROTECT, primary_key=True, related_name="watched")
    upto = models.BigIntegerField()
    unsettled = models.JSONField(default=list)
    strays = models.JSONField(default=list)

    def __str__(self):
        return f"{self.run_id} {self.upto}"


class Trial(models.Model):
    """A period under another version (试算单): asked for once for all, reckoned in the background, kept for a day.

    `rules` is the version's key and `digest` its content: a draft that is written anew is another trial.
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="+")
    rules = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=1)
    why = models.CharField(max_length=200, blank=True)
    finals = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "digest"], name="scoring_one_trial")]

    def __str__(self):
        return f"{self.run_id} {self.digest[:12]}"


class HeadCount(models.Model):
    """How many people a unit and all below it had from a day on (在册人数); written when it changes."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    since = models.DateField()
    heads = models.PositiveIntegerField()

    class Meta:
        ordering = ["unit", "since"]
        constraints = [models.UniqueConstraint(fields=["unit", "since"], name="scoring_one_head_count")]

    def __str__(self):
        return f"{self.unit} {self.since} {self.heads}"


class HandEntry(models.Model):
    """What an assessor entered by hand (人工考核登记): `fact` in the ledger, `by` the person who did it.

    `how` is confirm, points, exempt or veto; it counts only with a `HandCheck` that agrees.
    """

    fact = models.BigIntegerField(unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField()
    indicator = models.CharField(max_length=32)
    how = models.CharField(max_length=8)
    points = models.IntegerField(default=0)
    post = models.CharField(max_length=40, blank=True)
    by = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["since", "until", "indicator"], name="scoring_by_hand")]

    def __str__(self):
        return f"{self.unit} {self.indicator} {self.how}"


class HandCheck(models.Model):
    """The second person's word on an entry (复核): whether it counts, and the fact that says so."""

    entry = models.OneToOneField(HandEntry, models.PROTECT, primary_key=True, related_name="check_row")
    agreed = models.BooleanField()
    fact = models.BigIntegerField(unique=True)
    by = models.BigIntegerField()
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.entry} {self.agreed}"
