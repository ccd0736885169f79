"""Whom words name is found without reading every post, whatever the words (提到的人)."""

from __future__ import annotations

from importlib import import_module

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.foundation import clock, memory
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from sangesan.organization.notices.words import WORDS
from tests.builders import heard, hire, person, post, small_mine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_at_once")]


@pytest.fixture
def mine(noon):
    return small_mine()


def named(words):
    heard(words, unit="ZC1")
    return {row.post.code for row in queries.mentioned(Matter.objects.get())}


def test_only_posts_of_units_whose_names_may_stand_in_the_words_are_looked_at(mine, monkeypatch):
    room, looked = import_module("sangesan.feedback.matters.queries.mentioned"), []
    judge = room.names_post
    monkeypatch.setattr(room, "names_post", lambda text, unit, *post, near: looked.append(unit) or judge(
        text, unit, *post, near=near))
    assert named("综采一队的队长扣奖金") == {"chief"}
    assert looked and all(unit.startswith("综采") for unit in looked)


def test_a_letter_full_of_surnames_is_read_as_any_other(mine):
    many = "".join(f"{chr(0x4E00 + n)}书记，" for n in range(2_000))
    assert "chief" in named(f"{many}综采一队队长扣奖金")


@pytest.mark.parametrize(("words", "codes"), [
    ("张队不发雨靴", {"chief"}), ("张队长不发雨靴", {"chief"}), ("張隊不發雨靴", {"chief"}),
    ("老张克扣奖金", {"chief"}), ("张头儿骂人", {"chief"}), ("老刘收烟", {"secretary"}),
    ("综采一队一把手吃空饷", {"chief"}), ("周科长不签字", {"logistics"}), ("周科不签字", set()),
    ("老周不签字", set()), ("车队不准点，白班没有热水", set()), ("查处高科技设备，任何区队都没有", set()),
    ("张·大.力打人", {"chief"}), ("“张”\n大_力打人", {"chief"}), ("工号1004的人打人", {"chief"}),
    ("综采1队队长打人", {"chief"}), ("综一队队长打人", {"chief"}), ("一队的队长打人", {"chief"}),
    ("综采一队支部书记收钱", {"secretary"}), ("志远书记收钱", {"secretary"}), ("姓张的队长打人", {"chief"}),
    ("队长张某打人", {"chief"}), ("张某某队长打人", {"chief"}), ("综采一队主要负责人打人", {"chief"}),
    ("掘进一队队长打人", set()), ("综采二队、3队队长打人", set()), ("矿上的人，李矿的人", set()),
    ("张达利打人", {"chief"}), ("zhang dali 打人", {"chief"}), ("ZhangDali打人", {"chief"}),
    ("张大\u3164力打人", {"chief"}), ("大力哥打人", {"chief"}), ("队长，姓张的打人", {"chief"}),
    ("队长（姓张）打人", {"chief"}), ("综采壹队队长打人", {"chief"}), ("综采一队大队长打人", {"chief"}),
    ("综采一队代理队长打人", {"chief"}), ("综采一队张姓负责人打人", {"chief"}),
    ("综采一队领导克扣奖金", {"chief", "secretary"}), ("综采1队的干部都吃空饷", {"chief", "secretary"}),
    ("综采一队私分安全奖", {"chief", "secretary"}), ("一队领导班子私分奖金", {"chief", "secretary"}),
    ("后勤科的人收红包", {"handler", "logistics"}), ("综采一队领导很关心", set()), ("综采一队老李打人", set()),
    ("综采一队领导说不许打人", set()), ("到综采一队反映有人收礼", set()), ("大力支持，力哥也来", set()),
    ("张某不发", set()), ("小张家漏水", set()), ("队长说没有", set()), ("老师傅和老板都说没有", set()),
])
def test_who_is_called_for_short_is_meant_where_somebody_near_is_called_so(mine, words, codes):
    assert named(words) == codes


def reads(mine, code, said) -> bool:
    return queries.visible(mine.scope(code)).filter(number=said.number).exists()


@pytest.mark.chapter("V4")
@pytest.mark.parametrize(("code", "words"), [
    ("triage", "信访办李文静压着我的信不办"), ("triage", "信访办分办员压着我的信不办"), ("duty", "赵守山喝了酒值班"),
    ("leader", "矿长王安民拿了回扣"), ("leader", "王矿长的亲戚占着岗位"), ("leader", "矿长收了供应商的红包"),
    ("leader", "您好：王安民打击报复"), ("leader", "礦長收了供應商的紅包"), ("short", "团委书记于飞拿了活动经费"),
    ("leader", "王矿收了红包"), ("short", "矿领导于·飞收礼"), ("short", "听说于飞喝酒打人"),
    ("leader", "安民矿长收了红包"), ("leader", "王·安·民收了红包"),
    ("triage", "分办员压着我的信不办"), ("triage", "李文婧压着我的信"), ("triage", "liwenjing 不办"),
])
def test_whoever_reads_before_triage_and_is_named_never_reads_it(mine, code, words):
    hire(mine, "partner", "第二分办员", "XF", Role.TRIAGE, "3001")
    mine.persons["short"] = person("3002", "于飞", mine.units["DW"])
    post("short", "团委书记", mine.units["DW"], Role.LEADER, mine.persons["short"])
    said = heard(words, unit="ZC1", mode="named", name="马六")
    assert not reads(mine, code, said)
    assert [other for other in ("triage", "duty", "leader", "partner", "cadre") if reads(mine, other, said)] == [
        other for other in ("triage", "duty", "leader", "partner", "cadre") if other != code], "nobody else is shut out"


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", ["信访办把我的信压了三个月", "信访办的人收红包", "信访办压着信不办"])
def test_who_accuses_an_office_as_a_whole_is_read_above_it(mine, words):
    hire(mine, "partner", "第二分办员", "XF", Role.TRIAGE, "3001")
    said = heard(words, unit="ZC1", mode="named", name="马六")
    assert [code for code in ("triage", "partner", "leader", "cadre") if reads(mine, code, said)] == [
        "leader", "cadre"]
    assert Notice.objects.filter(kind="matter.nobody", subject=f"matters/{said.number}").exists()


@pytest.mark.parametrize("words", ["信访办说队里克扣奖金归劳资科管", "跟信访办反映过队长收礼", "信访办压力大"])
def test_an_office_that_is_only_told_of_reads_the_letter(mine, words):
    assert reads(mine, "triage", heard(words, unit="ZC1", mode="named", name="马六"))


@pytest.mark.parametrize("words", [
    "尊敬的王安民矿长，您好：食堂太凉", "王矿长：\n食堂太凉", "请王矿长管一管食堂", "请矿长说句话",
    "请王矿管一管食堂", "向矿长反映队长克扣奖金"])
def test_a_leader_who_is_addressed_reads_the_letter(mine, words):
    assert reads(mine, "leader", heard(words, unit="ZC1", mode="named", name="马六"))


@pytest.mark.chapter("V4")
def test_what_waits_for_its_batch_is_shut_before_it_is_released(mine):
    said = heard("矿长王安民拿了回扣", unit="ZC1", mode="anonymous")
    services.release_due(now=clock.now().replace(year=2027))
    assert reads(mine, "triage", said) and not reads(mine, "leader", said)


def test_triage_says_that_a_leader_is_only_mentioned_and_he_reads_it(mine):
    said, triage = heard("王矿长来看过，食堂还是凉", unit="ZC1", mode="named", name="马六"), mine.scope("triage")
    assert not reads(mine, "leader", said)
    services.grade(scope=triage, number=said.number, urgency=1, importance=2)
    services.dispatch(scope=triage, number=said.number, lead=mine.units["HQ"].pk, only_mentioned=True)
    assert reads(mine, "leader", said)


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("mode", ["named", "anonymous"])
def test_a_letter_that_names_a_leader_is_joined_to_another_and_he_reads_neither(mine, mode):
    other = heard("食堂的饭是凉的", unit="ZC1", mode="named", name="马六")
    said = heard("王矿长来看过，食堂还是凉", unit="ZC1", mode=mode, name="" if mode == "anonymous" else "马七")
    services.release_due(now=clock.now().replace(year=2027))
    assert reads(mine, "leader", other)
    services.merge(scope=mine.scope("triage"), number=said.number, into=other.number)
    assert not reads(mine, "leader", other) and not reads(mine, "leader", said)
    services.grade(scope=mine.scope("triage"), number=other.number, urgency=1, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=other.number, lead=mine.units["HQ"].pk, only_mentioned=True)
    assert reads(mine, "leader", other)


@pytest.mark.chapter("V4")
def test_where_nobody_is_left_to_triage_the_leaders_are_told(mine):
    said = heard("信访办李文静压着我的信不办", unit="ZC1", mode="named", name="马六")
    told = Notice.objects.filter(kind="matter.nobody", subject=f"matters/{said.number}")
    assert set(told.values_list("person__work_number", flat=True)) == {mine.persons["leader"].work_number}
    hire(mine, "partner", "第二分办员", "XF", Role.TRIAGE, "3001")
    again = heard("信访办李文静还是压着", unit="ZC1", mode="named", name="马六")
    assert not Notice.objects.filter(kind="matter.nobody", subject=f"matters/{again.number}").exists()


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("parts", [{"title": "张大力打骂工人"}, {"title": "综采一队", "text": "队长打骂工人"},
                                   {"place": "张大力家"}])
def test_whom_a_heading_or_a_place_names_does_not_read_it_though_a_heading_is_kept_covered(mine, parts):
    said, triage = heard(**{"text": "详见附件", "unit": "ZC1"} | parts), mine.scope("triage")
    assert "张大力" not in Matter.objects.get().title
    assert {row.post.code for row in queries.mentioned(Matter.objects.get())} == {"chief"}, "triage sees who is meant"
    services.judge(scope=triage, number=said.number, urgency=1, importance=2, lead=mine.units["HQ"].pk)
    assert not reads(mine, "chief", said) and reads(mine, "secretary", said)


@pytest.mark.chapter("V4")
def test_a_worker_who_is_named_never_reads_it_after_promotion(mine):
    mine.persons["vice"] = person("3003", "赵铁柱", mine.units["ZC1"])
    first, other = heard("赵铁柱偷电缆", unit="ZC1"), heard("夜班没有热水", unit="ZC1")
    for said in (first, other):
        services.judge(scope=mine.scope("triage"), number=said.number, urgency=1, importance=2,
                       lead=mine.units["HQ"].pk)
    mine.posts["vice"] = post("vice", "综采一队副队长", mine.units["ZC1"], Role.CHIEF, mine.persons["vice"])
    assert not reads(mine, "vice", first) and reads(mine, "vice", other)
    services.reply(code=other.receipt, text="赵铁柱把水卖了")
    assert not reads(mine, "vice", other)


@pytest.mark.chapter("V4")
def test_where_a_later_word_leaves_nobody_to_triage_the_leaders_are_told_how_to_go_on(mine):
    said = heard("夜班没有热水", unit="ZC1")
    services.reply(code=said.receipt, text="信访办李文静压着我的信不办")
    assert not reads(mine, "triage", said)
    told = Notice.objects.get(kind="matter.nobody", subject=f"matters/{said.number}")
    assert told.person == mine.persons["leader"] and told.created_at == clock.midnight()
    words = str(WORDS["matter.nobody"])
    assert "系统管理员" in words and "不经他本人" in words, "whoever is named need not be asked, nor hear of it"
    hire(mine, "partner", "第二分办员", "XF", Role.TRIAGE, "3001")
    services.judge(scope=mine.scope("partner"), number=said.number, urgency=1, importance=2, lead=mine.units["HQ"].pk)
    assert reads(mine, "handler", said) and not reads(mine, "triage", said)


def test_whom_first_words_name_costs_no_question_more_for_each_letter(mine, monkeypatch, django_assert_num_queries):
    """Sixty letters come in a second, and a registry of thousands at once: each asked for its unit."""
    for one in ("食堂凉了", "班车晚了"):
        heard(one, unit="ZC1")
    rooms = "sangesan.feedback.matters.queries"
    rows, looking = list(Matter.objects.all()), import_module(f"{rooms}.first_readers")
    monkeypatch.setattr(memory.settings, "MEMORY_SECONDS", 60)
    try:
        looking.first_named(rows[0], "食堂凉了")
        with django_assert_num_queries(0):
            looking.first_named(rows[1], "班车晚了")
    finally:
        for kept in (looking.roster, looking._first_readers, import_module(f"{rooms}.nearby")._seats):
            kept.forget()
