"""Outcomes (成效): counted from facts, opened to what they count, no list of persons, nothing of few."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sangesan.desk import figures, queries
from sangesan.feedback.matters import queries as matters
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, NotFound
from sangesan.ledger.facts import services as ledger
from sangesan.ledger.facts.queries import tallies
from sangesan.ledger.facts.services import record
from sangesan.method import facts
from sangesan.method.facts import SYSTEM, Actor
from sangesan.method.outcomes import BY_SLUG, Number
from sangesan.method.spans import span
from tests.builders import heard, small_mine
from tests.duties import owed
from tests.facts import BELOW, answered, at, closed, note, reopened
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("O1")]
NOV = span("2026-11")
OCTOBER = date(2026, 10, 20)


@pytest.fixture
def mine(noon):
    made = small_mine()
    with clock.at(at(date(2026, 12, 5))):  # November is over and may be told
        yield made


def test_a_duty_behind_a_number_is_told_by_what_was_to_be_done(mine):
    duty = owed(mine, "ZC1", title="核对考勤")
    with transaction.atomic():
        record(facts.DutyDone(subject=duty.subject, unit=BELOW["ZC1"], occurred_at=at(date(2026, 11, 20))),
               actor=SYSTEM)
    assert [one.word for one in queries.opened(mine.scope("leader"), "duties", NOV).facts] == ["按时办结 · 核对考勤"]


def test_numbers_beside_a_figure_are_written_as_the_figure_is():
    def key(slug, now, before):
        return figures.outcome_key(queries.Outcome(BY_SLUG[slug], now, before), "2026-11")

    assert key("attendance", Number(2_431), Number(1_987))["sub"] == "上期 1,987 人次"
    assert key("duties", Number(11_867, 12_992, 913), Number(1, 2, 500))["sub"] == "12,992 项中 11,867 项 · 上期 50.0%"


def work(kind, unit="ZC1", day=date(2026, 11, 20), number=1, **parts):
    with transaction.atomic():
        return record(kind(subject=f"duties/{number}", unit=BELOW[unit], occurred_at=at(day), **parts), actor=SYSTEM)


def duty(kind, **more):
    return work(kind, rule="R-1", counterpart="", **more)


def skilled(n, unit="ZC1", what="senior"):
    with transaction.atomic():
        return record(facts.SkillGained(subject=f"skills/{what}", unit=BELOW[unit], what=what, quantity=n,
                                        occurred_at=at(date(2026, 11, 3))), actor=SYSTEM)


def of(mine, slug, post="leader", asked=NOV):
    return next(one for one in queries.outcomes_of(mine.scope(post), asked) if one.measure.slug == slug)


def test_a_rate_stands_with_its_counts_and_the_one_before(mine):
    for n, kind in enumerate((facts.DutyDone, facts.DutyDone, facts.DutyLate, facts.DutyMissed)):
        duty(kind, number=n)
    duty(facts.DutyDone, number=9, day=OCTOBER)
    found = of(mine, "duties")
    assert (found.now.good, found.now.of, found.now.rate, found.before.rate) == (2, 4, 500, 1000)
    key = figures.outcome_key(found, "2026-11")
    assert key["value"] == 50.0 and "4 项中 2 项" in key["sub"] and "100.0" in key["sub"] and key["good"] == "warn"


def test_a_reversed_fact_counts_nowhere(mine):
    wrong = duty(facts.DutyMissed)
    duty(facts.DutyDone, number=2)
    ledger.reverse(wrong, reason="wrong_record", actor=Actor.post("leader"))
    assert of(mine, "duties").now.rate == 1000
    assert tallies(kinds=["duty.missed"], days=(NOV.first, NOV.last)) == []
    assert [one.word for one in queries.opened(mine.scope("leader"), "duties", NOV).facts] == ["按时办结"]


def test_of_fewer_than_five_matters_nothing_is_said_however_often_each_was_answered(mine):
    for n in range(4):
        answered("ZC1", f"2026-AAAAA{n}")
        answered("ZC1", f"2026-AAAAA{n}", in_time=0)
    assert of(mine, "in_time").now.hidden
    assert queries.opened(mine.scope("leader"), "in_time", NOV).facts == []
    answered("ZC1", "2026-AAAAA8")
    assert of(mine, "in_time").now.of == 9


@pytest.mark.chapter("V7")
def test_whoever_may_not_read_matters_is_told_no_number_of_them(mine):
    """The assessor wrote four letters, and a fifth matter of the team made the number appear."""
    for n in range(12):
        answered("ZC1", f"2026-AAAA{n:02}")
    assert of(mine, "in_time").now.of == 12
    told = {one.measure.slug for one in queries.outcomes_of(mine.scope("assessor"), NOV)}
    assert {"duties", "grades"} <= told and not {"in_time", "satisfied", "reopened", "repeated"} & told
    with pytest.raises(NotFound):
        queries.opened(mine.scope("assessor"), "in_time", NOV)


def test_no_unit_s_hidden_number_can_be_reckoned_from_the_total(mine):
    for unit, many in (("ZC1", 3), ("ZC2", 6), ("HQ", 9)):
        for n in range(many):
            answered(unit, f"2026-{unit}AA{n}"[:11])
    found = queries.opened(mine.scope("leader"), "in_time", NOV)
    assert [(one.name, one.number.hidden) for one in found.places] == [
        ("综采一队", True), ("综采二队", True), ("后勤科", False)]
    assert found.outcome.now.of == 18


def test_hidden_numbers_together_tell_of_no_few_either(mine):
    for unit, many in (("ZC1", 1), ("ZC2", 2), ("HQ", 6), ("CM", 7)):
        for n in range(many):
            answered(unit, f"2026-{unit}AA{n}"[:11])
    found = queries.opened(mine.scope("leader"), "in_time", NOV)
    assert {one.name for one in found.places if one.number.hidden} == {"综采一队", "综采二队", "后勤科"}
    assert found.outcome.now.of == 16


def test_skills_are_counted_in_heads_and_never_listed(mine):
    skilled(3)
    assert of(mine, "grades").now.hidden
    skilled(4, unit="ZC2", what="junior")
    skilled(2, what="certificate")
    assert of(mine, "grades").now.good == 7
    found = queries.opened(mine.scope("leader"), "grades", NOV)
    assert found.facts == [] and all(one.number.hidden for one in found.places)


def test_satisfaction_needs_ten_answers(mine):
    for n in range(9):
        note(facts.MatterRated, "ZC1", f"2026-AAAAA{n}", rating="satisfied", solved="yes")
    assert of(mine, "satisfied").now.hidden
    note(facts.MatterRated, "ZC1", "2026-AAAABB", rating="dissatisfied", solved="no")
    assert (of(mine, "satisfied").now.good, of(mine, "satisfied").now.rate) == (9, 900)


def test_repeats_are_counted_and_less_is_better(mine):
    for n in range(6):
        closed("ZC1", f"2026-AAAAA{n}")
    for n in range(5):
        closed("ZC1", f"2026-BBBBB{n}", day=OCTOBER)
    reopened("ZC1", "2026-BBBBB1", day=OCTOBER)
    found = of(mine, "reopened")
    assert (found.now.rate, found.before.rate) == (0, 200)
    assert figures.outcome_key(found, "2026-11")["good"] == "good"


def test_a_matter_shut_to_the_reader_counts_nowhere_for_them(mine, monkeypatch):
    for n in range(6):
        answered("ZC1", f"2026-AAAAA{n}")
    monkeypatch.setattr(matters, "hidden", lambda scope, units: {"matters/2026-AAAAA0"})
    assert of(mine, "in_time").now.of == 5
    assert of(mine, "in_time", "cadre").now.of == 5


@pytest.mark.usefixtures("read_at_once")
def test_facts_are_listed_newest_first_in_pages_and_lead_only_where_one_may_go(mine):
    said = heard(unit="HQ")
    for n in range(22):
        answered("HQ", f"2026-AAAA{n:02}")
    note(facts.MatterAnswered, "HQ", said.number, in_time=1)
    for n in range(22):
        duty(facts.DutyDone, unit="HQ", number=n)
    matter = queries.opened(mine.scope("leader"), "in_time", NOV)
    assert [one.url for one in matter.facts] == [f"/w/matters/{said.number}/"] and matter.outcome.now.of == 23
    found = queries.opened(mine.scope("leader"), "duties", NOV)
    assert len(found.facts) == 20 and {one.url[:10] for one in found.facts} == {"/w/duties/"}
    rest = queries.opened(mine.scope("leader"), "duties", NOV, found.after)
    assert len(rest.facts) == 2 and rest.after == "" and not {x.id for x in rest.facts} & {x.id for x in found.facts}
    assert {one.url for one in queries.opened(mine.scope("assessor"), "duties", NOV).facts} == {""}


def test_each_counts_what_lies_under_their_units_only(mine):
    duty(facts.DutyDone, unit="ZC1")
    duty(facts.DutyMissed, unit="ZC2", number=2)
    assert [of(mine, "duties", post).now.of for post in ("leader", "cadre", "chief")] == [2, 2, 1]
    with pytest.raises(Forbidden):
        queries.outcomes_of(mine.scope("correspondent"), NOV)


def test_the_pages_open_each_number_and_refuse_what_is_no_period(mine):
    for n in range(3):
        duty(facts.DutyDone, number=n)
    client = signed_in(mine.persons["leader"])
    page = client.get("/w/outcomes/?span=2026-11").content.decode()
    assert "/w/outcomes/duties/?span=2026-11" in page and "3 项中 3 项" in page
    for slug in ("grades", "learning", "in_time", "duties", "visits"):
        for asked in ("2026-11", "2026-Q4", "2026", ""):
            assert client.get(f"/w/outcomes/{slug}/", {"span": asked}).status_code == 200
    for address in ("/w/outcomes/?span=2026-13", "/w/outcomes/?span=2027", "/w/outcomes/?span=x",
                    "/w/outcomes/nothing/", "/w/outcomes/duties/?span=2027-01", "/w/outcomes/?span=2000-01",
                    "/w/outcomes/duties/?span=2000"):
        assert client.get(address).status_code == 404, address
    assert client.get("/w/outcomes/duties/", {"after": "x"}).status_code == 200
    for address in ("/w/outcomes/", "/w/outcomes/duties/", "/w/outcomes/nothing/"):
        refused = signed_in(mine.persons["correspondent"]).get(address)
        assert refused.status_code == 403 and "您的岗位不看成效" in refused.content.decode(), "whose it is is no secret"


def test_the_pages_ask_as_often_for_many_facts_as_for_few(mine, django_assert_num_queries):
    scope = mine.scope("leader")

    def look():
        queries.outcomes_of(scope, NOV)
        queries.opened(scope, "duties", NOV)
        queries.opened(scope, "in_time", NOV)

    for n in range(6):
        duty(facts.DutyDone, number=n)
        answered("ZC1", f"2026-AAAAA{n}")
    with CaptureQueriesContext(connection) as few:
        look()
    for n in range(6, 60):
        duty(facts.DutyDone, number=n, unit=("ZC2", "HQ")[n % 2])
        answered("HQ", f"2026-AAAA{n:02}")
    with django_assert_num_queries(len(few)):
        look()


def rates(mine, slug, *spans):
    return [(one.good, one.of) for one in (of(mine, slug, asked=span(each)).now for each in spans)]


def test_a_hidden_month_cannot_be_reckoned_from_a_quarter_or_a_year(mine):
    for month, many in ((10, 7), (11, 3)):
        for n in range(many):
            answered("ZC1", f"2026-A{month}AA{n}", day=date(2026, month, 12))
    assert rates(mine, "in_time", "2026-10", "2026-11", "2026-Q4", "2026") == [(7, 7), (None, None), (7, 7), (7, 7)]
    for unit, many in (("ZC2", 6), ("HQ", 9)):
        for n in range(many):
            answered(unit, f"2026-{unit}AA{n}"[:11], day=date(2026, 11, 12))

    def units_of(slug):
        return {one.name: one.number.of for one in queries.opened(mine.scope("leader"), "in_time", span(slug)).places}

    assert units_of("2026-11") == {"综采一队": None, "综采二队": None, "后勤科": 9}
    assert units_of("2026-Q4") == {"综采一队": 7, "综采二队": None, "后勤科": 9}, "what the months say and no more"
    assert rates(mine, "in_time", "2026-Q4") == [(25, 25)]


def test_the_running_month_says_nothing_of_speakers_until_it_is_over_and_recorded(mine):
    for n in range(9):
        answered("ZC1", f"2026-AAAAA{n}")
    duty(facts.DutyDone)
    for day, told in ((date(2026, 11, 30), None), (date(2026, 12, 2), None), (date(2026, 12, 3), 9)):
        with clock.at(at(day)):
            assert of(mine, "in_time").now.good == told
            assert of(mine, "in_time", asked=span("2026-Q4")).now.good == told
            assert bool(queries.opened(mine.scope("leader"), "in_time", NOV).places) == bool(told)
            assert of(mine, "duties").now.good == 1, "of duties nothing is hidden"
            assert queries.span_asked("").slug == ("2026-11" if told else "2026-10")
