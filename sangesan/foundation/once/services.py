"""Taking in a form once (一次受理), whoever presses twice and however fast (contracts.md, replay)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from typing import Generic, TypeVar

from django.db import connection, transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from sangesan.foundation import clock

from .models import Sent
from .tokens import FIELD

DAYS = 7
SHORTEST = 16
CSRF = "csrfmiddlewaretoken"
"""What staff pages carry against forged requests: it is masked anew in every page, so it is as good a token."""
T = TypeVar("T")
Now = Callable[[], str] | None
"""What tells how that stands which a form is about (所办之事的现状); None where a deed is the same deed for good."""


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What came of a form (受理结果): `done` is what the service gave, None when it had been taken in before."""

    done: T | None
    fresh: bool


def once(request: HttpRequest, do: Callable[[], T], now: Now = None) -> Outcome[T]:
    """Do what a form asks for, unless the same form with the same words was taken in (同一张表单只办一次).

    The mark and the deed are one transaction: who comes at the same moment waits, and what was refused may be sent
    again. The same page with other words is another act, and so are the same words where what `now` tells of has
    moved on since: its own rules say whether it can be done again. A request without a token is done each time.
    """
    key, stands = key_of(request), partial(_stands, token_of(request), now)
    if not key:
        return Outcome(do(), True)
    with transaction.atomic():
        if not _mark(key) and _stood(key) == stands():
            return Outcome(None, False)
        done = do()
        if now is not None:
            Sent.objects.filter(pk=key).update(stood=stands(), day=clock.today())
        return Outcome(done, True)


def now_of(*rows: QuerySet) -> Callable[[], str]:
    """Return what tells how some rows stand (各行现状): for what is set, and may be set back and set again."""
    return lambda: json.dumps([list(some.order_by("pk").values_list()) for some in rows], default=str)


def token_of(request: HttpRequest) -> str:
    """Return the token a form carries (表单口令), '' for one without."""
    token = request.POST.get(FIELD) or request.POST.get(CSRF) or ""
    return token if len(token) >= SHORTEST else ""


def key_of(request: HttpRequest) -> str:
    """Return what a form is known by (表单摘要), '' for one without a token."""
    token = token_of(request)
    if not token:
        return ""
    said = sorted((name, values) for name, values in request.POST.lists() if name not in (FIELD, CSRF))
    files = sorted((name, _digest(file)) for name, sent in request.FILES.lists() for file in sent)
    who = getattr(getattr(request, "scope", None), "person", 0)
    return sha256(json.dumps([token, who, request.path, said, files]).encode()).hexdigest()


def forget(*, day: date) -> int:
    """Forget forms older than seven days (清除提交口令)."""
    return Sent.objects.filter(day__lt=day - timedelta(days=DAYS)).delete()[0]


def _digest(file) -> str:
    found = sha256()
    for part in file.chunks():
        found.update(part)
    file.seek(0)
    return found.hexdigest()


def _mark(key: str) -> bool:
    """Write the mark and return whether it is new (登记表单); nothing is refused by the database, which logs that."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO once_sent (key, day, stood) VALUES (%s, %s, '') ON CONFLICT DO NOTHING",
                       [key, connection.ops.adapt_datefield_value(clock.today())])
        return cursor.rowcount == 1


def _stood(key: str) -> str | None:
    """Return how a form left what it was about (办后的现状); its mark is held, so that two who come now are one."""
    return Sent.objects.select_for_update().filter(pk=key).values_list("stood", flat=True).first()


def _stands(token: str, now: Now) -> str:
    """Return how it stands now (现状摘要), as a digest that nobody finds who has not the form's token."""
    return sha256(json.dumps([token, now()]).encode()).hexdigest() if now is not None else ""
