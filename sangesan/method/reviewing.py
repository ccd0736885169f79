"""Review (复查、复核): one level above, and a redo that does not say the same again."""

from __future__ import annotations

from collections.abc import Sequence

SAME = 0.9
"""So much of an opinion found in another makes it the same one (同一意见)."""


def levels_above(lineage: Sequence[int], unit: int) -> list[int]:
    """Return the units above one (上级单位), the nearest first; the topmost has only itself.

    >>> levels_above([1, 3, 7], 7), levels_above([1, 3, 7], 1)
    ([3, 1], [1])
    """
    place = lineage.index(unit) if unit in lineage else len(lineage)
    return list(reversed(lineage[:place])) or list(lineage[:1])


def repeats(former: str, new: str) -> bool:
    """Return whether a new opinion only repeats a former one (是否重复原意见).

    >>> repeats("经核实，奖金已发放。", "经核实,奖金已发放"), repeats("已按规定发放。", "少发的 300 元本月补发。")
    (True, False)
    """
    before, after = _pairs(former), _pairs(new)
    if not before or not after:
        return _bare(former) == _bare(new)
    return len(before & after) / max(len(before), len(after)) >= SAME


def _bare(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _pairs(text: str) -> set[str]:
    bare = _bare(text)
    return {bare[i : i + 2] for i in range(len(bare) - 1)}
