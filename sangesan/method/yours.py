"""Yours (你们的人): whether a later word tells the unit that has a matter in hand of whoever leads it.

“你们科长” in the dialogue with a unit is its head, whatever he is said to have done. Not where he is thanked, praised
or asked to act, or where it is only told what he said or when he came.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from .mentions import TOPS, folded
from .spelling import figures
from .titles import asked
from .wrongs import CLAUSE

_UNIT = "(?:单位|部门|科室|[队科处部区班厂室办])?(?:里|上)?的?(?:那个|这个|那位|这位)?"
_THANKS = re.compile(f"(?:谢|辛苦|多亏|表扬|点赞|好评|[给跟向找去到请问等对]){CLAUSE}{{0,6}}$")
"""Before these words he is thanked, asked, or where somebody goes (致谢、请求、去处)."""
_WHEN = ("(?:今天|昨天|前天|上次|上周|那天|刚才?|刚刚|当时|后来|已经?|早就|亲自|一直|也|都|又|就|还|曾|再|只|是|"
         "会|能|可以|没有?|未){0,4}")
_TOLD = ("说(?!我(?!们)|要?(?:[停扣调整弄]|开除|处分|收拾))|讲(?!情)|答|回|承诺|解释|表示|告诉|打来?电话|联系|"
         "来(?!我?家|闹|找我)|到(?!处)|看(?!上|中|不)|知道(?!是?[我谁])|通知|(?:让|叫)我们?再?(?:等|去|来|找|填|交|带|打)|"
         f"签|批(?!评)|同意|接(?!受|了)|在(?!{CLAUSE}{{0,4}}(?:家|有|占|入|开))|忙|休|定|派|姓|是谁|叫什么|电话|手机|办公|"
         "什么时候|几[点时]")
"""What is only told of him: what he said, when he came (转述、来过)."""
_DONE = ("给?(?:我们?)?(?:帮(?=我|忙|着)|修(?!理我)|换|解决|处理(?!我)|办(?=[好妥了理成])|落实|"
         "安排(?!自|他|亲|小|老)|打了?电话|回了?|个)|辛苦|满意|关心|"
         "(?:人|态度|办事|工作)?(?:都|也)?(?:很|真|挺|非常|特别|十分|太|最)?"
         "(?:好(?!处|像|意思)|不错|负责(?!的)|热[心情]|认真|和气|耐心|公道|实在)")
"""What he did for the speaker, or is praised for (办了、夸奖)."""
MERELY = re.compile(f"{_WHEN}(?:不?给?(?:我们?)?(?:{_TOLD})|{_DONE}|[您你]好|[:：,，。!！?？;；\\s]|$)")


def told_of_yours(text: str, titles: Collection[str]) -> bool:
    """Return whether words tell a unit of whoever leads it and is called so (说到你们的负责人).

    >>> said = ("你们科长拿了老板的钱", "你们科长在他家有股份", "你们那个科长跟老板是亲戚", "你们领导让我别再写了")
    >>> [told_of_yours(one, ["科长"]) for one in said]
    [True, True, True, True]
    >>> thanks = ("谢谢你们科长", "你们科长来看过", "你们科长说下周发", "请你们科长看看", "你们科长很负责")
    >>> [told_of_yours(one, ["科长"]) for one in thanks]
    [False, False, False, False, False]
    >>> told_of_yours("你们副科长是他亲戚", ["科长"]), told_of_yours("我们科长是他亲戚", ["科长"])
    (False, False)
    """
    said = folded(text)[0]
    return any(not asked(said, at.start()) and not _THANKS.search(said, max(0, at.start() - 8), at.start())
               and not MERELY.match(said, at.end()) for at in _yours(frozenset(titles)).finditer(said))


@lru_cache(maxsize=512)
def _yours(titles: frozenset[str]) -> re.Pattern[str]:
    names = "|".join(sorted({*map(re.escape, map(figures, (*titles, *TOPS))), "头", "领导"}, key=len, reverse=True))
    return re.compile(f"[你您]们{_UNIT}(?:{names})(?!办公室|信箱|接待)")
