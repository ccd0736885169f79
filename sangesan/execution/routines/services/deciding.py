"""Deciding about routines (起草、施行、停止制度): a changed rule is a new version, and ends the old one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.execution.duties.models import Duty, Origin
from sangesan.execution.duties.services.planning import drop
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.services import record
from sangesan.method.cadence import CadenceError, checked
from sangesan.method.facts import Actor, RoutineEnded, RoutineInForce
from sangesan.method.occurrences import Policy, Window, heaps
from sangesan.organization.people.models import Post
from sangesan.organization.units.queries import on

from ..models import End, Force, Routine, Version
from ..queries.checking import CHECK

CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}(-[A-Z0-9]{1,8})?")
FURTHEST = timedelta(days=366)
MOST_GRACE, MOST_OFFSET, MOST_LEAD, MOST_STEPS = 15, 20, 60, 12
WHY = {
    "too_often": lazy("规则太密：最多每天一次"), "never": lazy("按这条规则永远不会到日子"),
    "unknown": lazy("规则里有不认识的部分，只用 FREQ、INTERVAL、BYDAY、BYMONTH、BYMONTHDAY、UNTIL"),
    "wrong": lazy("规则写得不对"),
}


@transaction.atomic
def begin(*, code: str, kind: str, actor: Actor, shipped: bool = False, **content: Any) -> Version:
    """Begin a routine (新建制度) with its first draft."""
    if not CODE.fullmatch(code):
        raise _refused(_("编号“%s”不是大写字母和数字") % code[:24], _("请写成 ZGLH 或 DY-ZW 这样"))
    if Routine.objects.filter(code=code).exists():
        raise _refused(_("编号 %s 已经有了") % code, _("请换一个编号"))
    place = (Routine.objects.order_by("-position").values_list("position", flat=True).first() or 0) + 1
    return save_draft(routine=Routine.objects.create(code=code, kind=kind, shipped=shipped, position=place),
                      actor=actor, **content)


@transaction.atomic
def save_draft(*, routine: Routine, actor: Actor, **content: Any) -> Version:
    """Save the draft of a routine (保存草案): it takes the place of the draft before, and no other version's."""
    _check(content)
    _held(routine)
    routine.versions.filter(force=None).delete()
    last = routine.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return Version.objects.create(routine=routine, number=last + 1, **content)


@transaction.atomic
def put_in_force(*, version: Version, since: date, decided_by: str, actor: Actor) -> Force:
    """Put a version in force (施行) from today or a later day on; the version before ends with that day."""
    today = clock.today()
    if since < today:
        raise _refused(_("施行日期 %s 已经过去，已过的应办不能再改") % since, _("请填今天或以后的日期"), _("没有施行"))
    if since > today + FURTHEST:
        raise _refused(_("施行日期 %s 太远") % since, _("请填一年以内的日期"), _("没有施行"))
    if not decided_by.strip():
        raise _refused(_("没有写由谁决定"), _("请写会议或文件，例如 党委会 2026-11-20"), _("没有施行"))
    _held(version.routine)
    if Force.objects.filter(version=version).exists():
        raise Conflict(_("没有施行"), why=_("这一版已经施行"), next=_("要改就起草新的一版"))
    try:
        checked(version.rule, since)
    except CadenceError as fault:
        raise _refused(_(WHY[str(fault)]), _("请改规则"), _("没有施行")) from fault
    routine = version.routine
    before = Force.objects.filter(version__routine=routine, version__end=None).exclude(version=version).first()
    if before is not None:
        if before.since >= since:
            raise _refused(_("前一版 %s 才施行") % before.since, _("请填那一天以后的日期"), _("没有施行"))
        end(version=before.version, until=since, words=_("由第 %d 版代替") % version.number, actor=actor)
    origin = Origin.objects.create(
        kind=routine.kind, subject=f"routines/{routine.code}", code=f"{routine.code}-{version.number}",
        title=version.title, note="\n".join(version.steps), line=version.line, lapses=True,
        verifier=version.checker if version.checks == Version.Checks.POST else None)
    record(RoutineInForce(subject=origin.subject, line=version.line, occurred_at=clock.now(), reason=routine.kind,
                          version=version.number, since=since.isoformat()), actor=actor, words=decided_by.strip())
    return Force.objects.create(version=version, origin=origin, since=since, decided_by=decided_by.strip()[:60],
                                at=clock.now(), post=_post(actor))


@transaction.atomic
def end(*, version: Version, until: date, actor: Actor, words: str = "") -> End:
    """End a version (停止) on a day; what is due later and has not opened goes, what is open falls away."""
    if until < clock.today():
        raise _refused(_("停止日期 %s 已经过去") % until, _("请填今天或以后的日期"), _("没有停止"))
    if until > clock.today() + FURTHEST:
        raise _refused(_("停止日期 %s 太远") % until, _("请填一年以内的日期"), _("没有停止"))
    _held(version.routine)
    force = Force.objects.filter(version=version).select_related("origin").first()
    if force is None or End.objects.filter(version=version).exists():
        raise Conflict(_("没有停止"), why=_("这一版没有施行，或已经停止"), next=_("请刷新后查看"))
    made = End.objects.create(version=version, until=until, words=words.strip()[:200], at=clock.now(),
                              post=_post(actor))
    record(RoutineEnded(subject=force.origin.subject, line=version.line, occurred_at=clock.now(),
                        reason=version.routine.kind, version=version.number, until=until.isoformat()),
           actor=actor, words=words.strip())
    origins = Q(origin=force.origin) | Q(origin__code=f"{force.origin.code}-C", origin__kind=CHECK)
    drop(Duty.objects.filter(origins, nominal__gte=until), why="rule_ended")
    return made


def _held(routine: Routine) -> None:
    """Hold a routine for this change (逐个受理): of two who decide about it at once, one waits and is told."""
    Routine.objects.select_for_update().get(pk=routine.pk)


def _check(content: dict[str, Any]) -> None:
    """Refuse a content that cannot be (核对内容)."""
    try:
        rule = checked(content["rule"], clock.today())
    except CadenceError as fault:
        raise _refused(_(WHY[str(fault)]), _("请改规则")) from fault
    if heaps(rule, Policy(content.get("policy", "next")), Window(content.get("window", "day"))):
        raise _refused(_("每天都办的，遇休息日顺延或提前会把一个假期的堆在一天"), _("请把遇休息日改成“照常”或“不办”"))
    if not content["title"].strip():
        raise _refused(_("没有写名称"), _("请写名称"))
    if not content.get("unit_kinds") and not content.get("units"):
        raise _refused(_("没有选适用的单位"), _("请选单位类别，或写明单位"))
    if (content.get("checks") == Version.Checks.POST) != (content.get("checker") is not None):
        raise _refused(_("没有写由哪个岗位检查"), _("请写检查岗位的编码"))
    limits = (("grace", MOST_GRACE), ("offset", MOST_OFFSET), ("lead", MOST_LEAD), ("attendance", 100))
    for name, most in limits:
        if not 0 <= content.get(name, 0) <= most:
            raise _refused(_("宽限、延后或提前的天数太大"), _("请改小"))
    if len(content.get("steps", [])) > MOST_STEPS:
        raise _refused(_("步骤超过 %d 条") % MOST_STEPS, _("请合并几步"))


def named(code: str) -> Post:
    """Return the post that is to check (取检查岗位), by its code."""
    found = on(Post.objects.filter(code=code), clock.today()).first()
    if found is None:
        raise _refused(_("没有写谁检查，或没有这个岗位"), _("请写检查岗位的编码，组织页上有"))
    return found


def _post(actor: Actor) -> str:
    return actor.slug.removeprefix("post:")[:40]


def _refused(why: str, next: str, what: str = "") -> UserError:
    return UserError(what or _("没有保存"), why=why, next=next)
