"""Reads of notices (消息查询): each person reads their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from sangesan.foundation import door
from sangesan.method.authority import Scope

from ..models import Notice
from ..words import words

PAGE = 50


@dataclass(frozen=True)
class Line:
    """One line of the page (一条消息); `url` is empty when the door is shut."""

    id: int
    said: str
    subject: str
    url: str
    created_at: datetime
    unread: bool
    urgent: bool


def unread_count(scope: Scope) -> int:
    """Return how many announced notices wait unread (未读数)."""
    if not scope.person:
        return 0
    return Notice.objects.filter(person=scope.person, read_at=None).exclude(announced_at=None).count()


def unread(scope: Scope) -> int:
    """Return how many of one's own notices are unread (未读条数), whether announced or not."""
    return Notice.objects.filter(person=scope.person, read_at=None).count()


def notices_for(scope: Scope, *, after: int = 0) -> list[Line]:
    """Return a page of one's own notices (我的消息), newest first, each link asked at the door."""
    rows = Notice.objects.filter(person=scope.person)
    if after:
        last = rows.filter(pk=after).first()
        rows = rows.filter(Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, pk__lt=after)
                           ) if last else rows.none()
    return [
        Line(row.pk, words(row.kind), row.subject, address(scope, row.subject), row.created_at,
             row.read_at is None, row.urgent)
        for row in rows.order_by("-created_at", "-pk")[:PAGE]
    ]


def address(scope: Scope, subject: str) -> str:
    """Return the page of a subject (链接), or '' when this person may not see it any more."""
    if subject == "accounts/me":
        return "/w/accounts/me/"
    return f"/w/{subject}/" if door.open(scope, subject) is not None else ""


def told(subject: str, kind: str, since: date) -> bool:
    """Return whether anybody was told such a thing of a subject since the end of a day (是否提醒过)."""
    return Notice.objects.filter(subject=subject, kind=kind, day__gt=since).exists()


def waiting() -> int:
    """Return how many notices wait to be announced (待提醒)."""
    return Notice.objects.filter(announced_at=None, read_at=None).count()
