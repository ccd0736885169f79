"""Words of despair (绝望的话): found when plain or roundabout, and not where they only sound so."""

from __future__ import annotations

import pytest

from sangesan.method.despair import Sign, leaves_grades, signs

CLEAR = """工友说活着没意思，想请人帮帮他
我不想活了
真 不 想 活 了
活够了，太累了
不想再活下去了
我活着就是拖累家里人
有时候站在井口想跳下去，从井口跳下去就解脱了
想自杀的念头有一个月了
同班的老李说要自殺
他写了遗书放在更衣箱
欠了一屁股债，只想一死了之
死了算了，没人会在乎
离婚以后觉得不如死了
还不如死了干净
我想去死
天天想死
我真的想死了
怕他一时想不开，求求派个人看看
没有活下去的勇气
想结束自己的生命
睡着了就别再醒来多好
觉得自己是个累赘，对不起老婆孩子
替我照顾好我妈，下辈子再报答你们
整夜睡不着，什么都没意思
得了抑郁，实在撑不下去了
感到绝望，看不到希望
生不如死，熬不下去了
尘肺治不好，不想拖累家里，后事都安排好了后事
活着有什么意思
想离开这个世界
家属：丈夫说要跳井，怎么劝都不听""".splitlines()
NOT = """夜班连上二十天，累死了
笑死人了，食堂的馒头能砸核桃
顶板一声响，吓死人
热死了，空调坏了半个月
气死我了，派活看关系
饿死了，班中餐晚两个小时
想死你们了，师傅们
困得想死，零点班没法睡
热得我想死
打死也不敢坐那趟罐笼
电脑老死机，考勤打不上
规定太死板，请假要跑三个科室
跳楼价处理的劳保鞋质量差
跳槽的人越来越多
井口上吊装支架没有人警戒
工亡家属的抚恤什么时候发
父亲去年离开人世，丧葬补助还没领到
培训没意思，听不懂
活动没意思，不想参加
不想活动，只想休息
请讲一讲自杀预防知识，办个讲座
这是自杀式加班
死活不给换自救器
要求办理退休人员生存认证，证明还活着
巷道里有个死角没人管
干活不如死记规程管用
把螺丝拧死了算数
没有活干，天天学习
班长要求想死守岗位的人签字
五月奖金没公示就发""".splitlines()
HINTS = ["这个班实在撑不下去了", "工资这么低，一家人活不下去", "心里憋屈", "连着倒班快崩溃了"]


@pytest.mark.chapter("N6")
@pytest.mark.parametrize("text", CLEAR)
def test_what_people_say_in_despair_is_heard(text):
    assert signs(text) == Sign.CLEAR


@pytest.mark.parametrize("text", NOT)
def test_what_only_sounds_so_stays_with_the_grades(text):
    assert signs(text) == Sign.NONE


@pytest.mark.parametrize("text", HINTS)
def test_a_single_roundabout_word_is_a_hint_and_no_more(text):
    assert signs(text) == Sign.HINT and not leaves_grades(text)


def test_a_named_danger_keeps_its_road_and_an_unnamed_one_does_not():
    assert not leaves_grades("3208面机尾掉渣，再不管真不想活了", danger=True)
    assert leaves_grades("我不想活了", danger=True)
    for means in ("我不想活了，要从罐笼跳下去", "不想活了，我就在支架上吊死", "活够了，去老塘吸瓦斯自尽"):
        assert leaves_grades(means, danger=True), f"what they mean to die by is no danger of the mine: {means}"
    for means in ("罐笼钢丝绳断股，从罐笼跳下来两个人，真不想活了", "不想活了，从罐笼跳下去；3208面冒顶埋了人"):
        assert not leaves_grades(means, danger=True), f"others are in danger: {means}"
    assert leaves_grades("3208面机尾掉渣，再不管真不想活了")


def test_ten_thousand_characters_are_read_in_no_time():
    assert signs("想不开" * 3333) == Sign.HINT
    assert signs("啊" * 10_000) == Sign.NONE
