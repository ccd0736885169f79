"""Accusing (检举): whether words accuse a post of which the mine has one, or a unit as a whole, of a wrong."""

from __future__ import annotations

import re
from functools import lru_cache

from .folding import fold
from .mentions import ORGAN, TITLES, folded, shortened
from .spelling import figures

_CLAUSE = "[^，,。；;：:！!？?\\n]"
_HELD = (f"压信(?!号)|[把将]{_CLAUSE}{{0,8}}(?:信|来件|材料){_CLAUSE}{{0,3}}[压扣](?:了|下|着|住|起)|"
         f"压(?:(?:着|住|下|了){_CLAUSE}{{0,6}}|(?:我们?|职工|群众|举报|大家|工友)的?{_CLAUSE}{{0,3}})"
         "(?:信(?!号)|信访件|来件|(?<=的)件|材料(?!费))")
"""Letters are held back (压信); 压风自救装置缺件 is a machine."""
_DEEDS = ("受贿|索贿|贪污|挪用|公款|私分|私吞|侵吞|中饱|回扣|红包|好处|吃拿卡要|以权谋私|徇私|包庇|报复|克扣|空饷|"
          "骂人|打人|威胁|恐吓|赌博|嫖|作风|腐败|"
          f"(?:收|要){_CLAUSE}{{0,8}}(?:礼|钱|卡)|{_HELD}")
_OTHERS = f"反映|举报|控告|检举|投诉|告(?!诉)|{TITLES}"
"""Behind these the deed is somebody else's (另有其人): 向矿长反映队长克扣奖金."""

_ASKED = re.compile(f"(?:请|希望|建议|要求|恳|盼|麻烦|求|望){_CLAUSE}{{0,6}}$")
"""Before these words whoever is named is asked to act (请其查办), and not accused."""
_TELLING = "说|讲|要求|知道|核实|调查|严查|查处|处理|制止|批评|反对|不准|严禁|来了"
"""Behind these the deed is told of or forbidden (转述、禁止)."""


def accused(text: str, title: str) -> bool:
    """Return whether a clause accuses a post of which the mine has one (按职务检举): 副矿长 is no 矿长.

    >>> accused("矿长收了供应商的礼", "矿长"), accused("副矿长收了红包", "矿长"), accused("矿长说奖金照发", "矿长")
    (True, False, False)
    >>> accused("矿长信箱：队长克扣奖金", "矿长"), accused("矿长信箱里反映队长收红包", "矿长")
    (False, False)
    >>> accused("请纪委书记核实材料科收礼的事", "纪委书记"), accused("矿长要求不准赌博", "矿长")
    (False, False)
    >>> accused("向矿长反映队长克扣奖金", "矿长"), accused("矿长查一查队长收礼的事", "矿长")
    (False, False)
    """
    text, title = fold(text), fold(title)
    between = f"(?:(?!{_OTHERS}|{_TELLING}){_CLAUSE}){{0,16}}"
    ways = re.finditer(f"(?<!副){re.escape(title)}(?!信箱|接待|热线){between}(?:{_DEEDS})", text)
    return any(not _ASKED.search(text, max(0, at.start() - 9), at.start()) for at in ways)


_PEOPLE = ("(?:的|里的?|那些?|这些?|几个)*"
           "(?:领导班子|班子成员|班子|领导干部|领导们?|干部们?|队干|管理人员|当官的|管事的|头头们|工作人员|办事人?员|(?<=的)人)")
"""How those who lead a unit, or work in an office, are called together (合称)."""
_WRONGS = ("受贿|索贿|贪污|挪用|私分|私吞|侵吞|截留|中饱|吃?回扣|吃拿卡要|以权谋私|徇私|包庇|(?:打击)?报复|克扣|"
           "吃?空饷|威胁|恐吓|瞒报|隐瞒不报|弄虚作假|造假|做假账|乱罚款|乱收费|骂人|打人|打骂|索要|勒索|"
           f"收{_CLAUSE}{{0,4}}(?:礼(?!堂)|好处|红包)|收(?:了|受|过|我们?|职工|工人|人家?){_CLAUSE}{{0,3}}(?:烟|酒|钱)|{_HELD}")
_ROUGH = "收黑?钱|骂|欺负|欺压|刁难|穿小鞋|态度(?:恶劣|极差|很差|蛮横)|作风(?:粗暴|霸道|恶劣)"
_SAYING = ("说|讲|答复|回复|解释|表示|要求|通知|告诉|调查|核实|处理|查|制止|批评|教育|禁|杜绝|"
           "没有|从不|从未|管(?!理)|反对|被|遭|让|叫")
"""Behind these the deed is told of, forbidden or denied (转述、禁止), and nobody is accused of it."""
_HABIT = ("(?:都|也|还|又|总是?|一直|经常|长期|多次|私自|擅自|随意|故意|变相|违规|公然|"
          "[把将对给向](?:我们?|职工|工人|工友|群众|大家|他们?|举报人|反映人)的?){0,3}")
"""What may stand between a unit and its wrong, but not whom else it is asked about: 请纪委对张三受贿进行调查."""


_ANY_WRONG = re.compile(f"{_WRONGS}|{_ROUGH}")
_BLAME = re.compile(f"(?:{_PEOPLE}(?:(?!{_OTHERS}|{_SAYING}){_CLAUSE}){{0,10}}(?:{_WRONGS}|{_ROUGH})|"
                    f"{_HABIT}(?:{_WRONGS}))")


def blamed(text: str, unit: str, *, near: str | None = None) -> bool:
    """Return whether words accuse a unit as a whole (检举整个单位): itself, or those who lead it, of a wrong.

    Who is only told of, or forbids the wrong, is not accused. `near` as in `names_post`.

    >>> blamed("综采1队领导克扣奖金", "综采一队"), blamed("信访办把我的信压了三个月", "信访办")
    (True, True)
    >>> blamed("综采一队私分安全奖", "综采一队党支部"), blamed("队领导吃拿卡要", "综采一队", near="")
    (True, False)
    >>> blamed("综采一队领导来看过，有人打人", "综采一队"), blamed("信访办的人说队里克扣奖金", "信访办")
    (False, False)
    >>> blamed("综采一队压风自救装置缺件", "综采一队"), blamed("供应科收货付钱", "供应科")
    (False, False)
    >>> blamed("请纪委对张三受贿进行调查", "纪委"), blamed("希望信访办把机电队克扣奖金的事管管", "信访办")
    (False, False)
    >>> blamed("综采一队老张打人", "综采一队"), blamed("综采一队领导严禁打骂工人", "综采一队")
    (False, False)
    """
    if unit.endswith(("分会", "团支部")):
        return False
    text, _signs = folded(text)
    if not _ANY_WRONG.search(text):
        return False
    plain = figures(ORGAN.sub("", fold(unit)))
    return len(plain) > 1 and any(
        _BLAME.match(text, at.end()) and not _ASKED.search(text, max(0, at.start() - 9), at.start())
        for at in _called(plain, near).finditer(text))


@lru_cache(maxsize=8_192)
def _called(plain: str, near: str | None) -> re.Pattern[str]:
    """Return how a unit is called (单位称呼); each way ends with the unit's own last sign, so that the deed follows."""
    return re.compile("|".join((re.escape(plain), *shortened(plain, near))))


def whole(text: str, unit: str) -> bool:
    """Return whether a line that says whom a letter is about means a unit as a whole (整个单位), not one post of it.

    >>> whole("纪委", "纪委"), whole("你们纪委的人，", "纪委"), whole("纪委书记", "纪委")
    (True, True, False)
    >>> whole("张三，已报纪委", "纪委")
    False
    """
    alone = r"(?:(?<!\w)|(?<=[们贵本矿是]))"
    return bool(re.search(rf"{alone}{re.escape(fold(unit))}(?:{_PEOPLE})?(?![一-龥])", fold(text)))
