"""What is watched beside the state (督办、包案、复查、重复件), as the page of a matter shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from sangesan.method.authority import Scope
from sangesan.method.reviewing import repeats
from sangesan.organization.people.models import Post

from ..models import Advice, Case, Matter, Review, Supervision
from .access import visible
from .clocking import rights
from .reviews import outward
from .veil import veil


@dataclass(frozen=True)
class Watched:
    """Records beside the state (旁证): supervisions, the three proposals, cases, reviews, what repeats it."""

    supervisions: list[Supervision]
    advice: list[Advice]
    cases: list[Case]
    reviews: list[Review]
    family: list[Matter]
    titles: dict[str, str]
    same: bool

    @property
    def redone(self) -> Review | None:
        """The review that ordered it done anew (责令重新办理), shown to whoever judges the new answer."""
        last = self.reviews[-1] if self.reviews else None
        return next((r for r in reversed(self.reviews) if r.outcome == "redo"), None) if last else None


def watched(scope: Scope, matter: Matter, draft: str = "") -> Watched:
    """Return what stands beside a matter (旁证一览), as the scope reads it; `draft` is the answer that waits."""
    how = veil(scope, matter)
    cases = list(matter.cases.select_related("unit").prefetch_related("entries").order_by("pk"))
    reviews = list(matter.reviewed.select_related("unit").order_by("asked_on", "round", "decided_at", "pk"))
    advice = list(matter.advice.select_related("unit").order_by("at", "pk"))
    codes = {c.leader for c in cases} | {e.post for c in cases for e in c.entries.all()} | {a.post for a in advice}
    ordered = next((r for r in reversed(reviews) if r.outcome == "redo"), None)
    same = bool(ordered and draft and repeats(ordered.answer, draft))
    supervisions = list(matter.supervisions.order_by("pk"))
    asked = next((r for r in reviews if r.outcome == "waiting"), None)
    if asked is not None and not asked.passed_on and outward(matter):
        asked.upward_by = rights(matter).get("third_review" if asked.round == 3 else "review") or asked.asked_on
    how.over(reviews, "text", "answer", "conclusion")
    how.over(supervisions, "text", "result", "remark")
    how.over([*advice, *(entry for case in cases for entry in case.entries.all())], "text")
    how.over(cases, "task", "duty", "conclusion")
    return Watched(
        supervisions=supervisions, advice=advice, cases=cases, reviews=reviews,
        family=family(scope, matter), titles=dict(Post.objects.filter(code__in=codes).values_list("code", "title")),
        same=same,
    )


def family(scope: Scope, matter: Matter) -> list[Matter]:
    """Return what raised the same thing before and after (初次件与重复件), as far as the scope sees it.

    Nothing where the first is hidden: a repeat of what one may not see would tell that it is there.
    """
    first, seen = matter.earlier_id or matter.pk, visible(scope)
    if first != matter.pk and not seen.filter(pk=first).exists():
        return []
    rows = seen.filter(Q(pk=first) | Q(earlier=first)).exclude(pk=matter.pk)
    return list(rows.order_by("received_day", "pk")[:20])
