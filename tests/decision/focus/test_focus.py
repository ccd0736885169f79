"""Leading group and yearly focus (领导小组、工作重点): decided, known to all, passed on into plans and publicity."""

from __future__ import annotations

from datetime import date

import pytest

from sangesan.decision.focus import queries, services
from sangesan.decision.focus.models import Focus, Seat
from sangesan.execution.plans import services as plans
from sangesan.execution.plans.models import PlanLine
from sangesan.execution.publicity.models import Campaign
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.models import Body
from sangesan.method.authority import NOBODY
from tests.builders import small_mine
from tests.meetings import called, committee
from tests.publicities import planned
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("N4")]
MONDAY = date(2026, 11, 23)
TITLE = "冬季防寒和热水供应"


@pytest.fixture
def mine(noon):
    return small_mine()


def focus(mine, who="cadre", **parts):
    said = {"year": 2026, "title": TITLE, "post": "logistics", "decided_by": "党委会 2026-01-08"} | parts
    return services.set_focus(scope=mine.scope(who), **said)


def seat(mine, post="leader", kind="head"):
    return services.join(scope=mine.scope("cadre"), post=post, seat=kind, decided_by="党委会 2026-01-08")


def test_a_focus_names_who_leads_it_and_which_meeting_decided_it_and_all_may_read_it(mine):
    made = focus(mine)
    fact = Body.objects.get(kind="focus.set")
    assert (fact.subject, fact.actor) == (made.subject, "post:cadre") and made.number == 1
    for who in ("chief", "correspondent", "handler", "leader"):
        assert [one.title for one in queries.of_year(mine.scope(who), 2026)] == [TITLE]
    assert queries.of_year(NOBODY, 2026) == []
    with pytest.raises(NotFound):
        queries.focus_for(NOBODY, made.pk)


def test_a_meeting_it_was_decided_in_is_linked_and_one_out_of_sight_is_refused(mine):
    meeting = called(committee(mine))
    made = focus(mine, meeting=meeting.subject)
    shown = signed_in(mine.persons["cadre"]).get(f"/w/focus/{made.pk}/").content.decode()
    assert f"/w/{meeting.subject}/" in shown
    hidden = signed_in(mine.persons["correspondent"]).get(f"/w/focus/{made.pk}/").content.decode()
    assert f"/w/{meeting.subject}/" not in hidden
    for wrong in ("meetings/1", "matters/2026-ABCDEF", "nothing"):
        with pytest.raises(UserError):
            focus(mine, meeting=wrong)


@pytest.mark.parametrize("parts", [
    {"year": 2025}, {"year": 2028}, {"title": " "}, {"title": "长" * 61}, {"post": "nobody"}, {"post": "handler"},
    {"decided_by": ""}, {"content": "长" * 501}, {"title": "a\x00"},
])
def test_a_focus_that_cannot_be_is_refused_and_nothing_is_kept(mine, parts):
    with pytest.raises(UserError):
        focus(mine, **parts)
    assert not Focus.objects.exists() and not Body.objects.filter(kind="focus.set").exists()


def test_a_year_has_twelve_at_most_and_one_that_ended_makes_room(mine):
    made = [focus(mine, title=f"重点{n}") for n in range(12)]
    with pytest.raises(UserError, match="没有保存"):
        focus(mine)
    services.end(scope=mine.scope("leader"), focus=made[3].pk, why="已经办完")
    assert focus(mine).number == 13 and Body.objects.get(kind="focus.ended").subject == made[3].subject
    with pytest.raises(Conflict):
        services.end(scope=mine.scope("leader"), focus=made[3].pk, why="再来一次")


def test_only_leaders_and_the_party_work_department_keep_it(mine):
    made = focus(mine)
    for who in ("chief", "secretary", "assessor", "admin"):
        for do in (lambda w: focus(mine, w), lambda w: services.end(scope=mine.scope(w), focus=made.pk, why="试"),
                   lambda w: services.leave(scope=mine.scope(w), seat=1)):
            with pytest.raises(Forbidden):
                do(who)


def test_the_leading_group_has_one_head_and_its_seats_follow_posts(mine):
    head = seat(mine)
    seat(mine, "logistics", "member")
    for post, kind in (("chief", "head"), ("logistics", "deputy"), ("chief", "chair")):
        with pytest.raises(UserError):
            seat(mine, post, kind)
    assert [(row.word, name) for row, name in queries.group(mine.scope("chief"))] == [
        ("组长", "王安民"), ("成员", "周有田")]
    services.leave(scope=mine.scope("cadre"), seat=head.pk)
    assert seat(mine, "chief", "head").seat == "head" and Seat.objects.count() == 3
    assert Body.objects.filter(kind="group.left").count() == 1


def test_it_is_passed_on_by_publicity_and_a_week_s_line_names_it(mine):
    made = focus(mine)
    assert planned(mine, cause=made.subject).cause == made.subject == Campaign.objects.get().cause
    plan = plans.draft(scope=mine.scope("secretary"), unit=mine.units["ZB1"].pk, line="party", week=MONDAY)
    me, at = signed_in(mine.persons["secretary"]), f"/w/plans/{plan.pk}/"
    assert TITLE in me.get(at).content.decode()
    line = {"text": "查更衣室暖气", "due": clock.today().isoformat(), "above": made.subject}
    assert me.post(f"{at}add/", line).status_code == 302
    assert PlanLine.objects.get(text="查更衣室暖气").above == made.subject
    assert f"/w/{made.subject}/" in me.get(at).content.decode()
    me.post(f"{at}add/", line | {"text": "假的", "above": "focus/999"})
    assert not PlanLine.objects.filter(text="假的").exists()


def test_it_stands_on_the_leaders_page_and_is_kept_on_its_own(mine):
    leader = signed_in(mine.persons["leader"])
    form = {"year": 2026, "title": TITLE, "post": "logistics", "decided_by": "党委会 2026-01-08", "content": "暖气先通"}
    assert leader.post("/w/focus/new/", form | {"year": "x"}).status_code == 422
    assert leader.post("/w/focus/new/", form).status_code == 302
    assert TITLE in leader.get("/w/today/").content.decode() and TITLE in leader.get("/w/focus/").content.decode()
    sits = {"post": "leader", "seat": "head", "decided_by": "党委会"}
    assert leader.post("/w/focus/group/", sits).status_code == 302
    assert leader.post("/w/focus/group/", sits).status_code == 422
    for odd in ("0202699999999", "2026" * 9, "１９９９", "-1"):
        assert "<h1>2026 年工作重点" in leader.get("/w/focus/", {"year": odd}).content.decode(), odd
    assert "组长" in leader.get("/w/focus/?year=2026").content.decode()
    assert signed_in(mine.persons["chief"]).post("/w/focus/new/", form).status_code in (403, 422)
    assert Focus.objects.count() == 1
    for odd in ("9" * 30, "-1", "x"):
        assert leader.get("/w/focus/", {"year": odd}).status_code == 200
