"""Stories (事项脚本): who says what, where and when, and what becomes of it.

A week's stories depend on the seed and the week alone, so two runs that overlap agree, and a
quarter is a piece of the year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from sangesan.foundation.clock import LOCAL

from .texts import Words, everyday, spoken
from .units import OFFICES, TEAMS, WORK

A_WEEK = 12
LAST_DAYS = 6
EPOCH = date(2024, 1, 1)  # a Monday
SPRING, AUTUMN = range(15, 19), range(40, 45)  # weeks of the year
CHANNELS = (
    ("correspondent", 45), ("box", 15), ("leaders", 15), ("union", 7), ("letter", 5), ("visit", 4), ("phone", 4),
    ("reception_day", 3), ("upper", 2),
    ("proposal", 1),
)
REGISTERED = ("box", "letter", "visit", "phone", "reception_day", "upper", "union", "proposal")
RECEPTION = 16
"""Leaders receive on this day of the month, or the next working day (接待日)."""
LEAD = {
    "pay": "LZK", "welfare": "LZK", "employment": "LZK", "reform": "LZK", "training": "PXK", "logistics": "HQK",
    "health": "HQK", "conduct": "DWB", "party": "DWB", "openness": "LZK", "hardship": "GHB", "order": "BWK",
    "hours": "SCK", "other": "DWB",
}
EXPERTS = {"elec": "JDK", "trans": "JDK", "vent": "TFK", "geo": "DCK", "cut": "SCK", "drive": "SCK"}
ITSELF = {"safety": 0.65, "health": 0.5, "logistics": 0.4, "training": 0.4, "party": 0.5, "order": 0.4, "other": 0.3}
GROUPS = {"under": ("cut", "drive", "elec", "trans", "vent", "geo"), "family": ("prop", "retire"),
          "any": ("cut", "drive", "elec", "trans", "vent", "geo", "wash", "prop", "hosp", "office", "contract")}


@dataclass(frozen=True)
class Story:
    """One matter's script (一件事的脚本). `fate` says how it runs, `stop` after which step it rests."""

    key: str
    moment: datetime
    words: Words
    title: str
    text: str
    answer: str
    unit: str
    lead: str
    channel: str
    mode: str
    fate: str = "plain"
    stop: str = ""
    danger: bool = False

    def chance(self, part: str) -> Random:
        """Return chance of its own (本事项的随机数) for a part of the road, the same in every run."""
        return Random(f"{self.key}/{part}")  # noqa: S311 - a play, no secret

    @property
    def support(self) -> str:
        """The office that helps a unit (协办单位), '' when an office leads."""
        return office_of(self.words, self.unit) if self.lead == self.unit else ""

    @property
    def grade(self) -> str:
        score = self.words.urgency * self.words.importance
        return "A" if score >= 6 else "B" if score >= 3 else "C"


def told(since: date, until: date, seed: int) -> list[Story]:
    """Return the stories of all days from `since` to `until` (全部脚本), in order of time.

    What was heard in the last days is told by what rests and by the living work; more would look
    like a rise where there is none.
    """
    rows, monday, last = [], since - timedelta(days=since.weekday()), until - timedelta(days=LAST_DAYS)
    while monday <= last:
        rows += [story for story in week(monday, seed) if since <= story.moment.date() <= last]
        monday += timedelta(days=7)
    rows += [story for story in topic(until, seed) if story.moment.date() >= since]
    rows += resting(until, seed)
    return sorted(rows, key=lambda story: (story.moment, story.key))


def week(monday: date, seed: int) -> Iterator[Story]:
    """Yield the stories of one week (一周的脚本)."""
    number = (monday - EPOCH).days // 7
    random = Random(f"{seed}/{number}")  # noqa: S311 - a play, no secret
    season = monday.isocalendar().week
    grave, usual = everyday(seed, True), everyday(seed, False)
    picked = [grave[number % len(grave)]]
    picked += [usual[(number * (A_WEEK - 1) + n) % len(usual)] for n in range(A_WEEK - 1)]
    if season in SPRING:
        picked += random.sample(spoken("hot"), 5)
    if season in AUTUMN:
        picked += random.sample(spoken("rise"), 4)
    for place, words in enumerate(picked):
        day = monday + timedelta(days=random.choices(range(7), (6, 6, 6, 6, 5, 2, 1))[0])
        yield told_on(day, words, f"{seed}/{number}/{place}", random, fate_of(random, words))


def told_on(day: date, words: Words, key: str, random: Random, fate: str = "plain", stop: str = "") -> Story:
    """Return one story told on a day (一件脚本)."""
    title, text, answer = words.filled(random)
    channel = random.choices([name for name, _ in CHANNELS], [weight for _, weight in CHANNELS])[0]
    if words.who in ("family", "retire") and channel == "correspondent":
        channel = "phone"
    unit = unit_of(words, random)
    if channel == "correspondent" and WORK.get(unit) == "office":
        channel = "leaders"
    hour = random.randint(8, 16) if channel in REGISTERED else random.choice((6, 7, 8, 9, 13, 15, 16, 17, 19, 22, 23))
    moment = datetime.combine(day, time(hour, random.randint(0, 59)), LOCAL)
    mode = random.choices(("anonymous", "confidential", "named"), (5, 2, 3))[0]
    if channel in ("visit", "phone", "reception_day", "proposal") and mode == "anonymous":
        mode = "named"
    if channel == "reception_day":
        moment = datetime.combine(reception_day(day), moment.time(), LOCAL)
    if words.category == "hardship":
        mode = "confidential"  # help has to find whom to help
    danger = words.category == "safety" and words.urgency == 3 and words.kind == "appeal"
    lead = lead_of(words, unit, random)
    return Story(key, moment, words, title, text, answer, unit, lead, channel, mode, fate, stop,
                 danger and channel in ("leaders", "correspondent"))


def reception_day(day: date) -> date:
    """Return the next reception day from a day on (下一个接待日).

    >>> reception_day(date(2026, 8, 3)), reception_day(date(2026, 8, 18))
    (datetime.date(2026, 8, 17), datetime.date(2026, 9, 16))
    """
    for month in (day, day.replace(day=1) + timedelta(days=32)):
        found = month.replace(day=RECEPTION)
        found += timedelta(days=max(0, 7 - found.weekday()) if found.weekday() > 4 else 0)
        if found >= day:
            return found
    return found


def fate_of(random: Random, words: Words) -> str:
    """Return how a matter runs (走向): most plainly, some late, returned, reopened …"""
    fates = {"plain": 74, "late": 6, "late_sign": 4, "extended": 4, "returned": 3, "dissatisfied": 4,
             "false_closing": 1, "quiet": 2, "declined": 1, "withdrawn": 1}
    fate = random.choices(list(fates), list(fates.values()))[0]
    grave = words.urgency * words.importance >= 6
    return "plain" if grave and fate not in ("late_sign", "dissatisfied") else fate


def unit_of(words: Words, random: Random) -> str:
    """Return where it arose (发生单位)."""
    if words.who == "zj2":
        return "ZJ2"
    works = GROUPS.get(words.who, (words.who,))
    weights = {code: size for code, *_, size in TEAMS} | {code: size // 2 for code, _, size in OFFICES}
    codes = [code for code, work in WORK.items() if work in works]
    return random.choices(codes, [weights[code] for code in codes])[0]


def lead_of(words: Words, unit: str, random: Random) -> str:
    """Return who answers for it (主办单位): never the unit alone that it is about."""
    itself = WORK[unit] != "office" and random.random() < ITSELF.get(words.category, 0)
    return unit if itself or words.category == "management" else office_of(words, unit)


def office_of(words: Words, unit: str) -> str:
    """Return the office in charge of such things (业务科室)."""
    return EXPERTS.get(WORK[unit], "AJC") if words.category in ("safety", "management") else LEAD[words.category]


def topic(until: date, seed: int) -> Iterator[Story]:
    """Yield what several raised in the last weeks (近期热点): one topic, in words and units of their own."""
    random = Random(f"{seed}/{until}/topic")  # noqa: S311 - a play, no secret
    for place, words in enumerate(spoken("heat")):
        day = until - timedelta(days=LAST_DAYS + 2 * place + 2)
        story = told_on(day, words, f"{seed}/{until}/topic{place}", random)
        channel = ("correspondent", "leaders", "phone")[place % 3]
        yield replace(story, channel=channel, mode="named" if channel == "phone" else "confidential",
                      moment=datetime.combine(day, time(9 + place % 8, random.randint(0, 59)), LOCAL))


ENDINGS = (  # what rests from the last weeks: fate, step after which it rests, days before, index of a text
    ("plain", "grade", 0, 3), ("plain", "grade", 0, 17), ("plain", "dispatch", 0, 29), ("returned", "return", 1, 53),
    ("plain", "first_answer", 2, 67), ("suspended", "pause", 3, 97), ("plain", "approve", 5, 101),
    ("supervised", "supervise", 21, 113), ("watched", "write_back", 25, 120),
    ("upheld", "uphold", 14, 139), ("redone", "redo", 12, 145), ("led", "case_note", 9, 151),
    ("merged", "", 6, 126), ("accusation", "take_up", 9, 131),
)


def resting(until: date, seed: int) -> Iterator[Story]:
    """Yield what is still open from the weeks before (未了的事项)."""
    random = Random(f"{seed}/{until}")  # noqa: S311 - a play, no secret
    usual = everyday(seed, False)
    for place, (fate, stop, before, index) in enumerate(ENDINGS):
        words = ACCUSATION if fate == "accusation" else usual[(index + until.toordinal()) % len(usual)]
        story = told_on(until - timedelta(days=before), words, f"{seed}/{until}/{place}", random, fate, stop)
        if fate == "accusation":
            story = replace(story, channel="leaders", mode="anonymous")
        yield replace(story, moment=story.moment.replace(hour=9))


ACCUSATION = Words(
    "drive", 1, 2, "accusation", "conduct", "反映掘进材料采购收回扣",
    "掘进用的锚杆托盘比外头贵三成，听说管材料的收了厂家好处，领料单上的数和实际到货对不上。请纪委查，不要转回队里。",
    "已由纪委受理，核查情况将按规定反馈。",
)
