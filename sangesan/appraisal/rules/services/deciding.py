"""Deciding (决定、施行): a draft needs the decision of the workers' congress before it holds."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts import queries as ledger
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import RulesDecided, RulesEnforced
from sangesan.method.texts import kept

from .. import queries
from ..models import Decision, InForce, RuleSet
from .drafting import first_come, put_in_force, require

FIRST_OF_MONTH, AHEAD = 1, 2
"""Rules hold from the first of a month, at most so many years ahead: it is set once, and later versions only later."""


@first_come(lazy("没有登记"))
def decide(*, scope: Scope, rule_set: int, digest: str, meeting: str, document: str, decided_on: date,
           words: str = "") -> Decision:
    """Enter the decision of the workers' congress on a draft (登记职代会决定).

    `digest` is that of the draft that was read: another text than the one decided is refused.
    """
    require(scope)
    row = _undecided(rule_set)
    if wrong := queries.faults(row):
        raise UserError(_("没有登记"), why="；".join(wrong), next=_("请改好草案再提交职代会"), code="rules")
    if queries.whole(row) != digest:
        raise Conflict(_("没有登记"), why=_("草案在您阅读之后被改写过"), next=_("请核对最新草案，再登记决定"))
    meeting, document = (" ".join(kept(said).split()) for said in (meeting, document))
    if not meeting or not document or len(meeting) > 80 or len(document) > 60:
        raise UserError(_("没有登记"), why=_("没有写明职代会届次和文号"),
                        next=_("请写明，例如：十届三次职代会，青职代〔2026〕3 号"))
    if decided_on > clock.today():
        raise UserError(_("没有登记"), why=_("决定日期在今天之后"), next=_("请核对决定日期"))
    fact = record(RulesDecided(subject=_subject(row), unit=_top(scope), occurred_at=clock.now(),
                               decided_on=decided_on.isoformat(), digest=digest),
                  actor=scope.actor, words=kept(words) or f"{meeting} {document}")
    told = ledger.fact(fact)
    return Decision.objects.create(
        rule_set=row, meeting=meeting, document=document, decided_on=decided_on, digest=digest,
        evidence=str(told.content.get("words", "")) if told else "", by=scope.person, post=scope.posts[0].code,
        at=clock.now())


@first_come(lazy("没有施行"))
def enforce(*, scope: Scope, rule_set: int, since: date) -> InForce:
    """Put a decided version in force (施行) from the first day of a month to come; a period knows its rules."""
    require(scope)
    row = RuleSet.objects.filter(pk=rule_set).first()
    if row is None or not Decision.objects.filter(rule_set=row).exists():
        raise UserError(_("没有施行"), why=_("还没有登记职代会的决定"), next=_("请先登记决定"), code="rules")
    if since.day != FIRST_OF_MONTH or since < clock.today():
        raise UserError(_("没有施行"), why=_("办法从某月 1 日起施行，并且不早于今天，考核期开始前就要知道办法"),
                        next=_("请选今后某月的 1 日"))
    if since.year > clock.today().year + AHEAD:
        raise UserError(_("没有施行"), why=_("%s 太远，施行日期定下后不能再改") % since.isoformat(),
                        next=_("请核对年份"))
    last = InForce.objects.filter(rule_set__code=row.code).order_by("-since").select_related("rule_set").first()
    if last is not None and since <= last.since:
        raise UserError(_("没有施行"), why=_("第 %(version)d 版已定于 %(day)s 施行") % {
            "version": last.rule_set.version, "day": last.since.isoformat()}, next=_("请选更晚的日期"))
    made = put_in_force(rule_set=row.pk, since=since, by=scope.person, post=scope.posts[0].code)
    record(RulesEnforced(subject=_subject(row), unit=_top(scope), occurred_at=clock.now(), since=since.isoformat(),
                         digest=made.digest), actor=scope.actor)
    return made


def _undecided(rule_set: int) -> RuleSet:
    row = RuleSet.objects.filter(pk=rule_set).first()
    if row is None:
        raise Conflict(_("没有登记"), why=_("这份草案已经不在了，别人可能刚改写过"), next=_("请刷新页面看最新草案"))
    if Decision.objects.filter(rule_set=row).exists() or InForce.objects.filter(rule_set=row).exists():
        raise Conflict(_("没有登记"), why=_("这一版已经决定"), next=_("请起草新的版本"))
    return row


def _subject(row: RuleSet) -> str:
    return f"rules/{row.code}-{row.version}"


def _top(scope: Scope) -> str:
    return scope.posts[0].path.partition("/")[0] + "/"
