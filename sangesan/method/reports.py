"""Reports (举报材料): whether a document says something of somebody, or only lists and tells who was there."""

from __future__ import annotations

import re

from .wrongs import wrong

_REPORTS = re.compile("反映|举报|检举|控告|揭发|投诉")


def reports(text: str) -> bool:
    """Return whether a document reports somebody or tells of a wrong (是否举报材料).

    >>> reports("关于队长的举报材料"), reports("他把锚杆卖了"), reports("值班表：矿长、分办员"), reports("")
    (True, True, False, False)
    """
    return bool(_REPORTS.search(text)) or wrong(text)
