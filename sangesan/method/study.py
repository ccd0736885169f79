"""Study days (学习日): in paid time, with material from allowed places; a self-test says its result to one person."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import time
from enum import StrEnum

MOST_QUESTIONS = 200
LINK = re.compile(r"https?://(?P<host>[A-Za-z0-9.-]+)(:[0-9]{1,5})?(/[!-~]*)?")
"""A link (网址): scheme, host, port, path; nobody's name before the host."""


class Day(StrEnum):
    """What a study day is for (学习日类别)."""

    PARTY = "party"  # 党团活动日，周一
    SKILL = "skill"  # 业务技能学习，周四
    SAFETY = "safety"  # 安全活动日，周五


def paid(at: time, spans: Sequence[tuple[time, time]]) -> bool:
    """Return whether a time of day lies in paid time (是否在工作时间): a shift may run past midnight.

    >>> night, day = (time(0), time(8)), (time(16), time(0))
    >>> paid(time(7, 30), [night]), paid(time(8, 30), [night]), paid(time(23, 30), [day]), paid(time(15), [day])
    (True, False, True, False)
    """
    return any(begins <= at < ends if begins < ends else at >= begins or at < ends for begins, ends in spans)


def allowed(link: str, hosts: Collection[str]) -> bool:
    """Return whether a link leads to an allowed host (是否允许的网址), by its whole host and over http(s) only.

    >>> hosts = ["video.mine.local"]
    >>> allowed("https://video.mine.local/a.mp4", hosts), allowed("http://video.mine.local:8080/a", hosts)
    (True, True)
    >>> [allowed(link, hosts) for link in ("https://evil.com/video.mine.local", "https://video.mine.local.evil.com/",
    ...     "https://video.mine.local@evil.com/", "javascript:alert(1)", "//video.mine.local/a", "https://[bad/")]
    [False, False, False, False, False, False]
    """
    found = LINK.fullmatch(link)
    return found is not None and found["host"].lower() in hosts


def marked(chosen: Sequence[str], right: Sequence[str]) -> list[bool]:
    """Return which answers are right (判题); several letters in any order.

    >>> marked(["A", "CB", ""], ["A", "BC", "D"])
    [True, True, False]
    """
    return [bool(said) and set(said) == set(key) for said, key in zip(chosen, right, strict=True)]
