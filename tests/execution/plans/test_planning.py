"""Weekly plans (周作业计划): drafted by the system, confirmed with one tap, checked on Friday, carried over openly."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty, Happening, Origin
from sangesan.execution.plans import queries, services
from sangesan.execution.plans.models import Plan, PlanLine
from sangesan.foundation import clock, door
from sangesan.foundation.errors import Conflict, NotFound, UserError
from sangesan.ledger.evidence.queries import text_of
from sangesan.ledger.facts.queries import entries
from tests.builders import small_mine
from tests.duties import owed
from tests.meetings import committee, held
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S2a")]
WEEK, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


@pytest.fixture
def mine(noon):
    return committee(small_mine())


def drafted(mine, week=WEEK, who="secretary", unit="ZB1", line="party") -> Plan:
    return services.draft(scope=mine.scope(who), unit=mine.units[unit].pk, line=line, week=week)


def texts(plan: Plan) -> list[str]:
    return [one.line.text for one in queries.lines_of(plan) if not one.line.struck]


def routine(mine, **parts) -> Duty:
    duty = owed(mine, "ZB1", "party", **{"subject": "routines/x", "title": "上党课", "hours": 40} | parts)
    Origin.objects.filter(pk=duty.origin_id).update(lapses=True)
    return duty


def test_a_plan_is_drafted_from_routines_decisions_and_orders_and_nothing_is_typed(mine):
    routine(mine)
    held(mine, decisions=(("奖金先公示后发放", "secretary", 2),))
    owed(mine, "ZB1", "party", title="核对党员名册", hours=60)
    owed(mine, "ZB1", "party", title="下周的事", hours=24 * 8)
    owed(mine, "ZC1", title="别的单位的事", hours=24)
    plan = drafted(mine)
    assert [(one.line.text, one.line.source) for one in queries.lines_of(plan)] == [
        ("上党课", "routine"), ("奖金先公示后发放", "decision"), ("核对党员名册", "assigned")]
    again = drafted(mine)
    assert again.pk == plan.pk and PlanLine.objects.count() == 3


def test_two_who_open_the_week_at_once_fill_it_once(mine):
    owed(mine, "ZB1", "party", title="一")
    with CaptureQueriesContext(connection) as asked:
        drafted(mine)
    locks = [n for n, one in enumerate(asked) if "FOR UPDATE" in one["sql"] and "plans_plan" in one["sql"]]
    reads = [n for n, one in enumerate(asked) if one["sql"].startswith("SELECT") and "plans_planline" in one["sql"]]
    assert not connection.features.has_select_for_update or locks[0] < reads[0]


def test_what_came_after_the_draft_is_taken_up_until_it_is_confirmed(mine):
    owed(mine, "ZB1", "party", title="一")
    plan = drafted(mine)
    owed(mine, "ZB1", "party", title="二", subject="meetings/2")
    assert texts(drafted(mine)) == ["一", "二"]
    services.confirm(scope=mine.scope("secretary"), plan=plan.pk)
    owed(mine, "ZB1", "party", title="三", subject="meetings/3")
    assert texts(drafted(mine)) == ["一", "二"]


def test_one_tap_confirms_makes_own_lines_duties_and_fulfils_the_routine(mine):
    asked = owed(mine, "ZB1", "party", kind="weekly_plan", subject="routines/plan", title="周计划")
    plan = drafted(mine)
    assert texts(plan) == []
    services.add(scope=mine.scope("secretary"), plan=plan.pk, text="看望住院职工", due=date(2026, 11, 26))
    services.confirm(scope=mine.scope("secretary"), plan=plan.pk)
    made = Duty.objects.get(origin__kind="plan_line")
    assert (made.origin.title, clock.local(made.due).date(), made.post) == ("看望住院职工", date(2026, 11, 26), None)
    assert Happening.objects.get(duty=asked).what == "done"
    fact = next(entries(kinds=["plan.confirmed"]))
    assert (fact.content["quantity"], fact.content["week"]) == (1, "2026-11-23")
    assert json.loads(text_of(fact.content["words"]))["lines"][0]["text"] == "看望住院职工"
    with pytest.raises(Conflict):
        services.confirm(scope=mine.scope("secretary"), plan=plan.pk)
    services.add(scope=mine.scope("secretary"), plan=plan.pk, text="补一件")
    assert Duty.objects.filter(origin__kind="plan_line").count() == 2


def test_a_line_is_struck_with_a_reason_and_only_an_own_one_takes_its_duty_along(mine):
    owed(mine, "ZB1", "party", title="上级交办")
    plan = drafted(mine)
    own = services.add(scope=mine.scope("secretary"), plan=plan.pk, text="自己的")
    services.confirm(scope=mine.scope("secretary"), plan=plan.pk)
    given = plan.lines.get(text="上级交办")
    with pytest.raises(UserError, match="没有写"):
        services.strike(scope=mine.scope("secretary"), plan=plan.pk, line=given.pk, reason=" ")
    for line in (given, own):
        services.strike(scope=mine.scope("secretary"), plan=plan.pk, line=line.pk, reason="下井带班")
    assert texts(plan) == []
    own.refresh_from_db()
    assert [h.duty_id for h in Happening.objects.filter(what="cancelled")] == [own.duty_id]
    with pytest.raises(Conflict):
        services.strike(scope=mine.scope("secretary"), plan=plan.pk, line=own.pk, reason="再划")


def test_on_friday_what_is_undone_gets_a_reason_and_goes_over_as_often_as_it_takes(mine):
    plan = drafted(mine)
    for text in ("办完的", "没办完的"):
        services.add(scope=mine.scope("secretary"), plan=plan.pk, text=text)
    services.confirm(scope=mine.scope("secretary"), plan=plan.pk)
    one, two = plan.lines.all()
    with pytest.raises(UserError, match="还没有到周五"):
        services.check(scope=mine.scope("secretary"), plan=plan.pk)
    with clock.at(FRIDAY):
        with pytest.raises(UserError, match="没办的原因"):
            services.check(scope=mine.scope("secretary"), plan=plan.pk, done={one.pk: ""})
        services.check(scope=mine.scope("secretary"), plan=plan.pk, done={one.pk: "已办"}, undone={two.pk: "等材料"})
        with pytest.raises(Conflict):
            services.check(scope=mine.scope("secretary"), plan=plan.pk)
    fact = next(entries(kinds=["plan.checked"]))
    assert (fact.content["done"], fact.content["quantity"]) == (1, 2)
    for weeks in (1, 2):
        week = WEEK + timedelta(weeks=weeks)
        with clock.at(week):
            following = drafted(mine, week)
            line = following.lines.get()
            assert (line.text, line.source, line.carried, line.duty_id) == ("没办完的", "carried", weeks, two.duty_id)
            services.confirm(scope=mine.scope("secretary"), plan=following.pk)
    assert "已转入 2 次" == line.openly


def test_what_has_a_page_of_its_own_is_not_said_to_be_done_on_friday(mine):
    friday = datetime.combine(FRIDAY, time(18), clock.LOCAL)
    duty = owed(mine, "ZB1", "party", kind="study", subject="routines/XX-D", title="党团活动日", due=friday)
    plan = drafted(mine)
    services.confirm(scope=mine.scope("secretary"), plan=plan.pk)
    line = plan.lines.get(duty=duty)
    with clock.at(FRIDAY):
        with pytest.raises(UserError, match="要在它自己的页面办"):
            services.check(scope=mine.scope("secretary"), plan=plan.pk, done={line.pk: ""})
        page = signed_in(mine.persons["secretary"]).get(f"/w/{plan.subject}/").content.decode()
        assert "办完了，去登记" in page and f"l{line.pk}_done" not in page and f"l{line.pk}_said" in page
        services.check(scope=mine.scope("secretary"), plan=plan.pk, undone={line.pk: "停产检修"})
    assert not Happening.objects.filter(duty=duty).exists()


def test_a_refused_check_leaves_nothing_half_done(mine):
    plan = drafted(mine)
    for text in ("一", "二"):
        services.add(scope=mine.scope("secretary"), plan=plan.pk, text=text)
    services.confirm(scope=mine.scope("secretary"), plan=plan.pk)
    one = plan.lines.first()
    with clock.at(FRIDAY), pytest.raises(UserError):
        services.check(scope=mine.scope("secretary"), plan=plan.pk, done={one.pk: ""})
    assert not Happening.objects.filter(what="done").exists() and Plan.objects.get().checked_at is None


def test_a_routine_of_last_week_does_not_go_over(mine):
    routine(mine)
    services.confirm(scope=mine.scope("secretary"), plan=drafted(mine).pk)
    with clock.at(WEEK + timedelta(weeks=1)):
        assert texts(drafted(mine, WEEK + timedelta(weeks=1))) == []


@pytest.mark.parametrize("step", [
    lambda m, s: drafted(m, WEEK - timedelta(weeks=1)), lambda m, s: drafted(m, WEEK + timedelta(weeks=2)),
    lambda m, s: drafted(m, WEEK + timedelta(days=1)),
    lambda m, s: services.add(scope=s, plan=drafted(m).pk, text="长" * 121),
    lambda m, s: services.add(scope=s, plan=drafted(m).pk, text="坏\x00字"),
    lambda m, s: services.add(scope=s, plan=drafted(m).pk, text="昨天", due=date(2026, 11, 23)),
    lambda m, s: services.add(scope=s, plan=drafted(m).pk, text="下周", due=date(2026, 11, 30)),
    lambda m, s: services.strike(scope=s, plan=drafted(m).pk, line=10**30, reason="x"),
    lambda m, s: services.check(scope=s, plan=drafted(m).pk),
])
def test_what_cannot_be_planned_is_refused(mine, step):
    with pytest.raises(UserError):
        step(mine, mine.scope("secretary"))
    assert not list(entries(kinds=["plan.confirmed", "plan.checked"])) and not PlanLine.objects.exists()


def test_a_plan_is_made_by_its_own_unit_and_seen_from_above(mine):
    plan = drafted(mine)
    for who in ("secretary2", "chief", "admin", "assessor"):
        with pytest.raises(NotFound):
            drafted(mine, who=who)
        with pytest.raises(NotFound):
            services.confirm(scope=mine.scope(who), plan=plan.pk)
    seen = {who for who in mine.persons if queries.plans(mine.scope(who)).filter(pk=plan.pk).exists()}
    assert {"secretary", "party", "leader", "cadre"} <= seen and not seen & {"secretary2", "logistics", "admin"}
    assert door.open(mine.scope("secretary2"), f"plans/{plan.pk}") is None
    assert door.open(mine.scope("party"), f"plans/{plan.pk}") == plan


def test_the_week_in_the_browser_needs_one_tap(mine):
    asked = owed(mine, "ZB1", "party", kind="weekly_plan", subject="routines/plan", title="周计划")
    owed(mine, "ZB1", "party", title="核对党员名册", subject="meetings/9")
    web = signed_in(mine.persons["secretary"])
    assert f"/w/plans/of/{asked.pk}/" in web.get("/w/todo/").content.decode()
    assert "核对党员名册" in web.get(f"/w/plans/of/{asked.pk}/").content.decode()
    assert not Plan.objects.exists(), "looking at what is to come stores nothing"
    done = web.post(f"/w/plans/of/{asked.pk}/", {"do": "confirm"})
    assert done.status_code == 302 and "核对党员名册" in web.get(done["Location"]).content.decode()
    assert "已确认" in web.get("/w/plans/").content.decode()
    assert not Duty.objects.filter(pk=asked.pk).exclude(pk__in=Happening.objects.values("duty")).exists()


def test_a_line_that_is_sent_twice_stands_there_once(mine):
    plan, web = drafted(mine), signed_in(mine.persons["secretary"])
    said = {"text": "看望住院职工", "due": f"{plan.friday}", "csrfmiddlewaretoken": "x" * 64}
    with clock.at(plan.week):
        web = signed_in(mine.persons["secretary"])
        pages = [web.get(web.post(f"/w/plans/{plan.pk}/add/", said)["Location"]).content.decode() for _ in range(2)]
    assert texts(plan).count("看望住院职工") == 1 and all("已添上" in page for page in pages)


@pytest.mark.parametrize("who", ["secretary2", "logistics", "admin"])
def test_another_s_plan_is_a_404_at_every_address(mine, who):
    plan, web = drafted(mine), signed_in(mine.persons[who])
    assert web.get(f"/w/plans/{plan.pk}/").status_code == 404
    for step in ("add", "confirm", "check", "lines/1/strike"):
        assert web.post(f"/w/plans/{plan.pk}/{step}/").status_code == 404
    for sent in ({"unit": mine.units["ZB1"].pk, "line": "party"}, {"unit": "x"}, {"unit": "9" * 40}, {}):
        assert web.post("/w/plans/draft/", sent).status_code == 404
    assert web.get("/w/plans/of/99999999999999999999/").status_code == 404


def test_the_pages_ask_no_query_per_row(mine):
    def asked(plan: Plan) -> list[int]:
        web, counts = signed_in(mine.persons["secretary"]), []
        for address in ("/w/plans/", f"/w/plans/{plan.pk}/", "/w/plans/?week=nonsense", "/w/plans/?week=2026-13-99"):
            web.get(address)
            with CaptureQueriesContext(connection) as found:
                assert web.get(address).status_code == 200
            counts.append(len(found))
        return counts

    owed(mine, "ZB1", "party", title="一")
    few = asked(plan := drafted(mine))
    for n in range(12):
        owed(mine, "ZB1", "party", title=f"事{n}", subject=f"meetings/{n + 2}")
    drafted(mine)
    drafted(mine, who="secretary2", unit="ZB2")
    many = asked(plan)
    assert all(b <= a + 1 for a, b in zip(few, many, strict=True)) and max(many) <= 32, (few, many)


def test_a_duty_done_elsewhere_is_done_on_the_plan(mine):
    duty = owed(mine, "ZB1", "party", title="核对党员名册")
    services.confirm(scope=mine.scope("secretary"), plan=drafted(mine).pk)
    duties.complete(duty=duty, actor=mine.scope("secretary").actor)
    assert [(b.lines, b.done) for b in queries.board(mine.scope("party"), WEEK)] == [(1, 1)]


def test_what_came_since_the_draft_is_shown_and_goes_in_with_the_confirmation(mine):
    asked = owed(mine, "ZB1", "party", kind="weekly_plan", subject="routines/plan", title="周计划")
    owed(mine, "ZB1", "party", title="核对党员名册", subject="meetings/9")
    plan, web = drafted(mine), signed_in(mine.persons["secretary"])
    assert web.get(f"/w/plans/of/{asked.pk}/")["Location"] == f"/w/{plan.subject}/"
    owed(mine, "ZB1", "party", title="补上队务公开", subject="meetings/10")
    shown = web.get(f"/w/plans/of/{asked.pk}/").content.decode()
    assert "又来了 1 件" in shown and "补上队务公开" in shown and plan.lines.count() == 1
    address, other = f"/w/plans/of/{asked.pk}/", signed_in(mine.persons["secretary2"])
    assert other.get(address).status_code == other.post(address).status_code == 404
    web.post(address, {"do": "confirm"})
    assert texts(plan) == ["核对党员名册", "补上队务公开"] and Plan.objects.get().confirmed_at


def test_a_week_with_nothing_due_is_confirmed_with_one_tap_and_no_line_made_up(mine):
    asked = owed(mine, "ZB1", "party", kind="weekly_plan", subject="routines/plan", title="周计划")
    web, address = signed_in(mine.persons["secretary"]), f"/w/plans/of/{asked.pk}/"
    assert "确认计划" in web.get(address).content.decode()
    assert web.post(address, {"do": "confirm"}).status_code == 302
    assert Plan.objects.get().confirmed_at and not PlanLine.objects.exists()
    assert Happening.objects.get(duty=asked).what == "done"


def test_a_line_that_was_struck_is_put_on_the_plan_again_by_the_page_it_came_from(mine):
    plan, client = drafted(mine), signed_in(mine.persons["secretary"])
    sent = {"text": "看望住院职工", "due": "2026-11-26", "above": "", "csrfmiddlewaretoken": "x" * 64}
    for turn in (1, 2):
        for _press in range(2):
            client.post(f"/w/plans/{plan.pk}/add/", sent)
        assert texts(plan) == ["看望住院职工"] and PlanLine.objects.count() == turn
        line = PlanLine.objects.get(struck="")
        services.strike(scope=mine.scope("secretary"), plan=plan.pk, line=line.pk, reason="下井带班")
