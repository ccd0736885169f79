"""The printed list (待办清单): what waits in a unit, counted by post, for the noticeboard where nobody has a phone.

It is made from the same notices, and tells less: no subject, no name, no word of what is sealed,
of care, of accounts or of results.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sangesan.foundation import clock, door
from sangesan.method.authority import Action, Scope
from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.units.models import Unit, UnitEdge
from sangesan.organization.units.queries import covered, on, standing, subtree, unit_for

from ..models import Notice

GROUPS: tuple[tuple[object, frozenset[str]], ...] = (
    (_("件待签收"), frozenset({"matter.dispatched"})),
    (_("件待审定"), frozenset({"matter.to_approve", "matter.to_confirm", "matter.returned", "matter.extension_asked",
                           "matter.pause_asked"})),
    (_("件要继续办理"), frozenset({"matter.ruled", "matter.sent_back", "matter.reopened", "matter.progress",
                             "matter.urged", "finding.returned"})),
    (_("件包案"), frozenset({"matter.case_given"})),
    (_("件将到期"), frozenset({"matter.due_soon"})),
    (_("件已到期"), frozenset({"matter.overdue", "matter.case_due"})),
    (_("件待验收"), frozenset({"finding.to_verify", "finding.move_asked", "duty.move_asked"})),
    (_("件待回访"), frozenset({"matter.to_call_back"})),
)
KINDS = {kind: str(word) for word, kinds in GROUPS for kind in kinds}


@dataclass(frozen=True)
class Line:
    """One post on the list (清单一行)."""

    unit: str
    post: str
    said: str


def units(scope: Scope) -> list[Unit]:
    """Return the units whose list one may print (可打印清单的单位): those one answers for and what is right below."""
    day, own = clock.today(), scope.units_for(Action.SEE_WORK)
    below = on(UnitEdge.objects.filter(parent__in=own), day).values("child")
    return list(standing(day).filter(Q(pk__in=own) | Q(pk__in=below)).order_by("line", "position", "code"))


def listed(scope: Scope, code: str) -> tuple[Unit, list[Line]]:
    """Return what waits by post in a unit, below it and where it covers (待办清单), within one's reach.

    Whoever has matters to look at finds those left out that do not open: one more than on the own list would tell
    that there is one about the reader.
    """
    unit, day = unit_for(scope, code, Action.SEE_WORK), clock.today()
    places = {unit.pk, *subtree(unit.pk, day)}
    places |= {below for branch in covered(unit.pk, day) for below in subtree(branch, day)}
    rows = on(Appointment.objects.filter(post__unit__in=places), day).select_related("post__unit", "person")
    posts = _first_posts(rows)
    waiting: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = set(Notice.objects.filter(person__in=posts, read_at=None, kind__in=KINDS)
               .values_list("person", "kind", "subject"))
    matters = {subject for _person, _kind, subject in rows if subject.startswith("matters/")}
    shut = matters - door.opened(scope, matters) if scope.can(Action.SEE) else set()
    for person, kind, subject in rows:
        if subject not in shut:
            waiting[posts[person].pk][str(next(w for w, kinds in GROUPS if kind in kinds))] += 1
    order = sorted({post.pk: post for post in posts.values()}.values(), key=lambda post: (
        post.unit_id != unit.pk, post.unit.position, post.unit.code, not post.head, post.code))
    return unit, [Line(post.unit.name, post.title, _said(waiting[post.pk])) for post in order if waiting[post.pk]]


def _first_posts(rows) -> dict[int, Post]:
    """Return each holder's main post (主要岗位), so that one notice is counted once."""
    found: dict[int, Post] = {}
    for row in sorted(rows, key=lambda row: (row.kind == Appointment.Kind.FULL, row.post.head, -row.pk)):
        found[row.person_id] = row.post
    return found


def _said(counts: dict[str, int]) -> str:
    words = [str(word) for word, _kinds in GROUPS]
    return "，".join(f"{counts[word]} {word}" for word in words if counts.get(word))
