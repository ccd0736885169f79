"""Accusing (检举): whether words say of somebody that a wrong is his own.

One sentence pattern decides it for posts and units alike: somebody stands as who does it, a wrong follows within the
clause, and nothing between the two makes it another's, a report of it, or its ban.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from .folding import fold
from .mentions import HEADS, ORGAN, TITLES, TOPS, UNION, called, folded, shortened
from .spelling import figures
from .titles import does, titled
from .wrongs import CLAUSE, MANNERS, ROUGH, WRONGS

_OTHERS = f"反映|举报|控告|检举|投诉|告(?!诉)|{TITLES}|[老小][一-龥](?=[^子])|有人|某"
"""Behind these the deed is somebody else's (另有其人): 向矿长反映队长克扣奖金."""
_US = "(?:我们?|俺们?|咱们?|你们?|大家|大伙|职工|工人|工友|群众|困难)"
_TELLING = ("说|讲|答复|回复|解释|表示|要求|通知|通报|(?<!就)知道|核实|调查|查|处理|处分|整治|制止|批评|教育|反对|"
            "杜绝|防止|禁|不(?:[准许能让]|要(?!脸))|别|从不|从未|没有|挨|不(?=[收拿打骂吃喝克贪私]|要(?!脸))|管(?!理|材)|被|来[了过]|"
            f"没(?!收{_US})(?=再?(?:{WRONGS}|{ROUGH}))|打击(?!报复|异己|{_US})|预防|防范|严防|抵制|纠正|拒收|"
            f"(?:严厉|约谈|提醒|表扬|拒绝|退[还回]|上交|慰问(?!品|金)|[去来]看了?|看[望了过](?!我)|帮助|[帮为替]{_US})"
            f"(?={CLAUSE}{{0,2}}(?:{WRONGS}|{ROUGH}))|受(?=欺|骂|辱|刁|威|骚)")
"""Behind these the deed is told of, looked into, forbidden, denied or a favour (转述、查处、禁止、帮忙)."""
_NOTED = (f"(?!(?:(?!没|不|还|也|就|谁|该|都){CLAUSE}){{0,3}}"
          "(?:专项|整治|治理|案例|警示|工作安排|自查|清理)"
          f"|人?的(?:那个|这个|那些|几个)?副?(?:{TITLES}))")
"""Behind a wrong that is the matter of a notice (通知、案例), or tells which somebody else is meant (骂人的队长)."""
_DOING = f"(?:(?!{_OTHERS}|{_TELLING}){CLAUSE}){{0,16}}(?:{WRONGS}|{ROUGH}){_NOTED}"
_OVER = "(?:领导班子|班子成员|班子|领导干部|领导们?|干部们?|当官的|管事的|头头们?)"
"""How whoever leads is called without a post (统称): at a crew they are its own heads."""
_PEOPLE = ("(?:的|里|那些?|这些?|几个){0,6}"
           f"(?:{_OVER}|队干|管理人员|工作人员|办事人?员|(?<=的)人)")
"""How those who lead a unit, or work in an office, are called together (合称)."""
_HABIT = ("(?:都|也|还|又|就|总是?|[一1]直|经常|长期|多次|私自|擅自|随意|故意|变相|违规|公然|集体|从上到下|上上下下|"
          "[把将对给向](?:我们?|职工|工人|工友|群众|大家|他们?|举报人|反映人)的?){0,3}")
_WITHIN = "让|叫|的|[把将对给向]|工人|职工|员|长|队|班|科|部|室|处(?!方)|公司"
_ITSELF = f"{_HABIT}(?:(?!{_OTHERS}|{_TELLING}|{_WITHIN}){CLAUSE}){{0,4}}(?:{WRONGS}){_NOTED}"
"""What may stand between a unit and its wrong, but not whom else it is asked about: 请纪委对张三受贿进行调查."""
_CLAUSES = re.compile(f"{CLAUSE}+")
_ANY = re.compile(f"{WRONGS}|{ROUGH}")
WRONGDOING = re.compile(_DOING)
"""What follows behind whoever does a wrong (行为), in folded words."""
_BLAME = re.compile(f"{_PEOPLE}{_DOING}|{_ITSELF}")
_SOME = "(?:那个|这个|有些|有的|个别|某些|[一1]些|几个|那些|这些)?的?"
_HEAD = "头(?![上发疼痛晕部盔灯皮顶面次班一两几0-9])"
"""头 is whoever leads near, 头上 and 头灯 are not."""
_OURS = "(?:(?<!\\w)|我们?|俺们?|咱们?|本|(?<=的)这个)"
"""How one's own unit is told (本单位称呼), with its last sign or without: 我们队, 咱科里."""


def accused(text: str, title: str) -> bool:
    """Return whether a clause accuses whoever is called so (按称呼检举), wherever it stands: 副矿长 is no 矿长.

    >>> accused("矿长收了供应商的礼", "矿长"), accused("副矿长收了红包", "矿长"), accused("矿长说奖金照发", "矿长")
    (True, False, False)
    >>> accused("矿长信箱：队长克扣奖金", "矿长"), accused("矿长信箱里反映队长收红包", "矿长")
    (False, False)
    >>> accused("请纪委书记核实材料科收礼的事", "纪委书记"), accused("矿长要求不准赌博", "矿长")
    (False, False)
    >>> accused("向矿长反映队长克扣奖金", "矿长"), accused("矿长查一查队长收礼的事", "矿长")
    (False, False)
    """
    return bool(said := _told(text)) and does(said, titled(title), WRONGDOING)


def initialled(text: str, initials: str, titles: Collection[str]) -> bool:
    """Return whether words accuse somebody by initials (首字母检举): beside what he is called, or as who does a wrong.

    >>> initialled("队长CJH收钱", "cjh", ["队长"]), initialled("cjh克扣补助", "cjh", [])
    (True, True)
    >>> initialled("装个LED灯", "led", ["队长"])
    False
    """
    if len(initials) < SHORTEST or not (text := fold(text).lower()).count(initials):
        return False
    token = f"(?<![a-z0-9]){re.escape(initials)}(?![a-z0-9])"
    called = "|".join(map(re.escape, titles)) or "(?!)"
    return bool(re.search(f"(?:{called}){token}|{token}(?:{called})", text)) or does(
        text, re.compile(token), WRONGDOING)


SHORTEST = 3  # letters that initials have at least (首字母最短)


def accused_near(text: str, unit: str, title: str) -> bool:
    """Return whether words accuse the head of a unit that is near by the title alone (只称职务): 我们队长克扣奖金.

    >>> accused_near("我们队长克扣奖金", "综采一队", "队长"), accused_near("队里的一把手骂人", "综采一队", "队长")
    (True, True)
    >>> accused_near("支部书记收份子钱", "综采一队党支部", "党支部书记"), accused_near("队长人好", "综采一队", "队长")
    (True, False)
    >>> accused_near("掘进一队队长打人", "综采一队", "队长"), accused_near("队长从不收礼", "综采一队", "队长")
    (False, False)
    >>> accused_near("外号大炮的我们队一把手骂人", "综采一队", "队长")
    True
    >>> accused_near("党委书记收礼", "综采一队党支部", "书记"), accused_near("矿领导骂人", "综采一队", "队长")
    (False, False)
    >>> [accused_near("领导骂人", unit, "负责人") for unit in ("综采一队", "综采一队党支部")]
    [True, True]
    """
    return bool(said := _told(text)) and does(said, _headed(fold(unit), fold(title)), WRONGDOING)


def blamed(text: str, unit: str, *, near: str | None = None) -> bool:
    """Return whether words accuse a unit as a whole (检举整个单位): itself, or those who lead it, of a wrong.

    Who is only told of, or forbids the wrong, is not accused. `near` as in `names_post`; near it a unit is 队里 too.

    >>> blamed("综采1队领导克扣奖金", "综采一队"), blamed("信访办把我的信压了三个月", "信访办")
    (True, True)
    >>> blamed("综采一队私分安全奖", "综采一队党支部"), blamed("队领导吃拿卡要", "综采一队", near="")
    (True, True)
    >>> blamed("综采一队领导来看过，有人打人", "综采一队"), blamed("信访办的人说队里克扣奖金", "信访办")
    (False, False)
    >>> blamed("综采一队压风自救装置缺件", "综采一队"), blamed("供应科收货付钱", "供应科")
    (False, False)
    >>> blamed("请纪委对张三受贿进行调查", "纪委"), blamed("希望信访办把机电队克扣奖金的事管管", "信访办")
    (False, False)
    >>> blamed("综采一队老张打人", "综采一队"), blamed("综采一队领导严禁打骂工人", "综采一队")
    (False, False)
    >>> blamed("纪委通报的吃空饷案例", "纪委"), blamed("在信访办受到威胁", "信访办")
    (False, False)
    >>> blamed("安监处严厉打击违章指挥", "安监处"), blamed("安监处打击报复我们", "安监处")
    (False, True)
    """
    if unit.endswith(("分会", "团支部")):
        return False
    said, plain = _told(text), figures(ORGAN.sub("", fold(unit)))
    return bool(said) and len(plain) > 1 and does(said, _called(plain, near), _BLAME)


_LEADERS = re.compile("矿(?:上|里|级)?的?(?:(?:主要)?领导(?:班子|干部|成员)*|[一1]把手|主要负责人|当官的|头头)")
_ALL = "(?:们|都|个个|[一1]个个|集体|全都?|带头|(?<=班子)|(?<=成员))"
_RULING = re.compile(f"{_ALL}(?:(?!{_OTHERS}|{_TELLING}){CLAUSE}){{0,16}}(?:{WRONGS}|{MANNERS}){_NOTED}"
                     f"|{_HABIT}(?:{WRONGS}|{MANNERS}){_NOTED}")
"""Leaders as a whole do a wrong; 矿领导某某收礼 is one of them, 矿上一把手 one of two."""


def leaders_blamed(text: str) -> bool:
    """Return whether words accuse those who lead the mine as a whole (检举矿领导班子).

    >>> leaders_blamed("矿领导个个包工程，工程款进了自家腰包"), leaders_blamed("矿领导私分奖金")
    (True, True)
    >>> leaders_blamed("请矿领导查队里私分奖金的事"), leaders_blamed("综采一队领导私分奖金")
    (False, False)
    >>> leaders_blamed("领导私分奖金"), leaders_blamed("矿领导都没收红包"), leaders_blamed("矿领导骂人的队长不管")
    (False, False, False)
    """
    return does(_told(text), _LEADERS, _RULING)


@lru_cache(maxsize=4)
def _told(text: str) -> str:
    """Return the clauses that tell of a wrong (说到不正之事的小句), as posts are looked for: once for all of them."""
    return "\n".join(one for one in _CLAUSES.findall(folded(text)[0]) if _ANY.search(one))


@lru_cache(maxsize=8_192)
def _called(plain: str, near: str | None) -> re.Pattern[str]:
    """Return how a unit is called (单位称呼); each way ends with the unit's own last sign, so that the deed follows."""
    ours = () if near is None or plain[-1] not in HEADS else (f"{_OURS}{plain[-1]}(?:里|上)?",)
    itself = f"(?<![队科班组段分]){UNION}" if plain == UNION else re.escape(plain)  # 队工会 is not the mine's
    return re.compile("|".join((itself, *shortened(plain, near), *ours)))


@lru_cache(maxsize=2_048)
def _headed(unit: str, title: str) -> re.Pattern[str]:
    """Return how one's own head is called (本单位负责人称呼): by the title, or as whoever leads."""
    core = ORGAN.sub("", unit)
    told = (*called(unit, title, head=True), *(TOPS if core == unit else ()))
    names = "|".join(map(re.escape, sorted(map(figures, told), key=len, reverse=True)))
    own = f"(?:{re.escape(unit[-1])}|{re.escape(core[-1:])})?(?:里|上)?的?"
    return re.compile(f"{_OURS}{own}(?:那个|这个)?(?:{names})|{_OURS}(?:听说|现在)?{own}{_SOME}(?:{_OVER}|{_HEAD})")


def whole(text: str, unit: str) -> bool:
    """Return whether a line that says whom a letter is about means a unit as a whole (整个单位), not one post of it.

    >>> whole("纪委", "纪委"), whole("你们纪委的人，", "纪委"), whole("纪委书记", "纪委")
    (True, True, False)
    >>> whole("张三，已报纪委", "纪委")
    False
    """
    alone = r"(?:(?<!\w)|(?<=[们贵本矿是]))"
    return bool(re.search(rf"{alone}{re.escape(fold(unit))}(?:{_PEOPLE})?(?![一-龥])", fold(text)))
