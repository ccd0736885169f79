"""The leader's first page (今日情况): every rate with its count, few voices hidden, units in their order."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.http import QueryDict

from sangesan.desk import figures, firsts, queries
from sangesan.desk.queries.today import Month, Week, month, weeks
from sangesan.execution.duties import services as duties
from sangesan.execution.routines.services.counting import count
from sangesan.feedback.matters import queries as matters
from sangesan.feedback.matters import services
from sangesan.feedback.matters.forms import Filtering
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.clocking import owed_next
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import Row
from sangesan.method import disclosure
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from tests.builders import heard, person, post, small_mine
from tests.duties import later, owed
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def dispatched(mine, urgency=2, importance=2, lead="HQ"):
    said = heard(unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=urgency, importance=importance)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units[lead].pk)
    return said


def row(kind, day, **content):
    return Row(1, kind, day, "matters/2026-AAAAAA", "QSL/", "", "system", clock.now(), 1, content)


def test_the_leader_sees_what_is_open_and_what_asks_for_attention(mine):
    urgent, plain = dispatched(mine, 3, 3), dispatched(mine, 1, 1)
    found = queries.today(mine.scope("leader"))
    assert (found.open.total, found.open.a) == (2, 1)
    assert [m.number for m in found.asking] == [urgent.number] and plain.number != urgent.number


def test_what_asks_for_attention_says_what_it_owes_first_as_the_board_does(mine):
    said = dispatched(mine, 3, 3)
    with clock.at(clock.now() + timedelta(hours=1)):
        name, until = queries.today(mine.scope("leader")).asking[0].owed
        page = signed_in(mine.persons["leader"]).get("/w/today/").content.decode()
        assert (name, until) == owed_next(Matter.objects.get(number=said.number)) and name == "签收"
        assert until < clock.now() and "签收" in page and "已超" in page


def test_a_danger_that_nobody_has_confirmed_asks_for_attention_before_any_promise_runs(mine):
    said = heard(unit="ZC1", danger=True)
    found = queries.today(mine.scope("leader")).asking
    assert [(m.number, m.owed) for m in found] == [(said.number, None)]
    row = signed_in(mine.persons["leader"]).get("/w/today/").content.decode().partition(said.number)[2]
    assert "待确认" in row.partition("</li>")[0] and "已超" not in row.partition("</li>")[0]


def test_what_runs_late_asks_for_attention(mine):
    said = dispatched(mine, 1, 1)
    with clock.at(clock.now() + timedelta(days=60)):
        found = queries.today(mine.scope("leader"))
    assert found.open.late == 1 and [m.number for m in found.asking] == [said.number]


def test_a_leader_s_own_cases_stand_on_the_first_page_with_their_day_and_nobody_else_s(mine):
    said, plain = dispatched(mine, 1, 1), dispatched(mine, 1, 1)
    services.take_on(scope=mine.scope("triage"), number=said.number, until=clock.today() + timedelta(days=30),
                     leader=mine.posts["leader"].pk, unit=mine.units["HQ"].pk, hands="周有田", task="每周见面一次",
                     duty="年底前化解")
    for days, word in ((1, "剩"), (37, "已超 7 天")):
        with clock.at(clock.now() + timedelta(days=days)):
            page = signed_in(mine.persons["leader"]).get("/w/today/").content.decode()
        own = page.partition("我的包案")[2].partition("</ul>")[0]
        assert said.number in own and "化解时限 12-24" in own and word in own and plain.number not in own
    other = person("3090", "党委书记", mine.units["QSL"])
    post("party", "党委书记", mine.units["QSL"], Role.LEADER, other)
    assert "我的包案" not in signed_in(other).get("/w/today/").content.decode()


def test_a_number_on_the_board_of_units_opens_to_as_many_matters(mine):
    """What is raised at a unit and led by another stands in the number of the one that leads it, and in its list."""
    for lead in ("LZ", "LZ", "HQ", "ZC1"):
        dispatched(mine, lead=lead)
    scope, seen = mine.scope("leader"), {}
    for tile in figures.tiles(queries.today(scope).tiles):
        form = Filtering(QueryDict(tile["url"].partition("?")[2]))
        seen[tile["word"]] = len(matters.page(scope, form.filters).rows)
        assert tile["value"] == seen[tile["word"]] == matters.shown(scope, form.filters).count(), tile
    assert seen["劳资科"] == 2 and seen["后勤科"] == 1


def test_units_stand_in_organisation_order_whatever_they_owe(mine):
    dispatched(mine, lead="LZ")
    tiles = queries.today(mine.scope("leader")).tiles
    owed = {t.name: t.open for t in tiles}
    assert owed["劳资科"] == 1 and owed["后勤科"] == 0
    first = [t.name for t in tiles]
    dispatched(mine, lead="HQ")
    dispatched(mine, lead="HQ")
    assert [t.name for t in queries.today(mine.scope("leader")).tiles] == first


def test_a_secretary_counts_only_what_is_in_reach(mine):
    dispatched(mine, lead="HQ")
    assert queries.board(mine.scope("logistics")).open.total == 1
    assert queries.board(mine.scope("assessor")).open.total == 0


@pytest.mark.chapter("V2")
def test_satisfaction_is_hidden_below_ten_answers():
    day = clock.today()
    nine = month([row("matter.rated", day, rating="satisfied", solved="yes") for _ in range(9)], day)
    ten = month([row("matter.rated", day, rating="satisfied", solved="yes") for _ in range(10)], day)
    assert nine.satisfied is None and ten.satisfied == 100


def test_a_rate_without_answers_is_no_rate():
    assert month([], clock.today()).on_time is None


@pytest.mark.chapter("V7")
def test_a_week_with_fewer_than_five_voices_is_not_shown():
    monday = clock.today() - timedelta(days=clock.today().weekday())
    day = monday - timedelta(days=3)
    crowd = [row("matter.received", day, mode="anonymous", channel="leaders") for _ in range(40)]
    assert weeks(crowd, monday, {})[-1].received is None
    some = crowd + [row("matter.received", day, mode="named", channel="leaders") for _ in range(4)]
    assert weeks(some, monday, {})[-1].received == 44
    assert weeks([], monday, {})[-1].received == 0
    told = [row("matter.received", day, mode="confidential", channel="correspondent") for _ in range(40)]
    assert weeks(told, monday, {one.subject: "one" for one in told})[-1].received is None, "one of them, forty times"


def test_a_hidden_week_is_said_in_words():
    day = clock.today()
    assert "不显示" in figures.volume_said([Week(day, ["named"] * 6), Week(day, ["named"])])


def test_change_is_said_in_words_and_painted_by_good_or_bad():
    assert "少 3 件" in figures.change(2, 5) and figures.paint(2, 5) == "good"
    assert "多 3 件" in figures.change(5, 2) and figures.paint(5, 2) == "bad"


@pytest.mark.chapter("V7")
def test_the_threshold_is_never_below_three():
    assert disclosure.cell(9, 2, threshold=1) is None and disclosure.cell(9, 3, threshold=1) == 9


def test_every_rate_has_its_counts_beside_it(mine):
    found = queries.today(mine.scope("leader"))
    full = type(found)(**{**found.__dict__, "month": Month(40, 39, found.month.rated, 0, 0)})
    rate = figures.keys(full)[2]
    assert rate["value"] == 97.5 and "40 件中 39 件" in rate["sub"]


def test_everybody_starts_at_their_own_work(mine):
    pages = {post: firsts.page_of(mine.scope(post)) for post in ("leader", "handler", "correspondent", "admin")}
    assert pages == {"leader": "/w/today/", "handler": "/w/todo/", "correspondent": "/w/report/",
                     "admin": "/w/organization/"}


@pytest.mark.parametrize(("post", "path", "status"), [
    ("leader", "/w/today/", 200), ("handler", "/w/today/", 403), ("handler", "/w/todo/", 200),
    ("admin", "/w/todo/", 200), ("correspondent", "/w/help/", 200), ("leader", "/w/search/?q=", 200),
])
def test_pages_answer_by_right(mine, post, path, status):
    assert signed_in(mine.persons[post]).get(path).status_code == status


def test_a_number_opens_its_matter_and_a_hidden_one_does_not(mine):
    said = dispatched(mine)
    typed = said.number[5:].lower()
    seen = signed_in(mine.persons["leader"]).get("/w/search/", {"q": f" {typed} "})
    assert seen.status_code == 302 and seen.url == f"/w/matters/{said.number}/"
    client, pages = signed_in(mine.persons["correspondent"]), []
    for number in (said.number, "2026-ZZZZZZ"):
        page = client.get("/w/search/", {"q": number}).content.decode().replace(number, "")
        pages.append(re.sub(r'(nonce|name="csrfmiddlewaretoken" value)="[^"]*"', "", page))
    assert pages[0] == pages[1]


def test_tasks_are_grouped_by_when_they_are_due(mine):
    said = dispatched(mine, 3, 3)
    board = queries.board(mine.scope("handler"))
    assert [t.url for t in board.today + board.week] == [f"/w/matters/{said.number}/"]
    with clock.at(clock.now() + timedelta(days=30)):
        late = queries.board(mine.scope("handler"))
    assert [t.url for t in late.today] == [f"/w/matters/{said.number}/"]
    assert len(board.days) == 7 and sum(d.here for d in board.days) == 1


def test_units_that_owe_something_this_month_are_named_with_counts_and_the_others_only_counted(mine):
    assert queries.month(mine.scope("leader")) is None
    first = clock.local(later(hours=24)).date().replace(day=1)
    owed(mine, title="核对考勤")
    duties.complete(duty=owed(mine, title="公布奖金"), actor=SYSTEM)
    duties.complete(duty=owed(mine, "ZC2", title="公布奖金"), actor=SYSTEM)
    with clock.at(later(hours=30)):
        count(first)
        found = queries.month(mine.scope("leader"))
        assert [(unit.name, unit.said) for unit in found.owing] == [("综采一队", "1/2")]
        assert (found.total, found.units, found.clear) == (1, 2, 1)
        assert queries.month(mine.scope("handler")) is None
        page = signed_in(mine.persons["leader"]).get("/w/today/")
    assert "本月应办落实" in page.text and "2 个单位，1 个都办了" in page.text
