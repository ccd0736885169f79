"""One's own statement (我的考核清单): post by post, each with the unit whose statement it rests on.

A person sees the own one and nobody else's; no page shows the results of persons side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

from sangesan.appraisal.scoring.models import PersonScore, PostScore, Run
from sangesan.method.authority import Scope
from sangesan.organization.people.models import Post

from ..models import Publication

SHOWN = 12


@dataclass(frozen=True)
class Stretch:
    """A post held in the period (任职一段): its share in basis points, days, result, and what it comes from."""

    post: Post | None
    share: int
    days: int
    result: int | None
    facts: int


@dataclass(frozen=True)
class OwnStatement:
    """One's own result of a period (我的一期)."""

    run: Run
    final: int | None
    vetoed: bool
    stretches: list[Stretch]


def own_statements(scope: Scope) -> list[OwnStatement]:
    """Return this person's results in published periods (我的考核清单), newest first."""
    shown = Publication.objects.values("run")
    rows = PersonScore.objects.filter(person=scope.person, run__revision=None, run__in=shown)
    found = list(rows.select_related("run").order_by("-run__until", "-run")[:SHOWN])
    codes = {code for row in found for code, *_rest in row.statement["posts"]}
    posts = {post.code: post for post in Post.objects.filter(code__in=codes).select_related("unit")}
    own = {(p.run_id, p.post.code): p.statement for p in
           PostScore.objects.filter(run__in=[r.run_id for r in found], post__code__in=codes).select_related("post")}
    return [OwnStatement(row.run, row.final, row.vetoed, [
        Stretch(posts.get(code), share, days, result, _facts(own.get((row.run_id, code), {})))
        for code, share, days, result in row.statement["posts"]]) for row in found]


def _facts(statement: dict) -> int:
    """Return how many facts of the post itself count (本岗条目数)."""
    return sum(len(line[4]) + len(line[5]) for line in statement.get("lines", ()))
