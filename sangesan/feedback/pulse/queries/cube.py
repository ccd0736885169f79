"""Frozen months as they are shown (统计): one dimension of one month, and the course of the totals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from sangesan.feedback.matters.words import CATEGORIES, CHANNELS
from sangesan.method.grading import NAMES
from sangesan.organization.units.models import Unit

from ..models import Figure, Month

COURSE = 12
DIMENSIONS = {"category": _("类别"), "channel": _("渠道"), "unit": _("单位"), "grade": _("等级")}


@dataclass(frozen=True)
class Line:
    """One number with its name (统计行) and the list it opens to; None is not shown."""

    word: str
    shown: int | None
    url: str


@dataclass(frozen=True)
class View:
    """One table of a month (统计表)."""

    month: Month
    by: str
    lines: list[Line]
    course: list[tuple[str, int | None]]

    @property
    def most(self) -> int:
        return max([line.shown or 0 for line in self.lines], default=0)

    @property
    def hidden(self) -> int:
        """How many numbers are not shown (未显示个数)."""
        return sum(line.shown is None for line in self.lines)


def months() -> list[Month]:
    """Return the frozen months (已冻结月份), the newest first."""
    return list(Month.objects.order_by("-first")[: 3 * COURSE])


def view(by: str = "", first: str = "") -> View | None:
    """Return one table of one month (统计表), the newest unless one is named; None before the first."""
    rows = Month.objects.order_by("-first")
    month = rows.filter(first=_first(first)).first() if _first(first) else rows.first()
    if month is None:
        return None
    by = by if by in DIMENSIONS else "category"
    course = list(rows.filter(first__lte=month.first)[:COURSE])[::-1]
    return View(month, by, _lines(month, by), [(f"{m.first:%m}", m.total) for m in course])


def public_figures() -> View | None:
    """Return what everybody sees (公开统计): the newest month by category, and nothing to choose."""
    return view()


def _lines(month: Month, by: str) -> list[Line]:
    figures = list(Figure.objects.filter(month=month, dimension=by).order_by("place"))
    if by == "unit":
        units = {u.code: u for u in Unit.objects.filter(code__in=[f.value for f in figures])}
        figures.sort(key=lambda f: (units[f.value].position, f.value) if f.value in units else (0, f.value))
        names = {code: unit.name for code, unit in units.items()}
    else:
        names = {"category": CATEGORIES, "channel": CHANNELS,
                 "grade": {g: f"{g} {n}" for g, n in NAMES.items()} | {"": _("未定级")}}[by]
    query = f"month={month.first:%Y-%m}"
    return [Line(str(names.get(f.value, f.value)), f.shown, f"/w/matters/?{query}&{by}={f.value}" if f.value else "")
            for f in figures]


def _first(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01") if text else None
    except ValueError:
        return None
