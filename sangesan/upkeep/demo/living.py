"""Living work (手头的活儿): what lies on the desks when somebody opens the demo, counted back from then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from sangesan.foundation.clock import LOCAL

from .script import Step
from .stories import Story, told_on
from .texts import Words, everyday

# unit in charge, grade, hours since dispatch, where it stands, hours since then
IN_HAND = [
    (lead, *rest) for lead in ("ZC1", "LZK", "ZJ2") for rest in (
        ("C", 2, "dispatch", 0), ("B", 1, "dispatch", 0), ("C", 356, "note", 0), ("C", 384, "note", 0),
        ("B", 76, "reject", 2), ("C", 120, "draft", 3), ("C", 144, "extend", 5), ("C", 200, "rate_satisfied", 4),
    )
] + [
    ("ZC1", "A", 71, "note", 0), ("LZK", "B", 100, "draft", 1), ("LZK", "B", 164, "note", 0),
    ("ZJ2", "A", 5, "plan", 0), ("AJC", "A", 50, "approve", 4), ("HQK", "C", 1, "dispatch", 0),
    ("HQK", "B", 50, "draft", 2), ("ZJ2", "B", 20, "return", 1), ("JDK", "B", 9, "first_answer", 0),
    ("XMC", "C", 30, "first_answer", 0), ("WYG", "C", 90, "approve", 20),
]
TO_TRIAGE = (  # minutes ago, what is special, which text
    (7, "", 0), (12, "A", 1), (34, "", 2), (52, "B", 3), (68, "", 4), (83, "", 5), (96, "", 5), (115, "", 6),
)
ROAD = (("sign_in", 25), ("first_answer", 60), ("plan", 95), ("note", 180))  # minutes after the dispatch
ENDS = {"reject": ("draft", "reject"), "rate_satisfied": ("draft", "approve", "rate_satisfied"),
        "approve": ("draft", "approve"), "draft": ("draft",), "extend": ("extend",)}
TEAM_WORDS = {"ZC1": ("under", "any", "cut"), "ZJ2": ("under", "any", "drive")}
NOT_ABOUT_ITSELF = ("safety", "management", "health", "logistics", "training", "party")


def living(seed: int, now: datetime) -> list[list[Step]]:
    """Return the steps of everything in hand at a moment (此刻手头的事项), a list for each matter."""
    pool = Pool(seed)
    made = [in_hand(pool, place, row, now) for place, row in enumerate(IN_HAND)]
    return made + list(to_triage(pool, now))


class Pool:
    """Texts not used yet (未用过的话), taken in order."""

    def __init__(self, seed: int) -> None:
        self.seed, self._left = seed, [*everyday(seed, True), *reversed(everyday(seed, False))]

    def take(self, grade: str, lead: str = "", category: str = "") -> Words:
        """Take the next text of a grade that this unit may answer for (取一段话)."""
        for words in self._left:
            score = words.urgency * words.importance
            right = category in ("", words.category) and fits(words, lead)
            if right and ("A" if score >= 6 else "B" if score >= 3 else "C") == grade:
                self._left.remove(words)
                return words
        return self.take(grade) if lead else everyday(self.seed, grade == "A")[0]


def fits(words: Words, lead: str) -> bool:
    """Return whether such a thing lies with such a unit (是否归它办)."""
    if words.kind == "request" and words.category == "safety":
        return False
    if lead == "LZK":
        return words.category in ("pay", "welfare", "employment", "reform")
    if lead in ("ZC1", "ZJ2"):
        return words.category in NOT_ABOUT_ITSELF and words.who in TEAM_WORDS[lead]
    return not lead or words.category in NOT_ABOUT_ITSELF


def story(pool: Pool, key: str, words: Words, at: datetime, **more) -> Story:
    random = Random(f"{pool.seed}/living/{key}")  # noqa: S311 - a play, no secret
    told = told_on(at.astimezone(LOCAL).date(), words, f"{pool.seed}/living/{key}", random)
    return replace(told, moment=at, **more)


def in_hand(pool: Pool, place: int, row: tuple, now: datetime) -> list[Step]:
    """Return the steps of one matter that stands somewhere now (一件在办事项)."""
    lead, grade, hours, stands, since = row
    words, start = pool.take(grade, lead), now - timedelta(hours=hours)
    more = {"lead": lead, "unit": lead if lead in ("ZC1", "ZJ2", "XMC", "WYG") else "JD1", "danger": grade == "A"}
    if grade == "A":
        more["channel"] = "leaders"
    told = story(pool, str(place), words, start - timedelta(minutes=70 if grade != "A" else 25), **more)
    steps = [Step(told.moment, told, "arrive"),
             Step(start - timedelta(minutes=12), told, "confirm" if told.danger else "grade"),
             Step(start, told, "dispatch")]
    if stands == "dispatch":
        return steps
    if stands == "return":
        return [*steps, Step(now - timedelta(hours=since), told, "return")]
    for action, minutes in ROAD:
        if action != "plan" or grade != "C":
            steps.append(Step(start + timedelta(minutes=minutes), told, action))
        if action == stands:
            return steps
    ends = ENDS[stands]
    last = now - timedelta(hours=since) - timedelta(minutes=50 * len(ends))
    return steps + [Step(last + timedelta(minutes=50 * n), told, action) for n, action in enumerate(ends, 1)]


def to_triage(pool: Pool, now: datetime) -> Iterator[list[Step]]:
    """Yield what has just come in (刚收到的): one declared danger, two that say the same."""
    texts: dict[int, Words] = {}
    for place, (minutes, special, text) in enumerate(TO_TRIAGE):
        words = texts.setdefault(text, pool.take(special or "C", category="safety" if special == "A" else ""))
        channel = "correspondent" if place % 3 == 1 and special != "A" else "leaders"
        at = now - timedelta(minutes=minutes)
        told = story(pool, f"new{place}", words, at, danger=special == "A", channel=channel)
        yield [Step(told.moment, told, "arrive")]


def anchor(until: date, now: datetime) -> datetime:
    """Return the moment from which living work is counted back (起点): now, or the morning after a past day."""
    morning = datetime.combine(until + timedelta(days=1), time(9, 30), LOCAL)
    return now if now.astimezone(LOCAL).date() <= until + timedelta(days=1) else morning
