"""What results rest on: checked at once while it is little, in the background where it is much, never not at all."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.appraisal.publication import services
from sangesan.appraisal.publication.models import BasisCheck
from sangesan.appraisal.publication.queries import basis
from sangesan.appraisal.publication.queries.board import cells
from sangesan.appraisal.scoring.models import Run
from sangesan.foundation import clock
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as days
from sangesan.procedures import nightly
from tests.builders import small_mine
from tests.facts import DAY, altered, answered, closed
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1c")]
WRONG, GOING = "与封存不符", "正在后台逐条核对"


@pytest.fixture
def late(noon, monkeypatch):
    """A published day that has too many facts to be checked while one waits: three."""
    monkeypatch.setattr(basis, "AT_ONCE", 2)
    days.seed(year=2026)
    days.confirm(year=2026, actor=SYSTEM)
    mine = small_mine()
    answered("ZC1", "2026-AAAAA1")
    wrong = answered("ZC1", "2026-AAAAA2", in_time=0)
    closed("HQ", "2026-AAAAA9")
    nightly.run(DAY)
    mine.client = signed_in(mine.persons["chief"])
    return mine, wrong


def page(mine, code=""):
    run = Run.objects.filter(period="day").get()
    url = f"/w/results/{run.pk}/{code}/" if code else f"/w/results/?day={DAY.isoformat()}"
    return mine.client.get(url).content.decode()


def test_an_altered_fact_is_found_at_once_where_it_is_shown_and_by_the_next_check_wherever_a_result_rests_on_it(late):
    mine, wrong = late
    assert GOING in page(mine) and services.check_basis() == 2, "the day's results and those of thirty days"
    assert "核对了全部 3 条" in page(mine) and GOING not in page(mine)
    altered(wrong)
    assert WRONG in page(mine, "ZC1"), "its own statement shows the fact, and looks at it"
    assert WRONG not in page(mine) and WRONG not in page(mine, "CM")
    with clock.at(clock.now() + basis.AGAIN + timedelta(minutes=1)):
        mine.client = signed_in(mine.persons["chief"])
        assert GOING in page(mine) and WRONG not in page(mine), "whoever looks asks for it"
        assert services.check_basis() == 2
        for code in ("", "ZC1", "CM"):
            text = page(mine, code)
            assert WRONG in text and str(wrong) in text, code or "the board"
        assert WRONG not in page(mine, "HQ")


def test_a_fact_of_an_earlier_day_is_doubtful_on_the_page_that_shows_thirty_days(late, monkeypatch):
    mine, wrong = late
    monkeypatch.setattr(basis, "AT_ONCE", 5_000)
    nightly.run(DAY + timedelta(days=1))
    altered(wrong)
    text = mine.client.get(f"/w/results/?day={DAY + timedelta(days=1)}").content.decode()
    assert WRONG in text and str(wrong) in text


def test_however_many_facts_stand_behind_a_board_it_reads_none_of_them(late):
    mine, _wrong = late
    page(mine)
    services.check_basis()
    with CaptureQueriesContext(connection) as asked:
        page(mine)
    assert not [q["sql"] for q in asked if "salt" in q["sql"]]


def test_a_list_says_how_many_facts_stand_behind_a_result_and_reads_only_statements_that_were_not_counted(late):
    mine, _wrong = late
    run = Run.objects.filter(period="day").get()
    there = {code: cell.facts for code, cell in cells(mine.scope("chief"), run).items()}
    assert there[mine.units["ZC1"].pk] == 2
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER keep_scoring_score_update")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE scoring_score DISABLE TRIGGER keep_scoring_score_row")
        cursor.execute("UPDATE scoring_score SET facts = NULL")
    assert {code: cell.facts for code, cell in cells(mine.scope("chief"), run).items()} == there


def test_a_check_is_asked_for_once_and_one_that_nobody_finished_is_begun_anew(late):
    mine, _wrong = late
    page(mine)
    page(mine)
    row = BasisCheck.objects.get(run__period="day")
    BasisCheck.objects.update(claimed_at=clock.now())
    assert services.check_basis() == 0
    with clock.at(clock.now() + timedelta(minutes=31)):
        page(mine)
        assert BasisCheck.objects.get(run__period="day").asked_at == row.asked_at
        assert services.check_basis() == 2 and services.check_basis() == 0


def test_of_very_many_altered_facts_enough_are_kept_to_name_every_unit(late, monkeypatch):
    _mine, wrong = late
    monkeypatch.setattr(basis, "MOST", 1)
    altered(wrong)
    monkeypatch.setattr(basis, "flaws", lambda ids: dict.fromkeys(sorted(ids), ""))
    bad, seen = basis.examined(Run.objects.filter(period="day").get())
    assert seen == 3 and len(bad) == 2 and {"ZC1", "HQ", "CM"} <= set.union(*bad.values())
