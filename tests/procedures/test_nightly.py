"""The closing of the day: in order, as often as one likes, and what was missed is caught up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from django.db import transaction

from sangesan.appraisal.publication.models import Publication
from sangesan.appraisal.scoring.models import Run, Score
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.jobs import services as progress
from sangesan.ledger.facts import queries as ledger
from sangesan.ledger.facts.models import Fact, Seal
from sangesan.ledger.facts.services import reverse
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as days
from sangesan.procedures import commands, nightly
from tests.builders import heard, small_mine
from tests.duties import owed
from tests.facts import DAY, answered, overdue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mine(noon):
    days.seed(year=2026)
    days.confirm(year=2026, actor=SYSTEM)
    return small_mine()


@pytest.mark.chapter("P1c")
def test_a_day_is_assessed_linked_sealed_and_published():
    answered("ZC1", "2026-AAAAA1")
    overdue("ZC1", "2026-AAAAA2")
    nightly.run(DAY)
    day = Run.objects.get(period="day")
    assert {s.unit.code: s.final for s in Score.objects.filter(run=day)} == {"ZC1": 5000, "CM": 5000, "QSL": 5000}
    assert set(Publication.objects.values_list("run__period", flat=True)) == {"day", "rolling"}
    work = Fact.objects.filter(stream="work").order_by("-pk").values_list("pk", flat=True)
    assert Seal.objects.get(day=DAY, stream="work").upto >= work[2]
    assert Seal.objects.get(day=DAY, stream="speaker").size % 16 == 0, "with company, though nobody spoke"


def test_closing_twice_writes_nothing_twice():
    answered("ZC1")
    nightly.run(DAY)
    before = ledger.count()
    nightly.run(DAY)
    assert (ledger.count(), Run.objects.count()) == (before, 2)


def test_an_unconfirmed_year_blocks_publication_but_not_the_assessment(mine):
    with clock.at(datetime(2027, 1, 5, 2, tzinfo=UTC)):
        answered("ZC1", day=date(2027, 1, 4))
        given = nightly.run(date(2027, 1, 4))
    assert given["核对日历"] is False and given["公布结果"] == []
    assert Run.objects.filter(until=date(2027, 1, 4)).count() == 2


def test_missed_days_are_caught_up_oldest_first():
    nightly.run(DAY - timedelta(days=3))
    assert nightly.due_days() == [DAY - timedelta(days=2), DAY - timedelta(days=1), DAY]
    assert nightly.run_due() == 3
    assert nightly.run_due() == 0


def test_the_first_closing_ever_is_of_yesterday():
    assert nightly.due_days() == [DAY]


def test_a_day_is_not_closed_before_it_has_settled():
    nightly.run(DAY)
    with clock.at(datetime(2026, 11, 24, 16, 5, tzinfo=UTC)):
        assert nightly.due_days() == []
    with clock.at(datetime(2026, 11, 24, 16, 11, tzinfo=UTC)):
        assert nightly.due_days() == [date(2026, 11, 24)]


def test_closing_an_earlier_day_again_does_not_turn_the_clock_back():
    nightly.run(DAY)
    nightly.run(DAY - timedelta(days=9))
    assert nightly.due_days() == []


def test_a_step_that_fails_stops_the_closing_and_the_day_stays_due(monkeypatch):
    def broken(day):
        raise OSError("disk")

    steps = tuple(nightly.Step(s.word, broken) if s.word == "封存台账" else s for s in nightly.STEPS)
    monkeypatch.setattr(nightly, "STEPS", steps)
    with pytest.raises(OSError):
        nightly.run(DAY)
    assert not Publication.objects.exists()
    assert nightly.due_days() == [DAY]


def test_closing_waits_while_the_demo_is_being_written():
    progress.begin("demo", "演示数据")
    assert nightly.run_due() == 0


def test_the_command_says_what_each_step_gave_and_refuses_the_future():
    answered("ZC1")
    said = CliRunner().invoke(commands.nightly, [DAY.isoformat()])
    assert said.exit_code == 0 and "公布结果：2 项" in said.output and "(" not in said.output
    for absurd in ("2026-12-01", "9999-12-31", "0001-01-01", "1900-01-01"):
        assert "还没有到" in str(CliRunner().invoke(commands.nightly, [absurd]).exception)
    assert nightly.last_closed() == DAY


def test_a_day_that_is_not_over_is_refused_and_closed_early_it_is_closed_again_by_night(mine):
    today = clock.today()
    nightly.run(DAY)
    duty = owed(mine, hours=8)
    with pytest.raises(UserError, match="今天还没有过完.*--early"):
        CliRunner().invoke(commands.nightly, [today.isoformat()], catch_exceptions=False)
    assert not Run.objects.filter(until=today).exists()

    heard(unit="ZC1")
    said = CliRunner().invoke(commands.nightly, [today.isoformat(), "--early"])
    assert said.exit_code == 0 and said.output.endswith("由下一次结账补记、更正。\n"), said.output
    assert Run.objects.filter(until=today).exists() and ledger.history(duty.subject) == []
    assert not list(ledger.entries(kinds=["matter.received"])), "nobody learns in which half of a day somebody spoke"
    assert nightly.last_closed() == DAY, "a day that runs on is closed for the time being only"

    answered("ZC1", day=today)
    with clock.at(datetime(2026, 11, 24, 16, 11, tzinfo=UTC)):
        assert nightly.run_due() == 1 and nightly.last_closed() == today
    [received] = ledger.entries(kinds=["matter.received"])
    assert ledger.proof_of(received.id).day == today, "sealed that night, with company: the early closing kept none"
    assert {fact.kind for fact in ledger.history(duty.subject)} == {"duty.fell_due", "duty.missed"}
    assert Run.objects.get(period="day", until=today, revision=None).revises is not None
    assert Score.objects.get(run__period="day", run__until=today, run__revision=None, unit__code="ZC1").final == 10_000


def test_an_absurd_day_in_the_notes_is_as_if_none_was_closed():
    progress.begin(nightly.NAME, nightly.TITLE, 1)
    progress.fail(nightly.NAME, "0001-01-01 办结未评价事项 OverflowError")
    assert nightly.last_closed() is None and nightly.due_days()


def test_recompute_agrees_or_leaves_with_one(monkeypatch):
    answered("ZC1")
    nightly.run(DAY)
    run = Run.objects.get(period="day")
    assert CliRunner().invoke(commands.recompute, [str(run.pk)]).exit_code == 0
    assert "没有编号" in str(CliRunner().invoke(commands.recompute, ["999"]).exception)
    monkeypatch.setattr("sangesan.appraisal.scoring.queries.stored", lambda run: [])
    assert CliRunner().invoke(commands.recompute, [str(run.pk)]).exit_code == 1


def test_a_fact_found_wrong_later_corrects_the_day_and_publishes_the_correction():
    wrong = overdue("ZC1", "2026-AAAAA1", day=DAY - timedelta(days=2))
    answered("ZC1", "2026-AAAAA2", day=DAY - timedelta(days=2))
    for back in (2, 1):
        nightly.run(DAY - timedelta(days=back))
    first = Run.objects.get(period="day", until=DAY - timedelta(days=2))
    with transaction.atomic():
        reverse(wrong, reason="wrong_record", actor=SYSTEM)
    nightly.run(DAY)
    correction = Run.objects.get(revises=first)
    assert Score.objects.get(run=correction, unit__code="ZC1").final == 10_000
    assert Score.objects.get(run=first, unit__code="ZC1").final == 5_000
    assert Publication.objects.filter(run=correction).exists() and Publication.objects.filter(run=first).exists()
    before = Run.objects.count()
    nightly.run(DAY)
    assert Run.objects.count() == before


def test_an_undisturbed_past_is_not_assessed_again():
    for back in (2, 1, 0):
        answered("ZC1", day=DAY - timedelta(days=back))
        nightly.run(DAY - timedelta(days=back))
    assert Run.objects.filter(revises__isnull=False).count() == 0
