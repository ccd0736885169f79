"""The page of a duty (应办事项页): done with one optional sentence, waived by others, shut to strangers."""

from __future__ import annotations

import pytest

from sangesan.execution.duties import kinds, services
from sangesan.execution.duties.models import Happening
from tests.builders import small_mine
from tests.duties import owed
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def page(client, duty):
    return client.get(f"/w/duties/{duty.pk}/")


def test_it_stands_in_my_list_and_is_done_there_without_a_word(mine):
    duty, me = owed(mine), signed_in(mine.persons["chief"])
    listed = me.get("/w/todo/").content.decode()
    assert f"/w/duties/{duty.pk}/" in listed and "核对考勤" in listed
    assert "张大力" in page(me, duty).content.decode()
    assert me.post(f"/w/duties/{duty.pk}/done/", {"words": ""}).status_code == 302
    assert Happening.objects.get().person == mine.persons["chief"].pk
    assert "核对考勤" not in me.get("/w/todo/").content.decode()
    again = me.post(f"/w/duties/{duty.pk}/done/", {})
    assert again.status_code == 409 and "已经了结" in again.content.decode()


def test_whoever_sees_it_does_not_thereby_do_it(mine):
    duty, leader = owed(mine), signed_in(mine.persons["leader"])
    shown = page(leader, duty).content.decode()
    assert "免办这一件" in shown and "办完了" not in shown
    assert leader.post(f"/w/duties/{duty.pk}/done/", {}).status_code == 404
    wrong = leader.post(f"/w/duties/{duty.pk}/exempt/", {"why": "shutdown", "words": ""})
    assert wrong.status_code == 422 and not Happening.objects.exists()
    assert leader.post(f"/w/duties/{duty.pk}/exempt/", {"why": "shutdown", "words": "停产检修"}).status_code == 302
    assert Happening.objects.get().what == "exempted"


def test_a_superior_corrects_on_the_page_and_the_history_says_why(mine):
    duty, me, leader = owed(mine), signed_in(mine.persons["chief"]), signed_in(mine.persons["leader"])
    leader.post(f"/w/duties/{duty.pk}/exempt/", {"why": "shutdown", "words": "停产检修"})
    assert "更正，重新待办" not in page(me, duty).content.decode()
    assert me.post(f"/w/duties/{duty.pk}/correct/", {"words": "没有停产"}).status_code in (403, 404, 422)
    assert "更正，重新待办" in page(leader, duty).content.decode()
    assert leader.post(f"/w/duties/{duty.pk}/correct/", {"words": " "}).status_code == 422
    assert leader.post(f"/w/duties/{duty.pk}/correct/", {"words": "当天没有停产"}).status_code == 302
    assert "已更正：当天没有停产" in page(me, duty).content.decode()
    assert me.post(f"/w/duties/{duty.pk}/done/", {"words": ""}).status_code == 302


@pytest.mark.parametrize("post", ["logistics", "assessor", "admin", "correspondent"])
def test_another_units_duty_is_absent_to_read_and_to_write(mine, post):
    duty, other = owed(mine), signed_in(mine.persons[post])
    assert page(other, duty).status_code == 404
    for step in ("done", "exempt", "undo", "correct"):
        assert other.post(f"/w/duties/{duty.pk}/{step}/", {"why": "other", "words": "试"}).status_code == 404
    assert other.get("/w/duties/999999999999999999999/").status_code == 404
    assert not Happening.objects.exists()


def test_a_kind_with_a_page_of_its_own_leads_there(mine, monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.hang(kinds.Kind("meeting", "开例会", "users", lambda duty: f"/w/meetings/for/{duty.pk}/"))
    duty, me = owed(mine, kind="meeting"), signed_in(mine.persons["chief"])
    assert f"/w/meetings/for/{duty.pk}/" in me.get("/w/todo/").content.decode()
    shown = page(me, duty).content.decode()
    assert "开例会" in shown and "办完了" not in shown


def test_an_unknown_step_and_a_get_lead_nowhere(mine):
    duty, me = owed(mine), signed_in(mine.persons["chief"])
    assert me.post(f"/w/duties/{duty.pk}/burn/").status_code == 404
    assert me.get(f"/w/duties/{duty.pk}/done/").status_code in (200, 302, 405)


def test_what_has_a_page_of_its_own_is_not_done_at_the_plain_address(mine):
    duty = owed(mine, "ZC1", kind="study", subject="routines/XX-A", title="安全活动日")
    me = signed_in(mine.persons["chief"])
    assert "办完了" not in me.get(f"/w/duties/{duty.pk}/").content.decode()
    answer = me.post(f"/w/duties/{duty.pk}/done/", {"words": "学了"})
    assert answer.status_code == 409 and "在它自己的页面办" in answer.content.decode()
    assert not duty.happenings.exists()


@pytest.mark.parametrize(("kind", "undone"), [("study", False), ("weekly_plan", False), ("rectify", True)])
def test_what_its_own_page_wrote_down_is_not_taken_back_without_it(mine, kind, undone):
    duty = owed(mine, "ZC1", kind=kind, subject="routines/XX-A", title="安全活动日")
    services.complete(duty=duty, actor=mine.scope("chief").actor, person=mine.persons["chief"].pk)
    me = signed_in(mine.persons["chief"])
    assert ("10 分钟内可以撤回" in page(me, duty).content.decode()) is undone
    answer = me.post(f"/w/duties/{duty.pk}/undo/")
    assert answer.status_code == (302 if undone else 409)
    assert duty.happenings.filter(withdrawn_at=None).exists() is not undone
