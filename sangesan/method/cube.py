"""A month's figures (月度统计) that point at nobody, not even beside other figures.

What is put out is one number for each value of one dimension, once a month, frozen. Three rules:

1. A number is shown when at least five speakers stand behind it, *whoever four of them may be*: an
   attacker who invents four letters must still find five others, or nothing at all. Nothing and
   little look alike.
2. A small secret amount is added by chance, and the sum is rounded to fives: one letter more can
   change any number by chance only, so nobody who knows all the others learns of it for certain.
3. In one table either nothing is hidden, or at least two numbers, with as many speakers behind
   them as a shown one needs: so the total less what is shown gives no single cell.

4. What may not stand alone is counted with what is above it (a team with its well, pay with the rights
   of labour), and what may not even so with all the rest. Each letter is counted in one number of a table.

Tables of one month stand on one dimension each and months share nobody: no filter can be laid
over another. The secret amount belongs to the letters that are counted, not to the table they stand in:
the same letters shown twice show the same number, and two views of them have no mean.
"""

from __future__ import annotations

import hmac
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from .disclosure import LOWEST, MARKED, THRESHOLD

INVENTED = 4
BASE = 5
KEPT = 0.6
"""How likely the secret amount grows by one more (扰动幅度)."""
REST = "*"
"""All that is counted neither alone nor with what is above it (其余)."""
GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "category": {"*safety": ("safety", "health"), "*labour": ("pay", "hours", "welfare", "employment", "training"),
                 "*life": ("logistics", "hardship", "order"),
                 "*order": ("management", "openness", "conduct", "party", "reform")},
    "channel": {"*mailbox": ("leaders", "union"), "*paper": ("letter", "box", "proposal", "upper"),
                "*spoken": ("visit", "phone", "reception_day")},
}
"""What small categories and channels are counted with (统计归类); the mark keeps them apart from codes of units."""
SMALLEST_UNIT = 15
"""Units of fewer people are counted with the unit above (小单位并入上级)."""


@dataclass(frozen=True)
class Cell:
    """What lies behind one number (单元格): letters, speakers who stand apart, and whether some are anonymous.

    `known` are the marks of who reported signed in, each one speaker however often, in other cells as well;
    `letters` the keys of what is counted, by which the secret amount is drawn.
    """

    count: int = 0
    named: int = 0
    anonymous: bool = False
    known: frozenset[str] = field(default=frozenset(), repr=False)
    letters: frozenset[int] = field(default=frozenset(), repr=False)

    @property
    def voices(self) -> int:
        """How many distinct speakers there surely are (声音数): the anonymous ones are one."""
        return self.named + len(self.known) + self.anonymous

    def __add__(self, other: Cell) -> Cell:
        return Cell(self.count + other.count, self.named + other.named, self.anonymous or other.anonymous,
                    self.known | other.known, self.letters | other.letters)


Draw = Callable[[Cell], int]
"""Gives the secret amount of a cell (扰动)."""


def cell(modes: Iterable[str], letters: Iterable[int] = ()) -> Cell:
    """Return the cell of some letters (单元格), from how each was spoken, and their keys.

    >>> cell(["named", "anonymous", "anonymous"])
    Cell(count=3, named=1, anonymous=True)
    >>> cell(["by:7", "by:7"]).voices, (cell(["by:7"]) + cell(["by:7", "by:8"])).voices
    (1, 2)
    """
    kept = list(modes)
    known = frozenset(mode for mode in kept if mode.startswith(MARKED))
    named = sum(mode != "anonymous" and mode not in known for mode in kept)
    return Cell(len(kept), named, "anonymous" in kept, known, frozenset(letters))


def enough(one: Cell, threshold: int = THRESHOLD) -> bool:
    """Return whether a number may stand alone (可否显示), four invented letters taken away."""
    return one.voices >= max(threshold, LOWEST) + INVENTED


def noise(up: float, down: float) -> int:
    """Return the secret amount (随机扰动) of two chances below one: both ways alike, mostly below three, unbounded.

    >>> noise(0.0, 0.0), noise(0.9, 0.1), noise(0.5, 0.99)
    (0, 4, -8)
    """
    return _steps(up) - _steps(down)


def drawn(secret: bytes) -> Draw:
    """Return what draws by a secret (按密钥扰动): for the same letters the same amount, wherever they are counted.

    >>> draw, one = drawn(b"secret"), cell(["named"] * 2, [7, 9])
    >>> draw(one) == draw(cell(["named"], [9]) + cell(["named"], [7]))
    True
    """
    def draw(one: Cell) -> int:
        said = hmac.digest(secret, ",".join(map(str, sorted(one.letters))).encode(), "sha256")
        return noise(*(int.from_bytes(said[at:at + 6]) / 2**48 for at in (0, 6)))

    return draw


def _steps(chance: float) -> int:
    return int(math.log(1.0 - chance) / math.log(KEPT))


def rounded(count: int, added: int = 0) -> int:
    """Return a number as it is put out (取整): a multiple of five, five at least.

    >>> rounded(14), rounded(20), rounded(20, -3), rounded(6, -9)
    (15, 20, 15, 5)
    """
    return max(BASE, (count + added + BASE // 2) // BASE * BASE)


def table(cells: Mapping[str, Cell], draw: Draw, threshold: int = THRESHOLD
          ) -> tuple[int | None, dict[str, int | None]]:
    """Return the total and each number as they are put out (发布表); None is not shown.

    >>> many, few = Cell(20, 20), Cell(3, 3)
    >>> table({"pay": many, "hours": many, "safety": few, "other": Cell()}, drawn(b"1"))
    (35, {'pay': 10, 'hours': None, 'safety': None, 'other': None})
    """
    total = sum(cells.values(), Cell())
    if not enough(total, threshold):
        return None, dict.fromkeys(cells)
    hidden = {name for name, one in cells.items() if not enough(one, threshold)}
    for name, _one in sorted(cells.items(), key=lambda item: (item[1].voices, item[0])):
        behind = sum((cells[h] for h in hidden), Cell())
        if not hidden or (len(hidden) > 1 and enough(behind, threshold)):
            break
        hidden.add(name)
    return rounded(total.count, draw(total)), {
        name: None if name in hidden else rounded(one.count, draw(one)) for name, one in cells.items()}


def rolled(cells: Mapping[str, Cell], above: Mapping[str, str], threshold: int = THRESHOLD) -> dict[str, Cell]:
    """Return the cells with each that may not stand alone counted with the one above it (并入上级).

    `above` names the one above; what has none is counted with REST, which is always there: nothing and little look
    alike.

    >>> many, few = Cell(20, 20), Cell(5, 5)
    >>> found = rolled({"pay": many, "hours": few, "welfare": few, "order": few}, {"hours": "own", "welfare": "own"})
    >>> {name: one.count for name, one in sorted(found.items())}
    {'*': 5, 'own': 10, 'pay': 20}
    """
    kept = dict(cells)
    for value in sorted({*cells, *above.values()}, key=lambda name: (-_depth(name, above), name)):
        one = kept.pop(value, Cell())
        if enough(one, threshold):
            kept[value] = one
        else:
            to = above.get(value, REST)
            kept[to] = kept.get(to, Cell()) + one
    return {REST: Cell()} | kept if REST not in kept else kept


def _depth(value: str, above: Mapping[str, str]) -> int:
    depth = 0
    while value in above and depth < len(above):
        value, depth = above[value], depth + 1
    return depth
