"""Tables of rules (考核办法): versioned; a version in force is read-only.

The database itself refuses it (`apps.py`): nothing is updated, only a draft may be taken away
and written anew. What was in force is bound by a digest besides.
"""

from django.db import models

from sangesan.method.linkage import VetoEffect


class RuleSet(models.Model):
    """A version of an assessment method (考核办法); a draft until an `InForce` row stands beside it."""

    code = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ["code", "version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="rules_one_version")]

    def __str__(self):
        return f"{self.name} 第{self.version}版"


class InForce(models.Model):
    """From when a version is in force (施行), and the digest of all that moves a score in it."""

    rule_set = models.OneToOneField(RuleSet, models.PROTECT, primary_key=True, related_name="in_force")
    since = models.DateField()
    digest = models.CharField(max_length=64)

    def __str__(self):
        return f"{self.rule_set} 自 {self.since}"


class Indicator(models.Model):
    """An indicator (考核指标): its weight and, in `tallies`, the kinds of facts that count."""

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="indicators")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=32)
    name = models.CharField(max_length=40)
    standard = models.CharField(max_length=200, blank=True)
    weight = models.PositiveIntegerField()
    tallies = models.JSONField()

    class Meta:
        ordering = ["rule_set", "position"]
        constraints = [models.UniqueConstraint(fields=["rule_set", "code"], name="rules_one_indicator")]

    def __str__(self):
        return self.name


class Link(models.Model):
    """How a kind of unit is linked to those below it (挂钩办法); kind '' is for all others."""

    class Mode(models.TextChoices):
        BLEND = "blend", "加权挂钩"
        PASS_THROUGH = "pass_through", "逐级连带"
        CEILING = "ceiling", "封顶挂钩"

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="links")
    kind = models.CharField(max_length=16, blank=True)
    mode = models.CharField(max_length=16, choices=Mode, default=Mode.BLEND.value)
    share = models.PositiveIntegerField(default=3_000, help_text="下级所占万分比")
    cap = models.PositiveIntegerField(default=500, help_text="连带扣分上限，百分之一分")
    margin = models.PositiveIntegerField(default=1_500, help_text="高出最弱下级的上限，百分之一分")
    veto_effect = models.CharField(max_length=12, default=VetoEffect.SCORE.value)
    veto_deduction = models.PositiveIntegerField(default=500)
    veto_cap = models.PositiveIntegerField(default=1_000)

    class Meta:
        ordering = ["rule_set", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "kind"], name="rules_one_link"),
            models.CheckConstraint(condition=models.Q(share__lte=10_000), name="rules_share_of_one"),
        ]

    def __str__(self):
        return f"{self.rule_set} {self.kind or '各级'} {self.get_mode_display()}"
