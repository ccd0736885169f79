"""A period as computed (时段核算结果): all results, or those that late facts moved and the hashes of all others.

Rows are hashed in parts by the number of their unit, post or person, so that a late fact binds
anew only the parts it reaches into; the hashes of all parts give those of the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from sangesan.method.period import Cell
from sangesan.organization.people.models import Post

from ..models import Run
from ..queries import digest, results, standing
from ..queries.results import PARTS, Parts
from ..queries.snapshot import ids_of
from .holders import PersonResult, PostResult

FORM, WITHIN, POSTS, CROSSING = 6, 3, 4, 5
"""How a run is made now (`Run.form`).

From 2 on hashed in parts, from 3 (`WITHIN`) on with the corrections of its months, from 4 (`POSTS`) on posts say their
superior's result only for a vacancy, and which facts veto them, from 5 (`CROSSING`, `reading.REWARDS`) on a branch
answers for what the units it covers did in any line, and a reward takes nothing from whoever has none, from 6
(`reading.DECIDED`) on only where the rules were decided so.
"""


@dataclass(frozen=True)
class Kept:
    """What a revised run holds already (原有各项), as hashes, in the parts that late facts reach into; with keys."""

    parts: Mapping[str, Any] = field(default_factory=dict)
    cells: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    posts: Mapping[str, str] = field(default_factory=dict)
    persons: Mapping[int, str] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)
    post_ids: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, run: Run, units: Iterable[str], posts: Iterable[PostResult], persons: Iterable[PersonResult]) -> Kept:
        """Read the hashes that stand beside those of some units, posts and persons (原有摘要)."""
        ids = ids_of(units)
        cells = list(_beside(standing.scores, run, ids.values(), "unit_id", "unit__code", "line", "inputs", "outputs"))
        there = _beside(standing.posts, run, _posts(p.post for p in posts).values(), "post_id", "post__code", "outputs")
        told = _beside(standing.persons, run, (p.person for p in persons), "person", "outputs")
        return cls(run.parts, {(code, line): (rested, said) for _pk, code, line, rested, said in cells},
                   {code: said for _pk, code, said in there}, dict(told),
                   ids | {code: pk for pk, code, *_more in cells}, {code: pk for pk, code, _said in there})


def _parts(ids: Iterable[int]) -> set[int]:
    return {pk % PARTS for pk in ids}


def _beside(rows: Callable[..., QuerySet[Any]], run: Run, ids: Iterable[int], *names: str) -> list[tuple[Any, ...]]:
    """Read what stands in the parts that some numbers fall into (同部各行)."""
    parts = _parts(ids)
    return list(rows(run, part__in=parts).values_list(*names)) if parts else []


def _posts(codes: Iterable[str]) -> dict[str, int]:
    wanted = list(codes)
    return dict(Post.objects.filter(code__in=wanted).values_list("code", "pk")) if wanted else {}


@dataclass
class Computed:
    """A period as computed: the cells anew with what they rest on, posts and persons anew, contact units.

    `anew` are the units computed, all of them when None; what `kept` says of any other stands.
    """

    cells: Sequence[Cell]
    inputs: Mapping[str, str]
    posts: Sequence[PostResult]
    persons: Sequence[PersonResult]
    contacts: Mapping[str, Sequence[str]]
    strays: Sequence[str] = ()
    kept: Kept = field(default_factory=Kept)
    anew: set[str] | None = None

    def __post_init__(self) -> None:
        fresh = {(c.unit, results.line_of(c)): (self.inputs[c.unit], digest(results.row_of(c))) for c in self.cells}
        others = {at: said for at, said in self.kept.cells.items() if self.anew is not None and at[0] not in self.anew}
        self.rows: dict[tuple[str, str], tuple[str, str]] = others | fresh
        self.post_rows = dict(self.kept.posts) | {p.post: digest(p.plain) for p in self.posts}
        self.person_rows = dict(self.kept.persons) | {p.person: digest(p.plain) for p in self.persons}
        known = self.kept.units
        self.units = dict(known) | ids_of({code for code, _line in self.rows} - known.keys())
        self.post_ids = dict(self.kept.post_ids) | _posts(self.post_rows.keys() - self.kept.post_ids.keys())
        self.parts = self._parts()

    def _parts(self) -> Parts:
        found = results.parts_of(
            ((self.units[code], [code, line, rests, said]) for (code, line), (rests, said) in self.rows.items()),
            self._post_parts(self.post_rows),
            ((person, [person, said]) for person, said in self.person_rows.items()))
        if self.anew is None:
            return found | {"count": len(self.rows)}
        emptied = _parts(self.units[code] for code, _line in self.kept.cells)
        for name in ("inputs", "cells", "posts", "persons"):
            there = {key: said for key, said in self.kept.parts[name].items()
                     if name in ("posts", "persons") or int(key) not in emptied}
            found[name] = there | found[name]
        return found | {"count": self.kept.parts["count"] + len(self.rows) - len(self.kept.cells)}

    def _post_parts(self, rows: Mapping[str, str]) -> Iterator[tuple[int, list[str]]]:
        return ((self.post_ids[code], [code, said]) for code, said in rows.items())

    @property
    def inputs_digest(self) -> str:
        return digest([self.parts["inputs"], sorted(self.contacts.items())])

    @property
    def outputs_digest(self) -> str:
        return results.bound(self.parts)

    def in_form(self, form: int) -> str:
        """Return the hash of all results as it was made in a form (各式摘要), of a period computed as a whole."""
        if form >= POSTS:
            return self.outputs_digest
        posts = {p.post: p.plain_before for p in self.posts}
        if form == 1:
            rows = [(*at, said) for at, (_in, said) in self.rows.items()]
            return results.bound_first(rows, posts.values(), [p.plain for p in self.persons])
        said = {code: digest(plain) for code, plain in posts.items()}
        return results.bound(self.parts | {"posts": results.part_of(self._post_parts(said))})

    def moved(self) -> list[Cell]:
        """Return the cells that are not as they were (有变动的)."""
        return [c for c in self.cells if self.kept.cells.get(at := (c.unit, results.line_of(c))) != self.rows[at]]

    def gone(self) -> list[tuple[str, str]]:
        """Return units and lines that no longer have a result (不再有结果的)."""
        return sorted(at for at in self.kept.cells if at not in self.rows)

    def moved_posts(self) -> list[PostResult]:
        return [p for p in self.posts if self.kept.posts.get(p.post) != self.post_rows[p.post]]

    def moved_persons(self) -> list[PersonResult]:
        return [p for p in self.persons if self.kept.persons.get(p.person) != self.person_rows[p.person]]
