"""One's own statement (我的考核清单): post by post, each with the unit whose statement it rests on.

A person sees the own one and nobody else's; no page shows the results of persons side by side.
"""

from __future__ import annotations

from dataclasses import dataclass

from sangesan.appraisal.scoring.models import PersonScore, PostScore, Run
from sangesan.appraisal.scoring.queries import standing
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
    runs = list(Run.objects.filter(revision=None, pk__in=shown).exclude(period__in=Run.DAILY).order_by("-until", "-pk"))
    mine = standing.in_each(PersonScore.objects.filter(person=scope.person).select_related("run"), runs)
    found = [(run, mine[run.pk]) for run in runs if run.pk in mine][:SHOWN]
    codes = {code for _run, row in found for code, *_rest in row.statement["posts"]}
    posts = {post.code: post for post in Post.objects.filter(code__in=codes).select_related("unit")}
    told: dict[str, list[PostScore]] = {code: [] for code in codes}
    for row in PostScore.objects.filter(post__code__in=codes).select_related("post", "run"):
        told[row.post.code].append(row)
    own = {code: standing.in_each(rows, [run for run, _row in found]) for code, rows in told.items()}
    return [OwnStatement(run, row.final, row.vetoed, [
        Stretch(posts.get(code), share, days, result, _facts(own[code], run)) for code, share, days, result
        in row.statement["posts"]]) for run, row in found]


def _facts(rows: dict[int, PostScore], run: Run) -> int:
    """Return how many facts of the post itself count (本岗条目数)."""
    said = rows[run.pk].statement if run.pk in rows else {}
    return sum(len(line[4]) + len(line[5]) for line in said.get("lines", ()))
