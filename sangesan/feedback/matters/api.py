"""Interface of matters for staff (事项接口): by session or token, through the one permission query."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from ninja import Query, Router

from sangesan.foundation import clock
from sangesan.foundation.api import Fault, NotSignedIn, Strict
from sangesan.foundation.errors import Forbidden, UserError
from sangesan.method.authority import Action, Scope
from sangesan.method.lifecycle import State
from sangesan.organization.accounts.services import api_scope
from sangesan.organization.units.models import Unit

from . import queries
from .models import Matter
from .words import CATEGORIES, CHANNELS

router = Router(tags=[lazy("事项")])
ERRORS = {400: Fault, 401: Fault, 403: Fault, 404: Fault, 422: Fault}
_CURSOR = re.compile(r"(\d{4}-\d{2}-\d{2})\.\d{1,19}")
KNOWN = {
    "state": {state.value for state in State} | {"open", "over"}, "grade": set("ABC"),
    "channel": set(CHANNELS), "category": set(CATEGORIES),
}
"""What a filter may say: a word that is none of these is a slip, and an empty page would hide it."""


class MatterOut(Strict):
    """A matter in a list (事项)."""

    number: str
    title: str
    state: str
    grade: str
    kind: str
    category: str
    channel: str
    mode: str
    unit: str
    lead: str
    received_day: str
    due_at: str
    overdue: bool


class EntryOut(Strict):
    """A line of the timeline (过程)."""

    kind: str
    name: str
    day: str
    at: str
    who: str
    text: str


class DetailOut(MatterOut):
    """A matter in full (事项详情)."""

    texts: list[str]
    steps: list[str]
    timeline: list[EntryOut]


class MattersOut(Strict):
    """A page of the list (一页); `after` is '' on the last one."""

    items: list[MatterOut]
    after: str


def staff(request: HttpRequest) -> Scope:
    """Return who is asking (请求者). Raises NotSignedIn, or Forbidden without any right to see."""
    scope = api_scope(request)
    if not scope.person:
        raise NotSignedIn
    if not (scope.can(Action.SEE) or scope.can(Action.INSPECT)):
        raise Forbidden(_("不能查看事项"), why=_("您的岗位没有查看事项的权限"))
    return scope


@router.get("", response={200: MattersOut, **ERRORS}, summary=lazy("事项列表"))
def matters(request: HttpRequest, response: HttpResponse, after: str = "", limit: int = Query(50, ge=1, le=100),
            state: str = "", grade: str = "", channel: str = "", category: str = "", unit: str = "",
            overdue: bool = False):
    """Return a page of what one may see (事项列表), newest day first."""
    scope = staff(request)
    response["Cache-Control"] = "no-store"
    _known(state=state, grade=grade, channel=channel, category=category)
    if not _begins(after):
        raise UserError(_("没有查到"), why=_("查询条件不对"), next=_("请对照接口说明修改"), code="field")
    found = _unit(unit)
    filters = queries.Filters(state=state, grade=grade, channel=channel, category=category, unit=found, overdue=overdue)
    page = queries.page(scope, filters, after=after, limit=limit, counted=False)
    return {"items": [_row(matter) for matter in queries.with_owed(page.rows)], "after": page.after}


@router.get("/{number}", response={200: DetailOut, **ERRORS}, summary=lazy("事项详情"))
def matter(request: HttpRequest, response: HttpResponse, number: str):
    """Return one matter (事项详情); absent and not visible are one 404."""
    scope = staff(request)
    response["Cache-Control"] = "no-store"
    found = queries.matter_for(scope, number)
    mine, how = queries.standing(scope, found), queries.veil(scope, found)
    return _row(*queries.with_owed([found])) | {
        "texts": ["".join(part for part, _kind in said.parts) for said in queries.submissions(scope, found)],
        "steps": [step.action for step in mine.steps],
        "timeline": [{"kind": e.kind, "name": str(e.name), "day": e.day.isoformat(), "at": _moment(e.at),
                      "who": str(e.who), "text": how.read(str(e.text))} for e in queries.timeline(found)],
    }


def _known(**given: str) -> None:
    """Refuse a word that no list knows (核对查询条件), naming the field and what it may say."""
    for name, value in given.items():
        if value and value not in KNOWN[name]:
            raise UserError(_("没有查到"), why=_("%s 的值不对") % name, code="field",
                            next=_("可以写：%s") % "、".join(sorted(KNOWN[name])))


def _unit(code: str) -> int:
    """Return the id of the unit that is asked for (查询单位), 0 for none, also of one that is no more."""
    rows = Unit.objects.filter(code=code) if code and code.isprintable() else Unit.objects.none()
    found = rows.values_list("pk", flat=True).first()
    if code and found is None:
        raise UserError(_("没有查到"), why=_("unit 的值不对：没有这个单位"), code="field",
                        next=_("请写单位编码，不限单位的不写 unit"))
    return found or 0


def _begins(after: str) -> bool:
    """Return whether a page can begin there (翻页位置)."""
    found = _CURSOR.fullmatch(after)
    try:
        return not after or bool(found and date.fromisoformat(found[1]))
    except ValueError:
        return False


def _row(matter: Matter) -> dict:
    return {
        "number": matter.number, "title": matter.title, "state": matter.state, "grade": matter.grade,
        "kind": matter.kind, "category": matter.category, "channel": matter.channel, "mode": matter.mode,
        "unit": matter.unit.code, "lead": matter.lead.code if matter.lead else "",
        "received_day": matter.received_day.isoformat(), "due_at": _moment(matter.due_at),
        "overdue": bool(matter.owed and matter.owed[1] < clock.now() and not (matter.answered_at or matter.history)),
    }


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""
