"""Packing (装箱单): what pages and browsers of inspectors are given, and how they name keys."""

from __future__ import annotations

import base64
import binascii
from collections import Counter
from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound, UserError
from sangesan.ledger.audit.queries import readings
from sangesan.method.authority import Action, Role, Scope
from sangesan.method.discipline import offered
from sangesan.organization.people.models import Post
from sangesan.organization.units.queries import on

from . import queries
from .models import Key, SealedMatter


def keys(scope: Scope) -> dict[str, Any]:
    """Return the list of keys (名册数据): public halves, signatures, and what this person's own page unlocks."""
    if not scope.can(Action.INSPECT):
        raise NotFound()
    lines = queries.chain()
    places = {line.key.pk: line.key.place for line in lines}
    return {"lines": [_line(line, places, scope.person) for line in lines]}


def _line(line: queries.Line, places: dict[int, int], person: int) -> dict[str, Any]:
    """Return one line (名册一行); the wrapped halves go to their holder, and the paper key's to inspectors."""
    key, said = line.key, {}
    if key.kind == Key.PAPER or key.person_id == person:
        said = {"salt": code(key.salt), "rounds": key.rounds, "wrapped": code(key.wrapped)}
    return said | {
        "place": key.place, "kind": key.kind, "state": key.state, "founding": key.founding, "holder": line.holder,
        "name": line.name, "mine": key.person_id == person, "public": code(key.public), "signing": code(key.signing),
        "approvals": [{"by": places[a.by_id], "signature": code(a.signature)}
                      for a in key.approvals.all() if a.by_id in places],
    }


def box(scope: Scope) -> list[dict[str, Any]]:
    """Return what lies unopened for a scope (待开箱): the letter, my share, the paper key's, and for whom."""
    mine, paper = queries.key_of(scope), queries.paper()
    if mine is None or paper is None:
        raise NotFound()
    found = []
    for matter in queries.visible(scope).filter(state="received").prefetch_related("wraps__key"):
        shares = {wrap.key_id: wrap.sealed for wrap in matter.wraps.all()}
        above = next((wrap for wrap in matter.wraps.all() if wrap.key.kind == Key.PAPER), None)
        found.append({
            "number": matter.number, "head": code(matter.head), "mine": code(shares[mine.key.pk]),
            "paper": code(above.sealed if above else b""), "above": above.key.place if above else 0,
            "places": [line.key.place for line in queries.room.holding(matter)],
        })
    return found


def letter(scope: Scope, matter: SealedMatter) -> dict[str, Any]:
    """Return one opened letter for a scope (一件密文) and the steps it may take."""
    wrap = matter.wraps.filter(key__person=scope.person, key__state=Key.ACTIVE, share=False).first()
    if wrap is None:
        raise UserError(_("还不能看"), why=_("这一件还没有开箱"), next=_("请和上级纪委的持钥人一起开箱"), status=409)
    done = frozenset({"told_day"} if matter.told_day else ())
    return {
        "number": matter.number, "state": matter.state, "word": str(matter.state_name), "day": f"{matter.day:%Y-%m-%d}",
        "wrap": code(wrap.sealed), "head": code(matter.head), "room": code(matter.room), "readers": _readers(matter),
        "files": list(matter.files.order_by("place").values_list("place", flat=True)),
        "messages": [{"spoken": m.spoken, "day": f"{m.day:%Y-%m-%d}", "room": code(m.for_room)}
                     for m in matter.messages.order_by("place")],
        "steps": [{"action": s.action, "name": _(s.name), "words": s.words}
                  for s in offered(matter.state, named=matter.named, done=done)],
    }


def _readers(matter: SealedMatter) -> str:
    """Return who opened a letter so far, and how often (看过的人): no auditor is told, so those who hold it are."""
    held = Counter(readings(matter.subject, "discipline.read").values_list("name", flat=True))
    return "、".join(_("%(name)s %(n)s 次") % {"name": name, "n": n} for name, n in sorted(held.items()))


def key(place: Any) -> int:
    """Return the key at a line of the list (按序号取钥匙)."""
    if isinstance(place, bool) or not isinstance(place, int) or not 0 < place < 2**31:
        raise NotFound()
    found = Key.objects.filter(place=place).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound()
    return found


def wraps(said: dict[str, Any]) -> dict[int, bytes]:
    """Return what a browser wrapped (封好的钥匙), by key."""
    given = said.get("wraps")
    if not isinstance(given, dict) or len(given) > 100:
        raise UserError(_("没有看懂这次请求"), why=_("内容不完整"), next=_("请刷新页面再试"), status=400)
    return {key(int(place) if place.isascii() and place.isdigit() and len(place) < 10 else 0): octets(sealed)
            for place, sealed in given.items()}


def managed_posts() -> list[tuple[str, str]]:
    """Return the posts whose holders' files may lie above (领导岗位)."""
    rows = on(Post.objects.filter(role__in=[Role.LEADER.value, Role.INSPECTOR.value]), clock.today())
    return [(post.code, post.title) for post in rows.order_by("code")]


def usually_managed() -> list[str]:
    """Return those that usually do (通常由上级管理): the leaders, and the secretary of discipline."""
    rows = on(Post.objects.filter(role__in=[Role.LEADER.value, Role.INSPECTOR.value]), clock.today())
    return [post.code for post in rows if post.role == Role.LEADER.value or "纪委书记" in post.title]


def octets(value: Any) -> bytes:
    """Return bytes from base64 (字节). Raises UserError."""
    try:
        return base64.b64decode(value if isinstance(value, str) else "*", validate=True)
    except (binascii.Error, ValueError) as broken:
        raise UserError(_("没有看懂这次请求"), why=_("内容不完整"), next=_("请刷新页面再试"), status=400) from broken


def code(value: bytes | memoryview) -> str:
    """Return bytes as base64 (转文本)."""
    return base64.b64encode(bytes(value)).decode()
