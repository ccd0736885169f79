"""Unpaid wages of contractors' workers (外委人员欠薪): what goes straight to the labour office, and how grave it is.

What tells of nothing else needs nobody to judge it first. Such a letter is known by its sentences: who was not paid,
how much, since when, please, and the children's school. Lists of words would not do: the same few words say that one
has to pay for being paid. Whatever else is told, triage reads first.

>>> nothing_else("外包队三个月没发工资，12人想一块去问。家里等钱交学费。")
True
>>> nothing_else("不给钱就不给结账，工资压了三个月"), nothing_else("劳资科要钱才给结算，工资没发")
(False, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterable

CREW = 10
"""From so many heads unpaid wages are those of a whole crew (整班组欠薪)."""
LABOUR_OFFICE = ("劳资", "劳动工资", "人力资源", "劳动组织")
"""How the office that answers for wages may be called (劳动工资主管科室)."""
CLAUSE = 60
"""Longest clause that is looked at (一句最多字数): who says only that writes shorter."""

_ARREARS = ("欠薪", "讨薪", "血汗钱")
_WAGES = ("工资", "工钱", "薪水", "薪酬", "劳务费")
_MISSING = ("没发", "未发", "不发", "没给", "不给", "没到账", "拖欠", "欠着", "没结", "不结",
            "没领到", "没拿到", "压着", "拖着", "还欠", "讨要")
_PLAIN = str.maketrans("資錢勞務費發沒給賬結領欠著壓討薪還個們兩來從過補請幫為隊項間裡時後這點動兒學",
                       "资钱劳务费发没给账结领欠着压讨薪还个们两来从过补请帮为队项间里时后这点动儿学")

_US = "(?:我们|咱们|我|咱|俺们|俺|大家|大伙|全队|全班|工人|工友|农民工)"
_DEBTOR = "(?:公司|单位|项目部|外包队|外委队伍|外委队|外委|劳务队|施工队|掘进队|队里|队上|老板|包工头)"
_NUMBER = r"[0-9零〇一二三四五六七八九十百千万两几半.]{1,8}[多余]?"
_HEADS = rf"(?:{_NUMBER}(?:个|名|位)?(?:工友|工人|人))"
_DAY = (rf"(?:{_NUMBER}年)?{_NUMBER}(?:个月|月份|月底|月|天|日|号)|{_NUMBER}年|今年|去年|前年|上半年|下半年|年底|年初|"
        "春节|上个月|上月|这个月|本月")
_WHEN = (rf"(?:(?:从|自)?(?:{_DAY}){{1,2}}(?:以来|起|开始|份)?(?:到|至)?(?:现在|今|今天)?(?:了|的)?|"
         "到现在|至今|一直|现在|目前)")
_PAY = "(?:劳动报酬|工资|工钱|薪水|薪酬|劳务费|血汗钱|加班费)"
_SUM = rf"(?:(?:合计|总共|一共|共|大约|大概|每人|人均)?{_NUMBER}(?:元|块钱|块)(?:钱)?(?:左右)?)"
_STILL = "(?:还|都|仍|也|就|总|一直|仍然|已经|已){0,2}"
_UNPAID = ("(?:(?:没有|没|未|不)(?:按时|足额)?(?:发放|发|给|支付|付|结清|结算|结|到账|领到|拿到|兑付)|"
           "拖欠着|拖欠|拖着|拖|压着|压|欠着|欠)")

_WHO = f"(?:{_DEBTOR}|{_US}|{_DEBTOR}{_US}|{_US}{_DEBTOR}|{_US}是?{_DEBTOR}的)"
_OWED = re.compile("|".join(f"(?:{one})" for one in (
    # 外包队三个月没发工资 / 我们十二个人三个月没领到工资两万元了
    rf"{_WHO}?{_HEADS}?的?{_WHEN}{{0,2}}{_STILL}{_UNPAID}{_STILL}(?:{_US}|{_HEADS}){{0,2}}的?了?{_WHEN}?的?{_SUM}?的?"
    rf"{_PAY}{_SUM}?{_WHEN}?[了着]?",
    # 公司还欠我们十二个人八千元
    rf"{_DEBTOR}{_STILL}(?:拖欠着?|欠着?){_US}?{_HEADS}?{_WHEN}?{_SUM}了?",
    # 我们十二个人的工资三个月没发了 / 工资至今未到账 / 农民工工资被拖欠四个月
    rf"{_WHO}?{_HEADS}?的?{_WHEN}?的?{_PAY}{_SUM}?{_STILL}{_WHEN}{{0,2}}{_STILL}被?{_UNPAID}[了着]?{_WHEN}?了?",
    rf"{_WHO}?{_WHEN}?的?{_PAY}{_STILL}{_WHEN}{{0,2}}一分(?:钱)?(?:都|也)?(?:没有|没)(?:发|给|领到|拿到)",
    # 老板一直拖着工资不发
    rf"{_DEBTOR}{_WHEN}?{_STILL}(?:拖着|压着|拖欠|扣着){_US}?的?{_WHEN}?的?{_PAY}[不没](?:发|给|结)了?",
)))
_BESIDE = re.compile("|".join(f"(?:{one})" for one in (
    rf"{_US}?(?:共|一共|总共|有)?{_HEADS}", _SUM, _WHEN, rf"{_US}是{_DEBTOR}的?(?:工人)?",
    "您好|你好|谢谢|感谢|麻烦了|拜托了|很急|急|求助|盼复", rf"{_US}?(?:在井下)?干了?{_WHEN}活?|{_WHEN}?活都?干完了",
    rf"{_DEBTOR}(?:一直)?拖着?|{_DEBTOR}总说再等等",
    # 请帮我们要回工资 / 希望尽快解决
    rf"(?:恳请|请求|请|求|希望|盼望|盼|麻烦)(?:矿上|领导|你们|您)?能?(?:帮助|帮忙|帮着|帮)?{_US}?(?:尽快|早日|及时|赶快|马上)?"
    rf"(?:协调解决|帮忙解决|解决|补发|发放|结清|要回|讨要|追讨)(?:一下)?{_US}?的?{_PAY}?(?:问题)?",
    # 想一块去问 / 什么时候能发 / 过年怎么办
    rf"(?:{_HEADS}|{_US})?(?:想|打算|准备)?(?:一块|一起)(?:去|来)问(?:一下)?",
    rf"{_PAY}?(?:什么时候|啥时候|何时|几时)才?能(?:发|结|到账)|(?:过年|生活|日子)?(?:怎么办|怎么过)",
    # 家里等钱交学费 / 孩子要上学 / 家里老人看病等钱 / 生活困难
    rf"(?:{_US}|家里|全家)?(?:孩子|老人)?都?(?:等着|等|急着|急|要|需要)用?钱?"
    r"(?:吃饭|交学费|上学|看病|过年|过日子|交房租|回家|用)?",
    rf"(?:{_US}|家里|全家)?(?:孩子|老人)?(?:上学|看病|交学费)(?:等着|等|急着|急|要|需要)用?钱",
    rf"(?:{_US}|家里|全家|孩子)?(?:生活)?(?:都|很|非常|实在)?"
    r"(?:困难|过不下去|吃不上饭|吃饭都困难|没钱吃饭|没法生活|没法过年|没钱过年)了?",
)))


def wages_owed(*, category: str, group: str, kind: str, text: str = "") -> bool:
    """Return whether it is about wages of contractors' workers (外委人员工资).

    Then it goes straight to the labour office, never only to the contractor (chapter P2a). Where no
    category was named the words decide.

    >>> wages_owed(category="pay", group="contractor", kind="team"), wages_owed(category="pay", group="", kind="team")
    (True, False)
    >>> wages_owed(category="other", group="contractor", kind="", text="三个月没发工资")
    True
    """
    meant = category == "pay" or (category in ("", "other") and unpaid(text))
    return meant and "contractor" in (group, kind)


def unpaid(text: str) -> bool:
    """Return whether words speak of wages that were not paid (欠薪), in simplified or traditional characters.

    >>> unpaid("外委隊三個月沒發工資"), unpaid("工资条上看不懂扣款"), unpaid("食堂欠账")
    (True, False, False)
    """
    plain = text.translate(_PLAIN)
    return any(word in plain for word in _ARREARS) or (
        any(word in plain for word in _WAGES) and any(word in plain for word in _MISSING))


def nothing_else(text: str, names: Iterable[str] = ()) -> bool:
    """Return whether words say nothing but that wages are owed (只说欠薪). `names` of the contractor may stand in them.

    >>> nothing_else("宏达公司五月份工资至今没有发，共12人。", ["宏达公司"]), nothing_else("老板要求我们给钱，工资没发")
    (True, False)
    """
    plain = text.translate(_PLAIN)
    for name in sorted(filter(None, names), key=len, reverse=True):
        plain = plain.replace(name, "公司")
    clauses = [one for one in re.split(r"[\s，。、！？；：,!?;:（）()“”…—~]{1,60}", plain) if one]
    if any(len(one) > CLAUSE for one in clauses):
        return False
    owed = [bool(_OWED.fullmatch(one)) for one in clauses]
    return any(owed) and all(its or _BESIDE.fullmatch(one) for its, one in zip(owed, clauses, strict=True))


def wages_weight(affected: int) -> tuple[int, int]:
    """Return urgency and importance of unpaid wages (欠薪研判): past due, and a whole crew's from ten on.

    >>> wages_weight(0), wages_weight(12)
    ((2, 2), (2, 3))
    """
    return 2, 3 if affected >= CREW else 2
