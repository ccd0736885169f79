"""The board (预警板): what one may see, in a fixed number of queries, kept up to date."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter, Reach
from sangesan.feedback.warning.queries.board import board, pulse, stamp
from sangesan.foundation import broadcast, clock
from sangesan.foundation.broadcast import Broadcaster
from sangesan.foundation.ids import random_id
from sangesan.method.authority import Role
from tests.builders import heard, hire, small_mine
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    made = small_mine()
    hire(made, "carer", "关怀员", "QSL", Role.CARER, "1091")
    return made


def numbers(scope):
    return {row.matter.number for column in board(scope) for row in column.rows}


@pytest.mark.chapter("N6")
def test_the_board_shows_what_one_may_see_and_nothing_else(mine):
    danger = heard("3208面顶板掉渣", unit="ZC1", danger=True).number
    heard("我真的不想活了", unit="ZC1", danger=True)
    about = heard("队长打人", unit="ZC1").number
    triage = mine.scope("triage")
    services.concern(scope=triage, number=about, units=[mine.units["ZC1"].pk])
    services.grade(scope=triage, number=about, urgency=3, importance=2)
    services.dispatch(scope=triage, number=danger, lead=mine.units["ZC1"].pk)
    assert numbers(triage) == {danger, about} and numbers(mine.scope("chief")) == {danger}
    assert not numbers(mine.scope("carer")) and not numbers(mine.scope("logistics"))


def marked(mine, code: str) -> str:
    return stamp(board(mine.scope(code)))


def test_the_stamp_changes_with_every_step_and_every_danger(mine):
    seen = [marked(mine, "leader")]
    said = heard("3208面顶板掉渣", unit="ZC1", danger=True)
    seen.append(marked(mine, "leader"))
    services.confirm(scope=mine.scope("duty"), number=said.number)
    seen.append(marked(mine, "leader"))
    assert len(set(seen)) == 3 and marked(mine, "leader") == seen[-1]


@pytest.mark.chapter("V4")
def test_whoever_is_kept_from_a_danger_sees_not_even_that_something_changed(mine):
    seen, before = {code: marked(mine, code) for code in ("chief", "leader")}, pulse()
    heard("张大力让人进空顶区", unit="ZC1", danger=True)
    assert pulse() != before
    assert {code: marked(mine, code) == was for code, was in seen.items()} == {"chief": True, "leader": False}
    page = signed_in(mine.persons["chief"]).get("/w/warning/").content.decode()
    assert "空顶" not in page and f'data-stamp="{seen["chief"]}"' in page


def test_ten_thousand_open_matters_take_no_more_queries_than_ten(mine):
    scope = mine.scope("leader")
    made = heard("候车室漏雨", unit="ZC1").number
    services.grade(scope=mine.scope("triage"), number=made, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=made, lead=mine.units["HQ"].pk)
    with CaptureQueriesContext(connection) as few:
        board(scope)
    first = Matter.objects.first()
    rows = [Matter(**({f.attname: getattr(first, f.attname) for f in Matter._meta.concrete_fields}
                      | {"id": random_id(), "number": f"2026-{n:06}"})) for n in range(10_000)]
    Matter.objects.bulk_create(rows, batch_size=200)
    Reach.objects.bulk_create([Reach(pk=random_id(), matter_id=row.pk, unit=mine.units["QSL"], sealed=0,
                                     day=first.received_day, state=first.state, grade="B") for row in rows],
                              batch_size=500)
    with CaptureQueriesContext(connection) as lots:
        columns = board(scope)
    assert len(lots) == len(few) <= 14
    assert columns[1].total > 10_000 and len(columns[1].rows) == 16
    page = signed_in(mine.persons["leader"]).get("/w/warning/").content.decode()
    assert f"另有 {columns[1].total - 16} 件" in page and "/w/matters/?state=open&amp;grade=B" in page


def test_pages_of_the_board_answer_and_a_part_without_change_is_empty(mine):
    heard("3208面顶板掉渣", unit="ZC1", danger=True)
    client = signed_in(mine.persons["leader"])
    page = client.get("/w/warning/").content.decode()
    assert "3208面顶板掉渣" in page and "险情待确认" in page
    assert "3208面顶板掉渣" not in client.get("/w/warning/?screen=1").content.decode()
    assert client.get("/w/warning/part/", {"stamp": marked(mine, "leader")}).status_code == 204
    assert client.get("/w/warning/part/", {"stamp": "0.0"}).status_code == 200
    assert signed_in(mine.persons["carer"]).get("/w/warning/").status_code == 403


def test_a_stream_tells_a_stamp_and_gives_its_place_back():
    cast = Broadcaster(lambda: "7.1", most=1, every=0.01)
    assert cast.join() and not cast.join()
    told, stream = [], cast.stream(lambda: "7.1", seconds=0.5)
    for chunk in stream:
        told.append(chunk)
        if b"7.1" in chunk:
            break
    assert any(b"data: 7.1" in chunk for chunk in told) and not cast.join()
    stream.close()
    assert cast.join()
    cast.stream(lambda: "7.1", seconds=0.5).close()
    assert cast.join(), "nobody read it: whoever asked was gone before the first word"


def test_a_stream_without_a_change_says_its_stamp_again_so_that_silence_means_cut_off(monkeypatch):
    monkeypatch.setattr(broadcast, "BEAT", 0.02)
    cast = Broadcaster(lambda: "7.1", every=0.01)
    assert cast.join()
    assert sum(b"data: 7.1" in chunk for chunk in cast.stream(lambda: "7.1", seconds=0.5)) > 1


def test_a_stream_is_silent_about_what_changes_for_others(monkeypatch):
    monkeypatch.setattr(broadcast, "BEAT", 0.2)
    turns = count()
    cast = Broadcaster(lambda: f"{next(turns)}", every=0.01)
    assert cast.join()
    told = [chunk for chunk in cast.stream(lambda: "mine", seconds=0.5) if b"data" in chunk]
    assert next(turns) > 10 and 1 <= len(told) <= 4


def test_a_word_of_progress_that_is_late_counts_as_late_and_stands_where_its_clock_does(mine, noon):
    triage, handler = mine.scope("triage"), mine.scope("handler")
    silent, later = (heard(text, unit="ZC1").number for text in ("候车室漏雨", "班中餐送得晚"))
    for number in (later, silent):
        services.grade(scope=triage, number=number, urgency=2, importance=2)
        services.dispatch(scope=triage, number=number, lead=mine.units["HQ"].pk)
        services.sign_in(scope=handler, number=number)
        services.plan(scope=handler, number=number, text="本周修好")
        services.first_answer(scope=handler, number=number, text="已收到")
    with clock.at(noon + timedelta(days=5)):
        services.note(scope=handler, number=later, text="配件已到")
        column = board(mine.scope("leader"))[1]
        assert [row.matter.number for row in column.rows] == [silent, later]
        assert (column.total, column.late) == (2, 1) and column.rows[0].late and not column.rows[1].late


def test_what_is_suspended_waits_to_be_resumed_and_not_to_be_dispatched(mine):
    number = heard("候车室漏雨", unit="ZC1").number
    services.grade(scope=mine.scope("triage"), number=number, urgency=2, importance=2)
    assert board(mine.scope("leader"))[1].rows[0].owed == "派单"
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=number)
    services.plan(scope=mine.scope("handler"), number=number, text="本周修好")
    services.first_answer(scope=mine.scope("handler"), number=number, text="已收到")
    services.ask_pause(scope=mine.scope("handler"), number=number, reason="等上级批复")
    services.pause(scope=mine.scope("logistics"), number=number)
    assert board(mine.scope("leader"))[1].rows[0].owed == "恢复办理"


def test_what_was_given_back_waits_for_a_ruling_and_nobody_is_late_to_sign_for_it(mine):
    number = heard("候车室漏雨", unit="ZC1").number
    services.grade(scope=mine.scope("triage"), number=number, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["HQ"].pk)
    services.return_(scope=mine.scope("handler"), number=number, reason="不归我们管")
    with clock.at(Matter.objects.get().sign_in_due + timedelta(minutes=1)):
        column = board(mine.scope("leader"))[1]
        assert (column.rows[0].owed, column.rows[0].late, column.late) == ("裁定退回", False, 0)
        assert services.record_overdue(clock.today()) == 0, "as the ledger says"
