"""Facts and the units they count for (归属): a fact counts for its unit, and for the branches that cover it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ..columns import Columns, distinct


@dataclass
class Pairs:
    """Which fact counts for which unit (归属), in the order of the facts' forms.

    `row` is the fact's place in the columns, `unit` the number of the unit, `line` the number of the
    line in which it counts there. `starts` is where each form begins.
    """

    row: np.ndarray
    unit: np.ndarray
    line: np.ndarray
    starts: np.ndarray

    def of(self, forms: Sequence[int]) -> np.ndarray:
        """Return the places of all pairs of some forms (取用)."""
        parts = [np.arange(self.starts[f], self.starts[f + 1]) for f in forms if self.starts[f] < self.starts[f + 1]]
        return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def paired(columns: Columns, counted: np.ndarray, unit_of_path: np.ndarray, line_of_unit: np.ndarray,
           covering: Mapping[int, Sequence[int]], nowhere: int, forms: int,
           crossing: bool = True) -> Pairs:
    """Return facts with their units (归属); `counted` are those of the period that some indicator reads.

    `covering` gives the branches of a unit: what it did counts for those too, in their own line, whichever it was
    done in. Before `crossing` only what was done in no line, or in theirs, did. `nowhere` is the number of the
    empty line.
    """
    row = np.flatnonzero(counted & (unit_of_path[columns.path] >= 0))
    unit = unit_of_path[columns.path[row]]
    done = columns.line[row]
    rows, units, lines = [row], [unit], [np.where(done == nowhere, line_of_unit[unit], done)]
    if covering:
        order = sorted(covering)
        counts = np.zeros(len(line_of_unit), np.int64)
        counts[order] = [len(covering[u]) for u in order]
        first = np.cumsum(counts) - counts
        flat = np.array([b for u in order for b in covering[u]], np.int64)
        times = counts[unit]
        more = np.repeat(row, times)
        place = np.arange(len(more)) - np.repeat(np.cumsum(times) - times, times)
        branch = flat[np.repeat(first[unit], times) + place]
        line = columns.line[more]
        fits = (line == nowhere) | (line == line_of_unit[branch]) | crossing
        rows.append(more[fits])
        units.append(branch[fits])
        lines.append(line_of_unit[branch[fits]])
    row, unit, counts_in = np.concatenate(rows), np.concatenate(units).astype(np.int32), np.concatenate(lines)
    form = columns.form[row]
    order = np.argsort(form, kind="stable")
    return Pairs(row[order], unit[order], counts_in[order], np.searchsorted(form[order], np.arange(forms + 1)))


def per_unit(unit: np.ndarray, ids: np.ndarray, units: int) -> tuple[list[int], list[int]]:
    """Return ids by unit (分列): where each unit begins, and the ids in order, none twice."""
    width = int(ids.max()) + 1 if len(ids) else 1
    keys = distinct(unit.astype(np.int64) * width + ids)
    owner = keys // width
    return np.searchsorted(owner, np.arange(units + 1)).tolist(), (keys - owner * width).tolist()
