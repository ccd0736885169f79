"""Objections: three working days, by the unit, on one line; decided by somebody without a part in it."""

import re
from datetime import date, timedelta

import pytest

from sangesan.appraisal.publication import queries, services
from sangesan.appraisal.publication.models import Appeal, Publication, Ruling
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.models import Run, Score
from sangesan.desk import queries as desk
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts import queries as ledger
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM, Actor, MatterAnswered
from sangesan.organization.calendar import services as days
from sangesan.organization.notices.models import Notice
from sangesan.procedures import nightly, reactions
from tests.builders import hire, small_mine
from tests.facts import DAY, altered, answered, at, closed, overdue
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
WORDS = "当天下午三点已经答复，登记晚了"
WHY = "调阅了答复单，签收时间是十五时"


@pytest.fixture
def mine(noon):
    days.seed(year=2026)
    days.confirm(year=2026, actor=SYSTEM)
    return small_mine()


@pytest.fixture
def late(mine):
    """综采一队 answered one matter in time and one late; the day is published."""
    answered("ZC1", "2026-AAAAA1")
    wrong = answered("ZC1", "2026-AAAAA2", in_time=0)
    nightly.run(DAY)
    return wrong


def run():
    return Run.objects.filter(period="day").order_by("-pk")[0]


def objected(mine, post="chief", **more):
    parts = {"run": run().pk, "code": "ZC1", "indicator": "answered_in_time", "text": WORDS} | more
    return services.file(scope=mine.scope(post), **parts)


def final(code="ZC1"):
    return Score.objects.get(run=run(), unit__code=code).final


@pytest.mark.chapter("P1c")
def test_an_upheld_objection_is_reversed_righted_and_revises_the_run(mine, late):
    first = run()
    assert final() == 5000
    made = objected(mine, about=late)
    services.decide(scope=mine.scope("cadre"), number=made.number, upheld=True, reason=WHY, remedy={late: "in_time"})
    assert final() == 10_000 and run().revises == first and Publication.objects.filter(run=run()).exists()
    facts = ledger.history("matters/2026-AAAAA2")
    assert [f.kind for f in facts] == ["matter.answered", "fact.reversed", "matter.answered"]
    right = facts[-1]
    assert right.content["in_time"] == 1 and right.day == DAY and right.actor == "post:cadre"
    assert right.occurred_at == facts[0].occurred_at and right.unit == facts[0].unit
    assert Score.objects.get(run=first, unit__code="ZC1").final == 5000
    told = [f.kind for f in ledger.entries(subject=made.subject)]
    assert told == ["objection.filed", "objection.decided"]


def test_a_result_that_was_corrected_says_so_and_leads_to_the_newer_one(mine, late, client):
    first = run()
    made = objected(mine, about=late)
    services.decide(scope=mine.scope("cadre"), number=made.number, upheld=True, reason=WHY, remedy={late: "in_time"})
    with clock.at(at(date(2026, 12, 20))):
        assert queries.standing(first).replaced == run() and not queries.standing(first).final
        assert queries.standing(run()).final
        staff = signed_in(mine.persons["chief"])
        for reader, address, way in ((client, f"/results/{first.pk}/ZC1/", "/results/?day="),
                                     (staff, f"/w/results/{first.pk}/ZC1/", "/w/results/?day=")):
            page = reader.get(address).content.decode()
            assert "已更正，这里是原来的结果" in page and f'href="{way}2026-11-23"' in page and "最终结果" not in page


def test_an_objection_that_is_refused_changes_no_fact(mine, late):
    made, before = objected(mine), run()
    services.decide(scope=mine.scope("cadre"), number=made.number, upheld=False, reason=WHY)
    assert run() == before and not list(ledger.entries(kinds=["fact.reversed"]))
    assert queries.appeal_for(mine.scope("chief"), made.number).reason == WHY


def test_a_result_is_final_when_three_working_days_are_over_and_nothing_waits(mine, late):
    made = objected(mine)
    now = queries.standing(run())
    assert now.until == date(2026, 11, 27) and now.open and now.waiting == 1 and not queries.final(run())
    with clock.at(clock.now() + timedelta(days=4)):
        assert not queries.standing(run()).open and not queries.final(run())
        services.decide(scope=mine.scope("cadre"), number=made.number, upheld=False, reason=WHY)
        assert queries.final(run())
        with pytest.raises(Conflict, match="没有提交"):
            objected(mine, about=late)


def test_while_the_calendar_is_not_confirmed_the_window_stays_open(mine):
    with clock.at(at(date(2026, 12, 31))):
        answered("ZC1", day=date(2026, 12, 30))
        nightly.run(date(2026, 12, 30))
        assert queries.standing(run()).until is None and queries.standing(run()).open
    with clock.at(at(date(2027, 1, 20))):
        assert not queries.final(run())
        days.seed(year=2027)
        days.confirm(year=2027, actor=SYSTEM)
        assert queries.final(run())


@pytest.mark.parametrize("post", ["handler", "correspondent", "leader", "assessor"])
def test_only_the_unit_itself_objects(mine, late, post):
    with pytest.raises(Forbidden):
        objected(mine, post)
    assert not Appeal.objects.exists()


def test_the_secretary_of_the_branch_that_covers_it_may_object(mine, late):
    assert objected(mine, "secretary").post == "secretary"


def test_one_line_is_objected_to_once(mine, late):
    objected(mine)
    with pytest.raises(Conflict):
        objected(mine, "secretary")


@pytest.mark.parametrize("bad", [
    {"text": "不对"}, {"text": "长" * 501}, {"about": 999_999}, {"indicator": "absent"}, {"code": "HQ"}, {"run": 999},
])
def test_a_bad_objection_is_refused_and_nothing_is_kept(mine, late, bad):
    with pytest.raises(UserError):
        objected(mine, **bad)
    assert not Appeal.objects.exists() and not list(ledger.entries(kinds=["objection.filed"]))


def test_who_recorded_a_fact_of_the_line_does_not_decide_it(mine):
    hire(mine, "cadre2", "党委工作部副部长", "DW", Role.CADRE, "1091")
    entry = MatterAnswered(subject="matters/2026-AAAAA3", unit="QSL/CM/ZC1/", occurred_at=at(DAY), in_time=0)
    wrong = record(entry, actor=Actor.post("cadre"))
    nightly.run(DAY)
    made = objected(mine)
    with pytest.raises(Forbidden):
        services.decide(scope=mine.scope("cadre"), number=made.number, upheld=True, reason=WHY,
                        remedy={wrong: "in_time"})
    assert not Ruling.objects.exists() and not list(ledger.entries(kinds=["fact.reversed"]))
    services.decide(scope=mine.scope("cadre2"), number=made.number, upheld=True, reason=WHY,
                    remedy={wrong: "taken_back"})
    assert Ruling.objects.get().upheld and not Score.objects.filter(run=run(), unit__code="ZC1").exists()


@pytest.mark.parametrize("bad", [
    {"upheld": True}, {"upheld": False, "remedy": {1: "in_time"}}, {"upheld": True, "remedy": {999: "in_time"}},
    {"upheld": True, "reason": "对"},
])
def test_a_ruling_that_says_nothing_is_refused_and_nothing_is_kept(mine, late, bad):
    made = objected(mine)
    with pytest.raises(UserError):
        services.decide(scope=mine.scope("cadre"), number=made.number, **{"reason": WHY} | bad)
    assert not Ruling.objects.exists() and not list(ledger.entries(kinds=["fact.reversed"]))


def test_a_decided_objection_is_not_decided_again_and_a_reversed_fact_not_reversed_again(mine, late):
    made, other = objected(mine, about=late), objected(mine)
    ruling = {"upheld": True, "reason": WHY, "remedy": {late: "in_time"}}
    services.decide(scope=mine.scope("cadre"), number=made.number, **ruling)
    for number in (made.number, other.number):
        with pytest.raises(Conflict):
            services.decide(scope=mine.scope("assessor"), number=number, **ruling)
    assert len(list(ledger.entries(kinds=["fact.reversed"]))) == 1


def test_an_objection_opens_for_its_unit_and_for_those_who_decide_and_nobody_else(mine, late):
    made = objected(mine)
    for post in ("chief", "secretary", "cadre", "assessor", "leader"):
        assert queries.opener(mine.scope(post), made.number) == made
    for post in ("handler", "correspondent", "logistics", "triage"):
        assert queries.opener(mine.scope(post), made.number) is None
        with pytest.raises(NotFound):
            queries.appeal_for(mine.scope(post), made.number)


def page(mine, post, url, data=None):
    client = signed_in(mine.persons[post])
    answer = client.post(url, data) if data is not None else client.get(url)
    return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())


def test_the_pages_lead_from_a_line_to_the_ruling_and_show_old_new_and_why(mine, late):
    first = run()
    line = f"/w/results/{first.pk}/ZC1/"
    assert "异议期到 2026-11-27" in page(mine, "chief", line)[1]
    assert f"{line}answered_in_time/" in page(mine, "chief", line)[1]
    assert f"{line}answered_in_time/" not in page(mine, "logistics", line)[1]
    assert WORDS not in page(mine, "chief", f"{line}answered_in_time/")[1]
    status, text = page(mine, "chief", f"{line}answered_in_time/", {"text": "短\u200b\u200b\u200b", "about": late})
    assert status == 422 and "4 到 500 字" in text
    assert page(mine, "chief", f"{line}answered_in_time/", {"text": WORDS, "about": late})[0] == 302
    made = Appeal.objects.get()
    assert made.number in page(mine, "cadre", "/w/appeals/")[1]
    url = f"/w/appeals/{made.number}/"
    assert WORDS in page(mine, "cadre", url)[1] and "登记裁定" in page(mine, "cadre", url)[1]
    assert "登记裁定" not in page(mine, "chief", url)[1]
    assert page(mine, "logistics", url)[0] == 404
    ruling = {"upheld": "1", "reason": WHY, f"fact_{late}": "in_time"}
    assert page(mine, "chief", url, ruling)[0] == 403
    assert page(mine, "cadre", url, ruling)[0] == 302
    text = page(mine, "logistics", f"/w/results/{run().pk}/ZC1/")[1]
    assert "原 50.00 分，现 100.00 分" in text and WHY in text and WORDS not in text
    assert "异议成立" in page(mine, "handler", f"/w/results/?day={DAY.isoformat()}")[1]


def test_an_altered_fact_is_found_by_the_page(mine, late):
    closed("HQ", "2026-AAAAA9")
    nightly.run(DAY)
    line = f"/w/results/{run().pk}/ZC1/"
    assert "与封存不符" not in page(mine, "chief", line)[1]
    altered(late)
    above, beside = line.replace("ZC1", "CM"), line.replace("ZC1", "HQ")
    for url in (line, above, f"/w/results/?day={DAY.isoformat()}"):
        status, text = page(mine, "chief", url)
        assert status == 200 and "与封存不符" in text and str(late) in text, "and so is what rests on it"
    assert "与封存不符" not in page(mine, "logistics", beside)[1]


def test_an_overdue_fact_may_be_taken_back(mine):
    wrong = overdue("ZC1", "2026-AAAAA5")
    answered("ZC1", "2026-AAAAA6")
    nightly.run(DAY)
    made = objected(mine, about=wrong)
    services.decide(scope=mine.scope("leader"), number=made.number, upheld=True, reason=WHY,
                    remedy={wrong: "taken_back"})
    assert final() == 10_000


@pytest.mark.chapter("P1c")
def test_everybody_in_the_mine_reads_what_is_published_without_signing_in_and_opens_no_matter(mine, late, client):
    text = client.get(f"/results/?day={DAY.isoformat()}").content.decode()
    assert text.index("青石岭矿<") < text.index("采煤专业<") < text.index("综采一队<")
    assert "50.00" in text and "异议期到 2026-11-27" in text and ledger.roots(DAY)[0].digest[:16] in text
    one = client.get(f"/results/{run().pk}/ZC1/")
    text = one.content.decode()
    assert "迟到" in text and "2026-AAAAA2" not in text and "/w/" not in text and not one.cookies
    for name in ("张大力", "刘志远"):
        assert name not in text


def test_the_public_page_knows_nothing_that_is_not_published(mine, client):
    answered("ZC1", "2026-AAAAA1")
    scoring.assess_day(DAY)
    assert "没有公布的考核结果" in client.get(f"/results/?day={DAY.isoformat()}").content.decode()
    assert client.get(f"/results/{run().pk}/ZC1/").status_code == 404
    for url in ("/results/?day=2026-13-40", "/results/?day=x"):
        assert client.get(url).status_code == 400
    assert client.post("/results/").status_code == 405


def test_an_objection_and_its_ruling_are_told_to_those_concerned(mine, late):
    made = objected(mine)
    reactions.run()
    told = set(Notice.objects.filter(subject=made.subject).values_list("person__name", "kind"))
    assert told == {("吴秀英", "objection.filed"), ("党委工作部干事", "objection.filed")}
    services.decide(scope=mine.scope("cadre"), number=made.number, upheld=False, reason=WHY)
    reactions.run()
    assert Notice.objects.filter(kind="objection.decided").get().person.name == "张大力"
    assert [t.url for t in queries.todo(mine.scope("cadre"))] == []


def test_an_objection_waits_on_the_desk_of_those_who_may_decide_it(mine, late):
    made = objected(mine)
    for post in ("cadre", "assessor", "leader"):
        assert f"/w/appeals/{made.number}/" in [t.url for t in queries.todo(mine.scope(post))]
        assert ("裁定异议", "综采一队") in [(t.name, t.title) for t in desk.board(mine.scope(post)).results]
    page = signed_in(mine.persons["leader"]).get("/w/todo/").content.decode()
    assert f'href="/w/appeals/{made.number}/"' in page
    for post in ("chief", "secretary"):
        assert queries.todo(mine.scope(post)) == []
    services.decide(scope=mine.scope("cadre"), number=made.number, upheld=False, reason=WHY)
    assert desk.board(mine.scope("leader")).results == []


def test_the_result_pages_ask_as_often_for_many_objections_as_for_one(mine, late, django_assert_max_num_queries):
    objected(mine)
    objected(mine, about=late)
    client = signed_in(mine.persons["cadre"])
    for url in (f"/w/results/?day={DAY.isoformat()}", f"/w/results/{run().pk}/ZC1/", "/w/appeals/"):
        with django_assert_max_num_queries(60):
            assert client.get(url).status_code == 200
