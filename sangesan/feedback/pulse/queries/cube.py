"""Frozen months as they are shown (统计): the tables of one month, and the course of the totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.feedback.matters.words import CATEGORIES, CHANNELS
from sangesan.method.analysis import GROUPS as ANALYSED
from sangesan.method.cube import GROUPS, REST
from sangesan.method.grading import NAMES
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import lineages

from ..models import Figure, Month

COURSE = 12
ALIKE = 10
"""Totals less apart than this may differ by the secret amounts and the rounding alone (相近)."""
DIMENSIONS = {"category": lazy("类别"), "channel": lazy("渠道"), "grade": lazy("等级"), "unit": lazy("单位")}
GROUP_NAMES = {
    "*safety": lazy("安全与健康"), "*labour": lazy("劳动权益"), "*life": lazy("生活与邻里"),
    "*order": lazy("管理与作风"), "*mailbox": lazy("两个信箱"), "*paper": lazy("书面和上级转来"),
    "*spoken": lazy("当面和电话"),
}


@dataclass(frozen=True)
class Line:
    """One number with its name (统计行) and the list it opens to; None is not shown."""

    word: str
    shown: int | None
    url: str


@dataclass(frozen=True)
class Table:
    """One table of a month (统计表): what stands alone, what is counted together, and last the rest."""

    by: str
    word: str
    lines: list[Line]
    apart: int
    """How many values do not stand alone (未单列个数): nobody spoke, or so few that they are counted together."""
    within: list[tuple[str, str]]
    """What each of those counted together may hold (归类口径)."""
    together: bool
    """Whether they are counted together at all (是否合计): months frozen before that was done hide them."""

    @property
    def most(self) -> int:
        return max([line.shown or 0 for line in self.lines], default=0)


@dataclass(frozen=True)
class View:
    """A month (一个月的统计), and the totals up to it."""

    month: Month
    change: str
    tables: list[Table]
    course: list[tuple[str, int | None]]


def months() -> list[Month]:
    """Return the frozen months that have something to show (可看的月份), the newest first."""
    return list(Month.objects.exclude(total=None).order_by("-first")[: 3 * COURSE])


def frozen(first: date) -> bool:
    """Return whether a month is frozen (是否已冻结)."""
    return Month.objects.filter(first=first).exists()


def part(first: date, unit: int) -> tuple[int | None, dict[str, list[tuple[str, int]]]]:
    """Return what a committee shows of a frozen month (党委的统计): the total, and by dimension names and numbers.

    Nothing where the month was frozen before there was the committee.
    """
    parts = Month.objects.filter(first=first).values_list("parts", flat=True).first() or {}
    told = parts.get(str(unit), {})
    category = told.get("category", {})
    named = {value: _joint(value, category) if value in GROUP_NAMES else str(CATEGORIES.get(value, value))
             for value in category}
    names = {"category": named, "group": {value: str(word) for value, word in ANALYSED.items()}}

    def lines(by: str) -> list[tuple[str, int]]:
        known, shown = names.get(by, {}), told.get(by, {})
        order = [*(value for value in known if value in shown), *(value for value in shown if value not in known)]
        return [(known.get(value, _("其余") if value == REST else value), shown[value]) for value in order]

    return told.get("total"), {by: lines(by) for by in ("category", "group", "grade", "branch")}


def _joint(group: str, shown: Mapping[str, int | None]) -> str:
    """Return the name of a group (归类名): of what it holds, some may stand alone beside it."""
    some = any(shown.get(one) is not None for one in GROUPS["category"][group])
    return _("%(name)s（其余）") % {"name": GROUP_NAMES[group]} if some else str(GROUP_NAMES[group])


def view(first: str = "", dimensions: tuple[str, ...] = tuple(DIMENSIONS)) -> View | None:
    """Return one month (月度统计), the newest unless one is named; None before the first."""
    rows = Month.objects.order_by("-first")
    month = rows.filter(first=_first(first)).first() if _first(first) else rows.first()
    if month is None:
        return None
    course = list(rows.filter(first__lte=month.first)[:COURSE])[::-1]
    while course and course[0].total is None:  # what was frozen before anybody spoke
        del course[0]
    tables = [_table(month, by) for by in dimensions] if month.total else []
    return View(month, _change(course), tables, [(f"{m.first:%m}", m.total) for m in course])


def public_figures() -> View | None:
    """Return what everybody sees (公开统计): the newest month by category, and nothing to choose."""
    return view(dimensions=("category",))


def _change(course: list[Month]) -> str:
    """Say how a total differs from the month before (较上月), as far as two rounded numbers can tell."""
    if len(course) < 2 or not course[-1].total or not course[-2].total:
        return ""
    more = course[-1].total - course[-2].total
    if abs(more) < ALIKE:
        return _("与上月相近")
    said = _("较上月约多 %(n)s 件") if more > 0 else _("较上月约少 %(n)s 件")
    return said % {"n": abs(more)}


def _table(month: Month, by: str) -> Table:
    """Return a table (统计表): values in their own order, then those counted together, the rest last."""
    figures = {f.value: f.shown for f in Figure.objects.filter(month=month, dimension=by).order_by("place")}
    names, parts = _named(by, list(figures), month)
    query = f"/w/matters/?month={month.first:%Y-%m}&{by}="
    alone = [value for value in names if figures.get(value) is not None and not parts.get(value)]
    joint = [value for value in parts if figures.get(value) is not None]
    lines = [Line(str(names[value]), figures[value], f"{query}{value}" if value else "") for value in alone]
    for value in joint:
        some = any(figures.get(part) is not None for part in parts[value])
        lines.append(Line(_("%(name)s（其余）") % {"name": names[value]} if some else str(names[value]),
                          figures[value], ""))
    if REST in figures:
        lines.append(Line(_("其余"), figures[REST], ""))
    single = [value for value in figures if not value.startswith(REST) and (names.get(value) or not value)]
    within = [(str(names[value]), "、".join(str(names[part]) for part in parts[value])) for value in joint
              if value.startswith(REST)]
    return Table(by, str(DIMENSIONS[by]), lines, sum(figures[value] is None for value in single), within,
                 REST in figures)


def _named(by: str, values: list[str], month: Month) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the names of values in their order, and of those that others are counted with, which (名称与所含)."""
    if by != "unit":
        names = {"category": CATEGORIES, "channel": CHANNELS,
                 "grade": {g: f"{g} {n}" for g, n in NAMES.items()} | {"": lazy("未定级")}}[by]
        return names | GROUP_NAMES, {group: list(parts) for group, parts in GROUPS.get(by, {}).items()}
    units = list(Unit.objects.filter(code__in=values).order_by("position", "code"))
    day = (month.first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    parts: dict[str, list[str]] = {}
    for way in lineages([unit.pk for unit in units], day).values():
        for step in way[1:-1]:
            parts.setdefault(step.code, []).append(way[-1].code)
    order = {unit.code: unit.name for unit in units}
    return order, {code: parts[code] for code in order if code in parts}


def _first(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01") if text else None
    except ValueError:
        return None
