"""A period as computed (时段核算结果): all results, or those that late facts moved and the hashes of all others.

Rows are hashed in parts by the number of their unit, post or person, so that a late fact binds
anew only the parts it reaches into; the hashes of all parts give those of the run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sangesan.method.period import Cell
from sangesan.organization.people.models import Post

from ..models import Run
from ..queries import digest, results, standing
from ..queries.results import PARTS, Parts
from ..queries.snapshot import ids_of
from .holders import PersonResult, PostResult

FORM = 3
"""How a run is made now (`Run.form`): from 2 on hashed in parts, from 3 on with the corrections of its months."""


@dataclass(frozen=True)
class Kept:
    """What a revised run holds already (原有各项), as hashes, in the parts that late facts reach into."""

    parts: Mapping[str, Any] = field(default_factory=dict)
    cells: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    posts: Mapping[str, str] = field(default_factory=dict)
    persons: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, run: Run, units: Iterable[str], posts: Iterable[PostResult], persons: Iterable[PersonResult]) -> Kept:
        """Read the hashes that stand beside those of some units, posts and persons (原有摘要)."""
        units_in, persons_in = _parts(ids_of(units).values()), _parts(p.person for p in persons)
        posts_in = _parts(_posts(p.post for p in posts).values())
        return cls(
            run.parts, results.digests(run, units_in),
            dict(standing.posts(run, part__in=posts_in).values_list("post__code", "outputs")) if posts_in else {},
            dict(standing.persons(run, part__in=persons_in).values_list("person", "outputs")) if persons_in else {})


def _parts(ids: Iterable[int]) -> set[int]:
    return {pk % PARTS for pk in ids}


def _posts(codes: Iterable[str]) -> dict[str, int]:
    return dict(Post.objects.filter(code__in=list(codes)).values_list("code", "pk"))


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
        self.units = ids_of({code for code, _line in {*self.rows, *self.kept.cells}})
        self.post_ids = _posts(self.post_rows)
        self.parts = self._parts()

    def _parts(self) -> Parts:
        found = results.parts_of(
            ((self.units[code], [code, line, rests, said]) for (code, line), (rests, said) in self.rows.items()),
            ((self.post_ids[code], [code, said]) for code, said in self.post_rows.items()),
            ((person, [person, said]) for person, said in self.person_rows.items()))
        if self.anew is None:
            return found | {"count": len(self.rows)}
        emptied = _parts(self.units[code] for code, _line in self.kept.cells)
        for name in ("inputs", "cells", "posts", "persons"):
            there = {key: said for key, said in self.kept.parts[name].items()
                     if name in ("posts", "persons") or int(key) not in emptied}
            found[name] = there | found[name]
        return found | {"count": self.kept.parts["count"] + len(self.rows) - len(self.kept.cells)}

    @property
    def inputs_digest(self) -> str:
        return digest([self.parts["inputs"], sorted(self.contacts.items())])

    @property
    def outputs_digest(self) -> str:
        return results.bound(self.parts)

    def first_form(self) -> str:
        """Return the hash of all results as it was first made (原式摘要), of a period computed as a whole."""
        rows = [(*at, said) for at, (_in, said) in self.rows.items()]
        return results.bound_first(rows, [p.plain for p in self.posts], [p.plain for p in self.persons])

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
