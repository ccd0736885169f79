"""Assessment by hand, by exception (人工考核): confirm all, correct one; a second person checks it.

An entry counts once somebody else agreed; what turns out wrong is answered by a reversal. Every
step is a fact with its reason as words, so the ledger is the log of the assessors' own work.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.appraisal.rules.queries import PERIOD, in_force
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.services import record, reverse
from sangesan.method.authority import Action, Scope
from sangesan.method.facts import AssessmentChecked, AssessmentEntered, AssessmentRefused
from sangesan.method.spans import span_of
from sangesan.method.statement import Indicator
from sangesan.method.texts import kept, letters, unfit
from sangesan.organization.people.standing_in import as_one
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of

from ..models import HandCheck, HandEntry
from ..queries import altered_entries
from ..queries.hand import asked_in, posts_named, units_assessed
from ..queries.reading import SETTLING

HOWS = ("points", "exempt", "veto")
SHORTEST, LONGEST = 4, 500
"""How long a reason is (理由长短)."""


def require(scope: Scope) -> None:
    """Refuse whoever does not assess (无权限)."""
    if not scope.can(Action.ASSESS):
        raise Forbidden(_("没有办成"), why=_("登记和复核由考核员、党委工作部办理"))


@transaction.atomic
def enter(*, scope: Scope, since: date, until: date, indicator: str, unit: str, how: str, points: int = 0,
          post: str = "", words: str = "") -> HandEntry:
    """Enter an exception (登记例外) with its reason and evidence; it counts once a second person agreed."""
    one = _open_for(scope, since, until, indicator)
    words = kept(words)
    if how not in HOWS or (how == "veto") != (one.method == "veto"):
        raise UserError(_("没有登记"), why=_("这项指标不能这样登记"), next=_("请从列表中选择"))
    if letters(words) < SHORTEST or len(words) > LONGEST or unfit(words):
        raise UserError(_("没有登记"), why=_("没有写明理由和凭据"), next=_("请写 4 到 500 字，说明事实和凭据在哪里"))
    if how == "points" and not 0 < abs(points) <= (one.full or 10_000):
        raise UserError(_("没有登记"), why=_("更正的分值应在这项指标的分值以内，不能是零"), next=_("请核对分值"))
    if how == "veto" and post not in posts_named(unit):
        raise UserError(_("没有登记"), why=_("否决要落到这个单位的责任岗位，不牵连职工"), next=_("请选择责任岗位"))
    return _entered(scope, _unit(unit, since, until, one), since, until, indicator, how,
                    points if how == "points" else 0, post if how == "veto" else "", words)


@transaction.atomic
def confirm_all(*, scope: Scope, since: date, until: date, indicator: str) -> int:
    """Confirm that no unit without an entry has an exception (确认其余无例外) and return how many they were."""
    one = _open_for(scope, since, until, indicator)
    units = units_assessed(one, since, until)
    # Of two who confirm at once, one waits and finds nothing left.
    list(Unit.objects.select_for_update(no_key=True).filter(pk__in=[unit.pk for unit in units]).order_by("pk"))
    done = set(HandEntry.objects.filter(since=since, until=until, indicator=indicator).values_list("unit", flat=True))
    rest = [unit for unit in units if unit.pk not in done]
    for unit in rest:
        _entered(scope, unit, since, until, indicator, "confirm", 0, "", "")
    return len(rest)


@transaction.atomic
def check(*, scope: Scope, entry: int, agreed: bool, words: str = "") -> HandCheck:
    """Say as a second person whether an entry counts (复核): the one who entered it never does."""
    require(scope)
    row = HandEntry.objects.select_related("unit").filter(pk=entry).exclude(how="confirm").first()
    if row is None:
        raise NotFound(_("没有找到这条登记"))
    if row.by in as_one(scope.person):
        raise Forbidden(_("没有复核"), why=_("登记和复核必须是两个人，委托人和代办人算一个人"),
                        next=_("请由另一名考核员复核"))
    if agreed and clock.today() > row.until + SETTLING:
        raise UserError(_("没有复核"), why=_("这一期已经过了更正期限，同意了也不再计入"), next=_("请退回，不改这一期"))
    if any(altered_entries([row])):
        raise UserError(_("没有复核"), why=_("这条登记与台账记下的不符，可能被改动过"),
                        next=_("请报告审计管理员，由他核验全部台账"))
    kind = AssessmentChecked if agreed else AssessmentRefused
    fact = record(kind(subject=_subject(row.unit.code, row.since, row.until), unit=path_of(row.unit_id, row.until),
                       line=row.unit.line, occurred_at=clock.now(), period=_span(row.since, row.until),
                       indicator=row.indicator, how=row.how, points=row.points, post=row.post, entry=row.fact),
                  actor=scope.actor, words=kept(words)[:LONGEST])
    try:
        with transaction.atomic():
            return HandCheck.objects.create(entry=row, agreed=agreed, fact=fact, by=scope.person, at=clock.now())
    except IntegrityError:
        raise Conflict(_("没有复核"), why=_("别人刚刚复核过这一条"), next=_("请刷新页面")) from None


@transaction.atomic
def take_back(*, scope: Scope, entry: int, words: str) -> HandEntry:
    """Take back what was agreed wrongly (冲正), by somebody who did not enter it; the entry stays in the log."""
    require(scope)
    row = HandCheck.objects.select_related("entry").filter(entry=entry, agreed=True).first()
    if row is None:
        raise NotFound(_("没有找到这条登记"))
    if row.entry.by in as_one(scope.person):
        raise Forbidden(_("没有冲正"), why=_("登记的人不能自己冲正，也不能由代办人冲正"),
                        next=_("请由另一名考核员办理"))
    words = kept(words)
    if letters(words) < SHORTEST or len(words) > LONGEST or unfit(words):
        raise UserError(_("没有冲正"), why=_("没有写明哪里错了"), next=_("请写 4 到 500 字"))
    reverse(row.fact, reason="wrong_record", actor=scope.actor, words=words)
    return row.entry


def _entered(scope: Scope, unit: Unit, since: date, until: date, indicator: str, how: str, points: int, post: str,
             words: str) -> HandEntry:
    fact = record(AssessmentEntered(
        subject=_subject(unit.code, since, until), unit=path_of(unit.pk, min(until, clock.today())), line=unit.line,
        occurred_at=clock.now(), period=_span(since, until), indicator=indicator, how=how, points=points, post=post,
    ), actor=scope.actor, words=words)
    return HandEntry.objects.create(fact=fact, unit=unit, since=since, until=until, indicator=indicator, how=how,
                                    points=points, post=post, by=scope.person, at=clock.now())


def _open_for(scope: Scope, since: date, until: date, indicator: str) -> Indicator:
    require(scope)
    rules = in_force(PERIOD, since)
    one = next((i for i in asked_in(rules, span_of(since, until).period) if i.code == indicator), None)
    if one is None:
        raise NotFound(_("没有找到这项指标"))
    if not since <= clock.today() <= until + SETTLING:
        raise UserError(_("没有登记"), why=_("这一期还没有开始，或者已经过了更正期限"), next=_("请核对考核期"))
    return one


def _unit(code: str, since: date, until: date, indicator: Indicator) -> Unit:
    found: Iterable[Unit] = units_assessed(indicator, since, until)
    unit = next((u for u in found if u.code == code), None)
    if unit is None:
        raise NotFound(_("没有找到这个单位"), why=_("它不在这一期，或者不考这项指标"))
    return unit


def _subject(code: str, since: date, until: date) -> str:
    return f"assessments/{span_of(since, until).slug}/{code}"


def _span(since: date, until: date) -> str:
    return f"{since.isoformat()}.{until.isoformat()}"
