"""A statement (考核清单): what counts, and what has already counted."""

from __future__ import annotations

from dataclasses import dataclass, field

from sangesan.method.measures import measure
from sangesan.method.statement import Indicator, Tally, paid

LATE = Tally("matter.overdue", False, {"clock": "due"})
ANSWERED_LATE = Tally("matter.answered", False, {"in_time": 0}, LATE, "matter.reopened")


@dataclass(frozen=True)
class Told:
    id: int
    kind: str
    unit: str
    content: dict = field(default_factory=dict)
    subject: str = "matters/1"


def test_one_units_lateness_costs_once_and_excuses_no_other_unit():
    first_late = Told(1, "matter.overdue", "M/A/", {"clock": "due"})
    answer = Told(2, "matter.answered", "M/B/", {"in_time": 0})
    assert not paid(answer, ANSWERED_LATE, [first_late, answer]), "A was late, B answered late too"
    own_late = Told(1, "matter.overdue", "M/B/", {"clock": "due"})
    assert paid(answer, ANSWERED_LATE, [own_late, answer])


def test_a_unit_that_answers_late_loses_whatever_the_one_before_lost():
    indicator = Indicator("in_time", "按期答复", 40, (ANSWERED_LATE, LATE))
    history = [Told(1, "matter.overdue", "M/A/", {"clock": "due"}), Told(2, "matter.answered", "M/B/", {"in_time": 0})]
    assert measure(indicator, history[1:], {"matters/1": history}).bad == (2,)
    assert measure(indicator, history[:1], {"matters/1": history}).bad == (1,)
