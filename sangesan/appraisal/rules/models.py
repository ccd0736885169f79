"""Tables of rules (考核办法): versioned; what is decided or in force is read-only.

The database itself refuses it (`apps.py`): nothing is updated, only a draft may be taken away
and written anew. What was decided is bound by a digest besides. Points and weights are hundredths, shares,
rates and coefficients basis points.
"""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.method import books
from sangesan.method.linkage import VetoEffect
from sangesan.method.ruling import STANDARD
from sangesan.method.weights import written
from sangesan.organization.units.models import Line


class Field(models.Model):
    """A field of assessment (考核领域): 安全生产, 和谐创建 …; one that is off takes no indicator."""

    code = models.CharField(max_length=16, primary_key=True)
    name = models.CharField(max_length=20)
    position = models.PositiveIntegerField(default=0)
    on = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self):
        return self.name


class RuleSet(models.Model):
    """A version of an assessment method (考核办法); a draft until a `Decision` stands beside it.

    `own_cap` is the most an own score may reach, `person_share` how much of a person's result
    comes from the cell (μ), `line_weights` what each line weighs in a unit's result. `contacts`
    says which facts name a department (their unit) and its contact unit (联系点).
    """

    code = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    own_cap = models.PositiveIntegerField(default=10_000)
    person_share = models.PositiveIntegerField(default=7_000)
    line_weights = models.JSONField(default=dict)
    contacts = models.JSONField(default=dict)

    class Meta:
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="rules_one_version"),
            models.CheckConstraint(condition=models.Q(own_cap__lte=11_000), name="rules_own_cap"),
            models.CheckConstraint(condition=models.Q(person_share__lte=10_000), name="rules_person_share"),
        ]

    def __str__(self):
        return _("%(name)s 第%(version)s版") % {"name": self.name, "version": self.version}


class Decision(models.Model):
    """The decision of the workers' congress on a version (职代会决定), with the digest of what was decided.

    `document` is the number of the paper, `evidence` the digest of its words in the ledger.
    """

    rule_set = models.OneToOneField(RuleSet, models.PROTECT, primary_key=True, related_name="decision")
    meeting = models.CharField(max_length=80)
    document = models.CharField(max_length=60)
    decided_on = models.DateField()
    evidence = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    by = models.BigIntegerField()
    post = models.CharField(max_length=40)
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.meeting} {self.document}"


class InForce(models.Model):
    """From when a version is in force (施行), and the digest of all that moves a score in it."""

    rule_set = models.OneToOneField(RuleSet, models.PROTECT, primary_key=True, related_name="in_force")
    since = models.DateField()
    digest = models.CharField(max_length=64)
    by = models.BigIntegerField(default=0)
    post = models.CharField(max_length=40, blank=True)

    def __str__(self):
        return _("%(rule_set)s 自 %(since)s") % {"rule_set": self.rule_set, "since": self.since}


class Indicator(models.Model):
    """An indicator (考核指标): how facts become points, what it weighs, and its place in a book (三册).

    `tallies` say which facts are read and as what (`method/measures`). `full`, `floor` and `cap` are
    in hundredths of the indicator's own points, `planned` is the planned value or the limit,
    `least` the count below which nothing is measured. `kinds` [] means every kind of unit. `rewards` says
    that what adds above its full points takes nothing from whoever has none; what was decided before it could be
    said is earned from nought, as it was decided.
    """

    class Method(models.TextChoices):
        RATIO = "ratio", lazy("完成率")
        LOWER = "lower", lazy("越低越好")
        DEDUCT = "deduct", lazy("扣分")
        ADD = "add", lazy("加分")
        STEPS = "steps", lazy("分步计分")
        COMPLETENESS = "completeness", lazy("完成与按期")
        DAYS = "days", lazy("日结果平均")
        VETO = "veto", lazy("一票否决")

    class Side(models.TextChoices):
        RESULT = "result", lazy("结果")
        PROCESS = "process", lazy("过程")

    class Period(models.TextChoices):
        MONTH = "month", lazy("月度")
        QUARTER = "quarter", lazy("季度")
        YEAR = "year", lazy("年度")

    class Target(models.TextChoices):
        UNIT = "unit", lazy("单位")
        POST = "post", lazy("岗位")

    class Book(models.TextChoices):
        BRANCH = "branch", lazy("党支部工作手册")
        INTEGRITY = "integrity", lazy("廉洁效能工作手册")
        UNION = "union", lazy("基层车间工会手册")

    class Objector(models.TextChoices):
        HEAD = "head", lazy("被考核单位负责人")
        STAFF = "staff", lazy("被考核单位职工")

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="indicators")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=40)
    standard = models.CharField(max_length=STANDARD, blank=True)
    field = models.CharField(max_length=16, blank=True)
    line = models.CharField(max_length=16, choices=Line, blank=True)
    kinds = models.JSONField(default=list)
    target = models.CharField(max_length=8, choices=Target, default=Target.UNIT.value)
    method = models.CharField(max_length=12, choices=Method, default=Method.COMPLETENESS.value)
    side = models.CharField(max_length=8, choices=Side, default=Side.RESULT.value)
    period = models.CharField(max_length=8, choices=Period, blank=True)
    weight = models.PositiveIntegerField()
    full = models.PositiveIntegerField(default=10_000)
    floor = models.IntegerField(default=0)
    cap = models.PositiveIntegerField(default=10_000)
    planned = models.BigIntegerField(null=True, blank=True)
    late_share = models.PositiveIntegerField(default=0)
    prefix_only = models.BooleanField(default=False)
    rewards = models.BooleanField(default=False)
    least = models.PositiveIntegerField(default=0)
    lead = models.CharField(max_length=40, blank=True)
    evidence = models.CharField(max_length=100, blank=True)
    book = models.CharField(max_length=12, choices=Book, blank=True)
    section = models.CharField(max_length=40, blank=True)
    objector = models.CharField(max_length=8, choices=Objector, default=Objector.HEAD.value)
    tallies = models.JSONField()

    class Meta:
        ordering = ["rule_set", "position"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "code"], name="rules_one_indicator"),
            models.CheckConstraint(condition=models.Q(late_share__lte=10_000), name="rules_late_share"),
        ]

    def __str__(self):
        return self.name

    @property
    def worth(self) -> int | str:
        """Its weight as pages write it (分值)."""
        return written(self.weight)

    @property
    def place(self) -> str:
        """The title of its section in the book (篇名); as it was written where the book has no such section."""
        found = books.section(self.book, self.section)
        return found.word if found else self.section


class Link(models.Model):
    """How a kind of unit is linked to those below it, per line (挂钩办法); '' is for all others.

    `share` is λ of blend and ceiling; `rate` κ and `cap` K of pass-through; `margin` δ of ceiling.
    """

    class Mode(models.TextChoices):
        BLEND = "blend", lazy("加权挂钩")
        PASS_THROUGH = "pass_through", lazy("逐级连带")
        CEILING = "ceiling", lazy("封顶挂钩")

    class Members(models.TextChoices):
        EQUAL = "equal", lazy("各下级相等")
        HEADS = "heads", lazy("按人数")
        HEAD_DAYS = "head_days", lazy("按人日")

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="links")
    line = models.CharField(max_length=16, choices=Line, blank=True)
    kind = models.CharField(max_length=16, blank=True)
    mode = models.CharField(max_length=16, choices=Mode, default=Mode.BLEND.value)
    share = models.PositiveIntegerField(default=3_000, help_text=lazy("下级所占万分比"))
    members = models.CharField(max_length=12, choices=Members, default=Members.EQUAL.value)
    rate = models.PositiveIntegerField(null=True, blank=True, help_text=lazy("每失一分连带的万分比"))
    cap = models.PositiveIntegerField(default=500, help_text=lazy("连带扣分上限，百分之一分"))
    margin = models.PositiveIntegerField(default=1_500, help_text=lazy("高出最弱下级的上限，百分之一分"))
    veto_effect = models.CharField(max_length=12, default=VetoEffect.SCORE.value)
    veto_deduction = models.PositiveIntegerField(default=500)
    veto_cap = models.PositiveIntegerField(default=1_000)

    class Meta:
        ordering = ["rule_set", "line", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "line", "kind"], name="rules_one_link"),
            models.CheckConstraint(condition=models.Q(share__lte=10_000), name="rules_share_of_one"),
        ]

    def __str__(self):
        return f"{self.rule_set} {self.kind or _('各级')} {self.get_mode_display()}"


class Grade(models.Model):
    """A grade of a result (等次) from `least` on, and the coefficient it gives pay (系数)."""

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="grades")
    name = models.CharField(max_length=12)
    least = models.PositiveIntegerField()
    coefficient = models.PositiveIntegerField()

    class Meta:
        ordering = ["rule_set", "-least"]
        constraints = [models.UniqueConstraint(fields=["rule_set", "least"], name="rules_one_grade")]

    def __str__(self):
        return self.name


class PayRule(models.Model):
    """How results move the floating part of pay (兑现办法); the basic wage is never touched.

    `floor` is the least coefficient of a workers' pool, also under a veto; `deducted_most` the most
    of a person's floating pay that may be taken in a period; `reserve` what is kept back for top-ups.
    """

    class Mode(models.TextChoices):
        COEFFICIENT = "coefficient", lazy("按等次系数")
        SCORE_WEIGHTED = "score_weighted", lazy("按得分")

    rule_set = models.OneToOneField(RuleSet, models.PROTECT, primary_key=True, related_name="pay")
    mode = models.CharField(max_length=16, choices=Mode, default=Mode.COEFFICIENT.value)
    floor = models.PositiveIntegerField(default=8_500)
    deducted_most = models.PositiveIntegerField(default=3_000)
    reserve = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(floor__lte=10_000, deducted_most__lte=10_000,
                                                      reserve__lte=10_000), name="rules_pay_shares"),
        ]

    def __str__(self):
        return f"{self.rule_set} {self.get_mode_display()}"
