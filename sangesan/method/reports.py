"""Reports (举报材料): whether a document says something of somebody, or only lists and tells who was there."""

from __future__ import annotations

import re

from .folding import fold
from .wrongs import CLAUSE, ILL, MANNERS, WRONGS, wrong

_ACCUSES = "举报|检举|控告|揭发|请[一-龥]{0,4}(?:查处|严惩)"
_ASKS = "请(?:领导|上级|组织|矿|纪委|有关部门)[一-龥]{0,6}处理|(?:要求|请求|请)处理(?!隐患|故障|问题|好|完)"
_LETTER, _PAPER = re.compile(_ACCUSES), re.compile(f"{_ACCUSES}|{_ASKS}|反映|投诉")
_GAIN = (f"(?:[收捞]|要(?!回|来|求)){CLAUSE}{{0,8}}(?:礼(?!堂|拜|貌|仪)|钱|红包|好处|(?:购物|加油|消费|超市)卡)|"
         f"得了?好处|给(?:(?!职工|员工|大家|发){CLAUSE}){{1,6}}红包")
"""What somebody is given or asks for (要钱、得好处); not 定位卡 that a rota tells to wear."""
_GAINED = re.compile(f"{WRONGS}|{MANNERS}|{_GAIN}")


def reports(papers: str, letter: str = "") -> bool:
    """Return whether documents report somebody or tell of a wrong (是否举报材料), or the letter they came with.

    Nearly every letter says 反映 of what it is about, and 请处理: then a rota that came with it is still a rota.

    >>> reports("关于队长的举报材料"), reports("他把锚杆卖了"), reports("值班表：矿长、分办员"), reports("")
    (True, True, False, False)
    >>> reports("队长经常骂我们，作风霸道"), reports("张三收了我五百元钱，请处理")
    (True, True)
    >>> reports("周科长要我两千元钱才给办"), reports("周科长收钱办事，得了好处"), reports("严禁收受礼金、红包和购物卡")
    (True, True, False)
    >>> reports("张三经常不上班，请领导处理"), reports("发现隐患请及时处理，违者严肃处理，请处理隐患")
    (True, False)
    >>> reports("值班表：带好定位卡，要及时处理隐患，严禁违章指挥；参加反腐败会议")
    False
    >>> reports("值班表", "反映食堂饭凉，请处理"), reports("值班表", "食堂收饭钱太多")
    (False, False)
    >>> reports("张三每月扣我们二百", "举报材料附上"), reports("名单", "队长骂人")
    (True, True)
    """
    return bool(_PAPER.search(fold(papers)) or _LETTER.search(fold(letter))
                or wrong(papers, _GAINED) or wrong(letter, ILL))
