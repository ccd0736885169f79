"""The pre-shift meeting (班前会): its sheet hangs on its duty, is its evidence and completes it."""

from __future__ import annotations

from datetime import time

import pytest

from sangesan.execution.duties import queries as duties
from sangesan.execution.duties.models import Duty, Happening
from sangesan.execution.publicity import roads, services
from sangesan.foundation.errors import NotFound
from sangesan.ledger.evidence.models import Evidence
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from tests.builders import hire, small_mine
from tests.routines import confirm, made, ruled
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1a")]


@pytest.fixture
def mine(noon, monkeypatch):
    answer = roads.Answer("食堂夜班有没有热菜", "十二月起有")
    monkeypatch.setattr(roads, "_answers", [lambda day, most: [answer][:most]])
    confirm(2026)
    made_mine = small_mine()
    hire(made_mine, "crew", "检修班班长", "ZC1J", Role.CREW_LEADER, "3001", head=True)
    ruled(code="BQH", kind="pre_shift", title="班前会", rule="FREQ=DAILY", policy="as_is", at=time(23, 59), grace=0,
          lead=0, unit_kinds=["crew"], role="crew_leader")
    made()
    return made_mine


def test_the_to_do_leads_to_the_sheet_and_one_tap_completes_it_with_what_was_read(mine):
    task, = duties.todo(mine.scope("crew"))
    me = signed_in(mine.persons["crew"])
    shown = me.get(task.url).content.decode()
    assert "食堂夜班有没有热菜" in shown and "班前会开过了" in shown
    assert me.post(task.url, {"words": ""}).status_code == 302
    assert not duties.todo(mine.scope("crew")) and "已经登记" in me.get(task.url).content.decode()
    duty = Duty.objects.get(pk=int(task.subject.rpartition("/")[2]))
    assert history(duty.subject)[-1].kind == "duty.done"
    assert Happening.objects.get().words == "按一页纸开的：1 条答复，0 条通知"
    assert any("十二月起有" in bytes(row.content).decode() for row in Evidence.objects.all())
    me.post(task.url, {"words": "再来一次"})
    assert Happening.objects.count() == 1


def test_what_workers_asked_is_kept_without_who_asked(mine):
    task, = duties.todo(mine.scope("crew"))
    signed_in(mine.persons["crew"]).post(task.url, {"words": "张大力问夜班热菜，电话 13903191234"})
    kept = Happening.objects.get().words
    assert kept.endswith("；［姓名］问夜班热菜，电话 ［电话］")
    assert not any("张大力" in bytes(row.content).decode() for row in Evidence.objects.all())


def test_another_crew_neither_sees_nor_holds_it(mine):
    duty = Duty.objects.order_by("nominal").first()
    other = signed_in(mine.persons["logistics"])
    at = f"/w/publicity/sheet/duties/{duty.pk}/"
    assert other.get(at).status_code == 404 == other.post(at, {}).status_code
    with pytest.raises(NotFound):
        services.hold(scope=mine.scope("leader"), duty=duty.pk)
    assert not Happening.objects.exists()
