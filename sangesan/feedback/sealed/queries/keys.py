"""The list of keys (钥匙名册): who may open, proven by signatures and not by what a row says.

A line counts when the founding paper key signed it, or two keys that counted before it did. So a
row written past the pages, by whoever owns the database, opens nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from sangesan.foundation import clock
from sangesan.method.authority import Action, Role, Scope
from sangesan.method.discipline import EVER, NOBODY, READERS, needed
from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.units.queries import on

from ..envelopes import fingerprint, pretty, signed, statement
from ..models import Key, Mailbox


@dataclass(frozen=True)
class Line:
    """One line of the list (名册一行): a key, who holds it, and whether its signatures carry it."""

    key: Key
    name: str
    holder: str
    print: str
    approvers: tuple[int, ...]
    proven: bool

    @property
    def short(self) -> str:
        """The fingerprint as people compare it (核对指纹)."""
        return pretty(self.print)

    @property
    def active(self) -> bool:
        return self.proven and self.key.state == Key.ACTIVE

    @property
    def lacking(self) -> int:
        """How many approvals are still needed (还差几人)."""
        return max(0, needed(admitted=0 if self.key.founding else 1) - len(self.approvers))


@dataclass(frozen=True)
class Readers:
    """Inspectors with a key in force (能读信的监察员): who they are, how many stay, and who leaves when."""

    founded: bool
    names: tuple[str, ...]
    staying: int
    leaving: tuple[tuple[str, date], ...]

    @property
    def enough(self) -> bool:
        """Whether one may leave without closing the letters for good (够不够)."""
        return not self.founded or self.staying >= READERS


def mailbox() -> Mailbox | None:
    """Return the mailbox (信箱), None before it was founded."""
    return Mailbox.objects.order_by("pk").first()


def pin() -> Path:
    """Return the file beside the database that pins the paper key's fingerprint (根指纹)."""
    return settings.DATA / "discipline.root"


def chain() -> list[Line]:
    """Return the list of keys in order (钥匙名册), each line judged by those before it."""
    box, rows = mailbox(), Key.objects.select_related("person").prefetch_related("approvals").order_by("place")
    root = pin().read_text().strip() if pin().exists() else (box.root if box else "")
    lines, counted = [], {}
    for key in rows:
        holder = key.person.work_number if key.person else "paper"
        print_ = fingerprint(key.public, key.signing)
        said = statement(key.kind, holder, key.public, key.signing, founding=key.founding)
        by = tuple(sorted({a.by_id for a in key.approvals.all()
                           if a.by_id in counted and signed(counted[a.by_id].signing, bytes(a.signature), said)}))
        proven = print_ == root if key.kind == Key.PAPER and not counted else _carried(key, by, counted)
        if proven:
            counted[key.pk] = key
        lines.append(Line(key, key.person.name if key.person else "", holder, print_, by, proven))
    return lines


def _carried(key: Key, by: tuple[int, ...], counted: dict[int, Key]) -> bool:
    if key.founding and key.kind == Key.INSPECTOR:
        return any(counted[pk].kind == Key.PAPER for pk in by)
    return len(by) >= needed(admitted=1)


def trusted() -> list[Line]:
    """Return the inspectors' keys in force (有效的监察员钥匙)."""
    return [line for line in chain() if line.active and line.key.kind == Key.INSPECTOR]


def paper() -> Line | None:
    """Return the paper key of the commission above (上级纪委的纸质钥匙)."""
    return next((line for line in chain() if line.active and line.key.kind == Key.PAPER), None)


def recipients() -> list[Line]:
    """Return who can be written to (可收件的监察员): a key in force, and a post that inspects, today."""
    posts = on(Appointment.objects.filter(post__role=Role.INSPECTOR.value, post__until=None), clock.today())
    at_work = set(posts.values_list("person_id", flat=True))
    return [line for line in trusted() if line.key.person_id in at_work]


def ends(*, but: Collection[int] = (), day: date = NOBODY) -> dict[int, date]:
    """Return until when each inspector with a key holds office (持钥人任期), with some appointments ending on a day."""
    rows = Appointment.objects.filter(person__in=[line.key.person_id for line in trusted()],
                                      post__role=Role.INSPECTOR.value, post__until=None)
    found: dict[int, date] = {}
    for row in rows.exclude(until__lte=clock.today()):
        until = day if row.pk in but else row.until or EVER
        found[row.person_id] = max(found.get(row.person_id, NOBODY), until)
    return found


def readers() -> Readers:
    """Return how many can read, now and as far as posts are known to end (能读信的人)."""
    held = {line.key.person_id: line for line in recipients()}
    rows = Appointment.objects.filter(person__in=held, post__role=Role.INSPECTOR.value, post__until=None)
    rows = list(on(rows, clock.today()).values_list("person_id", "until"))
    lasting = {person for person, until in rows if until is None}
    ends = {person: max(until for one, until in rows if one == person) for person in held.keys() - lasting}
    return Readers(founded=paper() is not None, names=tuple(line.name for line in held.values()), staying=len(lasting),
                   leaving=tuple(sorted((held[person].name, day) for person, day in ends.items())))


def ready() -> bool:
    """Return whether the mailbox takes letters (信箱是否启用)."""
    box = mailbox()
    return box is not None and box.lost_day is None and paper() is not None and bool(recipients())


def abandoned() -> bool:
    """Return whether the box took letters once and nobody in office holds a key any more (无人持钥)."""
    return paper() is not None and not recipients() and (
        Key.objects.filter(kind=Key.INSPECTOR).exclude(active_day=None).exists())


def key_of(scope: Scope) -> Line | None:
    """Return a person's key (我的钥匙), in force or waiting, None for nobody without the action."""
    if not scope.can(Action.INSPECT):
        return None
    mine = [line for line in chain() if line.key.person_id == scope.person and line.key.state != Key.REMOVED]
    return mine[-1] if mine else None


def removable(scope: Scope) -> set[int]:
    """Return the keys one may take out of force (可停用的钥匙): one's own, and those of who inspects no more."""
    readers = {line.key.pk for line in recipients()}
    return {line.key.pk for line in chain() if line.key.kind != Key.PAPER and line.key.state != Key.REMOVED
            and (line.key.person_id == scope.person or line.key.pk not in readers)}


def pending() -> list[Line]:
    """Return the keys that wait for approvals (待同意的钥匙)."""
    return [line for line in chain() if line.key.state == Key.WAITING]


def titled(lines: list[Line]) -> list[tuple[Line, str]]:
    """Return keys with the posts and names of their holders (收件人), as the public page says them."""
    held = on(Appointment.objects.filter(person__in=[line.key.person_id for line in lines],
                                         post__role=Role.INSPECTOR.value), clock.today())
    posts = dict(held.values_list("person_id", "post__title"))
    return [(line, f"{posts.get(line.key.person_id, '')} {line.name}".strip()) for line in lines]


def managed() -> list[str]:
    """Return the titles of the leaders whose files lie above (由上级管理的领导)."""
    box = mailbox()
    rows = Post.objects.filter(code__in=box.managed if box else []).order_by("code")
    return list(dict.fromkeys(rows.values_list("title", flat=True)))
