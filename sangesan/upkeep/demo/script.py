"""Script (办理脚本): the steps of a story and when each is taken, before anything is played."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sangesan.foundation.clock import LOCAL

from .stories import Story

DUE_DAYS = {"A": 3, "B": 7, "C": 15}
BESIDE = {  # fate: days after the step before, what happens beside the state
    "suspended": ((1, "ask_pause"), (0, "pause")), "supervised": ((12, "supervise"),),
    "watched": ((12, "supervise"), (1, "write_back")), "led": ((2, "take_on"), (3, "case_note")),
}
MORNING, EVENING = time(8), time(18)


@dataclass(frozen=True)
class Step:
    """One step (一步): at a moment, of a story, by the holder of a post or the speaker ('')."""

    moment: datetime
    story: Story
    action: str
    words: str = ""


def steps(story: Story) -> list[Step]:
    """Return a story's steps in order (步骤), up to where it rests."""
    made: list[Step] = []
    for moment, action in road(story):
        moment = max(moment, made[-1].moment + timedelta(minutes=1)) if made else moment
        made.append(Step(moment, story, action))
        if action == story.stop:
            break
    return made


def resting(story: Story, end: datetime) -> list[Step]:
    """Return the steps up to the one where the story rests (停在某一步), begun early enough for it."""
    for _ in range(7):
        made = steps(story)
        if made[-1].moment < end:
            break
        story = replace(story, moment=story.moment - timedelta(days=1))
    return made


def road(story: Story) -> Iterator[tuple[datetime, str]]:
    """Yield moments and actions (走向)."""
    random, grave = story.chance("dispatch"), story.grade == "A"
    at = story.moment
    yield at, "arrive"
    if story.fate == "withdrawn":
        yield at + timedelta(hours=1), "withdraw"
        return
    if story.fate == "accusation":
        yield from sealed(at)
        return
    wait = timedelta(minutes=random.randint(4, 18) if grave else random.randint(20, 300))
    at = at + wait if grave else at_work(at + wait)
    yield at, "confirm" if story.danger else "grade"
    if story.fate == "declined":
        yield at + timedelta(minutes=9), "decline"
        return
    at += timedelta(minutes=random.randint(2, 20))
    if story.fate == "merged":
        yield at, "merge"
        return
    yield at, "dispatch"
    start = at
    if story.fate == "returned":
        at = at_work(at + timedelta(minutes=random.randint(40, 150)))
        yield at, "return"
        at = at_work(at + timedelta(hours=2))
        yield at, "rule"
    wait = {"A": random.randint(4, 24), "B": random.randint(15, 170), "C": random.randint(20, 360)}[story.grade]
    late_sign = story.fate == "late_sign"
    at = at + timedelta(minutes=wait) if grave and not late_sign else at_work(
        at + (timedelta(days=2) if late_sign else timedelta(minutes=wait)))
    yield at, "sign_in"
    yield from handling(story, start, at)


def handling(story: Story, start: datetime, at: datetime) -> Iterator[tuple[datetime, str]]:
    """Yield from the sign-in on (办理)."""
    random, grade = story.chance("handling"), story.grade
    at = at + timedelta(minutes=random.randint(15, 60)) if grade == "A" else at_work(
        at + timedelta(hours=random.randint(2, 16)))
    yield at, "first_answer"
    if grade != "C":
        at = at + timedelta(minutes=40) if grade == "A" else at_work(at + timedelta(minutes=random.randint(20, 120)))
        yield at, "plan"
    for days, action in BESIDE.get(story.fate, ()):
        at = at_work(at + timedelta(days=days, minutes=random.randint(20, 90)))
        yield at, action
    limit = timedelta(days=DUE_DAYS[grade])
    if story.fate == "extended":
        yield at_work(start + limit * 0.5), "extend"
        yield at_work(start + limit * 0.5 + timedelta(hours=5)), "grant"
        at = start + limit
    share = {"late": 1.1 + random.random() * 0.25, "extended": 1.1}.get(story.fate, 0.25 + random.random() * 0.5)
    half = at_work(max(at + timedelta(hours=3), start + limit * share * 0.6))
    if random.random() < 0.5 or grade == "A":
        yield half, "note"
    at = at_work(max(half, start + limit * share))
    yield at, "draft"
    at = at_work(at + timedelta(minutes=random.randint(20, 300)))
    yield at, "approve"
    yield from afterwards(story, at)


def afterwards(story: Story, at: datetime) -> Iterator[tuple[datetime, str]]:
    """Yield what follows an answer (评价、回访、办结)."""
    random = story.chance("afterwards")
    spoken = random.random() < 0.62 or story.fate in ("dissatisfied", "false_closing")
    if story.fate == "dissatisfied":
        yield at + timedelta(hours=14), "rate_dissatisfied"
        at = at_work(at + timedelta(days=3))
        yield at, "draft"
        at = at_work(at + timedelta(hours=3))
        yield at, "approve"
    if story.fate in ("upheld", "redone"):
        yield at + timedelta(hours=30), "review"
        yield at_work(at + timedelta(days=4)), "uphold" if story.fate == "upheld" else "redo"
        return
    if story.fate == "quiet":
        return  # nobody says a word: the nightly closing ends it after fifteen days
    if spoken:
        at += timedelta(hours=random.randint(5, 40))
        yield at, "rate_basic" if random.random() < 0.28 else "rate_satisfied"
    if not spoken or story.grade == "A" or random.random() < 0.5:
        at = at_work(at + timedelta(days=1))
        yield at, "call_back"
    at = at_work(at + timedelta(hours=random.randint(3, 30)))
    yield at, "close"
    if story.fate == "false_closing":
        at = at_work(at + timedelta(days=4))
        yield at, "reopen"
        at = at_work(at + timedelta(days=2))
        yield at, "draft"
        at = at_work(at + timedelta(hours=4))
        yield at, "approve"
        at = at_work(at + timedelta(days=1))
        yield at, "call_back"
        yield at_work(at + timedelta(hours=5)), "close"


def sealed(at: datetime) -> Iterator[tuple[datetime, str]]:
    """Yield the road of an accusation (检举控告): to the inspectors, and no further here."""
    yield at_work(at + timedelta(hours=2)), "accuse"
    yield at_work(at + timedelta(hours=20)), "take_up"


def at_work(moment: datetime) -> datetime:
    """Return the moment, or the next one in office hours (顺延到上班)."""
    moment = moment.astimezone(LOCAL)
    if moment.time() >= EVENING:
        moment = datetime.combine(moment.date() + timedelta(days=1), time(8, moment.minute), LOCAL)
    elif moment.time() < MORNING:
        moment = moment.replace(hour=8)
    while moment.weekday() >= 5:
        moment += timedelta(days=1)
    return moment
