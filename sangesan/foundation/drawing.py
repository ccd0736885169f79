"""Drawing (制图): pure geometry of the small figures; templates and colours are elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Value = int | float


def top_of(values: Sequence[Value]) -> int:
    """Return a round top of the axis (坐标上限), a multiple of 4 so that five ticks are whole numbers.

    >>> top_of([3]), top_of([46, 51]), top_of([]), top_of([410])
    (4, 60, 4, 600)
    """
    highest = max([*values, 1])
    step = 1
    while True:
        for lead in (4, 8, 12, 20, 40, 60):
            if highest <= lead * step:
                return lead * step
        step *= 10


def spark(values: Sequence[Value], width: int = 74, height: int = 30) -> str:
    """Return the path of a sparkline (走势线); empty when there are fewer than two values.

    >>> spark([1, 3, 2], 10, 10)
    'M1 9L5 1L9 5'
    """
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    reach = (high - low) or 1
    step = (width - 2) / (len(values) - 1)
    return "M" + "L".join(
        f"{tidy(1 + i * step)} {tidy(height - 1 - (v - low) / reach * (height - 2))}" for i, v in enumerate(values)
    )


def tidy(x: float) -> str:
    """Write a coordinate shortly (坐标).

    >>> tidy(3.0), tidy(3.14159)
    ('3', '3.1')
    """
    return f"{x:.1f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Dot:
    """One value of a line chart (数据点)."""

    x: str
    y: str
    label: str
    value: Value


@dataclass(frozen=True)
class Line:
    """A line chart laid out (折线图): dots, ticks of both axes, path and area."""

    width: int
    height: int
    dots: list[Dot]
    ticks: list[tuple[str, int]]
    labels: list[tuple[str, str]]
    path: str
    area: str
    left: int
    right: int
    base: int
    rows: list[tuple[str, Value | None]]


def line(points: Sequence[tuple[str, Value | None]], width: int = 560, height: int = 250) -> Line:
    """Lay out a line chart (折线图) of (label, value); five ticks upward, at most seven labels across.

    A value that is not shown leaves a gap in the line.
    """
    left, right, top, base = 34, width - 14, 14, height - 34
    high = top_of([v for _label, v in points if v is not None])
    step = (right - left) / max(len(points) - 1, 1)
    every = -(-len(points) // 7) or 1
    last = len(points) - 1
    labels = [(tidy(left + i * step), label) for i, (label, _v) in enumerate(points) if (last - i) % every == 0]
    runs: list[list[Dot]] = [[]]
    for i, (label, v) in enumerate(points):
        if v is None:
            runs.append([])
        else:
            runs[-1].append(Dot(tidy(left + i * step), tidy(base - v / high * (base - top)), label, v))
    ticks = [(tidy(base - k / 4 * (base - top)), high * k // 4) for k in range(5)]
    paths = ["M" + "L".join(f"{d.x} {d.y}" for d in run) for run in runs if run]
    area = "".join(f"{p}L{r[-1].x} {base}L{r[0].x} {base}z" for p, r in zip(paths, filter(None, runs), strict=True))
    dots = [dot for run in runs for dot in run]
    return Line(width, height, dots, ticks, labels, "".join(paths), area, left, right, base, list(points))


def heat(value: int, top: int) -> int:
    """Return the shade 0–5 of a tile (色阶): 0 for none, then fifths of the largest, at least 5.

    >>> heat(0, 12), heat(1, 12), heat(12, 12), heat(1, 1)
    (0, 1, 5, 1)
    """
    return 0 if value <= 0 else min(5, 1 + (value - 1) * 5 // max(top, 5))


@dataclass(frozen=True)
class Box:
    """One state on the diagram (状态框)."""

    slug: str
    word: str
    x: int
    y: int
    tone: str


@dataclass(frozen=True)
class Way:
    """One transition on the diagram (流转线)."""

    path: str
    word: str


BOX, HIGH, GAP = 92, 34, 44


def lifecycle(
    main: Sequence[tuple[str, str]], aside: Sequence[tuple[str, str]], ways: Sequence[tuple[str, str, str]],
    now: str = "", done: Sequence[str] = (),
) -> tuple[list[Box], list[Way], int, int]:
    """Lay out a life (流转图): main states in a row, the others below, one line per transition."""
    def tone(slug: str) -> str:
        return "now" if slug == now else "done" if slug in done else ""

    at = {s: (10 + i * (BOX + GAP), 60) for i, (s, _w) in enumerate(main)}
    width = 20 + len(main) * (BOX + GAP) - GAP
    room = (width - 20) / max(len(aside), 1)
    at |= {s: (int(10 + i * room + (room - BOX) / 2), 178) for i, (s, _w) in enumerate(aside)}
    boxes = [Box(s, w, *at[s], tone(s)) for s, w in [*main, *aside]]
    rank = {s: i for i, (s, _w) in enumerate(main)}
    drawn = [
        Way(_way(at[a], at[b], rank.get(a), rank.get(b)), word)
        for a, b, word in ways if a in at and b in at and a != b
    ]
    return boxes, drawn, width, 226


def _way(a: tuple[int, int], b: tuple[int, int], i: int | None, j: int | None) -> str:
    """Return the path from one box to another: straight to the next, an arc back above, a curve aside."""
    (ax, ay), (bx, by) = a, b
    mid = BOX // 2
    if i is not None and j is not None:
        if j == i + 1:
            return f"M{ax + BOX} {ay + HIGH // 2}H{bx - 2}"
        lift = ay - 16 - 7 * min(abs(j - i), 5)
        return f"M{ax + mid} {ay}C{ax + mid} {lift} {bx + mid} {lift} {bx + mid} {by - 2}"
    down = by > ay
    start, end = (ay + HIGH, by - 2) if down else (ay, by + HIGH + 2) if by < ay else (ay + HIGH, by + HIGH + 2)
    bend = (start + end) // 2 if by != ay else end + 24
    return f"M{ax + mid} {start}C{ax + mid} {bend} {bx + mid} {bend} {bx + mid} {end}"
