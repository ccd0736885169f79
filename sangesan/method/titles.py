"""Titles (职务): how the holder of a post of which a mine has one is called by it alone."""

from __future__ import annotations

import re
from functools import lru_cache

from .folding import fold
from .spelling import figures


@lru_cache(maxsize=512)
def titled(title: str) -> re.Pattern[str]:
    """Return how whoever holds a post is called by it (职务的说法), in folded words: a deputy also by his field.

    >>> way = titled("安全副矿长")
    >>> [bool(way.search(one)) for one in ("安全矿长", "管安全的马矿长", "安全副总", "生产矿长", "安全总是差")]
    [True, True, True, False, False]
    >>> bool(titled("矿长").search("副矿长")), bool(titled("矿长").search("矿长信箱"))
    (False, False)
    """
    title = fold(title)
    field, deputy, more = title.partition("副矿长")
    spoken = re.escape(figures(title))
    if deputy and field and not more:
        field = re.escape(figures(field))
        spoken = (f"(?:(?:分管|主管|管){field}(?:工作)?的|{field})(?:那个|这个)?[一-龥]?"
                  "(?:副?矿长|副?总(?![工是有会共]))")
    return re.compile(f"(?<!副){spoken}(?!信箱|接待|热线)")
