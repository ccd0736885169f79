"""Interface for machines (接口): one way to say what went wrong, one size limit, no trace ever.

Errors are `{"code", "what", "why", "next"}` (contracts.md, HTTP API).
"""

from __future__ import annotations

import inspect
import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from pydantic import ConfigDict

from .errors import NotFound, UserError
from .uploads import let_finish

MOST_BYTES = 256 * 1024
NO_CONDITIONS = {"request", "response", "payload", "idempotency_key", "x_receipt", "number"}
"""What operations take that is not asked in the address (不是查询条件): bodies, heads, parts of the path."""
log = logging.getLogger(__name__)


class Fault(Schema):
    """What went wrong (错误): a code for programs, and words for people."""

    code: str
    what: str
    why: str
    next: str


class Strict(Schema):
    """A body whose fields are all known and of their own type (严格的请求体)."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Body(Parser):
    """Reads a JSON object of modest size (读取请求体); everything else is refused in words."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        return read(request.body)


def read(raw: bytes) -> dict[str, Any]:
    """Return the JSON object in a body (解析请求体). Raises UserError, 413 or 400.

    >>> read(b'{"a": 1}')
    {'a': 1}
    """
    if len(raw) > MOST_BYTES:
        raise TooLarge
    try:
        found = json.loads(raw.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(found, dict):
        raise Unreadable
    return found


def _no_constant(name: str) -> float:
    raise ValueError(name)


class TooLarge(UserError):
    """The body is too large (请求过大)."""

    code, status = "too_large", 413

    def __init__(self) -> None:
        super().__init__(_("没有受理"), why=_("请求体超过 256 KB"), next=_("请缩短内容，正文最多 10000 字"))


class Unreadable(UserError):
    """The body is no JSON object in UTF-8 (请求体不可读)."""

    code, status = "bad_json", 400

    def __init__(self) -> None:
        super().__init__(_("没有受理"), why=_("请求体不是 UTF-8 编码的 JSON 对象"), next=_("请检查格式和编码"))


class NotSignedIn(UserError):
    """Nobody is behind the request (未登录)."""

    code, status = "not_signed_in", 401

    def __init__(self) -> None:
        super().__init__(_("没有登录"), why=_("这个接口只供登录的工作人员使用"), next=_("请先登录，或使用接口令牌"))


def build(*, title: str, version: str, **more: Any) -> NinjaAPI:
    """Return an interface (建立接口) that speaks of errors as above."""
    api = NinjaAPI(title=title, version=version, parser=Body(), **more)
    handlers: dict[type[Exception], Callable] = {
        UserError: lambda request, fault: say(fault),
        Http404: lambda request, fault: say(NotFound()),
        RequestDataTooBig: lambda request, fault: too_large(request),
        ValidationError: lambda request, fault: say(wrong_field(fault)),
        HttpError: _refused,
        Exception: _broken,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
    api.add_decorator(asked)
    return api


def asked(operation: Callable) -> Callable:
    """Return an operation that refuses what it is asked by names it does not know (不认识的查询条件).

    A misspelt condition would be left out without a word, and the list of everything be taken for the answer.
    """
    known = {name for name in inspect.signature(operation).parameters if name not in NO_CONDITIONS}

    @wraps(operation)
    def strict(request: HttpRequest, **values: Any) -> Any:
        if set(request.GET) - known:
            raise UserError(_("没有受理"), code="field", why=_("有不认识的查询条件"),
                            next=_("请对照接口说明 /api/v1/openapi.json 修改"))
        return operation(request, **values)

    return strict


def say(fault: UserError) -> HttpResponse:
    """Return an error as an answer (错误响应)."""
    said = {"code": fault.code, "what": fault.what, "why": fault.why, "next": fault.next}
    body = {name: str(word).encode("utf-8", "replace").decode() for name, word in said.items()}  # half characters too
    answer = JsonResponse(body, status=fault.status, json_dumps_params={"ensure_ascii": False})
    answer["Cache-Control"] = "no-store"
    return answer


def wrong_field(fault: ValidationError) -> UserError:
    """Return which field is wrong and why (字段有误), without repeating what was sent."""
    first = fault.errors[0] if fault.errors else {}
    place = ".".join(str(part) for part in first.get("loc", ())[1:] if str(part) not in ("payload", "query"))[:60]
    words = {"missing": _("缺少 %s"), "extra_forbidden": _("不认识的字段 %s")}
    why = words.get(first.get("type", ""), _("%s 的值不对")) % (place or _("请求体"))
    return UserError(_("没有受理"), why=why, next=_("请对照接口说明 /api/v1/openapi.json 修改"), code="field")


def absent(request: HttpRequest) -> HttpResponse:
    """Answer for an address that leads nowhere (没有这个接口)."""
    return say(NotFound(_("没有这个接口")))


def _refused(request: HttpRequest, fault: HttpError) -> HttpResponse:
    cause = fault.__cause__
    if isinstance(cause, RequestDataTooBig):
        return too_large(request)
    if isinstance(cause, UserError):
        return say(cause)
    return say(UserError(_("没有受理"), why=str(fault), status=fault.status_code, code="refused"))


def too_large(request: HttpRequest) -> HttpResponse:
    """Answer a body that is too large (请求过大) when all of it has come."""
    let_finish(request)
    return say(TooLarge())


def _broken(request: HttpRequest, fault: Exception) -> HttpResponse:
    log.exception("api", exc_info=fault)
    return say(UserError(_("没有办成"), why=_("系统出了错，已经记录"), next=_("请稍后再试"), code="broken", status=500))
