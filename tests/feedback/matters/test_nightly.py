"""What happens to matters without anybody's doing (日结)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Concern, Matter
from sangesan.feedback.matters.services.clocks import weight
from sangesan.feedback.matters.services.supervising import propose
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from tests.builders import heard, hire, small_mine
from tests.feedback.matters.roads import answered, dispatched, handled

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def kinds(number):
    return [fact.kind for fact in history(f"matters/{number}")]


def test_every_clock_that_runs_out_is_recorded_once(mine):
    said = dispatched(mine)
    later = clock.now() + timedelta(days=20)
    with clock.at(later):
        assert services.record_overdue(clock.today()) == 4
        assert services.record_overdue(clock.today()) == 0
    assert kinds(said.number).count("matter.overdue") == 4


def test_what_a_late_matter_weighs_is_asked_as_often_for_many_readers_as_for_few(mine):
    numbers = [dispatched(mine, text=f"第{n}件").number for n in range(30)]
    Concern.objects.bulk_create([Concern(matter=matter, person=mine.persons["chief"].pk, post="chief")
                                 for matter in Matter.objects.filter(number__in=numbers)])

    def asked():
        matters = list(Matter.objects.filter(number__in=numbers))
        with CaptureQueriesContext(connection) as asked:
            assert [weight(matter) for matter in matters] == [1] * 30
        return len(asked)

    few = asked()
    assert few <= 30 * 14
    for n in range(12):
        hire(mine, f"head{n}", f"后勤科副科长{n}", "HQ", Role.CHIEF, str(2000 + n))
    assert asked() == few
    Concern.objects.filter(matter__number=numbers[0]).update(person=mine.persons["head7"].pk)
    Concern.objects.filter(matter__number=numbers[1]).update(post="logistics")
    assert [weight(Matter.objects.get(number=number)) for number in numbers[:3]] == [0, 0, 1]


def test_a_unit_answers_for_its_own_lateness_when_another_was_late_before_it(mine):
    said = dispatched(mine)
    with clock.at(clock.now() + timedelta(days=20)):
        services.record_overdue(clock.today())
        services.return_(scope=mine.scope("handler"), number=said.number, reason="不归我们管")
        services.rule(scope=mine.scope("triage"), number=said.number, reason="劳资科办", lead=mine.units["LZ"].pk)
        services.record_overdue(clock.today())
    with clock.at(clock.now() + timedelta(days=40)):
        assert services.record_overdue(clock.today()) == 4
        assert services.record_overdue(clock.today()) == 0
    late = [fact for fact in history(f"matters/{said.number}") if fact.kind == "matter.overdue"]
    assert [fact.unit.rstrip("/").rpartition("/")[2] for fact in late] == ["HQ"] * 4 + ["LZ"] * 4


def test_a_return_that_is_not_upheld_counts_no_lateness_twice(mine):
    said = dispatched(mine)
    with clock.at(clock.now() + timedelta(days=20)):
        assert services.record_overdue(clock.today()) == 4
        services.return_(scope=mine.scope("handler"), number=said.number, reason="不归我们管")
        services.rule(scope=mine.scope("triage"), number=said.number, reason="由你们办")
        assert services.record_overdue(clock.today()) == 0


def test_lateness_raises_a_grade_once_and_then_proposes_supervision(mine):
    said = heard("路灯不亮", unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    with clock.at(clock.now() + timedelta(days=40)):
        services.run_clocks()
        assert (Matter.objects.get().grade, Matter.objects.get().supervised_at) == ("B", None)
        services.run_clocks()
        services.run_clocks()
    matter = Matter.objects.get()
    assert (matter.grade, matter.supervised_at) == ("B", None), "a person confirms it"
    assert [(s.trigger, s.state) for s in matter.supervisions.all()] == [("late", "proposed")]
    services.supervise(scope=mine.scope("leader"), number=said.number, text="三日内报结果")
    assert kinds(said.number).count("matter.graded") == 2 and kinds(said.number).count("matter.supervised") == 1
    assert Matter.objects.get().supervised_at is not None


def test_a_late_a_is_supervised_at_once(mine):
    said = dispatched(mine)
    services.regrade(scope=mine.scope("triage"), number=said.number, urgency=3, importance=3, reason="人多")
    with clock.at(clock.now() + timedelta(days=4)):
        services.run_clocks()
    assert Matter.objects.get().supervised_at is not None


@pytest.mark.parametrize("lying", ["procedure", "late"])
def test_a_late_a_is_supervised_at_once_though_an_older_proposal_lies_unconfirmed(mine, lying):
    said = dispatched(mine)
    assert propose(Matter.objects.get(), lying)
    services.regrade(scope=mine.scope("triage"), number=said.number, urgency=3, importance=3, reason="人多")
    with clock.at(clock.now() + timedelta(days=4)):
        services.run_clocks()
        services.run_clocks()
    matter = Matter.objects.get()
    assert [(s.trigger, s.state) for s in matter.supervisions.all()] == [("late", "open")]
    assert matter.supervised_at is not None and kinds(said.number).count("matter.supervised") == 1


def test_words_alone_never_make_a_warning(mine):
    heard("工友说活着没意思，想请人帮帮他", unit="ZC1")
    assert Matter.objects.get().grade == "" and not Notice.objects.exists()


def test_nobody_rated_for_fifteen_days_closes_as_unrated(mine):
    answered(mine)
    with clock.at(clock.now() + timedelta(days=14)):
        assert services.close_unrated(clock.today()) == 0
    with clock.at(clock.now() + timedelta(days=15)):
        assert services.close_unrated(clock.today()) == 1
    matter = Matter.objects.get()
    assert (matter.state, matter.rated) == ("closed", "unrated")


@pytest.mark.chapter("N6")
def test_an_a_that_nobody_rates_waits_for_the_call_back_and_goes_up(mine):
    said = handled(mine)
    services.regrade(scope=mine.scope("triage"), number=said.number, urgency=3, importance=3, reason="人多")
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    assert Matter.objects.get().grade == "A"
    asked = {t.name for t in queries.todo(mine.scope("triage"))}
    assert "回访" in asked and not [t for t in queries.todo(mine.scope("leader")) if t.name == "过问回访"]
    with clock.at(clock.now() + timedelta(days=16)):
        assert services.close_unrated(clock.today()) == 0
        [task] = [t for t in queries.todo(mine.scope("leader")) if t.name == "过问回访"]
        assert task.until < clock.now()
        assert queries.duties_waiting(mine.scope("leader")) >= 1
        services.call_back(scope=mine.scope("triage"), number=said.number, reached=False)
        assert services.close_unrated(clock.today()) == 0, "its leaders close it"
        assert "过问回访" not in {t.name for t in queries.todo(mine.scope("leader"))}
    assert Matter.objects.get().state == "answered"


@pytest.mark.chapter("V3")
def test_an_anonymous_letter_waits_for_its_batch(mine):
    heard(unit="ZC1", mode="anonymous")
    assert not queries.visible(mine.scope("triage")).exists()
    with clock.at(clock.now() + timedelta(hours=6)):
        assert services.release_due() == 1
        assert services.release_due() == 0
    assert queries.visible(mine.scope("triage")).count() == 1


def test_a_letter_of_long_ago_has_no_clocks_and_alerts_nobody(mine):
    said = heard(unit="ZC1", day=clock.today() - timedelta(days=100))
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=3, importance=3)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    matter = Matter.objects.get()
    assert (matter.due_at, matter.sign_in_due) == (None, None)
    with clock.at(clock.now() + timedelta(days=60)):
        assert services.record_overdue(clock.today()) == 0
    assert not Notice.objects.exists()
