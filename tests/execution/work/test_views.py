"""Pages of work items (工作项页面): the line, the step on a phone, rights, bad input, queries that do not grow."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.execution.work.models import WorkItem
from sangesan.foundation import clock
from sangesan.method.authority import Role
from tests.builders import hire, small_mine
from tests.duties import owed
from tests.signing import signed_in
from tests.works import begun, taken, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1")]


@pytest.fixture
def mine(noon):
    built = small_mine()
    hire(built, "chief2", "综采二队队长", "ZC2", Role.CHIEF, "2001", head=True)
    hire(built, "labour", "劳资科科长", "LZ", Role.CHIEF, "2002", head=True)
    return built


def test_an_item_is_begun_in_one_form_and_shows_its_line_and_what_is_lacking(mine):
    cadre = signed_in(mine.persons["cadre"])
    page = cadre.get("/w/work/new/")
    units = [str(mine.units[code].pk) for code in ("ZC1", "ZC2")]
    given = {"title": "冬季防冻", "aim": "处处有热水", "due": "2026-12-20", "lead": "cadre", "units": units}
    made = cadre.post("/w/work/new/", given)
    item = WorkItem.objects.get()
    assert (page.status_code, made["Location"]) == (200, f"/w/work/{item.pk}/")
    shown = cadre.get(made["Location"]).content.decode()
    assert all(word in shown for word in ("宣传引导", "督促实施", "有效执行", "分析评估", "还有 2 步没有办结"))
    assert f"/w/work/{item.pk}/leave/guide/" not in shown


def test_a_step_is_in_the_to_do_and_is_taken_with_one_sentence(mine):
    item = begun(mine)
    step = waiting(item)[0]
    chief = signed_in(mine.persons["chief"])
    address = f"/w/work/{item.pk}/steps/{step.duty_id}/"
    assert address in chief.get("/w/todo/").content.decode()
    assert chief.post(address, {"words": " "}).status_code == 422 and len(waiting(item)) == 2
    assert chief.post(address, {"words": "两个班的班前会上讲了"}).status_code == 302 and len(waiting(item)) == 1
    shown = chief.get(f"/w/work/{item.pk}/").content.decode()
    assert "两个班的班前会上讲了" in shown and "综采二队" in shown


def test_another_s_item_step_and_review_are_not_there(mine):
    item = begun(mine, units=("ZC1",))
    step = waiting(item)[0]
    stranger, worker = signed_in(mine.persons["labour"]), signed_in(mine.persons["correspondent"])
    for client in (stranger, worker, signed_in(mine.persons["admin"])):
        for path in ("", f"steps/{step.duty_id}/", "review/"):
            assert client.get(f"/w/work/{item.pk}/{path}").status_code == 404
        for path in (f"steps/{step.duty_id}/", "review/", "leave/guide/", "drop/", "down/"):
            assert client.post(f"/w/work/{item.pk}/{path}", {"words": "x"}).status_code == 404
        assert item.title not in client.get("/w/work/?state=").content.decode()
    other = owed(mine, "ZC1")
    chief = signed_in(mine.persons["chief"])
    assert chief.get(f"/w/work/{item.pk}/steps/{other.pk}/").status_code == 404
    assert chief.post(f"/w/work/{item.pk}/leave/guide/").status_code == 302
    assert WorkItem.objects.get().stage == "guide" and len(waiting(item)) == 1


@pytest.mark.parametrize("parts", [
    {"due": "很快"}, {"due": ""}, {"units": ["999999"]}, {"units": []}, {"units": ["x'); --"]}, {"lead": "admin"},
    {"title": ""}, {"title": "防" * 61}, {"aim": "\x00"}, {"cause": "matters/x"}, {"cause": "../../etc"},
])
def test_bad_input_is_refused_in_words_and_nothing_is_kept(mine, parts):
    given = {"title": "防冻", "aim": "有热水", "due": "2026-12-20", "lead": "cadre",
             "units": [str(mine.units["ZC1"].pk)]}
    answer = signed_in(mine.persons["cadre"]).post("/w/work/new/", given | parts)
    assert answer.status_code in (404, 422) and "Traceback" not in answer.content.decode()
    assert not WorkItem.objects.exists()


def test_unknown_states_stages_and_cursors_change_nothing(mine):
    item, cadre = begun(mine), signed_in(mine.persons["cadre"])
    for query in ("?after=x", "?after=2026-11-24.9999999999999999999999", "?state=%E4%B8%8D", "?after=2026-13-40.1"):
        assert cadre.get(f"/w/work/{query}").status_code == 200
    assert cadre.post(f"/w/work/{item.pk}/leave/nothing/").status_code == 302
    assert cadre.get(f"/w/work/{10**30}/").status_code == 404
    assert WorkItem.objects.get().stage == "guide"


def test_the_list_says_stage_and_lateness_and_pages_by_key(mine):
    for n in range(31):
        begun(mine, title=f"工作 {n}", days=10 + n)
    leader = signed_in(mine.persons["leader"])
    first = leader.get("/w/work/")
    assert len(first.context["rows"]) == 30 and "本环节 2 步，办了 0 步" in first.content.decode()
    assert len(leader.get(f"/w/work/?after={first.context['after']}").context["rows"]) == 1
    with clock.at(clock.now().replace(month=12, day=1)):
        late = signed_in(mine.persons["leader"]).get("/w/work/?state=late")
    assert "超期" in late.content.decode() and late.context["rows"]


def test_queries_do_not_grow_with_items_and_steps(mine):
    client = signed_in(mine.persons["cadre"])

    def asked(path):
        with CaptureQueriesContext(connection, ) as found:
            assert client.get(path).status_code == 200
        return len(found)

    item = begun(mine, units=("ZC1",))
    few = asked("/w/work/"), asked(f"/w/work/{item.pk}/")
    larger = begun(mine, units=("ZC1", "ZC2", "HQ", "LZ", "XF"))
    heads = {"ZC1": "chief", "ZC2": "chief2"}
    for step in waiting(larger):
        if step.part.unit.code in heads:
            taken(mine, step, by=heads[step.part.unit.code])
    for _n in range(8):
        begun(mine)
    many = asked("/w/work/"), asked(f"/w/work/{larger.pk}/")
    assert many[0] <= few[0] and many[1] <= few[1] and max(many) <= 40
