"""Assessment by hand: all confirmed on one page, one corrected with a reason, counted once another agreed."""

from datetime import date

import pytest
from django.test import Client

from sangesan.appraisal.rules import library
from sangesan.appraisal.rules import services as rules
from sangesan.appraisal.scoring import services
from sangesan.appraisal.scoring.models import HandEntry, PersonScore, Run, Score
from sangesan.appraisal.scoring.queries import hand
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.queries import entries
from sangesan.organization.accounts.models import Account
from sangesan.organization.people.models import Appointment
from sangesan.organization.units.models import Unit
from tests.assessors import LIFE, MONTH, SINCE, UNTIL, assessed_mine
from tests.at_once import together
from tests.builders import unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return assessed_mine()


@pytest.fixture
def one(mine):
    return mine.scope("assessor")


@pytest.fixture
def two(mine):
    return mine.scope("second")


def life_of_the_branch(run):
    statement = Score.objects.get(run=run, unit__code="ZB1").statement
    return next(line[2] for line in statement["lines"] if line[0] == "organisation_life")


@pytest.mark.chapter("S3e")
def test_what_was_entered_counts_only_once_another_person_agreed(one, two):
    first = services.assess_period("month", UNTIL)
    entry = services.enter(scope=one, **LIFE)
    assert services.revise_periods(date(2026, 11, 23)) == [] and life_of_the_branch(first) == 10000
    with pytest.raises(Forbidden, match="没有复核"):
        services.check(scope=one, entry=entry.pk, agreed=True)
    services.check(scope=two, entry=entry.pk, agreed=True)
    [second] = services.revise_periods(date(2026, 11, 23))
    assert life_of_the_branch(second) == 8000 and services.recompute(second.pk).agrees


@pytest.mark.parametrize(("enters", "checks"), [("assessor", "chief"), ("chief", "assessor")])
def test_who_is_away_and_who_stands_in_check_nothing_for_each_other(mine, two, enters, checks):
    Appointment.objects.create(person=mine.persons["chief"], post=mine.posts["assessor"], kind="acting",
                               since=date(2026, 11, 20), until=date(2026, 12, 1))
    entry = services.enter(scope=mine.scope(enters), **LIFE)
    with pytest.raises(Forbidden, match="算一个人"):
        services.check(scope=mine.scope(checks), entry=entry.pk, agreed=True)
    services.check(scope=two, entry=entry.pk, agreed=True)
    with pytest.raises(Forbidden, match="没有冲正"):
        services.take_back(scope=mine.scope(checks), entry=entry.pk, words="对调代办冲正")


@pytest.mark.parametrize("words", ["。。。。", "\u200b" * 6, " \u3000\u2060\ufeff ", "断\x00了两天", "乱\ufffd码"])
def test_a_reason_that_nobody_can_read_is_none(one, two, words):
    with pytest.raises(UserError, match="没有登记"):
        services.enter(scope=one, **LIFE | {"words": words})
    entry = services.enter(scope=one, **LIFE)
    services.check(scope=two, entry=entry.pk, agreed=True)
    with pytest.raises(UserError, match="没有冲正"):
        services.take_back(scope=two, entry=entry.pk, words=words)


def test_whoever_checks_reads_which_item_it_is_and_that_it_was_entered_twice(mine, one, two):
    services.enter(scope=one, **LIFE)
    [alone] = hand.page_of(two, "2026-10", "")["waiting"]
    assert (alone.item, alone.word, alone.again) == ("三会一课", "更正分值 -2.00", False)
    second = services.enter(scope=one, **LIFE | {"words": "十月支委会，又登记了一次"})
    assert all(e.again for e in hand.page_of(two, "2026-10", "")["waiting"])
    services.check(scope=two, entry=second.pk, agreed=False)
    services.enter(scope=one, **LIFE | {"indicator": "leak", "how": "veto", "points": 0, "post": "secretary"})
    veto, rest = hand.page_of(two, "2026-10", "")["waiting"]
    assert (veto.item, veto.word, rest.again) == ("泄密、报复", "否决 综采一队党支部书记", False)


def test_what_was_refused_counts_nowhere_and_nobody_decides_twice(one, two):
    first = services.assess_period("month", UNTIL)
    entry = services.enter(scope=one, **LIFE)
    services.check(scope=two, entry=entry.pk, agreed=False, words="签到表已补齐")
    assert services.revise_periods(date(2026, 11, 23)) == [] and life_of_the_branch(first) == 10000
    with pytest.raises(Conflict):
        services.check(scope=two, entry=entry.pk, agreed=True)


def test_the_log_says_why_an_entry_was_sent_back_or_taken_back(mine, one, two):
    services.check(scope=two, entry=services.enter(scope=one, **LIFE).pk, agreed=False, words="签到表已补齐")
    entry = services.enter(scope=one, **LIFE)
    services.check(scope=two, entry=entry.pk, agreed=True)
    services.take_back(scope=two, entry=entry.pk, words="记错了单位")
    log = hand.page_of(one, "2026-10", "")["log"]
    assert [(e.end, e.against) for e in log] == [("back", "记错了单位"), ("refused", "签到表已补齐")]
    page = signed_in(mine, "assessor").get(PAGE).content.decode()
    assert "已退回：签到表已补齐" in page and "已冲正：记错了单位" in page


def test_what_was_agreed_wrongly_is_reversed_and_stays_in_the_log(one, two):
    services.assess_period("month", UNTIL)
    entry = services.enter(scope=one, **LIFE)
    services.check(scope=two, entry=entry.pk, agreed=True)
    services.revise_periods(date(2026, 11, 23))
    with pytest.raises(Forbidden):
        services.take_back(scope=one, entry=entry.pk, words="记错了单位")
    services.take_back(scope=two, entry=entry.pk, words="记错了单位")
    [third] = services.revise_periods(date(2026, 11, 23))
    assert life_of_the_branch(third) == 10000 and HandEntry.objects.filter(pk=entry.pk).exists()
    with pytest.raises(Conflict):
        services.take_back(scope=two, entry=entry.pk, words="再冲正一次")


def test_an_exempted_indicator_leaves_the_others_to_count(one, two):
    entry = services.enter(scope=one, **LIFE | {"how": "exempt", "points": 0})
    services.check(scope=two, entry=entry.pk, agreed=True)
    line = next(x for x in Score.objects.get(run=services.assess_period("month", UNTIL), unit__code="ZB1").statement[
        "lines"] if x[0] == "organisation_life")
    assert line[3] == "exempt"


def test_a_veto_needs_a_responsible_post_and_falls_on_it(one, two):
    leak = LIFE | {"indicator": "leak", "how": "veto", "points": 0}
    for bad in ("", "chief"):
        with pytest.raises(UserError):
            services.enter(scope=one, **leak | {"post": bad})
    entry = services.enter(scope=one, **leak | {"post": "secretary"})
    services.check(scope=two, entry=entry.pk, agreed=True)
    run = services.assess_period("month", UNTIL)
    assert Score.objects.get(run=run, unit__code="ZB1").final == 0
    assert [p.person.name for p in PersonScore.objects.filter(run=run, vetoed=True)] == ["刘志远"]


@pytest.mark.parametrize(("change", "fault"), [
    ({"words": "无"}, UserError), ({"words": "长" * 501}, UserError), ({"points": 0}, UserError),
    ({"points": 1_001}, UserError), ({"how": "veto", "post": "secretary"}, UserError), ({"how": "rank"}, UserError),
    ({"indicator": "nothing"}, NotFound), ({"unit": "ZC1"}, NotFound), ({"unit": "NN"}, NotFound),
    ({"since": date(2027, 1, 1), "until": date(2027, 1, 31)}, UserError),
    ({"since": date(2026, 7, 1), "until": date(2026, 7, 31)}, UserError),
])
def test_a_wrong_entry_is_refused_and_nothing_is_stored(one, change, fault):
    with pytest.raises(fault):
        services.enter(scope=one, **LIFE | change)
    assert not HandEntry.objects.exists() and not list(entries(kinds=["assessment.entered"]))


def test_a_unit_that_closed_before_the_month_is_neither_confirmed_nor_corrected(mine, one):
    gone = unit("ZB9", "第九党支部", "branch", mine.units["DW"], "party")
    Unit.objects.filter(pk=gone.pk).update(closed=SINCE)
    with pytest.raises(NotFound, match="它不在这一期，或者不考这项指标"):
        services.enter(scope=one, **LIFE | {"unit": "ZB9"})
    services.confirm_all(scope=one, **MONTH, indicator="organisation_life")
    assert not HandEntry.objects.filter(unit=gone).exists()


@pytest.mark.chapter("S3e")
def test_the_page_says_how_the_assessors_own_work_went_and_names_nobody(mine, one, two):
    def work():
        return [n for _word, n in hand.page_of(two, "2026-10", "organisation_life")["work"]]
    assert work() == [0, 0, 0, 0, 0]
    first, second, third = (services.enter(scope=one, **LIFE) for _ in range(3))
    services.check(scope=two, entry=first.pk, agreed=True)
    services.check(scope=two, entry=second.pk, agreed=False)
    assert work() == [0, 3, 1, 1, 0]
    services.take_back(scope=two, entry=first.pk, words="凭据对错了支部")
    services.check(scope=two, entry=third.pk, agreed=True)
    services.confirm_all(scope=one, **MONTH, indicator="contact")
    assert work()[1:] == [3, 0, 1, 1]
    card = signed_in(mine, "second").get(PAGE).content.decode().partition("自身情况")[2]
    assert card and not any(name.name in card for name in (mine.persons["assessor"], mine.persons["second"]))


@pytest.mark.engine("postgresql")  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_confirm_each_unit_once(mine, one, two):
    for indicator in ("organisation_life", "contact"):
        found = together(*(lambda s=s, i=indicator: services.confirm_all(scope=s, **MONTH, indicator=i)
                           for s in (one, two)))
        units = list(HandEntry.objects.filter(indicator=indicator).values_list("unit", flat=True))
        assert sorted(found) == [0, len(units)] and len(set(units)) == len(units) > 0


@pytest.mark.parametrize("who", ["chief", "correspondent", "leader"])
def test_whoever_does_not_assess_enters_and_checks_nothing(mine, one, who):
    entry = services.enter(scope=one, **LIFE)
    for act in (lambda s: services.enter(scope=s, **LIFE),
                lambda s: services.check(scope=s, entry=entry.pk, agreed=True),
                lambda s: services.take_back(scope=s, entry=entry.pk, words="不该由我冲正"),
                lambda s: services.confirm_all(scope=s, **MONTH, indicator="organisation_life")):
        with pytest.raises(Forbidden):
            act(mine.scope(who))


def signed_in(mine, who):
    client = Client()
    client.force_login(Account.objects.get_or_create(person=mine.persons[who])[0])
    return client


PAGE = "/w/assessments/?month=2026-10&indicator=organisation_life"


def test_a_branch_of_the_union_or_the_league_is_not_assessed_by_what_a_party_branch_does(mine):
    for code, line in (("GH1", "union"), ("TZ1", "youth")):
        unit(code, f"综采一队{line}", "branch", mine.units["DW"], line)
    assert "综采一队union" not in signed_in(mine, "assessor").get(PAGE).content.decode()
    with pytest.raises(UserError):
        services.enter(scope=mine.scope("assessor"), **LIFE | {"unit": "GH1"})
    own = library.BRANCH[5] | {"code": "union_own", "kinds": ["branch.union"]}
    made = rules.draft(code="period", version=2, **library.START | {"indicators": [*library.BRANCH, own]})
    rules.put_in_force(rule_set=made.pk, since=date(2026, 10, 1))
    run = services.assess_period("month", UNTIL)
    rows = Score.objects.filter(run=run).select_related("unit")
    asked = {score.unit.code: {line[0] for line in score.statement["lines"]} for score in rows}
    assert asked["GH1"] == {"union_own"} and "union_own" not in asked["ZB1"] and "organisation_life" in asked["ZB1"]
    assert not asked.get("TZ1")


def test_thirty_branches_are_confirmed_with_one_press_but_for_the_one_with_an_exception(
        mine, django_assert_max_num_queries):
    for n in range(2, 31):
        unit(f"ZB{n}", f"第{n}党支部", "branch", mine.units["DW"], "party")
    client = signed_in(mine, "assessor")
    assert client.get(PAGE).content.decode().count("登记例外</a>") == 30
    url = "/w/assessments/2026-10/organisation_life/ZB1/"
    said = {"how": "points", "points": "-2", "words": "十月支委会记录与签到不符"}
    assert client.post(url, said | {"points": "abc"}).status_code == 422
    assert client.post(url, said).status_code == 302
    assert "还剩 29 个单位" in client.get(PAGE).content.decode()
    onward = client.post("/w/assessments/confirm/", {"month": "2026-10", "indicator": "organisation_life"})["Location"]
    assert onward != PAGE and client.get(onward).status_code == 200, "on to the next indicator that waits"
    assert "已确认 1 / " in " ".join(client.get(onward).content.decode().split())
    assert HandEntry.objects.filter(how="confirm").count() == 29
    client.post("/w/assessments/confirm/", {"month": "2026-10", "indicator": "organisation_life"})
    assert HandEntry.objects.count() == 30
    with django_assert_max_num_queries(30):
        page = client.get(PAGE).content.decode()
    assert "更正分值 -2.00" in page and "由另一人复核" in page
    entry = HandEntry.objects.get(how="points")
    assert client.post(f"/w/assessments/{entry.pk}/check/", {"agreed": "1"}).status_code == 403
    second = signed_in(mine, "second")
    assert "同意计入" in second.get(PAGE).content.decode()
    assert second.post(f"/w/assessments/{entry.pk}/check/", {"agreed": "1"}).status_code == 302
    assert "钱守正 复核" in client.get(PAGE).content.decode()
    back = second.post(f"/w/assessments/{entry.pk}/take-back/", {"words": "记录后来找到了"})
    assert back["Location"].endswith("?month=2026-10&indicator=organisation_life"), "to the page it stood on"
    assert Run.objects.count() == 0


@pytest.mark.parametrize("url", ["/w/assessments/", PAGE, "/w/assessments/2026-10/organisation_life/ZB1/"])
def test_the_page_is_for_assessors(mine, url):
    refused = signed_in(mine, "chief").get(url)
    assert refused.status_code == 403 and "人工考核只给考核员看" in refused.content.decode()
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize(("url", "status"), [
    ("/w/assessments/?month=2026-13", 400), ("/w/assessments/?month=%27", 400), ("/w/assessments/?indicator=x", 404),
    ("/w/assessments/?month=2019-01", 200), ("/w/assessments/2026-10/organisation_life/ZC1/", 404),
    ("/w/assessments/9999-12/organisation_life/ZB1/", 400),
])
def test_what_is_absent_or_miswritten_is_said_plainly(mine, url, status):
    assert signed_in(mine, "assessor").get(url).status_code == status
