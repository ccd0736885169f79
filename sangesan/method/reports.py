"""Reports (举报材料): whether a document says something of somebody, or only lists and tells who was there."""

from __future__ import annotations

import re

from .folding import fold
from .wrongs import ROUGH, WRONGS

_REPORTS = re.compile(f"反映|举报|检举|控告|揭发|投诉|(?:请|要)求?[一-龥]{{0,4}}(?:查处|处理|严惩)|{WRONGS}|{ROUGH}")


def reports(text: str) -> bool:
    """Return whether a document reports somebody or tells of a wrong (是否举报材料).

    >>> reports("关于队长的举报材料"), reports("他把锚杆卖了"), reports("值班表：矿长、分办员"), reports("")
    (True, True, False, False)
    >>> reports("队长经常骂我们，作风霸道"), reports("张三收了我五百元钱，请处理")
    (True, True)
    """
    return bool(_REPORTS.search(fold(text)))
