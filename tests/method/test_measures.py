"""Measures: the methods of an indicator over facts, with the numbers of the worked examples."""

from dataclasses import dataclass, field

import pytest

from sangesan.method.indicators import State
from sangesan.method.measures import measure, statement
from sangesan.method.statement import Indicator, Tally


@dataclass
class Fact:
    id: int
    kind: str
    subject: str = "duties/1"
    content: dict = field(default_factory=dict)


DUTIES = (Tally("duty.fell_due", False, role="due"), Tally("duty.done", True, role="good"),
          Tally("duty.late", False, role="late"), Tally("duty.missed", False, role="missed"),
          Tally("duty.exempted", False, role="exempt"))


def duties(*outcomes):
    """Return the expectations of a period and what became of each (应办与结果)."""
    due = [Fact(n, "duty.fell_due", f"duties/{n}") for n in range(len(outcomes))]
    became = {f"duties/{n}": [due[n], *(Fact(1000 + 10 * n + at, f"duty.{word}", f"duties/{n}")
                                        for at, word in enumerate(outcome.split()))]
              for n, outcome in enumerate(outcomes)}
    return due, became


def completeness(*outcomes, **more):
    return measure(Indicator("a", "甲", 10, DUTIES, **more), *duties(*outcomes))


def test_w8_late_ones_count_their_share_and_exempt_ones_leave_the_denominator():
    outcomes = ["done"] * 20 + ["missed late"] + ["missed"]
    assert completeness(*outcomes).score == 9091
    assert completeness(*outcomes, late_share=10_000).score == 9545
    outcomes = ["done"] * 19 + ["missed late", "exempted", "missed exempted"]
    assert (completeness(*outcomes).score, completeness(*outcomes, late_share=10_000).score) == (9500, 10000)


def test_what_is_still_in_its_grace_is_not_due_yet():
    assert completeness("done", "").score == 10000
    assert completeness("").state is State.EXEMPT


def test_what_was_due_and_never_came_is_missing():
    assert (completeness("missed").state, completeness("missed").measured.counted) == (State.MISSING, 0)
    assert completeness("missed", "done").state is State.OK


def test_too_few_answers_are_no_measure():
    assert completeness(*["done"] * 9, least=10).state is State.EXEMPT
    assert completeness(*["done"] * 10, least=10).score == 10000


def deducting(method, facts, **more):
    tallies = (Tally("finding.made", False, {"reason": "untrue"}, role="bad", points=200),
               Tally("duty.missed", False, role="bad", points=100), Tally("duty.done", True, role="good", points=50))
    return measure(Indicator("a", "甲", 10, tallies, method=method, full=1_000, cap=1_000, **more), facts, {})


def test_deductions_are_taken_from_the_indicators_own_points_and_brought_to_a_hundred():
    found = deducting("deduct", [Fact(1, "finding.made", content={"reason": "untrue"}), Fact(2, "duty.missed"),
                                 Fact(3, "finding.made", content={"reason": "small"})])
    assert (found.value, found.score, found.bad, found.parts) == (700, 7000, (1, 2), ((1, -200), (2, -100)))
    assert deducting("deduct", []).score == 10000


def test_w17_an_indicator_is_deducted_down_to_its_floor_and_keeps_the_raw_value():
    found = deducting("deduct", [Fact(n, "duty.missed") for n in range(13)])
    assert (found.value, found.score) == (-300, 0)
    assert deducting("deduct", [Fact(n, "duty.missed") for n in range(13)], floor=200).score == 2000


def test_points_are_added_up_to_the_cap():
    assert deducting("add", [Fact(n, "duty.done") for n in range(4)]).score == 2000
    assert deducting("add", [Fact(n, "duty.done") for n in range(40)]).score == 10000


def test_an_indicator_that_may_rise_above_its_full_points_rewards_and_takes_nothing():
    facts = [Fact(n, "duty.done") for n in range(4)]

    def rewarding(facts):
        tallies = (Tally("duty.done", True, role="good", points=50),)
        return measure(Indicator("a", "甲", 10, tallies, method="add", full=1_000, cap=1_500), facts, {}).score

    assert (rewarding([]), rewarding(facts), rewarding(facts * 3)) == (10_000, 12_000, 15_000)


@pytest.mark.parametrize(("method", "actual", "planned", "cap", "score"), [
    ("ratio", 45, 50, 10_000, 9000), ("ratio", 60, 50, 11_000, 11000), ("lower", 3, 2, 10_000, 5000),
    ("lower", 0, 0, 10_000, 10000), ("lower", 1, 0, 10_000, 0),
])
def test_w26_attainment_over_quantities(method, actual, planned, cap, score):
    tallies = (Tally("figure.recorded", True, role="actual"),)
    indicator = Indicator("a", "甲", 10, tallies, method=method, planned=planned, cap=cap)
    assert measure(indicator, [Fact(1, "figure.recorded", content={"quantity": actual})], {}).score == score


STEPS = tuple(Tally("visit.made", True, {"step": n}, role="step", points=20, step=n) for n in range(1, 6))


def visit(*taken, whole=False, **more):
    facts = [Fact(n, "visit.made", "visits/1", {"step": n}) for n in taken]
    facts += [Fact(9, "visit.clear", "visits/1")] if whole else []
    tallies = (*STEPS, Tally("visit.clear", True, role="complete"))
    return measure(Indicator("a", "甲", 10, tallies, method="steps", **more), facts, {}).score


def test_w24_five_steps_of_a_contact():
    assert (visit(1, 2, 4, 5), visit(1, 2, 4, 5, prefix_only=True), visit(1, 2, whole=True)) == (8000, 4000, 10000)
    assert visit() is None


def test_a_veto_has_no_points_and_names_its_facts():
    indicator = Indicator("v", "泄密", 0, (Tally("finding.made", False, {"reason": "leak"}, role="veto"),), "veto")
    lines, own = statement([indicator], [Fact(7, "finding.made", content={"reason": "leak"})], {})
    assert (lines[0].vetoed, lines[0].bad, own.score) == (True, (7,), None)


def test_the_own_score_may_be_lifted_above_a_hundred_only_by_the_rule():
    tallies = (Tally("figure.recorded", True, role="actual"),)
    indicator = Indicator("a", "甲", 10, tallies, method="ratio", planned=10, cap=12_000)
    facts = [Fact(1, "figure.recorded", content={"quantity": 12})]
    assert statement([indicator], facts, {})[1].score == 10000
    assert statement([indicator], facts, {}, cap=11_000)[1].score == 11000
