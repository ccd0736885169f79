"""Triage reads first: until it has judged a letter nobody else does, whoever is meant and however it is said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.intake import letters, registries
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Concern, Matter
from sangesan.feedback.matters.queries.judging import came_before, opens_on
from sangesan.feedback.matters.services import judging
from sangesan.feedback.matters.services import union as line
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound, UserError
from sangesan.foundation.sheets.text import open_csv
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from sangesan.organization.people.models import Appointment
from sangesan.organization.people.queries import scope_of
from tests.builders import heard, hire, person, small_mine
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
OTHERS = ("leader", "duty", "cadre")


@pytest.fixture
def mine(noon):
    return small_mine()


def readers(mine, number):
    return [code for code in ("triage", *OTHERS) if queries.visible(mine.scope(code)).filter(number=number).exists()]


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", [
    "管安全的领导拿了老板的钱", "党委一把手的小舅子包了食堂", "那个姓王的，谁都知道是谁", "食堂的饭是凉的"])
def test_what_nobody_has_judged_is_read_by_triage_alone_on_every_way(mine, words):
    said, leader = heard(words, unit="ZC1"), mine.scope("leader")
    assert readers(mine, said.number) == ["triage"]
    with pytest.raises(NotFound):
        queries.matter_for(leader, said.number)
    assert queries.page(leader).total == 0 == queries.open_now(leader).total
    assert queries.page(mine.scope("triage")).total == 1 and len(queries.todo(mine.scope("triage"))) == 1
    services.index_due()
    assert not queries.find(leader, words[:4]).hits and queries.find(mine.scope("triage"), words[:4]).hits
    client = signed_in(mine.persons["leader"])
    assert client.get(f"/w/matters/{said.number}/").status_code == 404
    listed = client.get("/w/matters/").text
    assert said.number not in listed and "新来的件先由分办员研判" in listed
    assert "新来的件先由分办员研判" not in signed_in(mine.persons["triage"]).get("/w/matters/").text
    assert not queries.shown(leader).exists(), "the export is what is shown"


@pytest.mark.chapter("V4")
def test_once_triage_has_judged_it_the_others_read_it_and_whom_it_is_about_never(mine):
    said, other = heard("那个姓王的，谁都知道是谁", unit="ZC1"), heard("食堂的饭是凉的", unit="ZC1")
    page = signed_in(mine.persons["triage"])
    shown = page.get(f"/w/triage/?pick={said.number}").text
    assert "现在只有分办员看得到这件" in shown and "矿长 · 王安民" in shown
    answer = page.post(f"/w/matters/{said.number}/concern/", {
        "people": [mine.persons["leader"].pk], "units": "", "back": "pick"})
    assert answer.url == f"/w/triage/?pick={said.number}"
    assert "已标明涉及：王安民。他们看不到这件。" in page.get(answer.url).text
    for number in (said.number, other.number):
        services.grade(scope=mine.scope("triage"), number=number, urgency=1, importance=1)
    assert readers(mine, said.number) == ["triage", "duty", "cadre"]
    assert readers(mine, other.number) == ["triage", *OTHERS]
    assert set(Concern.objects.values_list("post", "person", "mentioned")) == {
        ("", mine.persons["leader"].pk, False)}, "who is under the mine's leaders is the whole mine"


def test_to_say_nobody_is_no_answer(mine):
    said = heard("食堂的饭是凉的", unit="ZC1")
    answer = signed_in(mine.persons["triage"]).post(f"/w/matters/{said.number}/concern/", {"units": "", "people": []})
    assert answer.status_code == 422 and "没有标明涉及对象" in answer.text and not Concern.objects.exists()


def test_what_triage_has_not_judged_in_two_working_days_the_others_read(mine):
    said, day = heard("食堂的饭是凉的", unit="ZC1"), clock.today()
    passed = [judging.let_read_due(day=day + timedelta(days=n)) for n in range(8)]
    assert sum(passed) == 1 and passed.index(1) >= 3, "not before two working days are over"
    assert readers(mine, said.number) == ["triage", *OTHERS]
    assert judging.let_read_due(day=day + timedelta(days=9)) == 0


def test_triage_reads_from_which_day_on_the_others_read_what_it_has_not_judged(mine):
    """The page and the round go by one rule (先阅期限): on every day of a year, over rest days and holidays."""
    said, day = heard("食堂的饭是凉的", unit="ZC1"), clock.today()
    opens, pick = opens_on(day), f"/w/triage/?pick={said.number}"
    page = signed_in(mine.persons["triage"])
    assert f"再定级；{opens.month} 月 {opens.day} 日起，没有研判的也会放开。" in page.get(pick).text
    with clock.at(opens - timedelta(days=1)):
        assert judging.let_read_due(day=clock.today()) == 0 and readers(mine, said.number) == ["triage"]
    with clock.at(opens):
        assert judging.let_read_due(day=clock.today()) == 1 and readers(mine, said.number) == ["triage", *OTHERS]
        assert "没有研判的也会放开" not in page.get(pick).text
    year = [day + timedelta(days=n) for n in range(366)]
    assert [opens_on(since) for since in year] == [
        next(later for later in (since + timedelta(days=n) for n in range(60)) if came_before(later) > since)
        for since in year]


def test_a_paper_received_long_before_it_is_entered_waits_from_the_day_it_is_entered(mine):
    day = clock.today()
    said = heard("食堂的饭是凉的", unit="ZC1", channel="letter", day=day - timedelta(days=20))
    assert judging.let_read_due(day=day) == 0 and readers(mine, said.number) == ["triage"]
    assert judging.let_read_due(day=day + timedelta(days=7)) == 1 and readers(mine, said.number) == ["triage", *OTHERS]


def test_what_a_register_brings_was_read_where_it_was_kept(mine):
    day = clock.today() - timedelta(days=1)
    head = "received_at,channel,category,unit,title,text,contact"
    row = f"{head}\n{day} 08:30:00,来信,pay,ZC1,,饭是凉的,马六 13903191234\n"
    assert registries.take(letters.read(open_csv(row.encode()))).new == 1
    assert readers(mine, Matter.objects.get().number) == ["triage", *OTHERS]


def test_what_cannot_wait_to_be_judged_does_not(mine):
    assert readers(mine, heard("顶板冒落，人还在里面", unit="ZC1", danger=True).number) == ["triage", *OTHERS]


@pytest.mark.chapter("V4")
def test_what_was_said_to_one_leader_on_a_reception_day_the_others_did_not_hear(mine):
    said = heard("那个姓王的，谁都知道是谁", unit="ZC1", channel="reception_day")
    assert readers(mine, said.number) == ["triage"]


def test_where_nobody_judges_nothing_waits_for_it(mine):
    Appointment.objects.filter(post__role=Role.TRIAGE.value).delete()
    assert readers(mine, heard("食堂的饭是凉的", unit="ZC1").number) == [*OTHERS]


@pytest.mark.chapter("V4")
def test_where_all_who_judge_are_to_keep_off_the_leaders_read_it_and_are_told(mine):
    said = heard("信访办把我的信压了三个月", unit="ZC1")
    assert readers(mine, said.number) == list(OTHERS)
    assert Notice.objects.filter(kind="matter.nobody", subject=f"matters/{said.number}").exists()


def test_what_is_joined_to_a_letter_waits_with_it(mine):
    one, two = heard("食堂的饭是凉的", unit="ZC1"), heard("食堂饭凉", unit="ZC1")
    services.merge(scope=mine.scope("triage"), number=two.number, into=one.number)
    assert readers(mine, one.number) == readers(mine, two.number) == ["triage"]
    services.grade(scope=mine.scope("triage"), number=one.number, urgency=1, importance=1)
    assert readers(mine, one.number) == readers(mine, two.number) == ["triage", *OTHERS]


def test_what_is_withdrawn_unjudged_is_read_by_nobody_else_afterwards(mine):
    said = heard("食堂的饭是凉的", unit="ZC1")
    services.withdraw(code=said.receipt)
    assert Matter.objects.get().state == "withdrawn"
    assert readers(mine, said.number) == ["triage"]
    judging.let_read_due(day=clock.today() + timedelta(days=10))
    assert readers(mine, said.number) == ["triage"]


def test_a_line_reads_its_own_before_triage_has_judged_what_it_passed_on(mine):
    union = hire(mine, "union", "工会干事", "QSL", Role.UNION, "3001")
    said = heard("慰问品没有发", unit="ZC1", channel="union")
    line.pass_on_due(day=clock.today() + timedelta(days=10))
    assert queries.visible(union).filter(number=said.number).exists()
    assert readers(mine, said.number) == ["triage"]


def test_who_may_not_read_it_counts_nothing_of_it(mine):
    heard("食堂的饭是凉的", unit="ZC1")
    services.record_speakers(clock.today())
    subject = Matter.objects.get().subject
    roots = [mine.units["QSL"].pk]
    assert subject in queries.hidden(mine.scope("leader"), roots)
    assert subject not in queries.hidden(mine.scope("triage"), roots)


def test_what_is_withdrawn_before_its_batch_is_read_by_nobody_else_afterwards(mine):
    said = heard("食堂的饭是凉的", unit="ZC1", mode="anonymous")
    services.withdraw(code=said.receipt)
    services.release_due(now=clock.now() + timedelta(days=1))
    assert readers(mine, said.number) == ["triage"]


def test_a_paper_of_long_ago_that_is_entered_now_is_judged_first(mine):
    said = heard("那个姓王的，谁都知道是谁", unit="ZC1", channel="letter", day=clock.today() - timedelta(days=120))
    assert Matter.objects.get().history and readers(mine, said.number) == ["triage"]


def test_what_the_union_joins_to_a_letter_it_holds_is_held_with_it_and_passed_on_with_it(mine):
    union = hire(mine, "union", "工会干事", "QSL", Role.UNION, "3001")
    one, two, three = (heard(text, unit="ZC1", channel="union") for text in ("慰问品没发", "没发慰问品", "慰问品呢"))
    services.merge(scope=union, number=three.number, into=two.number)
    services.merge(scope=union, number=two.number, into=one.number)
    for number in (one.number, two.number, three.number):
        assert readers(mine, number) == [] and queries.visible(union).filter(number=number).exists()
    line.pass_on_due(day=clock.today() + timedelta(days=10))
    assert {tuple(readers(mine, number)) for number in (one.number, two.number, three.number)} == {("triage",)}
    services.judge(scope=mine.scope("triage"), number=one.number, urgency=1, importance=1, lead=mine.units["HQ"].pk)
    assert {tuple(readers(mine, number)) for number in (one.number, two.number, three.number)} == {
        ("triage", *OTHERS)}


def test_what_was_joined_before_follows_to_whoever_has_the_other_in_hand(mine):
    first, second, third = (heard(text, unit="ZC1").number for text in ("饭凉", "饭是凉的", "饭还是凉"))
    services.judge(scope=mine.scope("triage"), number=third, urgency=1, importance=1, lead=mine.units["HQ"].pk)
    services.merge(scope=mine.scope("triage"), number=first, into=second)
    services.merge(scope=mine.scope("triage"), number=second, into=third)
    seen = queries.visible(mine.scope("logistics"))
    assert {m.number for m in seen} == {first, second, third}


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", [
    "三个月没发工资，去找劳资上那个胖子，他叫我们一人先拿五百块钱", "工资三个月没发，那位拿去开洗煤厂了",
    "工资没发，上次写了信，办这事的给老板打电话，第二天我就被撵出宿舍", "工资没发，第三个窗口的每回通风报信",
    "工资没发，谁管这事谁就是老板的妹夫", "工资没发，反映了反倒把我开了", "工资没发，矿上的拿了老板的钱"])
def test_wages_with_which_somebody_is_told_of_are_judged_before_they_go_straight(mine, words):
    said = heard(words, unit="ZC1", category="pay", extra={"group": "contractor"})
    assert services.route_wages() == 0 and readers(mine, said.number) == ["triage"]
    assert not queries.visible(hire(mine, "labour", "劳资科科长", "LZ", Role.CHIEF, "3009")).exists()


def test_where_the_only_triager_says_it_is_about_herself_the_leaders_are_told(mine):
    said = heard("食堂的饭是凉的", unit="ZC1")
    services.concern(scope=mine.scope("triage"), number=said.number, posts=["triage"])
    assert readers(mine, said.number) == list(OTHERS)
    told = Notice.objects.filter(kind="matter.nobody", subject=f"matters/{said.number}")
    assert list(told.values_list("person", flat=True)) == [mine.persons["leader"].pk]


def test_the_mine_as_a_whole_is_about_nobody(mine):
    said = heard("食堂的饭是凉的", unit="ZC1")
    with pytest.raises(UserError, match="没有标明"):
        services.concern(scope=mine.scope("triage"), number=said.number, units=[mine.units["QSL"].pk])
    assert not Concern.objects.exists()


@pytest.mark.chapter("V4")
def test_of_two_who_hold_one_post_the_one_who_is_ticked_is_shut_out(mine):
    other = person("3011", "胡胜慧", mine.units["XF"])
    Appointment.objects.create(person=other, post=mine.posts["triage"], kind="full", since=clock.today())
    said = heard("食堂的饭是凉的", unit="ZC1")
    boxes = dict(queries.of_whole_mine())
    assert {str(mine.persons["triage"].pk), str(other.pk)} <= boxes.keys() and "系统管理员" not in str(boxes)
    signed_in(mine.persons["triage"]).post(f"/w/matters/{said.number}/concern/", {"people": [other.pk], "units": ""})
    assert readers(mine, said.number) == ["triage"]
    assert not queries.visible(scope_of(other)).exists()


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("channel", ["leaders", "union"])
def test_what_comes_out_when_all_who_judge_are_shut_out_already_is_read_by_the_leaders(mine, channel):
    hire(mine, "union", "工会干事", "QSL", Role.UNION, "3001")
    said, soon = heard("信访办把我的信压了三个月", unit="ZC1", mode="anonymous", channel=channel), clock.today()
    services.heed_due()
    services.release_due(now=clock.now() + timedelta(days=1))
    services.heed_due()
    line.pass_on_due(day=soon + timedelta(days=10))
    assert readers(mine, said.number) == list(OTHERS)


def test_when_the_last_who_judges_is_gone_nothing_waits(mine):
    said = heard("食堂的饭是凉的", unit="ZC1")
    Appointment.objects.filter(post__role=Role.TRIAGE.value).delete()
    assert judging.let_read_due(day=clock.today()) == 1 and readers(mine, said.number) == list(OTHERS)
