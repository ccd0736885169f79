"""Masking finds what is personal and leaves a mine's numbers alone (遮盖)."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangesan.method.masking import Kind, Names, find, mask, parts
from sangesan.method.masking.patterns import WEIGHTS, bank_card, id_card

ROSTER = Names(["王安民", "张大力", "高峰", "欧阳建国", "李明", "方便"])
AROUND = st.text(alphabet="夜班食堂没热水，。！ 综采队的", max_size=8)


@st.composite
def cards(draw):
    """An identity card with its right check digit."""
    day = draw(st.dates(min_value=date(1930, 1, 1), max_value=date(2026, 1, 1)))
    body = f"{draw(st.sampled_from(['130502', '110101', '441522']))}{day:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


@st.composite
def accounts(draw):
    """A bank card with its right check digit."""
    body = f"6222{draw(st.integers(10**13, 10**14 - 1))}"
    return next(body + d for d in "0123456789" if bank_card(body + d) or d == "9")


wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
phones = st.builds(lambda head, tail: f"1{head}{tail:08d}", st.integers(30, 99), st.integers(0, 10**8 - 1))


@given(cards(), AROUND, AROUND, st.booleans(), st.sampled_from(["", " ", "-"]))
def test_an_identity_card_is_found_in_any_width_and_spacing(card, before, after, is_wide, gap):
    said = gap.join([card[:6], card[6:10], card[10:14], card[14:]])
    text = before + (said.translate(wide) if is_wide else said) + after
    assert card not in mask(text) and "［身份证号］" in mask(text)


GAPS = st.sampled_from(["", "", " ", ".", "·", "_", "/", "，", "、", "\u200b", "\n"])


@given(cards(), st.lists(GAPS, min_size=17, max_size=17))
def test_an_identity_card_is_found_wherever_it_is_cut(card, gaps):
    said = "".join(digit + gap for digit, gap in zip(card, [*gaps, ""], strict=True))
    assert mask(f"我是{said}。") == "我是［身份证号］。"


@given(phones, st.sampled_from([(3, 4), (3, 8), (7, 4)]), st.sampled_from(" .·-_/~()\u200b\n"),
       st.sampled_from(["0123456789", "零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖", "⓪①②③④⑤⑥⑦⑧⑨"]))
def test_a_mobile_is_found_in_any_digits_and_groups(phone, groups, gap, digits):
    first = groups[0]
    said = gap.join(filter(None, [phone[:first], phone[first : first + groups[1]], phone[first + groups[1] :]]))
    said = said.translate(str.maketrans("0123456789", digits))
    assert mask(f"打{said}，急") == "打［电话］，急"
    assert mask("打" + " ".join(phone).translate(str.maketrans("0123456789", digits))) == "打［电话］"


@given(cards())
def test_a_wrong_check_digit_is_no_identity_card(card):
    wrong = card[:-1] + ("0" if card[-1] != "0" else "1")
    assert id_card(card) and not id_card(wrong)


@given(phones, AROUND, AROUND, st.booleans())
def test_a_mobile_is_found_and_the_words_around_it_stay(phone, before, after, is_wide):
    said = phone.translate(wide) if is_wide else phone
    assert mask(before + said + after) == f"{before}［电话］{after}"


@given(accounts().filter(bank_card), AROUND)
def test_a_bank_card_is_found(card, around):
    assert mask(around + card + around) == f"{around}［银行卡号］{around}"


@pytest.mark.parametrize("text", [
    "3208面和3209工作面交接", "2026-11-20 14:05 到 2026-11-21 06:00", "发了1,480.50元，扣200元", "12栋没热水",
    "东区9栋停水",
    "物料编码0301234567890", "合同号20261120001", "料号03191071234", "件号0319207123456", "配比0.3192071234",
    "进尺139.0319米", "-450水平东翼", "第2026-K7Q4MX号", "1111111111111111",
    "罚款12000元整",
    "主扇1号风机", "ZC1-2班", "七号单身楼三楼", "工号10050013", "电压660V/1140V", "设备型号MG900/2210-WD",
    "2026年11月",
    "新A区澡堂", "川东运输队", "晋级考试100分", "二单元灯坏了", "综采一队二班说不清", "高峰时段", "提高峰值",
    "不方便", "高峰（早八点）",
    "主张大力推进", "文明单位", "4221班", "日产13800吨", "累计138001吨", "QQ群里没人回", "4444444444444448",
    "第13号到第18号柜", "发了150、2300、4500元", "规格150*2300*4500", "主机2300-4500", "产量13,800,000,000吨",
    "13、14、15、16、17号柜", "礼堂5排7号", "河北小村12号井",
])
def test_ordinary_words_of_a_mine_stay_to_the_letter(text):
    assert mask(text, ROSTER) == text


@given(st.lists(st.sampled_from(["3208面", "综采一队", "2026-11-20", "1,480.50元", "12栋", "夜班", "14:05", "没热水",
"660V",
                                 "三次", "0.4分", "第7组", "85号柜", "零点班", "2107工作面", "5,000 米"]),
                                 max_size=30))
def test_no_number_of_ordinary_mine_texts_is_taken_for_personal(words):
    assert find("，".join(words), ROSTER) == []


@pytest.mark.parametrize(("text", "kind"), [
    ("冀E12345的车", Kind.PLATE), ("冀E·D12345 新能源", Kind.PLATE), ("冀ｅ１２３４５", Kind.PLATE), ("粤B1234学",
    Kind.PLATE),
    ("0319-2071234", Kind.PHONE), ("（0319）2071234", Kind.PHONE), ("电话：2071234", Kind.PHONE),
    ("+86 139-0319-1234", Kind.PHONE), ("139.0319.1234", Kind.PHONE), ("0086 139·0319·1234", Kind.PHONE),
    ("03192071234", Kind.PHONE), ("010 62071234", Kind.PHONE),
    ("a.b@qsl.com.cn", Kind.EMAIL), ("微信号：wang_anmin88", Kind.CONTACT),
    ("固话：206 8123", Kind.PHONE), ("tel13903191234", Kind.PHONE), ("0319-2071234转801", Kind.PHONE),
    ("冀 E 12345", Kind.PLATE), ("6222.0212.3456.7890.128", Kind.BANK_CARD), ("住3-2-501", Kind.ADDRESS),
    ("二十三栋四单元五零一", Kind.ADDRESS), ("东庞村6组23号", Kind.ADDRESS), ("住5排7号", Kind.ADDRESS),
    ("东区12栋3单元502室", Kind.ADDRESS), ("住5号楼二单元301", Kind.ADDRESS), ("青石县河口镇小李村3组", Kind.ADDRESS),
    ("130502800101123", Kind.ID_CARD), ("幺三九零三一九幺二三四", Kind.PHONE),
    ("请假：李明（外出学习）", Kind.NAME), ("缺席：甲（病假）、高峰（事假）", Kind.NAME), ("姓名：李明", Kind.NAME),
    ("（问李明）", Kind.NAME),
    ("张大力骂人", Kind.NAME), ("找王安民", Kind.NAME), ("高峰师傅", Kind.NAME), ("问李明，", Kind.NAME), ("欧阳建国",
    Kind.NAME),
])
def test_what_is_personal_is_found(text, kind):
    assert [span.kind for span in find(text, ROSTER)] == [kind]


@pytest.mark.parametrize(("text", "covered"), [
    ("打138，1234，5678", "打［电话］"), ("打138*1234*5678找我", "打［电话］找我"),
    ("手机138 - 1234 - 5678", "手机［电话］"),
    ("手机号138 12345 678", "手机号［电话］"), ("13812 345678", "［电话］"), ("家里021 6234 5678", "家里［电话］"),
    ("家里+86-319-2068456", "家里［电话］"), ("电话2068456", "电话［电话］"),
    ("打我电话，2068456", "打我电话，［电话］"),
    ("家里的电话就是2068456", "家里的电话就是［电话］"), ("請撥電話２０６８４５６", "請撥電話［电话］"),
    ("回电2068456", "回电［电话］"),
    ("TEL：2068456", "TEL：［电话］"), ("2068456是我家电话", "［电话］是我家电话"), ("短号61234", "短号［电话］"),
    ("电话2068456、2068457", "电话［电话］、［电话］"), ("WJ冀·1234X", "［车牌］"), ("WJ1312345", "［车牌］"),
    ("使014578", "［车牌］"),
    ("京A0145使", "［车牌］"), ("沪A0023领", "［车牌］"), ("晋E·1234 5的车", "［车牌］的车"),
    ("车牌冀(E)12345", "车牌［车牌］"),
    ("家在中兴路128号", "家在［住址］"), ("住桥西区中兴路128号院5栋2单元301", "住［住址］"),
    ("住幸福巷12号", "住［住址］"),
    ("住8#楼1103", "住［住址］"), ("西区7栋东户", "西区［住址］"), ("住东生活区15排3号", "住东生活区［住址］"),
    ("矿南小区6号楼4单元西户", "［住址］"), ("小区3排2号楼没电", "小区3排2号楼没电"),
    ("3号单身楼412房间", "［住址］"),
    ("住李村镇6组18号", "［住址］"),
    ("身份证号是130502198001011230", "身份证号是［身份证号］"), ("证件130502；19800101；1234", "证件［身份证号］"),
    ("工资卡6222021234567890123", "工资卡［银行卡号］"), ("银行卡号：6222，0212，3456，7890", "银行卡号：［银行卡号］"),
    ("信都区钢铁路88号", "［住址］"), ("（0319）206 8456", "［电话］"),
    ("办公室电话 319-2068456", "办公室电话 ［电话］"),
    ("身份证号13050219800101123O", "身份证号［身份证号］"), ("家在白塔镇白塔村六组", "家在［住址］"),
    ("职工公寓B座1203", "职工公寓［住址］"), ("微信 id:wang_88", "［网络账号］"),
    ("电话2068456张师傅", "电话［电话］张师傅"), ("138，1234，5678张师傅", "［电话］张师傅"),
    ("微信號：wang_88", "［网络账号］"), ("我的賬號6217001234567890123", "我的賬號［银行卡号］"),
    ("住中興路128號", "住［住址］"),
    ("住東區12棟3單元502室", "住東區［住址］"), ("車牌號晉E12345", "車牌號［车牌］"),
    ("身份證字號130502198001011230", "身份證字號［身份证号］"),
    ("电话138031912345", "电话［电话］"), ("手机號：138 0319 123", "手机號：［电话］"),
    ("我一三八零零一三八零零零零找我", "我［电话］找我"), ("卡号六二二二〇二一二三四五六七八九", "卡号［银行卡号］"),
    ("壹叁捌零零壹叁捌零零零零", "［电话］"), ("一三零五零二一九八零零一零一一二三五", "［身份证号］"),
    ("六二二二零二一二三四五六七八九零", "［银行卡号］"),
    ("扣扣12345678", "［网络账号］"), ("WeChat: wang88", "［网络账号］"), ("wang88 @ 163.com", "［邮箱］"),
])
def test_what_a_word_or_its_form_announces_is_covered_as_odd_as_it_is_written(text, covered):
    assert mask(text) == covered


@pytest.mark.parametrize("text", [
    "三个月发了138，1234，5678", "规格138*1234*5678", "产量分别是138、1234、5678", "三笔138，1234，5678元",
    "打1380次电话", "号码1380319123吨", "一二一二一二一二一二一二", "二零二四二零二五二零二六年没发",
    "三点一四一五九二六五三五八九", "三二零八、三二一一、三二一三面", "一二三四五六七八九十十一十二",
    "电话2026-11-28坏了", "电话费每月20684元", "微信转了10000元", "零件号138-1234-5678-90",
    "使123456人受益", "打110、119、120", "热线12345、12350",
    "客服4008100366",
    "11215运输巷12号支架", "东大巷128号架", "专用线路128号杆", "中兴路12号停水", "这条路128号通知封了", "路128公里",
    "三楼1103工作面例会", "3号楼138人没热水", "职工公寓1200人", "住院部3号床", "银行卡16位还是19位",
    "身份证复印件交了3次",
    "使用014578号物料", "车间A12345", "邢矿〔2026〕15号", "1380000元", "11215工作面",
    "恳请县领导给我们镇上和村上的干部说说",
])
def test_amounts_days_places_of_a_mine_and_public_numbers_stay(text):
    assert mask(text, ROSTER) == text


@given(st.text())
def test_any_text_is_cut_without_losing_a_letter(text):
    assert "".join(part for part, _ in parts(text, ROSTER)) == text
    spans = find(text, ROSTER)
    assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))


def test_masking_once_more_changes_nothing():
    text = "找王安民13903191234，130502198001011234，冀E12345，12栋3单元502"
    assert mask(mask(text, ROSTER), ROSTER) == mask(text, ROSTER)


def test_it_is_quick_enough_for_two_thousand_texts_a_second():
    text = "夜班升井没热水，找张大力反映三次了，3208面检修班12个人都这样，11月20日又停，只有凉馒头。" * 3
    find(text, ROSTER)
    since = time.process_time()
    for _ in range(1000):
        find(text, ROSTER)
    assert time.process_time() - since < 0.5


@pytest.mark.parametrize("text", [
    "村镇" * 5_000, "住路1号" * 2_500, "电话1，" * 2_500, "1" * 10_000, "县" * 10_000, "A" * 10_000, "一" * 10_000,
    "1 " * 5_000, "a@" * 5_000, "12栋" * 3_000, "张大力" * 3_000,
])
def test_no_text_takes_long(text):
    since = time.process_time()
    find(text, ROSTER)
    assert time.process_time() - since < 1


@pytest.mark.parametrize("said", [
    "王 安 民", "王安·民", "王　安民", "张 大力", "張·大.力", "欧阳-建国", "李　明", "王\u200b安民"])
def test_a_name_is_covered_however_its_signs_are_set_apart(said):
    assert mask(f"名单：{said}，下午开会", ROSTER) == "名单：［姓名］，下午开会"
    assert mask(f"{said} 说没有热水", ROSTER) == "［姓名］ 说没有热水"
    assert len(ROSTER.meant(f"找{said}。")) == 1


@pytest.mark.parametrize("words", ["提高 峰值", "张 大家都来", "王 安 全", "李 明天来", "方 便条", "主张 大 家",
                                   "主张 大力支持"])
def test_words_that_are_set_apart_are_no_name(words):
    assert mask(words, ROSTER) == words
