"""The chain (链条式操作流程): four stages of a work item, what each leaves behind, and when it may be left.

宣传引导 → 督促实施 → 有效执行 → 分析评估. The table has versions: a work item keeps the one it began
with. An exit condition is a pure rule over what was seen in a stage; what it lacks is said in words.

>>> [stage.word for stage in table(LATEST)]
['宣传引导', '督促实施', '有效执行', '分析评估']
>>> following("guide"), following("review")
('supervise', 'ended')
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from .duty_status import Status
from .words import word

LATEST = 1
ENDED, DROPPED = "ended", "dropped"
SHORTEST, LONGEST = 4, 366
"""A work item runs so many days at least and at most (工作项期限)."""
MOST_UNITS, MOST_STEPS = 60, 300
LONGEST_TITLE, LONGEST_AIM, LONGEST_NOTE, LONGEST_LEARNED = 60, 300, 300, 500
UNSEEN = timedelta(days=7)
"""So long after a stage began, a unit nobody looked at stands in the list of work not inspected (未检查)."""


@dataclass(frozen=True)
class StepSeen:
    """A step as the rules see it (所见步骤): whose, how it stands, whether it says how it was done, by whom."""

    unit: int
    status: Status
    evidence: bool = False
    person: int = 0

    @property
    def done(self) -> bool:
        return self.status in (Status.ON_TIME, Status.LATE)

    @property
    def running(self) -> bool:
        return self.status in (Status.NOT_DUE, Status.OPEN, Status.MISSING)


@dataclass(frozen=True)
class Seen:
    """What was seen in a stage (环节所见): its steps, the units that take part, findings not put right, the lesson.

    `person` asks to leave the stage.
    """

    units: frozenset[int]
    steps: Sequence[StepSeen] = field(default_factory=tuple)
    findings: int = 0
    learned: bool = False
    person: int = 0


def _running(seen: Seen) -> int:
    return sum(step.running for step in seen.steps)


def _uncovered(seen: Seen) -> int:
    there = {step.unit for step in seen.steps if step.status != Status.CANCELLED}
    return len(seen.units - there)


def _unproved(seen: Seen) -> int:
    return sum(step.done and not step.evidence for step in seen.steps)


def _own_work(seen: Seen) -> int:
    """Whoever did a step does not accept it (谁办谁不验收)."""
    return sum(step.done and step.person == seen.person != 0 for step in seen.steps)


EXIT_CONDITIONS: dict[str, tuple[Callable[[Seen], int], str]] = {
    "settled": (_running, word("还有 %d 步没有办结")),
    "covered": (_uncovered, word("还有 %d 个单位没有轮到")),
    "proved": (_unproved, word("有 %d 步没有写怎么办的")),
    "put_right": (lambda seen: seen.findings, word("检查发现的问题还有 %d 个没有整改验收")),
    "second": (_own_work, word("有 %d 步是您自己办的，验收要换一个人")),
    "learned": (lambda seen: int(not seen.learned), word("还没有写收获")),
}
"""Exit conditions (出口条件): how much is lacking, and how that is said."""


@dataclass(frozen=True)
class Stage:
    """A stage (环节): what is done in it, the step each unit gets, its evidence, its exit conditions.

    `share` is how much of the whole time is gone at its end, in hundredths; `above` that the one
    who leads does the step for each unit, not the unit itself.
    """

    slug: str
    word: str
    step: str
    evidence: str
    exits: tuple[str, ...]
    share: int
    above: bool = False


TABLES: dict[int, tuple[Stage, ...]] = {
    1: (
        Stage("guide", word("宣传引导"), word("把“%s”讲到每个人"), word("在哪里讲的、讲给谁"),
              ("settled", "covered", "proved"), 20),
        Stage("supervise", word("督促实施"), word("到现场看“%s”"), word("看到了什么；联系、检查记录自动算"),
              ("settled", "covered", "proved"), 45, above=True),
        Stage("execute", word("有效执行"), word("办好“%s”"), word("办成了什么样"),
              ("settled", "covered", "proved", "put_right", "second"), 85),
        Stage("review", word("分析评估"), word("总结“%s”"), word("计划、完成、迟办由台账给出，只写收获"), ("learned",),
              100, above=True),
    ),
}
"""The table of stages by version (环节表)."""
STAGES = tuple(stage.slug for stage in TABLES[LATEST])


def table(version: int) -> tuple[Stage, ...]:
    """Return the stages of a version (环节表); an unknown one is a fault."""
    return TABLES[version]


def stage_of(slug: str, version: int = LATEST) -> Stage:
    """Return a stage (取环节). Raises KeyError."""
    return {stage.slug: stage for stage in TABLES[version]}[slug]


def following(slug: str, version: int = LATEST) -> str:
    """Return what comes after a stage (下一环节)."""
    order = [stage.slug for stage in TABLES[version]] + [ENDED]
    return order[order.index(slug) + 1]


def lacking(slug: str, seen: Seen, version: int = LATEST) -> list[str]:
    """Return what a stage lacks before it may be left (出口所缺), in words; nothing when it may.

    >>> lacking("guide", Seen(frozenset({1, 2, 3}), [StepSeen(1, Status.ON_TIME, True), StepSeen(2, Status.OPEN)]))
    ['还有 1 步没有办结', '还有 1 个单位没有轮到']
    >>> lacking("execute", Seen(frozenset({1}), [StepSeen(1, Status.LATE, True, person=7)], person=7))
    ['有 1 步是您自己办的，验收要换一个人']
    >>> lacking("review", Seen(frozenset({1}), learned=True))
    []
    """
    found = []
    for name in stage_of(slug, version).exits:
        count, said = EXIT_CONDITIONS[name]
        if lack := count(seen):
            found.append(said % lack if "%d" in said else said)
    return found


def spread(start: date, due: date, version: int = LATEST) -> dict[str, date]:
    """Return until when each stage should be through (各环节期限), from the whole time.

    >>> {k: d.day for k, d in spread(date(2026, 11, 1), date(2026, 11, 21)).items()}
    {'guide': 5, 'supervise': 10, 'execute': 18, 'review': 21}
    """
    span = (due - start).days
    return {stage.slug: start + timedelta(days=span * stage.share // 100) for stage in TABLES[version]}


def refusal(start: date, due: date) -> str:
    """Return why a work item can't run until a day (期限不对的原因), '' when it can."""
    return "short" if due < start + timedelta(days=SHORTEST) else "long" if (due - start).days > LONGEST else ""
