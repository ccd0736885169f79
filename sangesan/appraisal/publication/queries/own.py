"""One's own statement (我的考核清单): post by post, each with the unit whose statement it rests on.

A person sees the own one and nobody else's; no page shows the results of persons side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from sangesan.appraisal.rules.queries import by_id
from sangesan.appraisal.scoring.models import PersonScore, PostScore, Run
from sangesan.appraisal.scoring.queries import own_altered, standing
from sangesan.ledger.facts.queries import flaws, several
from sangesan.method.authority import Scope
from sangesan.method.rounding import points
from sangesan.organization.people.models import Post

from ..models import Publication
from .basis import Flaws, facts_of
from .statement import Counted, counted, names_of, opened

SHOWN = 12


@dataclass(frozen=True)
class OwnEntry:
    """An indicator of a post's own work (本人一项): its name, score and facts."""

    name: str
    score: int | None
    facts: list[Counted]


@dataclass(frozen=True)
class Stretch:
    """A post held in the period (任职一段): its share in basis points, days, result, and what it comes from.

    `unit` says that its unit has a result in the period, whose statement opens.
    """

    post: Post | None
    share: int
    days: int
    result: int | None
    said: str
    unit: bool
    own: list[OwnEntry]


@dataclass(frozen=True)
class OwnStatement:
    """One's own result of a period (我的一期); `over` says that the shares of the posts held exceed the whole."""

    run: Run
    final: int | None
    vetoed: bool
    over: bool
    stretches: list[Stretch]
    flaws: Flaws

    @property
    def partly(self) -> bool:
        """Whether a post without a result was left out of the mean (有岗位未计)."""
        return self.final is not None and any(one.result is None for one in self.stretches)


def own_statements(scope: Scope) -> list[OwnStatement]:
    """Return this person's results in published periods (我的考核清单), newest first."""
    shown = Publication.objects.values("run")
    rows = Run.objects.filter(revision=None, pk__in=shown).exclude(period__in=Run.DAILY).select_related(
        "rule_set")
    runs = list(rows.order_by("-until", "-since"))
    mine = standing.in_each(PersonScore.objects.filter(person=scope.person).select_related("run"), runs)
    found = [(run, mine[run.pk]) for run in runs if run.pk in mine][:SHOWN]
    codes = {code for _run, row in found for code, *_rest in row.statement["posts"]}
    posts = {post.code: post for post in Post.objects.filter(code__in=codes).select_related("unit")}
    told: dict[str, list[PostScore]] = {code: [] for code in codes}
    for row in PostScore.objects.filter(post__code__in=codes).select_related("post", "run"):
        told[row.post.code].append(row)
    own = {code: standing.in_each(rows, [run for run, _row in found]) for code, rows in told.items()}
    said = {(run.pk, code): own[code][run.pk].statement if run.pk in own[code] else {}
            for run, row in found for code, *_held in row.statement["posts"]}
    behind = {key: facts_of([one]) if one else set() for key, one in said.items()}
    bad = flaws(set().union(*behind.values()))
    return [OwnStatement(run, row.final, row.vetoed, bool(row.statement["over"]), [
        _stretch(scope, run, posts.get(code), held, said[run.pk, code]) for code, *held in row.statement["posts"]],
        Flaws(sorted({fact for code, *_held in row.statement["posts"] for fact in behind[run.pk, code] & bad.keys()}),
              [], altered=own_altered(run, scope.person, {
                  posts[code].pk for code, *_held in row.statement["posts"] if code in posts})))
        for run, row in found]


def _stretch(scope: Scope, run: Run, post: Post | None, held: Sequence[Any], said: Mapping[str, Any]) -> Stretch:
    share, days, result = held
    rules, lines = by_id(run.rule_set_id), said.get("lines", ())
    rows = several({fact for line in lines for fact in (*line[4], *line[5])}) if lines else {}
    links, called = opened(scope, rows), {i.code: i.name for i in rules.indicators}
    names = names_of(scope, links, rows)
    return Stretch(post, share, days, result, _reckoned(said, rules.person_share), said.get("cell") is not None, [
        OwnEntry(called.get(code, code), score, [
            counted(rows.get(f), links, f in good, 0, names) for f in (*bad, *good)])
        for code, _weight, score, _state, good, bad in lines])


def _reckoned(said: Mapping[str, Any], share: int) -> str:
    """Return how a post's result was reckoned (算式), '' where it is its unit's alone."""
    if said.get("own") is None or said.get("cell") is None:
        return ""
    return _("单位 %(cell)s × %(share)s%% + 本人 %(own)s × %(rest)s%%") % {
        "cell": points(said["cell"]), "own": points(said["own"]), "share": share // 100, "rest": 100 - share // 100}
