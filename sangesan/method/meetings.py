"""Meetings (会议): their series, who is expected, when one stands, when its record may still be written.

Practice differs (domain.md 4.1, 5.2); the numbers may be changed here.

>>> of("secretaries").word, of("nothing there").slug
('党支部书记例会', 'other')
>>> quorate(5, 9, of("committee")), quorate(4, 9, of("committee"))
(True, False)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from .words import word

FULL = 10_000
LATEST = 31
"""Days after which a meeting is not written down any more (补记天数)."""
OVER_NEW_YEAR = 7
"""Days after which a meeting of last year is not written down any more (跨年补记天数)."""
LONGEST = timedelta(hours=12)
NEXT = 7
"""Days until the next meeting, offered as the due date of a decision (下次会议)."""
MOST_DECISIONS, MOST_CONCLUSIONS = 20, 40


@dataclass(frozen=True)
class Series:
    """A series of meetings (会议系列).

    `expects` says whose posts are expected; `counted` that a hall is counted and only those who
    are absent are named; `quorum` is the least share present, in ten-thousandths;
    `above` that only a committee calls it; `routine` is the code of the shipped routine it fulfils.
    """

    slug: str
    word: str
    expects: str = "unit"
    quorum: int = 5_000
    counted: bool = False
    note: str = ""
    above: bool = False
    routine: str = ""


SERIES: tuple[Series, ...] = (
    Series("departments", word("政工部门负责人例会"), "departments", above=True, routine="ZGLH-B",
           note=word("每周一次：上周落实、本周安排、要协调的事")),
    Series("secretaries", word("党支部书记例会"), "branches", above=True, routine="ZGLH-Z",
           note=word("每周一次：各支部落实情况、本周安排、要协调的事")),
    Series("assembly", word("支部党员大会"), counted=True, routine="DY-DH",
           note=word("每季度至少一次；表决须有半数以上到会")),
    Series("committee", word("支部委员会"), routine="DY-ZW", note=word("每月至少一次")),
    Series("group", word("党小组会"), counted=True, routine="DY-XZ", note=word("每月至少一次")),
    Series("lecture", word("党课"), counted=True, quorum=0, routine="DY-DK", note=word("定期上党课；写明主讲人和题目")),
    Series("party_day", word("主题党日"), counted=True, quorum=0, routine="DY-ZT", note=word("每月固定一天")),
    Series("union", word("分会委员会"), routine="GH-WY", note=word("研究会员关心的事")),
    Series("analysis", word("思想状况分析会"), note=word("研究当月思想状况分析，定下办的事")),
    Series("quarter", word("季度座谈"), counted=True, quorum=0, note=word("听各类人员说；每条意见都要有答复")),
    Series("other", word("其他会议"), note=word("专题会、临时会")),
)
_BY_SLUG = {series.slug: series for series in SERIES}
STANDINGS = {"present": word("到会"), "substitute": word("他人代会"), "excused": word("请假"), "absent": word("缺席"),
             "guest": word("列席")}
"""How somebody stands on the roster (到会情况)."""
EXPECTED = ("present", "substitute", "excused", "absent")
THERE = ("present", "substitute")


def of(slug: str) -> Series:
    """Return a series (取会议系列); what nobody knows is another meeting."""
    return _BY_SLUG.get(slug, _BY_SLUG["other"])


def of_routine(code: str) -> str:
    """Return the series that fulfils a routine (制度对应的会), '' when none does.

    >>> of_routine("ZGLH-Z"), of_routine("DY-TX")
    ('secretaries', '')
    """
    return next((one.slug for one in SERIES if code in (one.routine, one.slug) and code), "")


def quorate(present: int, expected: int, series: Series, least: int = 0) -> bool:
    """Return whether enough came (到会够不够): at least the share, counted in whole people.

    `least` is the share the routine itself asks for, in per cent; 0 leaves it to the series.

    >>> quorate(0, 0, of("other")), quorate(1, 40, of("lecture")), quorate(0, 40, of("lecture"))
    (False, True, False)
    """
    return present >= needed(expected, series, least)


def needed(expected: int, series: Series, least: int = 0) -> int:
    """Return how many must come at least (最少到会).

    >>> needed(9, of("committee")), needed(10, of("committee")), needed(30, of("lecture")), needed(30, of("other"), 80)
    (5, 5, 1, 24)
    """
    return max(1, -(-expected * (least * 100 or series.quorum) // FULL))


def too_old(begins: datetime, now: datetime) -> bool:
    """Return whether it is too late to write a meeting down (能否补记); local moments.

    >>> too_old(datetime(2026, 12, 30, 9), datetime(2027, 1, 4, 9))
    False
    >>> too_old(datetime(2026, 12, 20, 9), datetime(2027, 1, 4, 9))
    True
    >>> too_old(datetime(2026, 10, 20, 9), datetime(2026, 11, 24, 9))
    True
    """
    days = (now.date() - begins.date()).days
    return days > LATEST or (begins.year < now.year and days > OVER_NEW_YEAR)


def title(series: Series, own: str, number: int, year: int) -> str:
    """Return how a meeting is called in its minutes (会议名称).

    >>> title(of("secretaries"), "", 12, 2026), title(of("other"), "欠薪专题会", 1, 2026)
    ('党支部书记例会（2026年第12次）', '欠薪专题会')
    """
    return own or word("%(word)s（%(year)s年第%(number)s次）") % {"word": series.word, "year": year, "number": number}


def seat(unit: str, title: str) -> str:
    """Return how a post is named with its unit (岗位全称), the unit once.

    >>> seat("综采一队党支部", "党支部书记"), seat("劳资科", "负责人"), seat("综采一队", "综采一队队长")
    ('综采一队党支部书记', '劳资科负责人', '综采一队队长')
    """
    if unit in title:
        return title
    common = next((n for n in range(min(len(unit), len(title)), 0, -1) if unit.endswith(title[:n])), 0)
    return unit + title[common:]


def next_due(begins: date) -> date:
    """Return the due date that is offered for a decision (下次会议日): the next meeting, a week later."""
    return begins + timedelta(days=NEXT)
