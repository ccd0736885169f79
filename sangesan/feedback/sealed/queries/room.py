"""What an inspector sees (纪检件查询): the letters for which there is a key of theirs, and nothing of others."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.foundation.sealing import digest
from sangesan.method.authority import Action, Scope

from ..models import Key, SealedMatter, Wrap
from .keys import Line, recipients, trusted


def visible(scope: Scope) -> QuerySet[SealedMatter]:
    """Return the letters a scope sees (可见纪检件): those with a wrapped key for this person, in force today."""
    if not scope.person or not scope.can(Action.INSPECT):
        return SealedMatter.objects.none()
    mine = Wrap.objects.filter(key__person=scope.person, key__state=Key.ACTIVE)
    return SealedMatter.objects.filter(pk__in=mine.values("matter")).order_by("-day", "number")


def unopened(scope: Scope) -> int:
    """Count what a scope sees and lies unopened (未开箱件数); all of it would tell of a letter about whoever asks."""
    return visible(scope).filter(state="received").count()


def letter_for(scope: Scope, number: str) -> SealedMatter:
    """Fetch a letter (取纪检件); fetching is permission. Raises NotFound, absent or not visible alike."""
    found = visible(scope).filter(number=number).first() if "\x00" not in number else None
    if found is None:
        raise NotFound()
    return found


def opener(scope: Scope, key: str) -> SealedMatter | bool | None:
    """The door of `discipline/…` (纪检件之门); `discipline/keys` is open to inspectors and auditors."""
    if key == "keys":
        return scope.can(Action.INSPECT) or scope.can(Action.AUDIT) or None
    return visible(scope).filter(number=key).first() if "\x00" not in key else None


@dataclass(frozen=True)
class Figures:
    """The counters of the room (件数)."""

    received: int
    waiting: int
    handling: int
    ended: int
    late: int


def figures(scope: Scope) -> Figures:
    """Count what a scope sees (件数统计)."""
    today, rows = clock.today(), list(visible(scope))
    return Figures(
        received=sum(m.state == "received" for m in rows), waiting=sum(m.state == "opened" for m in rows),
        handling=sum(m.state == "handling" for m in rows), ended=sum(not m.is_open for m in rows),
        late=sum(m.due is not None and m.due < today for m in rows),
    )


def shut_tag(number: str, person: int) -> str:
    """Return how a letter names a person who never gets a key (回避标记): a digest no copy of the database reads."""
    return digest("discipline-shut", number, person)[:32]


@dataclass(frozen=True)
class Missing:
    """A letter and the keys it could still be wrapped for (待补发)."""

    matter: SealedMatter
    keys: tuple[Line, ...]


def missing(scope: Scope) -> list[Missing]:
    """Return the opened letters of mine that keys in force still lack (待补发), without those who are shut out."""
    keys, found = recipients(), []
    for matter in visible(scope).exclude(state="received").prefetch_related("wraps"):
        have = {wrap.key_id for wrap in matter.wraps.all()}
        lacking = tuple(line for line in keys if line.key.pk not in have and allowed(matter, line.key.person_id))
        if lacking:
            found.append(Missing(matter, lacking))
    return found


def alone(scope: Scope) -> int:
    """Count the letters of mine that nobody else in office can open (只有本人能打开的件数), for these eyes only."""
    others = Wrap.objects.filter(key__in=[line.key.pk for line in recipients() if line.key.person_id != scope.person])
    return visible(scope).exclude(pk__in=others.values("matter")).count()


def allowed(matter: SealedMatter, person: int) -> bool:
    """Return whether a person may ever get a key to a letter (可否补发)."""
    return shut_tag(matter.number, person) not in matter.shut


def holding(matter: SealedMatter) -> list[Line]:
    """Return the inspectors' keys in force that a letter is wrapped for (收件钥匙)."""
    have = set(matter.wraps.values_list("key_id", flat=True))
    return [line for line in trusted() if line.key.pk in have]
