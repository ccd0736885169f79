"""Letters as people write them: whoever is accused does not read them, and an ordinary letter is kept from nobody."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method.authority import Role
from sangesan.organization.people.models import Post
from sangesan.organization.units.models import Kind, Line
from tests import documents
from tests.builders import heard, hire, person, post, small_mine, unit
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_at_once")]


@pytest.fixture
def mine(noon):
    return small_mine()


def meant(words):
    heard(words, unit="ZC1")
    return {row.post.code for row in queries.mentioned(Matter.objects.get())}


@pytest.mark.chapter("V4")
@pytest.mark.parametrize(("words", "codes"), [
    ("我们队长克扣奖金，每人头上刮五十", {"chief"}), ("队长收钱排好班，一个班五百", {"chief"}),
    ("支部书记收份子钱", {"secretary"}), ("党委书记收份子钱", set()),
    ("耳东队长打人", set()), ("弓长队长把买雨靴的钱吃了", {"chief"}), ("队长ZDL收钱排好班", {"chief"}),
    ("队里干部集体吃空饷", {"chief", "secretary"}), ("我们队从上到下虚报进尺", {"chief", "secretary"}),
    ("后勤科暗箱操作", {"handler", "logistics"}), ("后勤科拿过期肉给我们吃", {"handler", "logistics"}),
    ("后勤科的人拿着补助大吃大喝", {"handler", "logistics"}), ("后勤科把慰问品截下了", {"handler", "logistics"}),
])
def test_who_is_accused_by_title_by_parts_or_as_a_unit_is_meant(mine, words, codes):
    assert meant(words) == codes


@pytest.mark.parametrize("words", [
    "队长人好，书记也好，就是宿舍太吵", "队长从不收礼，大家服气", "队长不让喝酒下井，管得对", "二队队长打人",
    "后勤科收了旧钥匙，说月底发新的", "后勤科公司聚餐没有喝多", "后勤科处理了收红包的事", "综采一队有人打人",
    "在后勤科受到工友威胁", "装LED灯，配GPS", "采煤机漏油，隐瞒不报会出大事", "后勤科杨员外家打人",
    "卡轨车不敢用，声光信号压在料堆下", "队长为我们要回了加班的钱", "姓张的师傅带徒补贴没有发",
    "姓张的阿姨打饭少，姓张的大姐说过"])
def test_an_ordinary_letter_accuses_nobody(mine, words):
    assert meant(words) == set()


@pytest.mark.chapter("V4")
def test_who_accuses_the_leaders_as_a_whole_is_read_by_none_of_them(mine):
    said, other = heard("矿领导个个包工程", unit="ZC1"), heard("矿领导来看过大家", unit="ZC1")
    reads = {code: {row.number for row in queries.visible(mine.scope(code))} for code in ("leader", "triage")}
    assert reads == {"leader": {other.number}, "triage": {said.number, other.number}}


@pytest.mark.chapter("V4")
def test_who_accuses_the_leaders_of_a_crew_is_read_by_neither_of_its_heads_and_by_the_mines_leaders(mine):
    said = heard("领导骂人，还克扣奖金", unit="ZC1")
    assert [queries.visible(mine.scope(code)).filter(number=said.number).exists()
            for code in ("leader", "chief", "secretary")] == [True, False, False]
    assert {row.post.code for row in queries.mentioned(Matter.objects.get())} == {"chief", "secretary"}


@pytest.mark.chapter("V4")
def test_of_units_of_one_name_the_near_one_is_meant(mine):
    mine.units["ZC2J"] = unit("ZC2J", mine.units["ZC1J"].name, Kind.CREW, mine.units["ZC2"])
    for code in ("ZC1J", "ZC2J"):
        holder = person(f"50{code}", "班长", mine.units[code])
        post(f"{code}-head", "班长", mine.units[code], Role.CREW_LEADER, holder, head=True)
    assert meant("综采一队检修班班长喝了酒下井") == {"ZC1J-head"}


@pytest.mark.chapter("V4")
def test_who_is_named_beside_a_unit_does_not_shut_out_its_head(mine):
    person("4001", "许大年", mine.units["ZC1"])
    assert meant("后勤科许大年打人") == set()


def test_a_letter_that_accuses_ones_own_head_is_not_handed_to_his_unit_alone(mine):
    said = heard("我们队长克扣奖金", unit="ZC1")
    services.judge(scope=mine.scope("triage"), number=said.number, urgency=1, importance=2, lead=mine.units["HQ"].pk)
    assert not queries.visible(mine.scope("chief")).filter(number=said.number).exists()
    assert queries.visible(mine.scope("secretary")).filter(number=said.number).exists()


@pytest.mark.chapter("V4")
def test_a_wrong_whose_doer_nobody_recognised_is_not_handed_to_who_leads_there_until_triage_says_so(mine):
    words, triage = "那个管材料的把锚杆卖了", mine.scope("triage")
    said, other = heard(words, unit="ZC1"), heard("食堂凉了", unit="ZC1")
    about = heard("给谁记工看谁送东西", unit="ZC1")
    with pytest.raises(UserError, match="没有派单"):
        services.judge(scope=triage, number=about.number, urgency=1, importance=2, category="conduct",
                       lead=mine.units["ZC1"].pk)
    danger = heard(words, unit="ZC1", danger=True)
    for one in (said, other):
        ask = {"scope": triage, "number": one.number, "urgency": 1, "importance": 2, "lead": mine.units["ZC1"].pk}
        if one is said:
            with pytest.raises(UserError, match="没有派单"):
                services.judge(**ask)
            services.judge(**ask, only_mentioned=True)
        else:
            services.judge(**ask)
        assert queries.visible(mine.scope("chief")).filter(number=one.number).exists()
    assert not Matter.objects.get(number=danger.number).concerns.exists(), "who leads there is rung"
    lost = heard(words)
    services.judge(scope=triage, number=lost.number, urgency=1, importance=2, lead=mine.units["HQ"].pk)
    assert not Matter.objects.get(number=lost.number).concerns.exists(), "nobody knows where it arose"


def test_triage_is_told_of_a_wrong_whose_doer_nobody_recognised(mine):
    said, other = heard("我们队那个管材料的把锚杆卖了", unit="ZC1"), heard("食堂凉了", unit="ZC1")
    page = signed_in(mine.persons["triage"])
    told = [page.get(f"/w/triage/?pick={one.number}").content.decode() for one in (said, other)]
    assert "没有认出说的是谁：本单位负责人先回避" in told[0] and "像是检举" not in told[1]


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", [
    "举报队长张大力：\n1、每个月找大家凑钱", "关于综采一队队长：\n每个月找大家凑钱",
    "综采一队队长张大力：\n每个月找大家凑钱",
    "每次都得请张大力队长吃饭才给排好班", "不请张队长就别想上白班", "我们敬爱的张大力队长每月找大家凑钱",
    "张大力你好大的胆子，我们的钱都敢动", "希望张大力队长早点下台", "请张大力队长把大家凑的钱退回来",
    "张某力找大家凑钱", "张*力找大家凑钱", "姓张的那个找大家凑钱",
])
def test_what_only_looks_like_an_address_names_whom_it_names(mine, words):
    assert meant(words) == {"chief"}


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", [
    "举报王安民：\n拿了供货商的车", "反映王矿长：\n拿了供货商的车", "请王矿长吃饭的老板都拿到了工程", "请开除王矿长",
    "希望王矿长别再收红包",
    "敬爱的王安民矿长拿了供货商的车", "王X民拿了供货商的车", "矿上一把手收了煤贩子的钱", "矿上主要领导都收了红包",
    "举报矿长拿了供货商的车", "控告矿长", "实名检举矿长和外包队", "我要告矿长", "反映矿长拿了供货商的车",
    "现任矿长拿了供货商的车", "奖金矿长全拿走了", "平安矿长拿了供货商的车"])
def test_nor_does_a_leader_read_it_who_is_accused_in_the_form_of_an_address(mine, words):
    said = heard(words, unit="ZC1")
    assert not queries.visible(mine.scope("leader")).filter(number=said.number).exists()
    assert queries.visible(mine.scope("triage")).filter(number=said.number).exists()


@pytest.mark.parametrize("words", [
    "尊敬的王安民矿长、刘志远书记：食堂太凉", "尊敬的矿长王安民，您好：食堂太凉", "王安民您好，食堂太凉",
    "尊敬的王矿长请您管管食堂", "敬爱的王矿长，食堂太凉", "王矿长：\n食堂太凉",
    "赵矿长：\n食堂太凉", "昨天和赵矿长说过，食堂太凉"])
def test_who_is_addressed_at_the_head_of_a_letter_reads_it(mine, words):
    said = heard(words, unit="ZC1")
    assert queries.visible(mine.scope("leader")).filter(number=said.number).exists()


@pytest.mark.chapter("V4")
def test_a_deputy_who_is_called_without_his_vice_is_accused_by_the_title(mine):
    mine.persons["deputy"] = person("3010", "马保梅", mine.units["QSL"])
    post("deputy", "安全副矿长", mine.units["QSL"], Role.LEADER, mine.persons["deputy"])
    said, other = heard("安全矿长收了外委队的钱", unit="ZC1"), heard("请安全矿长来看看，灯还没修", unit="ZC1")
    assert [queries.visible(mine.scope("deputy")).filter(number=one.number).exists() for one in (said, other)] == [
        False, True]


@pytest.mark.chapter("V4")
@pytest.mark.parametrize(("words", "reads"), [
    ("生产副矿长乱指挥，班中强令加快进度", False), ("生产矿长瞎指挥", False),
    ("分管生产的副矿长强迫我们带病下井", False), ("管生产的马矿长乱指挥", False), ("生产副总盲目指挥", False),
    ("矿上管生产的马总乱指挥", False), ("马总来了就骂人", False),
    ("生产总是缺件", True), ("请分管生产的副矿长管管乱指挥的队长", True), ("安全矿长瞎指挥", True),
    ("生产副矿长严禁违章指挥", False), ("跟生产副矿长反映过两次", True), ("老总说过要修", True)])
def test_a_deputy_is_known_by_what_he_is_in_charge_of(mine, words, reads):
    mine.persons["deputy"] = person("3010", "马保梅", mine.units["QSL"])
    post("deputy", "生产副矿长", mine.units["QSL"], Role.LEADER, mine.persons["deputy"])
    said = heard(words, unit="ZC1")
    assert queries.visible(mine.scope("deputy")).filter(number=said.number).exists() is reads


@pytest.mark.chapter("V4")
@pytest.mark.parametrize(("title", "words"), [
    ("安全副矿长", "安监矿长收了钱"), ("安全副矿长", "马副矿收了钱"), ("党委书记", "党委一把手收了钱"),
    ("党委书记", "矿党委主要负责人收了钱")])
def test_a_leader_is_known_by_what_his_title_is_cut_down_to(mine, title, words):
    mine.persons["deputy"] = person("3010", "马保梅", mine.units["QSL"])
    post("deputy", title, mine.units["QSL"], Role.LEADER, mine.persons["deputy"])
    assert not queries.visible(mine.scope("deputy")).filter(number=heard(words, unit="ZC1").number).exists()


@pytest.mark.chapter("V4")
@pytest.mark.parametrize(("words", "reads"), [
    ("供应科吃回扣，矿长也拿了一份。", False), ("安全投入造假，矿长清楚得很，就是不管。", False),
    ("是矿长让我们签假的体检单，谁不签谁下岗。", False), ("党支部书记收受工人红包，矿长也知道", False),
    ("矿上一把手把自己亲戚安排进机关。", False), ("矿长跟书记把安措费分了。", False),
    ("请矿长管管吃回扣的人", True), ("向矿长反映队长克扣奖金", True), ("矿长来看过，灯还没修", False),
    ("矿长打了我一巴掌", False), ("矿长把死人的事压下来了，赔了八十万私了", False), ("矿长信箱坏了", True),
    ("矿长接待日说过队长克扣奖金的事", True)])
def test_where_words_tell_of_a_wrong_and_of_a_leader_whose_wrong_it_is_no_grammar_knows(mine, words, reads):
    said = heard(words, unit="ZC1")
    assert queries.visible(mine.scope("leader")).filter(number=said.number).exists() is reads


@pytest.mark.chapter("V4")
@pytest.mark.parametrize(("code", "words"), [
    ("triage", "信访办分办员把我的信给队长看了，我被调了岗"), ("duty", "昨晚值班领导喝酒了"),
    ("union", "工会干部把慰问品拿回自己家")])
def test_whoever_reads_first_is_known_by_what_they_do_whatever_the_title(mine, code, words):
    hire(mine, "union", "生产保护干事", "QSL", Role.UNION, "3020", line=Line.UNION)
    Post.objects.filter(code=code).update(title="干事")
    channel = "union" if code == "union" else "leaders"
    said, other = (heard(text, unit="ZC1", channel=channel) for text in (words, "夜班没有热水"))
    assert [queries.visible(mine.scope(code)).filter(number=one.number).exists() for one in (said, other)] == [
        False, True]


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", [
    "不给队长送礼就别想上白班", "要想排白班得先孝敬队长", "工伤都瞒着上面不报", "有人逼我签自愿放弃年休假",
    "上次的信不知被谁漏给队里了", "割煤时叫我们把探头用塑料袋套上", "队长知道是我写的，天天骂我"])
def test_bribes_force_blinded_sensors_and_a_letter_given_away_are_wrongs(mine, words):
    with pytest.raises(UserError, match="没有派单"):
        services.judge(scope=mine.scope("triage"), number=heard(words, unit="ZC1").number, urgency=1, importance=2,
                       lead=mine.units["ZC1"].pk)


@pytest.mark.parametrize("words", [
    "供水压力不够，楼上供暖也差", "孝敬父母的钱都寄了", "传感器外面的包装破了，套管也坏了", "信里说过水管漏出去一地",
    "瓦斯传感器屏蔽线断了", "探头护套上有裂纹，传感器蒙了一层煤尘", "矿上供的班中餐凉，晚上供餐也少",
    "雨靴太小鞋穿着磨脚", "春节工会送礼包没收到", "登记信访漏了给补"])
def test_what_only_sounds_like_them_is_handed_to_the_unit(mine, words):
    services.judge(scope=mine.scope("triage"), number=heard(words, unit="ZC1").number, urgency=1, importance=2,
                   lead=mine.units["ZC1"].pk)


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", [
    "写信以后有人威胁我，说再写就停我的班", "队长知道是我写的，天天骂我", "管材料的那个把锚杆卖了"])
def test_who_leads_the_unit_in_charge_does_not_read_of_reprisals_that_a_speaker_tells_later(mine, words):
    said = heard("夜班没有热水", unit="ZC1")
    services.judge(scope=mine.scope("triage"), number=said.number, urgency=1, importance=2, lead=mine.units["ZC1"].pk)
    services.reply(code=said.receipt, text="热水还是没有，也没有人骂人")
    assert Matter.objects.get().state == "dispatched"
    services.reply(code=said.receipt, text=words)
    assert Matter.objects.get().state == "returned"
    assert [queries.visible(mine.scope(code)).exists() for code in ("chief", "secretary", "triage")] == [
        False, False, True]


def test_a_later_wrong_of_somebody_known_takes_the_matter_from_nobody_else(mine):
    said = heard("夜班没有热水", unit="ZC1")
    services.judge(scope=mine.scope("triage"), number=said.number, urgency=1, importance=2, lead=mine.units["ZC1"].pk)
    services.concern(scope=mine.scope("triage"), number=said.number, posts=["secretary"])
    services.reply(code=said.receipt, text="他还威胁我")
    assert queries.visible(mine.scope("chief")).exists()


@pytest.mark.parametrize(("words", "left"), [
    ("上次信访办周主任接待了我，还没解决", True), ("信访办主任周正态度很好，还没解决", True),
    ("信访办主任周正收了队长的烟", False), ("信访办周主任对人态度恶劣", False)])
def test_who_only_mentions_the_head_over_triage_is_read_by_triage(mine, words, left):
    mine.persons["over"] = person("3020", "周正", mine.units["XF"])
    post("over", "信访办主任", mine.units["XF"], Role.CHIEF, mine.persons["over"], head=True)
    heard(words, unit="ZC1")
    services.heed_due()
    assert [queries.visible(mine.scope(code)).exists() for code in ("over", "triage")] == [False, left]


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", [
    "陈小河要我两千元钱才给办", "陈小河收钱办事", "给陈小河的红包是两千", "陈小河得了好处",
    "陈小河经常不上班，请领导处理"])
def test_whom_a_document_reports_reads_neither_it_nor_the_letter(mine, words):
    said = heard("材料见附件", unit="ZC1", documents=[documents.word(words=words)])
    services.heed_due()
    services.judge(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2, lead=mine.units["HQ"].pk)
    assert [queries.visible(mine.scope(code)).exists() for code in ("handler", "logistics")] == [False, True]


@pytest.mark.chapter("V4")
@pytest.mark.parametrize(("code", "first", "later"), [
    ("leader", "有人收了皮带厂三十万回扣，我不敢写是谁", "我说的就是矿长，别让他知道"),
    ("triage", "有人收了皮带厂三十万回扣，我不敢写是谁", "就是分办员")])
def test_a_later_word_says_whose_wrong_it_was_that_was_told_before(mine, code, first, later):
    said = heard(first, unit="ZC1", mode="anonymous")
    services.release_due(now=clock.now().replace(year=2027))
    assert queries.visible(mine.scope(code)).filter(number=said.number).exists()
    services.reply(code=said.receipt, text=later)
    assert not queries.visible(mine.scope(code)).filter(number=said.number).exists()


@pytest.mark.chapter("V4")
@pytest.mark.parametrize(("words", "rung"), [
    ("瓦斯超限一点五，生产副矿长强令我们继续割煤", False), ("瓦斯超限一点五，生产副矿长在现场指挥撤人", True)])
def test_in_a_danger_a_leader_who_is_accused_by_his_own_title_is_not_rung(mine, words, rung):
    mine.persons["deputy"] = person("3010", "马保梅", mine.units["QSL"])
    post("deputy", "生产副矿长", mine.units["QSL"], Role.LEADER, mine.persons["deputy"])
    said = heard(words, unit="ZC1", danger=True)
    assert queries.visible(mine.scope("deputy")).filter(number=said.number).exists() is rung
