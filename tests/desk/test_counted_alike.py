"""What is owed and late is counted alike on every page (各页同数), at any hour, and as the rule says."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest

from sangesan.feedback.grades import services as tables
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.owing import missed, owing
from sangesan.feedback.matters.services import judging
from sangesan.feedback.warning.queries.board import board
from sangesan.foundation import clock
from sangesan.method import grading_checks as checks
from sangesan.method.grading import TABLE
from tests import databases
from tests.builders import heard, small_mine
from tests.desk.test_owing import by_a_day, graded
from tests.feedback.matters.roads import answered, dispatched, handled

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("N6")]
HOURS = (0, 1, 5, 20, 30, 60, 80, 100, 200, 400, 440)
NOON = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def world(mine):
    """One matter of each way to stand (各种情形), also under a table by which a C is reported on weekly."""
    handler = mine.scope("handler")
    dispatched(mine)
    answered(mine)
    numbers = [graded(mine, *grade, signs=signs) for grade in ((1, 1), (2, 2), (3, 3)) for signs in (True, False)]
    services.plan(scope=handler, number=numbers[2], text="本周修好")
    services.plan(scope=handler, number=numbers[4], text="今天修好")
    services.draft(scope=handler, number=handled(mine).number, text="办好了")
    services.return_(scope=handler, number=dispatched(mine).number, reason="不归我们管")
    waits = handled(mine).number
    services.first_answer(scope=handler, number=waits, text="收到了")
    services.ask_pause(scope=handler, number=waits, reason="等上级批复")
    services.pause(scope=mine.scope("logistics"), number=waits)
    data = checks.written(TABLE)
    data["levels"]["C"]["progress"] = "weekly"
    version, day = tables.draft(scope=mine.scope("cadre"), data=data).version, clock.today()
    tables.put_in_force(scope=mine.scope("cadre"), version=version, since=day, decided_by="党委会", decided_on=day)
    graded(mine, 1, 1)
    heard("还没有定级", unit="ZC1")
    by_a_day(mine)
    services.grade(scope=mine.scope("triage"), number=heard("还没有派单", unit="ZC1").number, urgency=2, importance=2)


@pytest.fixture(scope="module")
def stood(django_db_setup, django_db_blocker):
    """The mine with one matter of each way, made once: every test looks at it at another hour, and rolls back."""
    with databases.standing(django_db_blocker):
        with django_db_blocker.unblock(), clock.at(NOON):
            mine = small_mine()
            world(mine)
        yield mine


@pytest.fixture
def mine(stood, noon):
    return deepcopy(stood)


@pytest.mark.parametrize("hours", HOURS)
def test_board_first_page_todo_and_list_count_the_same_and_the_database_agrees_with_the_rule(mine, hours):
    leader = mine.scope("leader")
    with clock.at(clock.now() + timedelta(hours=hours)):
        judging.let_read_due(day=clock.today())
        rows = list(Matter.objects.filter(answered_at=None))
        late = {pk for pk, (_name, until) in owing(rows).items() if until < clock.now()}
        assert late == set(Matter.objects.filter(missed(clock.now())).values_list("pk", flat=True))
        narrowed = queries.Filters(state="open", overdue=True)
        listed = queries.page(leader, narrowed)
        counted = {sum(column.late for column in board(leader)), queries.open_now(leader).late, listed.total,
                   queries.shown(leader, narrowed).count()}
        assert counted == {len(late)} and {m.pk for m in listed.rows} == late
        assert late or hours < 1


def test_a_word_of_progress_by_one_table_is_none_by_another(mine):
    with clock.at(clock.now() + timedelta(days=9)):
        names = {matter.table: owing([matter]).get(matter.pk, ("",))[0]
                 for matter in Matter.objects.filter(grade="C", state="handling").order_by("pk")}
        assert names == {TABLE.version: "办理", "2026.2": "报进展"}
