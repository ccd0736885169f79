"""Terms (法定时限): every clock of petition handling as data, and the day on which it runs out.

What starts a clock, how long it runs, on what it runs, to whom it applies and where it is
written: domain.md 1.2, T1–T12. A duty (义务) that is not met by its day is late; a right (权利)
that is not used by its day lapses and reproaches nobody.

>>> [t.code for t in beginning("received", channel="upper")]
['forwarded', 'objection', 'sorting']
>>> from .deadlines import Days
>>> TERMS["handling"].last_day(date(2026, 3, 10), Days())  # 2026-05-09 is a Saturday
datetime.date(2026, 5, 11)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .deadlines import Calendar, Measure, add_working_days, statutory_due
from .words import word

VERSION = "2026.1"
FORWARDED = "upper"
"""The channel of what another body forwarded to us (上级转办)."""


class Procedure(StrEnum):
    """By which procedure a matter is handled (办理程序)."""

    ORDINARY = "ordinary"  # 普通办理
    SIMPLE = "simple"  # 简易办理


PROCEDURE_NAMES = {Procedure.ORDINARY: word("普通程序"), Procedure.SIMPLE: word("简易程序")}
PLAIN_KINDS = frozenset({"suggestion", "inquiry", "thanks"})
"""Kinds handled simply from the start (直接适用简易程序): first petitions only; others by choice."""


@dataclass(frozen=True)
class Term:
    """One clock (时限): from the day of an event so much of a measure; `met` are the events that meet it.

    `channels`, `without` and `procedure` say to which matters it applies, none of them meaning
    all; `right` is a right that lapses instead of a duty that is missed, with its day or by the events in `lost`.
    """

    code: str
    name: str
    starts: str
    amount: int
    measure: Measure
    met: tuple[str, ...]
    source: str
    right: bool = False
    lost: tuple[str, ...] = ()
    channels: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    procedure: Procedure | None = None

    def applies(self, channel: str, procedure: str) -> bool:
        """Return whether it runs for such a matter (是否适用)."""
        return ((not self.channels or channel in self.channels) and channel not in self.without
                and self.procedure in (None, procedure))

    def last_day(self, start: date, calendar: Calendar) -> date:
        """Return the last day (到期日): day 0 is the start, a last day off moves to the next working day."""
        if self.measure == Measure.WORKING_DAYS:
            return add_working_days(start, self.amount, calendar)
        return statutory_due(start, self.amount, calendar)


_D, _W = Measure.DAYS, Measure.WORKING_DAYS
_UPPER = frozenset({FORWARDED})
TERMS: dict[str, Term] = {t.code: t for t in (
    Term("notice", word("告知受理"), "received", 15, _D, ("told",), word("信访工作条例第二十三条（T1）"),
         without=_UPPER),
    Term("forwarded", word("转送件告知"), "received", 15, _D, ("told",), word("信访工作条例第二十三条第三项（T2）"),
         channels=_UPPER),
    Term("objection", word("提出异议"), "received", 5, _W, ("objected",), word("信访工作条例第二十三条第三项（T3）"),
         right=True, lost=("accepted",), channels=_UPPER),
    Term("sorting", word("登记转交"), "received", 15, _D, ("accepted", "over"), word("信访工作条例第二十二条（T4）")),
    Term("handling", word("办理"), "accepted", 60, _D, ("answered", "over"), word("信访工作条例第三十四条（T5）"),
         procedure=Procedure.ORDINARY),
    Term("simple", word("简易办理"), "accepted", 10, _W, ("answered", "over"), word("简易办理规定（T12）"),
         procedure=Procedure.SIMPLE),
    Term("ask_review", word("申请复查"), "answered", 30, _D, ("review_asked",), word("信访工作条例第三十五条（T7）"),
         right=True),
    Term("review", word("复查答复"), "review_asked", 30, _D, ("reviewed",), word("信访工作条例第三十五条（T8）")),
    Term("ask_third_review", word("申请复核"), "reviewed", 30, _D, ("third_review_asked",),
         word("信访工作条例第三十六条（T9）"),
         right=True),
    Term("third_review", word("复核答复"), "third_review_asked", 30, _D, ("third_reviewed",),
         word("信访工作条例第三十六条（T10），听证时间不计")),
)}
EXTENSION_DAYS = 30
"""One extension of the ordinary procedure (延期), calendar days at most (T6)."""
FURTHEST_DAYS = 90
"""The hard stop from acceptance (最长办理期限), calendar days (T5 + T6)."""
HANDLING = {Procedure.ORDINARY: "handling", Procedure.SIMPLE: "simple"}
"""The clock of handling in each procedure (办理时限)."""


OFFICE = frozenset(t.code for t in TERMS.values() if t.starts == "received" and not t.right)
"""The duties of the petition office (信访办的时限): telling and handing on what came in, not the unit it arose in."""
TELLING = frozenset(t.code for t in TERMS.values() if t.met == ("told",))
"""The duties to tell whoever spoke (告知义务): none where no name was left and nobody has a receipt (domain.md 1.2)."""
WRITTEN = {"opinion": "ask_review", "second_review": "ask_third_review"}
"""The papers by which an answer is written (书面答复), and the right that counts from the day one is made out."""
REVIEWS = frozenset({"review", "third_review"})
"""The clocks of whoever reviews, one level above the unit in charge (复查、复核时限)."""


def beginning(event: str, *, channel: str = "", procedure: str = Procedure.ORDINARY,
              receipted: bool = True) -> list[Term]:
    """Return the clocks that an event starts (起算的时限); nobody owes a word to whom nobody can tell it.

    >>> [t.code for t in beginning("received", channel="box", receipted=False)]
    ['sorting']
    """
    return [t for t in TERMS.values() if t.starts == event and t.applies(channel, procedure)
            and (receipted or t.code not in TELLING)]


def ending(event: str) -> frozenset[str]:
    """Return the codes of the clocks that an event meets (办结的时限).

    >>> sorted(ending("answered"))
    ['handling', 'simple']
    """
    return frozenset(t.code for t in TERMS.values() if event in t.met)


def losing(event: str) -> frozenset[str]:
    """Return the codes of the rights that an event ends unused (失去的权利): it neither uses them nor makes them late.

    >>> sorted(losing("accepted")), sorted(losing("answered"))
    (['objection'], [])
    """
    return frozenset(t.code for t in TERMS.values() if event in t.lost)


def procedure_of(kind: str, *, repeated: bool = False) -> Procedure:
    """Return the procedure a matter starts with (默认程序).

    >>> procedure_of("inquiry").value, procedure_of("inquiry", repeated=True).value, procedure_of("appeal").value
    ('simple', 'ordinary', 'ordinary')
    """
    return Procedure.SIMPLE if kind in PLAIN_KINDS and not repeated else Procedure.ORDINARY


def furthest(accepted: date, procedure: str, calendar: Calendar) -> date:
    """Return the last day handling can ever have (最晚办结日): day 90, or none later for the simple one."""
    if procedure == Procedure.SIMPLE:
        return TERMS["simple"].last_day(accepted, calendar)
    return statutory_due(accepted, FURTHEST_DAYS, calendar)


def extended(due: date, days: int, accepted: date, calendar: Calendar) -> date:
    """Return the last day after an extension (延期后到期日): at most thirty days more, never past day 90.

    >>> from .deadlines import Days
    >>> extended(date(2026, 5, 9), 30, date(2026, 3, 10), Days())
    datetime.date(2026, 6, 8)
    """
    longest = min(days, EXTENSION_DAYS)
    return min(statutory_due(due, longest, calendar), furthest(accepted, Procedure.ORDINARY, calendar))


LONGEST_HEARING = 30
"""One hearing (听证), calendar days at most; another may follow."""


def resumed(start: date, heard: int, calendar: Calendar) -> date:
    """Return the last day of a re-review of which `heard` days were heard (扣除听证时间后的到期日, T10).

    They do not count, the first and the last of a hearing among them; a holiday at the end is given once.

    >>> from .deadlines import Days
    >>> resumed(date(2026, 5, 9), 7, Days())
    datetime.date(2026, 6, 15)
    """
    return TERMS["third_review"].last_day(start + timedelta(days=heard), calendar)
