"""Interface of inspection for machines (督察整改接口): hazards and violations from the system that holds them."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from ninja import Header, Query, Router, Status

from sangesan.foundation.api import Fault, NotSignedIn, Strict
from sangesan.foundation.errors import Forbidden, UserError
from sangesan.foundation.rate import Limit
from sangesan.method.authority import Action, Scope
from sangesan.organization.accounts.services import api_scope

from . import queries, services
from .services.taking import Problem

router = Router(tags=[lazy("督察整改")])
ERRORS = {400: Fault, 401: Fault, 403: Fault, 404: Fault, 409: Fault, 413: Fault, 422: Fault, 429: Fault}
WRITING = Limit("findings", burst=120, per_minute=120)


class ProblemIn(Strict):
    """A hazard or a violation (隐患、三违): `id` is its number in its own system; days as 2026-11-20.

    The text says what was wrong, never who: names, numbers and telephones in it are covered.
    """

    id: str
    kind: str
    unit: str
    day: str
    text: str
    measure: str = ""
    due: str = ""
    place: str = ""
    shift: str = ""
    state: str = "open"


class DeliveryIn(Strict):
    """A delivery (一次送达): the slug of the system, and up to a hundred problems."""

    source: str
    items: list[ProblemIn]


class DeliveryOut(Strict):
    """What became of a delivery (受理结果)."""

    new: int
    changed: int
    same: int
    past: int


class FindingOut(Strict):
    """A problem as it stands here (问题现状): open, late, done or closed."""

    id: str
    finding: int
    state: str
    due: str


class FigureIn(Strict):
    """Counts of a unit and day (一个单位一天的数)."""

    unit: str
    day: str
    hazards_found: int | None = None
    hazards_closed: int | None = None
    violations: int | None = None


class FiguresIn(Strict):
    """Counts (隐患三违的数)."""

    source: str
    items: list[FigureIn]


class FiguresOut(Strict):
    """What became of the counts (受理结果)."""

    new: int
    changed: int
    same: int


def checker(request: HttpRequest, writes: bool = True) -> Scope:
    """Return who is asking (请求者). Raises NotSignedIn, or Forbidden for a post that doesn't inspect."""
    scope = api_scope(request)
    if not scope.person:
        raise NotSignedIn
    if not scope.can(Action.CHECK_WORK):
        raise Forbidden(_("没有受理"), why=_("您的岗位不做督察，或令牌没有督察权限"))
    if writes:
        WRITING.check(request.META.get("REMOTE_ADDR", ""))
    return scope


@router.post("/findings", response={200: DeliveryOut, 201: DeliveryOut, **ERRORS}, summary=lazy("送来隐患和三违"))
def deliver(request: HttpRequest, response: HttpResponse, payload: DeliveryIn,
            idempotency_key: str = Header("", alias="Idempotency-Key")):
    """Take in problems (接收): 201 when the delivery is new, 200 when the same key and body came before."""
    scope = checker(request)
    if not 16 <= len(idempotency_key) <= 200:
        raise UserError(_("没有受理"), why=_("缺少请求头 Idempotency-Key，或不是 16 到 200 个字符"),
                        next=_("请带上随机的提交口令"), code="key", status=400)
    problems = [_problem(place, item) for place, item in enumerate(payload.items)]
    told, new = services.deliver(scope=scope, source=payload.source, key=idempotency_key, problems=problems)
    response["Cache-Control"] = "no-store"
    return Status(201 if new else 200, told)


@router.get("/findings", response={200: list[FindingOut], **ERRORS}, summary=lazy("问题现状"))
def standing(request: HttpRequest, response: HttpResponse, source: str, after: str = "",
             limit: int = Query(50, ge=1, le=100)):
    """Return how the problems of a source stand here (查询现状), in the order of their numbers."""
    response["Cache-Control"] = "no-store"
    if "\x00" in source + after:
        raise UserError(_("没有查到"), why=_("查询条件不对"), next=_("请对照接口说明修改"), code="field")
    return queries.of_source(checker(request, writes=False), source, after, limit)


@router.post("/figures", response={200: FiguresOut, **ERRORS}, summary=lazy("送来隐患三违的数"))
def figures(request: HttpRequest, response: HttpResponse, payload: FiguresIn):
    """Take in counts (接收各单位每天的数); sent again they change nothing, corrected they replace."""
    scope = checker(request)
    rows = [item.model_dump() | {"day": _day(item.day, f"items.{place}.day")}
            for place, item in enumerate(payload.items)]
    response["Cache-Control"] = "no-store"
    return services.keep_figures(scope=scope, source=payload.source, rows=rows)


def _problem(place: int, item: ProblemIn) -> Problem:
    said = item.model_dump()
    due = _day(said.pop("due"), f"items.{place}.due") if item.due else said.pop("due") or None
    return Problem(number=said.pop("id"), due=due, **said | {"day": _day(item.day, f"items.{place}.day")})


def _day(typed: str, field: str) -> date:
    try:
        if len(typed) == 10:
            return date.fromisoformat(typed)
    except ValueError:
        pass
    raise UserError(_("没有受理"), why=_("%s 不是 2026-11-20 这样的日期") % field, code=field,
                    next=_("请对照接口说明 /api/v1/openapi.json 修改"))
