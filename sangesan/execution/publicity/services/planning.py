"""Making a plan (定宣传计划): what is told, where, from when to when, to which units first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.foundation import clock, door
from sangesan.foundation.errors import Conflict, Forbidden, NotFound
from sangesan.ledger.facts.services import record
from sangesan.method import publicity as rule
from sangesan.method.authority import POWERS, Action, Scope
from sangesan.method.facts import PublicityEnded, PublicityPlanned
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of

from ..models import Campaign, PlaceText
from ..queries.access import campaign_for, leads, targets
from .handing import hand
from .words import checked, refused

CAUSES = ("work", "meetings", "duties", "focus")
"""What a plan may serve (可作来由的工作): things of this system, a focus of the year; no matter."""


@transaction.atomic
def plan(*, scope: Scope, title: str, message: str, starts: date, ends: date, units: Sequence[int],
         places: Sequence[str] = (), texts: Mapping[str, str] | None = None, cause: str = "") -> Campaign:
    """Make a plan and hand it down (定宣传计划并下达); `units` are ids, `texts` what was written for a place.

    A place without a text of its own gets one made from the message. The same plan sent again is the one plan.
    """
    if not scope.can(Action.ASSIGN_WORK):
        raise Forbidden(_("没有保存"), why=_("您的岗位不向下布置宣传"), next=_("请本单位负责人安排"))
    title = checked(title, _("名称"), rule.LONGEST_TITLE, "title")
    message = checked(message, _("要讲的话"), rule.LONGEST_MESSAGE, "message")
    if why := rule.refusal(starts, ends, clock.today()):
        raise refused({"backwards": _("结束的日子在开始以前"), "over": _("结束的日子已经过了"),
                       "long": _("一项计划最长一年")}[why], _("请核对起止日期"), "ends")
    chosen, words = _units(scope, units), _texts(title, message, places, texts or {})
    if cause and (cause.partition("/")[0] not in CAUSES or door.open(scope, cause) is None):
        raise NotFound(_("没有保存"), why=_("来由不存在，或者您没有查看的权限"))
    head = next(post for post in scope.posts if Action.ASSIGN_WORK in POWERS[post.role][1])
    post = Post.objects.select_related("unit").select_for_update(of=("self",), no_key=True).get(code=head.code)
    told = {"title": title, "message": message, "post": post, "cause": cause, "starts": starts, "ends": ends}
    for before in Campaign.objects.filter(**told, ended_at=None):
        if set(before.handings.filter(above=None).values_list("unit", flat=True)) == {unit.pk for unit in chosen}:
            return before
    made = Campaign.objects.create(
        **told, unit=post.unit, line=post.line, path=path_of(post.unit_id, clock.today()), made_at=clock.now())
    PlaceText.objects.bulk_create([PlaceText(campaign=made, place=slug, words=said) for slug, said in words.items()])
    record(PublicityPlanned(subject=made.subject, unit=made.path, line=made.line, occurred_at=clock.now(),
                            quantity=len(chosen), until=f"{ends:%F}", cause=cause),
           actor=scope.actor, words=f"{title}\n{message}")
    hand(made, chosen, scope.actor)
    return made


@transaction.atomic
def end(*, scope: Scope, campaign: int, why: str) -> Campaign:
    """Stop a plan before its last day (停止宣传计划): what was not passed on is asked no more."""
    found = campaign_for(scope, campaign)
    if not leads(scope, found):
        raise Forbidden(_("没有停止"), why=_("由定计划的岗位停止"))
    why = checked(why, _("停止的原因"), 200)
    if not Campaign.objects.filter(pk=found.pk, ended_at=None).update(ended_at=clock.now()):
        raise Conflict(_("没有停止"), why=_("已经停止了"))
    done = Duty.objects.filter(settled()).values("pk")
    for row in found.handings.filter(passed_at=None).exclude(duty__in=done).select_related("duty__origin"):
        duties.cancel(duty=row.duty, actor=scope.actor, why="cause_ended", person=scope.person)
    record(PublicityEnded(subject=found.subject, unit=found.path, line=found.line, occurred_at=clock.now()),
           actor=scope.actor, words=why)
    found.refresh_from_db()
    return found


def _units(scope: Scope, units: Sequence[int]) -> list[Unit]:
    wanted = set(units)
    if not wanted:
        raise refused(_("没有选传达到哪些单位"), _("请至少选一个"), "units")
    found = [unit for unit in targets(scope) if unit.pk in wanted]
    if len(found) != len(wanted) or len(found) > rule.MOST_UNITS:
        raise refused(_("选了不归您管的单位，或单位已撤销"), _("请从列表里选"), "units")
    return found


def _texts(title: str, message: str, places: Sequence[str], texts: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for one in rule.PLACES:
        if one.slug in (places or [place.slug for place in rule.PLACES]):
            own = (texts.get(one.slug) or "").strip()
            found[one.slug] = checked(own, one.word, one.longest) if own else rule.ready(one.slug, title, message)
    if not found:
        raise refused(_("没有选宣传阵地"), _("请至少选一处"), "places")
    return found
