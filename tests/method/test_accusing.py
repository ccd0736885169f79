"""Whose wrong it is where leaders are told of together: one's own heads, the mine's leaders, or nobody (检举领导)."""

from __future__ import annotations

import re

import pytest

from sangesan.method import accusing
from sangesan.method.accusing import accused, accused_near, blamed, leaders_blamed

CREW = "综采一队"
HEADS = ((CREW, "队长"), (f"{CREW}党支部", "党支部书记"))


def near(text, unit, title):
    return accused_near(text, unit, title) or blamed(text, unit, near="")


@pytest.mark.parametrize("text", [
    "领导骂人，还克扣奖金", "我们领导克扣奖金", "队里领导吃拿卡要", "头头们私分安全奖", "当官的就知道欺负工人",
    "管事的收了红包才给派好活", "咱领导喝了酒下井", "有些领导公车私用", "领导没少收红包", "听说领导把锚杆卖了",
    "一些领导骂人",
    "我们头克扣补助", "领导看谁不送礼就骂谁", "领导班子私设小金库", "干部贪了我们的补助",
    "领导把举报人的名字告诉了班长"])
def test_leaders_without_the_mine_are_ones_own_heads(text):
    assert [near(text, *head) for head in HEADS] == [True, True] and not leaders_blamed(text)


@pytest.mark.parametrize("text", [
    "矿领导私分奖金", "矿上领导个个吃回扣", "矿里的领导骂人", "矿领导班子集体收红包", "矿领导们都腐败",
    "矿领导都欺负工人", "矿领导打击报复举报人", "矿领导一个个中饱私囊",
    "矿领导一直克扣奖金", "矿领导克扣我们奖金的问题没人查"])
def test_leaders_of_the_mine_are_not_ones_own_heads(text):
    assert leaders_blamed(text) and not any(near(text, *head) for head in HEADS)


@pytest.mark.parametrize("who", ["领导", "矿领导"])
@pytest.mark.parametrize("rest", [
    "都没收红包", "都帮我们要钱", "干部公款吃喝专项整治通知", "骂人的队长不管", "们都去看了骂人的班长",
    "严厉打击违章指挥", "都没有克扣过奖金", "带头抵制大吃大喝", "干部收红包典型案例学习", "都签了拒收红包承诺书",
    "们约谈了喝酒下井的班长", "都来看望挨骂的职工", "都盼着大家多拿钱", "为大家要回了加班的钱", "集体学习反腐败文件"])
def test_praise_a_notice_and_whose_wrong_is_looked_into_accuse_no_leader(who, rest):
    text = f"{who}{rest}"
    assert not leaders_blamed(text) and not accused(text, "矿长") and not any(near(text, *head) for head in HEADS)


@pytest.mark.parametrize(("text", "unit", "is_blamed"), [
    ("安监处严厉打击违章指挥", "安监处", False), ("安监处打击报复我们", "安监处", True),
    ("供应科没收过回扣", "供应科", False), ("综采一队都穿一条裤子", "综采一队", True)])
def test_an_office_that_fights_a_wrong_does_not_do_it(text, unit, is_blamed):
    assert blamed(text, unit) is is_blamed


@pytest.mark.parametrize(("text", "is_accused"), [
    ("请查处矿长收红包的事", True), ("希望上级对矿长贪污的事管管", True), ("请矿长管管食堂收红包的事", False),
    ("请分管的矿长查队长收红包", False)])
def test_who_is_to_be_looked_into_is_not_who_is_asked_to_do_it(text, is_accused):
    assert accused(text, "矿长") is is_accused


def test_a_letter_is_looked_through_for_wrongs_once_however_many_units_there_are(monkeypatch):
    searched = []

    class Counted:
        def search(self, text):
            searched.append(text)
            return re.search("私分", text)

    monkeypatch.setattr(accusing, "_ANY", Counted())
    text = "今天热水来得晚，综采七队私分了奖金"
    assert [unit for unit in ("综采六队", "综采七队", "综采八队") if blamed(text, unit)] == ["综采七队"]
    assert accused_near(text, "综采八队", "队长") is False and len(searched) == 2, "once each clause"


@pytest.mark.parametrize("words", [
    "我们队长提醒大家过节要给他红包", "我们队长帮我们办请假就要好处", "我们队长来看现场就骂我们",
    "我们队长严厉得很天天骂我们",
    "我们队长约谈我的时候骂我", "我们队长克扣的工人工资至今没还", "我们队长骂的工人都要走了",
    "我们队长骂人通报批评也随便来"])
def test_what_is_said_between_a_captain_and_his_wrong_does_not_hide_it(words):
    assert accused_near(words, "综采一队", "队长")


def test_a_letter_that_repeats_what_can_be_read_two_ways_is_read_at_once():
    """里的 was 里的, or 里 and 的: forty of them in a letter would have taken days."""
    assert not blamed("综采一队" + "里的" * 5_000 + "骂", "综采一队") and blamed("综采一队里的领导骂人", "综采一队")
