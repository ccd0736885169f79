"""Addressing (称呼): whom a letter addresses is not whom it is about; an address ends where its sentence begins."""

from __future__ import annotations

import re

from .folding import fold
from .mentions import TITLES
from .wrongs import CLAUSE, ROUGH, WRONGS

UPON = ("[查惩抓撤换罢免追核究责批治把将对让叫给]|处[理分罚置]|(?<![分主])管|"
        "开除|辞退|劝退|停职|约谈|警告|监督|调[走离]|赶走|揪出")
"""Behind these somebody is to be looked into (查办): 请查处张队长 asks another, and not him."""
_REPORTED = f"反映|举报|检举|控告|告发|揭发|投诉|状告|关于|问题|情况|被|{WRONGS}|{ROUGH}"
"""Where something is reported nobody is addressed any more (题头、正文): 举报队长某某：."""
_END = f"(?:{TITLES}|领导|同志|信访办|纪委|党委|工会)们?"
"""What an address ends with (称呼的末尾)."""
_STOP = "[，,：:。；;！!？?\\s"
_HELLO = "[，,：:！!]?[ \u3000]*(?=[您你]们?好"
_TREAT = ("吃饭|吃[喝了个顿]|喝酒|喝[了顿]|请客|下台|滚|住手|收手|坦白|[交退还吐]出来|退[回还给赃]|"
          "(?:别|不要|不许)再|辞职|自首")
"""Who is asked to this is no judge of a letter (宴请、斥责)."""
_ADDRESS = re.compile(
    f"(?:尊敬|敬爱|亲爱)的 ?(?:(?!我|{_REPORTED}|\\s){CLAUSE}){{0,14}}?"
    f"(?:{_END}(?={_STOP}您你我请及并]|$)|(?:{TITLES})[一-龥]{{2,3}}(?:(?=[：:])|{_HELLO})))"
    f"|^(?:(?!{_REPORTED}){CLAUSE}){{1,12}}{_HELLO}(?:{_STOP}我]|$))"
    f"|^(?:(?!{_REPORTED}){CLAUSE}){{0,12}}?{_END}[：:][ \u3000]*$"
    f"|(?<![不没])(?:恳?请|希望|盼望?|麻烦)(?:(?:(?!{UPON})[一-龥]){{1,4}}(?:{TITLES})|[一-龥]矿)"
    f"(?!{CLAUSE}{{0,12}}(?:{_TREAT}))", re.MULTILINE)


def unaddressed(text: str) -> str:
    """Return words without whom they are addressed to (去称呼): a leader is addressed in every second letter.

    >>> unaddressed("尊敬的郑刚矿长，您好！希望张书记管一管。郑矿长收了红包")
    '，您好！管一管。郑矿长收了红包'
    >>> unaddressed("郑矿长：\\n食堂凉"), unaddressed("郑刚收红包"), unaddressed("请查处郑矿长")
    ('\\n食堂凉', '郑刚收红包', '请查处郑矿长')
    >>> unaddressed("请开除郑矿长"), unaddressed("希望郑矿长别再收红包")
    ('请开除郑矿长', '希望郑矿长别再收红包')
    >>> unaddressed("尊敬的领导我举报郑矿长收礼"), unaddressed("举报郑矿长收礼：")
    ('我举报郑矿长收礼', '举报郑矿长收礼：')
    >>> unaddressed("举报郑矿长：\\n不请郑矿长吃饭不行") == "举报郑矿长：\\n不请郑矿长吃饭不行"
    True
    >>> unaddressed("敬爱的郑矿长天天打牌，尊敬的郑矿长，请郑矿长管管")
    '敬爱的郑矿长天天打牌，，管管'
    """
    kept, place = [], 0
    for at in _ADDRESS.finditer(fold(text)):
        kept.append(text[place : at.start()])
        place = at.end()
    return "".join([*kept, text[place:]])
