"""What was not reported back as it had to be (未回报) is recorded, and in the end proposed for supervision."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter, Supervision
from sangesan.feedback.warning.models import Gap
from sangesan.feedback.warning.services import progress
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import history
from sangesan.procedures import nightly
from tests.builders import small_mine
from tests.feedback.matters.roads import dispatched, handled

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2b")]


@pytest.fixture
def mine(noon):
    return small_mine()


def nights(noon, *, since: int = 0, until: int) -> list[str]:
    """Let the nights pass (过夜) and return what they proposed."""
    for n in range(since, until):
        with clock.at(noon + timedelta(days=n + 1)):
            progress.record_gaps((noon + timedelta(days=n)).date())
            progress.propose_unreported((noon + timedelta(days=n)).date())
    return list(Supervision.objects.values_list("trigger", flat=True))


def reported(mine, said, noon, days: int) -> None:
    with clock.at(noon + timedelta(days=days)):
        services.note(scope=mine.scope("handler"), number=said.number, text="配件已到，明天装")


def planned(mine, **parts):
    said = handled(mine, **parts)
    services.plan(scope=mine.scope("handler"), number=said.number, text="本周修好，陈小河负责")
    return said


def test_twice_running_without_a_word_is_proposed_and_once_is_not(mine, noon):
    said = planned(mine)
    found = [nights(noon, since=n, until=n + 1) for n in range(10)]
    assert found[0] == [] and found[-1] == ["not_reported"]
    first = next(n for n, one in enumerate(found) if one)
    assert Gap.objects.count() == 1 and first >= 6, "twice a week, so twice running is a week"
    row = Supervision.objects.get()
    assert row.state == "proposed" and Matter.objects.get().supervised_at is None, "a person confirms it"
    services.supervise(scope=mine.scope("leader"), number=said.number, text="三日内报结果")
    asked = [f.content["reason"] for f in history(f"matters/{said.number}") if f.kind == "matter.supervised"]
    assert asked == ["not_reported"]


def test_a_word_in_time_starts_the_count_anew(mine, noon):
    said = planned(mine)
    nights(noon, until=4)
    reported(mine, said, noon, 4)
    assert nights(noon, since=4, until=8) == []


def test_measures_that_never_came_are_not_reported_either(mine, noon):
    handled(mine)
    assert nights(noon, until=2) == []
    assert nights(noon, since=2, until=6) == ["not_reported"]


def test_a_unit_that_never_signed_reported_no_measures_either(mine, noon):
    said = dispatched(mine)
    assert nights(noon, until=2) == []
    assert nights(noon, since=2, until=4) == ["not_reported"] and not Gap.objects.exists()
    services.supervise(scope=mine.scope("leader"), number=said.number, text="今天签收")


def test_what_was_waived_is_not_proposed_again(mine, noon):
    said = handled(mine)
    nights(noon, until=6)
    with clock.at(noon + timedelta(days=6)):
        services.waive(scope=mine.scope("leader"), number=said.number, reason="口头已报")
    nights(noon, since=6, until=12)
    assert Supervision.objects.get().state == "waived"


def test_the_closing_of_a_day_does_it(mine):
    words = [step.word for step in nightly.STEPS]
    assert words.index("登记缺报进展") < words.index("提请督办未回报")


def test_a_day_owed_ends_on_that_day_and_the_second_word_is_owed_the_day_after(mine, noon):
    said = planned(mine)
    services.regrade(scope=mine.scope("triage"), number=said.number, urgency=3, importance=3, reason="人多")
    assert [nights(noon, since=n, until=n + 1) for n in range(3)] == [[], [], ["not_reported"]]
    assert f"{clock.local(Gap.objects.get().due):%F %H:%M}" == "2026-11-25 23:59"
