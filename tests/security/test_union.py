"""The union's officers read what is the union's (工会只看本条线的事项): no box of others, by no way of seeing."""

from __future__ import annotations

import io
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from python_calamine import CalamineWorkbook

from sangesan.feedback.intake.queries import reception
from sangesan.feedback.intake.services import register, report
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Attachment, Matter, Reach, Unindexed
from sangesan.feedback.matters.queries.holders import holding
from sangesan.feedback.matters.services.indexing import index_due
from sangesan.feedback.matters.services.union import pass_on_due
from sangesan.feedback.triage.hot import topics
from sangesan.feedback.warning.queries.board import board
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Role, may
from sangesan.method.grading import Told, Where
from sangesan.organization.units.models import Coverage, Kind, Line
from tests.builders import START, heard, hire, small_mine, unit
from tests.doors import World
from tests.feedback.matters.test_api import LIST, bearer
from tests.files import jpeg
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]
OFFICERS = ("union", "workshop", "seated")


@pytest.fixture
def mine(noon):
    mine = small_mine()
    for code, name, kind, above, covers in (("GH", "青石岭矿工会", Kind.COMMITTEE, "QSL", "QSL"),
                                            ("GH1", "综采一队分会", Kind.BRANCH, "GH", "ZC1")):
        mine.units[code] = unit(code, name, kind, mine.units[above], Line.UNION)
        Coverage.objects.create(branch=mine.units[code], unit=mine.units[covers], since=START)
    hire(mine, "union", "工会干事", "GH", Role.UNION, "3090", line=Line.UNION)
    hire(mine, "workshop", "分会主席", "GH1", Role.UNION, "3091", head=True, line=Line.UNION)
    hire(mine, "seated", "工会干事", "QSL", Role.UNION, "3092")
    return mine


def sees(mine, post, number):
    scope, matter = mine.scope(post), Matter.objects.get(number=number)
    thing = queries.thing_of(matter)
    found = queries.visible(scope).filter(number=number).exists()
    assert found == may(scope, thing.keeper or Action.SEE, thing)
    return found


def answered(mine, first="triage", lead="HQ", supporting=(), **parts):
    number = heard(unit="ZC1", **parts).number
    services.grade(scope=mine.scope(first), number=number, urgency=2, importance=2)
    services.dispatch(scope=mine.scope(first), number=number, lead=mine.units[lead].pk,
                      supporting=[mine.units[code].pk for code in supporting])
    if lead == "HQ":
        services.sign_in(scope=mine.scope("handler"), number=number)
        services.draft(scope=mine.scope("handler"), number=number, text="办好了")
        services.approve(scope=mine.scope("logistics"), number=number)
    return number


def rows(answer):
    content = b"".join(answer.streaming_content)
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("who", OFFICERS)
def test_what_came_by_another_box_is_there_by_no_way_of_seeing(mine, who):
    other = answered(mine, text="绞车房屋顶漏水，写信的人是马六", photos=[jpeg()])
    waiting, late = heard("绞车房灯不亮", unit="ZC1").number, answered(mine, text="绞车房门坏了", lead="ZC1")
    index_due()
    scope, client = mine.scope(who), signed_in(mine.persons[who])
    matter = Matter.objects.get(number=other)
    picture = Attachment.objects.get(submission__matter=matter).pk
    assert not any(sees(mine, who, number) for number in (other, waiting, late))
    for path in ("", "identity/", f"photos/{picture}/", "papers/handling/", "call_back/", "grade/"):
        answer = client.get(f"/w/matters/{other}/{path}")
        absent = client.get(f"/w/matters/2026-ABCDEF/{path}")
        assert answer.status_code == absent.status_code and answer.status_code in (404, 405), path
    assert client.post(f"/w/matters/{other}/call_back/", {"reached": "1", "text": "问过"}).status_code == 404
    assert client.post(f"/w/matters/{other}/identity/", {"reason": "回访要用"}).status_code == 404
    for page in ("/w/matters/", "/w/todo/", "/w/triage/", "/w/warning/", "/w/calendar/", "/w/search/?q=绞车房",
                 f"/w/matters/?unit=ZC1&number={other}", "/w/notices/"):
        text = client.get(page, follow=True).content.decode()
        assert not any(said in text for said in (f"/w/matters/{other}/", late, "绞车房屋顶", "绞车房门")), page
    assert other not in str(rows(client.get("/w/matters/export.xlsx")))
    assert queries.page(scope).total == queries.find(scope, "绞车房").total == queries.open_now(scope).total == 0
    assert queries.figures(scope, START).received == queries.figures(scope, START).open == 0
    assert not queries.shown(scope).exists()
    assert queries.open_by_unit(scope) == queries.todo(scope) == queries.asking(scope) == topics(scope) == []
    assert queries.first_answer_spans(scope, START) == [] and queries.duties_waiting(scope) == 0
    assert [column.total for column in board(scope)] == [0, 0, 0]
    with pytest.raises(NotFound):
        services.call_back(scope=scope, number=other, reached=True, text="问过")
    api = bearer(mine, who)
    assert api.get(f"{LIST}/{other}").status_code == 404 and api.get(LIST).json()["items"] == []


@pytest.mark.parametrize("who", OFFICERS)
def test_the_union_follows_its_own_letter_after_it_handed_it_on(mine, who):
    number = answered(mine, first="union", text="绞车房夜班没人替", channel="union", name="马六")
    index_due()
    scope, client = mine.scope(who), signed_in(mine.persons[who])
    assert sees(mine, who, number) and [m.number for m in queries.page(scope).rows] == [number]
    assert queries.page(scope, queries.Filters(unit=mine.units["HQ"].pk)).total == 1
    assert queries.find(scope, "绞车房").total == 1 and queries.figures(scope, START).received == 1
    assert [task.name for task in queries.todo(scope)] == ["回访"] and queries.duties_waiting(scope) == 1
    assert queries.open_now(scope).total == 1 and len(queries.first_answer_spans(scope, START)) == 1
    assert number in client.get("/w/todo/").content.decode()
    assert number in str(rows(client.get("/w/matters/export.xlsx")))
    assert [row["number"] for row in bearer(mine, who).get(LIST).json()["items"]] == [number]
    services.call_back(scope=scope, number=number, reached=True, text="问过，满意")
    assert Matter.objects.get(number=number).called_back_at is not None


def test_its_letters_stand_on_its_board_and_a_danger_told_to_it_too(mine):
    number = answered(mine, first="union", text="绞车房夜班没人替", channel="union", lead="ZC1")
    danger = heard("架棚要倒", unit="ZC1", channel="union", danger=True).number
    assert sum(column.total for column in board(mine.scope("union"))) == 2
    assert sees(mine, "union", danger) and sees(mine, "workshop", number)


def test_what_the_union_left_lying_stays_its_own_when_the_office_has_it(mine):
    number = heard("想让工会管管加班", unit="ZC1", channel="union").number
    pass_on_due(day=clock.today() + timedelta(days=30))
    assert sees(mine, "union", number) and sees(mine, "triage", number)
    assert not sees(mine, "workshop", number) and not sees(mine, "chief", number), "before the dispatch the mine alone"


def test_a_letter_whose_place_is_corrected_stays_the_union_s(mine):
    number = heard("想让工会管管加班", unit="ZC1", channel="union").number
    services.describe(scope=mine.scope("union"), number=number, unit=mine.units["ZC2"].pk)
    services.dispatch(scope=mine.scope("union"), number=_graded(mine, "union", number), lead=mine.units["ZC2"].pk)
    assert sees(mine, "union", number) and not sees(mine, "workshop", number)


def _graded(mine, who, number):
    services.grade(scope=mine.scope(who), number=number, urgency=1, importance=1)
    return number


def test_proposals_are_the_union_s_and_what_it_registered_itself_but_not_slips_and_records_of_others(mine):
    extra = {"session": "十一届三次", "seconders": 3}
    said = [register(scope=mine.scope(by), channel=channel, text="绞车房修一修", key=f"{n}" * 32, name="马六",
                     unit="ZC1", extra=more).number
            for n, (by, channel, more) in enumerate((
                ("cadre", "proposal", extra), ("union", "letter", {}), ("union", "visit", {}), ("cadre", "letter", {}),
                ("union", "upper", {"sender": "集团公司信访办", "document": "集信转〔2026〕12 号"})))]
    assert [sees(mine, "union", number) for number in said] == [True, True, True, False, False]


def test_reports_of_the_union_s_correspondents_are_the_union_s(mine):
    hire(mine, "group", "劳动保护信息员", "ZC1J", Role.CORRESPONDENT, "3093", line=Line.UNION)
    theirs, other = (report(scope=mine.scope(who), text=f"绞车房{who}", key=who.ljust(32, "x"), unit="ZC1").number
                     for who in ("group", "correspondent"))
    assert sees(mine, "union", theirs) and not sees(mine, "union", other)


@pytest.mark.parametrize(("lead", "supporting"), [("GH", ()), ("ZC1", ("GH",))])
def test_the_union_reads_what_one_of_its_units_has_in_hand_and_what_was_joined_to_it(mine, lead, supporting):
    number = answered(mine, text="绞车房没有热水", lead=lead, supporting=supporting)
    joined = heard("绞车房洗澡水凉", unit="ZC1").number
    services.merge(scope=mine.scope("triage"), number=joined, into=number)
    assert sees(mine, "union", number) and sees(mine, "union", joined)
    assert not sees(mine, "workshop", number), "the way of the committee is not the workshop's"
    assert set(Reach.objects.filter(matter__number=number, line="union").values_list("unit__code", flat=True)) == {
        "GH", "QSL"}


def test_what_is_joined_to_the_union_s_letter_from_another_box_is_not_the_union_s(mine):
    number = answered(mine, first="union", text="绞车房夜班没人替", channel="union", lead="ZC1")
    joined = heard("绞车房夜班缺人", unit="ZC1").number
    services.merge(scope=mine.scope("triage"), number=joined, into=number)
    assert sees(mine, "union", number) and not sees(mine, "union", joined) and sees(mine, "chief", joined)
    page = signed_in(mine.persons["union"]).get(f"/w/matters/{number}/").content.decode()
    assert "缺人" not in page and f"/w/matters/{joined}/" not in page


def test_whoever_the_table_names_in_the_union_is_told_of_the_union_s_matters_alone(mine):
    number = answered(mine, text="绞车房没有热水")
    own = answered(mine, first="union", text="绞车房夜班没人替", channel="union")
    wanted = [Told(Role.UNION, Where.MINE), Told(Role.DUTY, Where.MINE)]
    other, theirs = (holding(Matter.objects.get(number=one), wanted) for one in (number, own))
    assert other == {mine.persons["duty"].pk}
    assert theirs == {mine.persons[who].pk for who in ("duty", *OFFICERS)}


@pytest.mark.parametrize("who", OFFICERS)
def test_the_record_of_a_reception_day_is_the_office_s(noon, tmp_path, who):
    world = World(tmp_path)
    hire(world.mine, who, "工会干事", "QSL", Role.UNION, "3095", line=Line.UNION)
    day = world.day
    assert reception.receptions(world.scope("triage")).exists() and not reception.receptions(world.scope(who)).exists()
    client = world.client(who)
    assert client.get(f"/w/reception/{day.pk}/").status_code == 404
    assert client.get("/w/reception/plan/").status_code == 403
    page = client.get("/w/reception/").content.decode()
    assert "没有归您办的接待日" in page and "还没有排接待日" not in page
    assert 'href="/w/reception/"' not in page and 'href="/w/register/"' in page
    assert 'href="/w/reception/"' in world.client("triage").get("/w/todo/").content.decode()
    assert 'href="/w/reception/"' in world.client("cadre").get("/w/todo/").content.decode()


def test_old_letters_of_the_union_s_channels_become_its_own_and_what_its_units_have_in_hand(mine):
    own = answered(mine, first="union", text="绞车房夜班没人替", channel="union")
    led, other = answered(mine, text="绞车房没有热水", lead="GH"), answered(mine, text="绞车房屋顶漏水")
    Matter.objects.update(line="")
    Reach.objects.update(line="")
    Unindexed.objects.all().delete()
    assert not any(sees(mine, "union", number) for number in (own, led, other))
    import_module("sangesan.feedback.matters.migrations.0017_lines_of_channels").own(apps, None)
    assert [sees(mine, "union", number) for number in (own, led, other)] == [True, True, False]
    assert set(Unindexed.objects.values_list("matter__number", flat=True)) == {own, led}
