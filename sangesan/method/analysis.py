"""Monthly analysis and quarterly discussion (月分析、季度座谈): four-have, its parts, what may be shown of few.

有情况、有分析、有结论、有建议. Parts 2, 4 and 5 are drafted from facts; the author writes the causes
(3) and the advice (6), nothing else. The object is a topic in a unit, never a person. A number that
fewer than five speakers stand behind is not shown, nor what would give it away by subtraction.
Whoever reads a unit's analysis may read that unit's matters; what everybody sees is the pulse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from .disclosure import LOWEST, THRESHOLD, voices
from .words import word

LONGEST_WORDS, LONGEST_POINT, LONGEST_ANSWER, LONGEST_PLACE = 1000, 300, 300, 60
MOST_POINTS, MOST_HEARD = 30, 300
LATEST = 31
"""Days after which a discussion is not written down any more (补记天数)."""
READY = 10
"""Until this day of the month after, a draft takes up facts that came late (草稿更新到)."""
ASSEMBLED = 6
"""From this day on a committee's is drawn from its branches' (党委汇总日)."""
STUDIED_IN = ("analysis", "committee")
"""Series of meetings in which an analysis is studied (研究分析的会)."""
GROUPS = {"front": word("一线"), "ground": word("地面"), "contractor": word("外委"), "retirees": word("离退休")}
"""Groups by the unit where a matter arose (按人群)."""
_GROUP_OF = {"shaft": "front", "specialty": "front", "team": "front", "crew": "front", "contractor": "contractor",
             "retirees": "retirees"}
SEATS = {"front": word("一线职工"), "ground": word("地面职工"), "women": word("女职工"), "youth": word("青年职工"),
         "contractor": word("外委职工"),
         "retirees": word("离退休人员")}
"""Groups that come to a discussion (座谈人群); one may sit in two, so they are not added up."""
LEAST_GROUPS = 2
ROADS = {"matter": word("转为事项"), "duty": word("交单位去办"), "spot": word("当场答复")}
"""What becomes of a point (意见的去处); each ends in an answer."""


def settled(due: Set[str], *, late: Set[str], missed: Set[str], gone: Set[str]) -> dict[str, int]:
    """Return what became of the duties that fell due in a month (应办的下落): on time, late, not done add up to all.

    What was missed and done afterwards is late; what was waived or fell away is not counted.

    >>> settled({"a", "b", "c", "d"}, late={"b", "x"}, missed={"b", "c"}, gone={"d"})
    {'duty_fell_due': 3, 'duty_done': 1, 'duty_late': 1, 'duty_missed': 1}
    """
    due = due - gone
    late, missing = due & late, (due & missed) - late
    return {"duty_fell_due": len(due), "duty_done": len(due) - len(late) - len(missing), "duty_late": len(late),
            "duty_missed": len(missing)}


@dataclass(frozen=True)
class Table:
    """Numbers that may be shown (可显示的数): the total or None, the shown cells, whether any is hidden."""

    total: int | None
    shown: dict[str, int]
    hidden: bool


def table(cells: Mapping[str, Sequence[str]], threshold: int = THRESHOLD) -> Table:
    """Return what may be shown of cells of spoken modes (不予显示规则); empty cells are left out, like small ones.

    Either nothing is hidden, or what is hidden together has as many voices as a shown cell needs:
    else the next smallest is hidden too, and at last the total.

    >>> many, few = ["named"] * 6, ["named", "anonymous", "anonymous"]
    >>> table({"pay": many, "safety": many + many, "order": few})
    Table(total=21, shown={'safety': 12}, hidden=True)
    >>> table({"pay": many, "order": few}), table({})
    (Table(total=None, shown={'pay': 6}, hidden=True), Table(total=0, shown={}, hidden=False))
    """
    least = max(threshold, LOWEST)
    kept = {name: list(modes) for name, modes in cells.items() if modes}
    hidden = {name for name, modes in kept.items() if voices(modes) < least}
    if not hidden:
        return Table(sum(map(len, kept.values())), {name: len(modes) for name, modes in kept.items()}, False)
    whole = [mode for modes in kept.values() for mode in modes]
    open_ = sorted((name for name in kept if name not in hidden), key=lambda n: (voices(kept[n]), n))
    total: int | None = len(whole) if voices(whole) >= least else None
    if total is not None and voices(mode for name in hidden for mode in kept[name]) < least:
        if len(open_) > 1:
            hidden.add(open_[0])
        elif open_:
            total = None
    return Table(total, {name: len(kept[name]) for name in kept if name not in hidden}, True)


def together(tables: Sequence[Table]) -> tuple[int | None, list[Table]]:
    """Return the total and the tables as they may stand side by side (多表并列), all of the same whole.

    Where one hides the total, another that shows all its cells would tell it, and shows nothing.

    >>> topics, groups = table({"pay": ["named"] * 6, "order": ["named"] * 3}), table({"front": ["named"] * 9})
    >>> together([topics, groups])[0], [one.shown for one in together([topics, groups])[1]]
    (None, [{'pay': 6}, {}])
    """
    if all(one.total is not None for one in tables):
        return tables[0].total, list(tables)
    return None, [Table(None, one.shown if one.hidden else {}, bool(one.hidden or one.shown)) for one in tables]


def group_of(kind: str) -> str:
    """Return the group of a kind of unit (所属人群): what is not named works above ground.

    >>> group_of("crew"), group_of("office"), group_of("contractor")
    ('front', 'ground', 'contractor')
    """
    return _GROUP_OF.get(kind, "ground")


def month_before(day: date) -> date:
    """Return the first of the month before (上月): an analysis of a day is about it.

    >>> month_before(date(2027, 1, 5))
    datetime.date(2026, 12, 1)
    """
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def days_of(month: date) -> tuple[date, date]:
    """Return the first and the last day of a month (当月起止)."""
    return month, next_month(month) - timedelta(days=1)


def next_month(month: date) -> date:
    """Return the first of the month after (下月)."""
    return (month + timedelta(days=31)).replace(day=1)


def quarter_of(day: date) -> date:
    """Return the first day of a quarter (季度).

    >>> quarter_of(date(2026, 11, 24))
    datetime.date(2026, 10, 1)
    """
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def quarter_said(first: date) -> str:
    """Return a quarter in words (季度说法).

    >>> quarter_said(date(2026, 10, 1))
    '2026年四季度'
    """
    return word("%(year)s年%(value)s季度") % {"year": first.year, "value": word("一二三四")[(first.month - 1) // 3]}


def refusal(day: date, today: date) -> str:
    """Return why a discussion on a day can't be written down today (不能登记的原因), '' when it can.

    >>> refusal(date(2026, 11, 25), date(2026, 11, 24)), refusal(date(2026, 9, 1), date(2026, 11, 24))
    ('future', 'old')
    """
    return "future" if day > today else "old" if (today - day).days > LATEST else ""


def compared(now: int | None, before: int | None) -> str:
    """Say how many more or fewer than the month before (较上月), where both may be shown.

    >>> compared(12, 16), compared(12, 12), compared(None, 3)
    ('较上月少 4 件', '与上月相同', '')
    """
    if now is None or before is None:
        return ""
    if now == before:
        return word("与上月相同")
    return word("较上月%(value)s %(abs)s 件") % {"value": word("多") if now > before else word("少"),
                                                 "abs": abs(now - before)}
