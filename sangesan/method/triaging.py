"""Triage told of (说到信访分办): whether words tell of those who take letters in, and of a wrong.

They are called by their office or by what they do (信访上的人、接我信的), and what they did stands in no
list. Where words tell of a wrong, and nobody else is recognised as who did it, to speak of them is enough, and to speak
of one of them always is; not where somebody only went to them, praises them, or tells what they answered.
"""

from __future__ import annotations

import re

from .accusing import WRONGDOING
from .mentions import TITLES, folded
from .titles import asked, does
from .wrongs import CLAUSE, ill
from .yours import MERELY

SIGNS = ("信", "访", "分办")
"""Without one of these nobody is told of who takes letters in (速查): most letters have none."""
_MEN = "(?:人(?![民大间次数员])|女的?(?!儿|工)|男的?|大姐|小伙子?|姑娘|同志|老[一-龥]|小[一-龥]|家伙)"
_FOLK = f"(?:的|那|这|个|位|几|些){{1,3}}{_MEN}"
_PLACE = (f"信访(?:办(?:公室)?(?![理结件事法])|科|室|处(?![理置])|部门|上|口(?!头)|接待[室员处]|工作人员|人员|干部|员|"
          f"那[边里儿]|这[边里儿]|(?={_FOLK}))")
_ELSEWHERE = "(?:国家|中央|[省市县州镇乡]|街道|政府|法院|集团|公司|纪委|人大|[建教卫]委|局)"
_WORK = ("(?:接|收|办|管|看|拆|分|转|登记|处理)"
         "(?:待|了|过|我们?|俺们?|咱们?|大家|职工|群众|举报|反映|来|这|那|封|的){0,4}"
         "信(?:件|访件?)?的(?!领导|时[候间]|日|地方|原因|事|过程|电话|窗口|内容|情况|信)"
         f"|(?:接访|分办|接待我们?的?)(?:员|的|(?={_FOLK}))")
_ONE = re.compile("[接收办管看拆分转登处].{0,20}|.{0,8}(?:那[个位]|女|男|大姐|小伙|姑娘|老|小|家伙).{0,2}")
"""One of them, and not the office or its people (具体的人)."""
_THEM = re.compile(f"(?:{_PLACE}|{_WORK})(?:(?:的|那|这|个|位|几|些){{0,3}}{_MEN})?")
"""Who takes letters in, by the office or by the work (信访办那个女的、接我信的那个人、办信的)."""
_WENT = re.compile("[给跟向到去在从找替帮问往上经由报送寄交请](?:了|过|至|往)?(?:我们|咱们|你们|本|贵|矿上?|的){0,2}$"
                   f"|{_ELSEWHERE}的?$")
"""Before these words the office is where somebody went (去处), or another than the mine's (市信访局)."""
_MERELY = re.compile(
    "(?:我们?|俺们?|也|都|又|曾|已经?|就|是|只|一直|多次|几次|的|里|人|们|回复|答复|,|，|领导|同志){0,4}"
    "(?:去|找|跑|反映|举报|投诉|上访|信访|写|递|交|送|寄|提|说|讲|答|回|让|叫|要求|建议|通知|告诉|告知|转|受理|登记|解释|表示|"
    "核实|调查|查|打[来过了]?电话|联系|接待|电话|地址|门口|窗口|大厅|[:：]|您?你?们?好|请|尊敬)")
"""Behind it these only tell of going there, or of an answer (反映过、答复说)."""
_GIVEN_AWAY = re.compile(
    f"(?:(?!不|没|别|请|让|要){CLAUSE}){{0,10}}(?:说出去|[漏传]了?出去|(?:(?:告诉|透露|透了?风|通了?气|打小报告)(?:了|给)?|"
    f"[说讲学捅漏]给了?){CLAUSE}{{0,6}}(?:{TITLES}|领导|老板|他|她|对方|[队科班区]里|是我))")
"""A letter was told of to whom it accuses (走漏): 信访上的人告诉队长是我写的."""
_MAN = re.compile(_MEN)
_BY_TITLE = (re.compile(f"[；;]|(?![给跟向和让叫把将对])[一-龥]?(?:{TITLES})"), re.compile("[；;]"))
"""Behind it stands who of them is meant (另有所指): a name, or 信访办主任."""
_SOMEBODY = re.compile(f"{TITLES}|领导|干部|老板|[队科班区]里|[队科](?=[克私乱])")


def triage_told(text: str, *, known: bool = False) -> bool:
    """Return whether words tell of whoever takes letters in, and of a wrong (说到信访分办).

    Names in them are cut out. `known`: who did it is known by name.

    >>> [triage_told(one) for one in ("信访办那个女的把我的信给队长看了", "接我信的那个人压信")]
    [True, True]
    >>> triage_told("信访上的人告诉队长是我写的"), triage_told("接我信的那个人跟队长是亲戚")
    (True, True)
    >>> triage_told("信访办那个女的是队长老婆")
    True
    >>> triage_told("信访上的人很好"), triage_told("信访办那个女的很热情")
    (False, False)
    >>> triage_told("有人吃回扣，去信访办反映过"), triage_told("有人吃回扣，信访办答复说查")
    (False, False)
    >>> triage_told("有人把我的信漏出去了，信访上的人心里有数"), triage_told("吃回扣，请信访办查")
    (True, False)
    >>> triage_told("队长打人，信访办也知道"), triage_told("信访办；；；压着信"), triage_told("信访办主任收礼")
    (False, False, False)
    """
    said = folded(text)[0]
    told = [(at[0], at.end()) for at in _THEM.finditer(said) if not asked(said, at.start())
            and not _WENT.search(said, max(0, at.start() - 7), at.start())
            and not _BY_TITLE[bool(_MAN.search(at[0]))].match(said, at.end())]
    ends = [end for _way, end in told if not _MERELY.match(said, end)]
    if any(WRONGDOING.match(said, end) or _GIVEN_AWAY.match(said, end) or (
            _ONE.fullmatch(way) and end in ends and not MERELY.match(said, end)) for way, end in told):
        return True
    return bool(ends) and not known and ill(text) and not does(said, _SOMEBODY, WRONGDOING)
