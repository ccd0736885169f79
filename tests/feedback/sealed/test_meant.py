"""Whom a letter to the discipline mailbox means (被反映人), however he is called: he gets no key."""

from __future__ import annotations

from datetime import timedelta
from secrets import token_hex

import pytest

from sangesan.feedback.sealed import services
from sangesan.feedback.sealed.models import Mailbox, SealedMatter, Wrap
from sangesan.feedback.sealed.services import GoesUp
from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.organization.people.models import Appointment, Person
from tests import documents
from tests.builders import hire, small_mine
from tests.sealing import founded

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4")]


@pytest.fixture
def box(noon):
    return founded(small_mine())


def keys(box, **parts):
    said = services.receive(key=token_hex(16), **parts)
    held = Wrap.objects.filter(matter=SealedMatter.objects.get(number=said.number)).exclude(key__person=None)
    people = {box.mine.persons[code].pk: code for code in ("inspector", "second")}
    return {people[pk] for pk in held.values_list("key__person", flat=True)}


@pytest.mark.parametrize("called", [
    "老冯", "冯头儿", "冯利研", "feng liyan", "立言哥", "工号1022", "冯 立·言", "冯某某书记"])
@pytest.mark.parametrize("field", ["about", "text"])
def test_an_inspector_who_is_called_by_another_name_gets_no_key(box, called, field):
    parts = {"text": "收了队长的烟"} | ({"about": called} if field == "about" else {"text": f"{called}收了队长的烟"})
    assert keys(box, **parts) == {"inspector"}


@pytest.mark.parametrize("parts", [
    {"text": "纪委的人收了队长的烟"}, {"text": "收烟", "about": "你们纪委的人"}, {"text": "收烟", "about": "纪委"},
    {"text": "请查处矿长收红包的事"}, {"text": "希望严查王矿长受贿"}, {"text": "举报矿长受贿：\n他收了五十万"},
    {"text": "尊敬的纪委领导我举报矿长贪污"}, {"text": "他收了五十万", "more": {"title": "举报矿长受贿"}},
    {"text": "王安敏收红包"}, {"text": "收红包", "about": "wang anmin"}, {"text": "工号1001收红包"}])
def test_who_accuses_the_whole_office_or_a_leader_by_sound_is_shown_the_way_up(box, parts):
    with pytest.raises(GoesUp):
        services.receive(key=token_hex(16), **parts)
    assert not SealedMatter.objects.exists()


@pytest.mark.parametrize("text", [
    "纪委书记您好：材料员收回扣", "请纪委查材料员收回扣", "找过纪委，没有回音，材料员收回扣"])
def test_whom_a_letter_is_addressed_to_keeps_the_key(box, text):
    assert keys(box, text=text) == {"inspector", "second"}


def test_who_is_named_in_a_document_gets_no_key_and_a_document_alone_sends_nothing_up(box):
    paper = documents.word(words="冯立言收了队长的烟，报矿长批准，矿领导私分奖金")
    assert keys(box, text="材料附上", name="马六", documents=[paper]) == {"inspector"}


@pytest.mark.parametrize("about", ["", "综采一队队长"])
def test_who_accuses_the_mines_leaders_is_shown_the_way_up_only_where_one_of_them_is_managed_above(noon, about):
    mine = small_mine()
    box = founded(mine, managed=("chief",))
    assert keys(box, text="矿领导私分奖金", about="考核员") == {"inspector", "second"}
    Mailbox.objects.update(managed=[])
    assert keys(box, text="矿领导私分奖金", about=about) == {"inspector", "second"}
    Mailbox.objects.update(managed=["leader"])
    with pytest.raises(GoesUp) as up:
        keys(box, text="矿领导私分奖金", about=about)
    assert up.value.code == "named_above"
    assert keys(box, text="领导骂人的事已反映，矿领导私分奖金不实", about=about, not_upper=True)


@pytest.mark.parametrize("text", [
    "尊敬的矿长：材料员收回扣", "矿长您好，材料员收回扣", "矿长助理收回扣", "希望王矿长查材料员收回扣"])
def test_a_leader_who_is_addressed_or_whose_assistant_is_meant_sends_nothing_up(box, text):
    assert keys(box, text=text) == {"inspector", "second"}


@pytest.mark.parametrize("text", ["举报王矿长：\n拿了供货商的车", "请王矿长吃饭的都拿到了工程", "王*民拿了供货商的车"])
def test_a_leader_who_only_seems_to_be_addressed_sends_it_up(box, text):
    Mailbox.objects.update(managed=["leader"])
    with pytest.raises(GoesUp):
        keys(box, text=text)


def test_who_stands_in_for_whoever_is_meant_gets_no_key_either(box):
    mine, day = box.mine, clock.today()
    Appointment.objects.create(person=mine.persons["second"], post=mine.posts["inspector"], kind="acting", since=day,
                               until=day + timedelta(days=9))
    with pytest.raises(GoesUp):
        keys(box, text="钱守正收了队长的烟")
    assert keys(box, text="队长收了烟") == {"inspector", "second"}


@pytest.mark.parametrize("called", [
    "小冯", "冯同志", "立言", "立言同志", "冯主任", "冯监察", "管纪检的冯领导", "阿冯", "冯叔", "馮同志"])
@pytest.mark.parametrize("field", ["about", "text"])
def test_of_so_few_an_inspector_is_known_by_whatever_he_is_called(box, called, field):
    parts = {"text": "收了队长的烟"} | ({"about": called} if field == "about" else {"text": f"{called}收了队长的烟"})
    assert keys(box, **parts) == {"inspector"}


@pytest.mark.parametrize("text", [
    "向领导反映过队长收烟", "小冯庄的料场收了烟", "矿上大力整治收烟", "队长钱大明收了烟", "冯队长收了烟"])
def test_what_only_sounds_like_an_inspector_takes_no_key_away(box, text):
    mine = box.mine
    hire(mine, "feng", "综采二队队长", "ZC2", Role.CHIEF, "3021")
    Person.objects.filter(pk=mine.persons["feng"].pk).update(name="冯二")
    hire(mine, "qian", "材料员", "ZC2", Role.HANDLER, "3022")
    Person.objects.filter(pk=mine.persons["qian"].pk).update(name="钱大明")
    assert keys(box, text=text) == {"inspector", "second"}


@pytest.mark.parametrize("called", [
    "一把手", "矿主要负责人", "矿上一把手", "老王", "小王", "王同志", "安民", "王领导"])
@pytest.mark.parametrize("field", ["about", "text"])
def test_a_leader_whose_file_lies_above_sends_it_up_whatever_he_is_called(box, called, field):
    said = "收了供货商的车"
    parts = {"text": said} | ({"about": called} if field == "about" else {"text": f"{called}{said}"})
    with pytest.raises(GoesUp) as up:
        keys(box, **parts)
    assert "集团公司纪委" in str(up.value.next) and not SealedMatter.objects.exists()


@pytest.mark.parametrize("parts", [
    {"text": "队里一把手收了烟"}, {"text": "收了烟", "about": "机电科主要负责人"}, {"text": "老张收了烟"},
    {"text": "老王收了烟", "about": "材料员", "not_upper": True}])
def test_who_leads_a_unit_or_has_only_his_surname_stays_here(box, parts):
    assert keys(box, **parts) == {"inspector", "second"}
