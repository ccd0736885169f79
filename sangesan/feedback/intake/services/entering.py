"""Entering for others (登记、代录、上报): who may, and what is kept of whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from sangesan.feedback.matters.models import Submission
from sangesan.feedback.matters.services.steps import words
from sangesan.feedback.matters.words import ACCUSATION, ANONYMOUS, WINDOWS
from sangesan.feedback.speakers import codes
from sangesan.feedback.speakers.services import owned_by
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, UserError
from sangesan.method.authority import Action, Role, Scope
from sangesan.method.channels import ANOTHERS, UNION
from sangesan.organization.people.models import Person

from ..channels import SHELVES, Hand
from . import checks
from .submitting import Accepted, submit


def report(*, scope: Scope, text: str, key: str, mode: str = "confidential", **parts: Any) -> Accepted:
    """Take in a correspondent's report (信息员上报); the reporter finds it again under 我的上报."""
    if not scope.can(Action.REPORT):
        raise Forbidden(_("没有上报"), why=_("您的岗位没有上报的权限"))
    if mode == ANONYMOUS:
        mode = "confidential"
    return submit(channel="correspondent", mode=mode, text=text, key=key, name=scope.name, person=scope.person,
                  line=_line(scope), sooner=lambda: _already(scope, key, text, **parts), **parts)


def _already(scope: Scope, key: str, text: str, *, photos: Sequence[bytes] = (), voice: bytes = b"",
             unit: str = "", place: str = "", danger: bool = False, **_parts: Any) -> Submission | None:
    """Return the same words of the same person today under another key (另一台设备已报).

    Only when no photo and no voice note comes with these, so nothing is lost. Of two that come in the
    same instant one waits for the other's transaction, and then finds what it wrote.
    """
    if photos or voice:
        return None
    list(Person.objects.select_for_update(no_key=True).filter(pk=scope.person))
    rows = Submission.objects.filter(
        receipt__owner=owned_by(scope.person), day=clock.today(), text=words(text, what=_("内容")),
        channel="correspondent", withdrawn=None, matter__place=place.strip(), matter__danger=danger)
    rows = rows.exclude(receipt__code=codes.stored(codes.issue(key)))
    return (rows.filter(unit__code=unit) if unit else rows).select_related("matter").first()


def register(*, scope: Scope, channel: str, text: str, key: str, mode: str = "named",
             others: Sequence[tuple[str, str]] = (), **parts: Any) -> Accepted:
    """Register a letter, a visit, a call … (登记来件) on behalf of the speaker.

    Of a collective visit each representative who wants one gets a receipt (`others` beside the first).
    """
    if not scope.can(Action.REGISTER):
        raise Forbidden(_("没有登记"), why=_("您的岗位没有登记来信来访的权限"))
    shelf = SHELVES.get(channel)
    if shelf is None or not shelf.by(Hand.OFFICE):
        raise UserError(_("没有登记"), why=_("这个渠道不由登记人录入"), next=_("请改用其他渠道"), code="channel")
    return submit(channel=channel, mode=signed(mode, parts, channel=channel), text=text, key=key, others=others,
                  line="" if channel in ANOTHERS else _line(scope), reader=scope, **parts)


def behalf(*, scope: Scope, text: str, key: str, window: str, mode: str = ANONYMOUS, by_phone: bool = False,
           extra: dict[str, Any] | None = None, **parts: Any) -> Accepted:
    """Write down what somebody said (代录): whoever is asked first does it, and hands over the receipt.

    At the union's window it is the union's to read first. The one who writes never finds it again as their own.
    """
    if not (scope.can(Action.REPORT) or scope.can(Action.REGISTER)):
        raise Forbidden(_("没有代录"), why=_("您的岗位没有代录的权限"))
    checks.one_of(window, WINDOWS, _("窗口"))
    toward_union = window == "union" and parts.get("kind") != ACCUSATION  # which goes to the inspectors alone
    channel = "union" if toward_union else "phone" if by_phone else "visit"
    return submit(channel=channel, mode=signed(mode, parts, channel=channel), text=text, key=key, line=_line(scope),
                  extra={**(extra or {}), "window": window}, **parts)


def _line(scope: Scope) -> str:
    """Return whose own it is what somebody heard (条线所属): the union's, of its officers and correspondents."""
    ours = any(post.line == UNION or post.role == Role.UNION for post in scope.posts)
    return UNION if ours else ""


def signed(mode: str, parts: Mapping[str, Any], *, channel: str) -> str:
    """Return the way of signing (署名方式): without name and contact nobody signed, whatever was chosen."""
    shelf = SHELVES[channel]
    told = any(str(parts.get(name) or "").strip() for name in ("name", "contact")) or ANONYMOUS not in shelf.modes
    return ANONYMOUS if mode in shelf.modes and not told else mode
