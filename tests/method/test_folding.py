"""A text is read in one script and width, sign for sign (归一)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.despair import Sign, signs
from sangesan.method.folding import fold, spelt
from sangesan.method.masking import Names, mask
from sangesan.method.mentions import names_post, surnames
from sangesan.method.triage.likeness import pairs_of
from sangesan.method.triage.reading import Said, words
from sangesan.method.triage.urgency import urgent

ROSTER = Names(["张伟", "刘国强", "高峰", "陈建华", "於海洋"])


@given(st.text())
def test_folding_keeps_every_place_and_twice_changes_nothing(text):
    assert len(fold(text)) == len(text) and fold(fold(text)) == fold(text)
    assert all(fold(sign) == read for sign, read in zip(text, fold(text), strict=True))


def test_the_simplified_signs_of_a_letter_are_left_alone():
    common = [bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    assert {sign for sign in common if fold(sign) != sign} == set("覆藉乾著菸薹拚捱摺吒後徵夥甯榘於袷麴醣麽")


@pytest.mark.parametrize(("written", "read"), [
    ("張偉", "张伟"), ("劉國強", "刘国强"), ("高峯", "高峰"), ("頂板冒頂，瓦斯超限", "顶板冒顶,瓦斯超限"),
    ("活著沒意思", "活着没意思"), ("裡裏里", "里里里"), ("獎金發放後餘額", "奖金发放后余额"), ("礦長鑛長", "矿长矿长"),
    ("抑鬱", "抑郁"), ("說説", "说说"), ("什麼什麽", "什么什么"), ("３２０８ＺＣ：", "3208ZC:"), ("嵐\uf921", "岚岚"),
    ("⼈⼯", "人工"), ("臺灣台階", "台湾台阶"), ("①第㎡", "①第㎡"),
])
def test_traditional_wide_and_lookalike_signs_are_read_as_the_plain_ones(written, read):
    assert fold(written) == read


def test_every_spelling_of_a_sign_is_known():
    assert {"劉", "刘"} <= spelt("刘") and spelt("刘") <= spelt("劉") and spelt("我") == {"我"}


@pytest.mark.parametrize(("text", "covered"), [
    ("找張偉師傅，劉國強罵人", "找［姓名］師傅，［姓名］罵人"),
    ("請假：高峯（外出學習）", "請假：［姓名］（外出學習）"),
    ("於海洋說沒有，于海洋也沒有", "［姓名］說沒有，［姓名］也沒有"), ("找陳建華", "找［姓名］"),
    ("我的身份證字號130502198001011230", "我的身份證字號［身份证号］"), ("壹參玖零參壹玖壹貳參肆", "［电话］"),
    ("13903191234參加會議", "［电话］參加會議"), ("住東區12棟3單元502室", "住東區［住址］"),
    ("車牌號晉Ｅ１２３４５", "車牌號［车牌］"),
])
def test_what_is_personal_is_covered_in_traditional_signs_and_the_rest_stays_as_written(text, covered):
    assert mask(text, ROSTER) == covered


def test_a_name_is_told_as_the_roster_writes_it():
    assert ROSTER.meant("劉國強和於海洋，找張偉。") == {"刘国强", "於海洋", "张伟"}


@pytest.mark.parametrize("text", [
    "不想活了", "活著沒意思", "我真的不想活了，對不起老婆孩子", "輕生", "寫了遺書", "從樓頂跳下去", "喝農藥",
    "撐不下去了，拖累家人", "跳樓", "一了百了",
])
def test_despair_is_heard_in_traditional_signs(text):
    assert signs(text) == Sign.CLEAR


@pytest.mark.parametrize("text", ["累死了", "跳樓價", "上吊裝梁", "死守頂板", "活動室"])
def test_what_only_sounds_so_is_left_alone_in_traditional_signs(text):
    assert signs(text) == Sign.NONE


def test_urgent_words_posts_and_surnames_are_read_in_traditional_signs():
    assert urgent("頂板冒頂，瓦斯超限，馬上來人") == ["冒顶", "瓦斯超限", "马上"]
    assert urgent("沒有發生冒頂") == []
    assert names_post("綜採一隊黨支部的書記剋扣獎金", "综采一队党支部", "党支部书记")
    assert surnames("張隊長不發雨靴") == surnames("张队长不发雨靴") == {("张", "队长")}


def test_what_a_model_and_likeness_see_is_the_same_in_both_scripts():
    trad, plain = "澡堂沒有熱水，獎金沒有公示", "澡堂没有热水，奖金没有公示"
    assert words(Said(trad)) == words(Said(plain))
    assert pairs_of(trad).tolist() == pairs_of(plain).tolist()
