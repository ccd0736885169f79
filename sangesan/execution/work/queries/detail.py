"""One work item, whole (工作项详情): the line of its stages, each with its steps and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sangesan.execution.duties.models import Duty, Happening
from sangesan.execution.duties.queries import with_status
from sangesan.execution.duties.words import chip
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import entries
from sangesan.method import chain as rule
from sangesan.method.duty_status import Status
from sangesan.method.meetings import seat

from ..models import Part, StageRow, Step, WorkItem

INSPECTED = "inspections/"


@dataclass(frozen=True)
class StepView:
    """A step as the page shows it (步骤): whose, how it stands, how it was done."""

    step: Step
    status: Status
    said: str
    person: int

    @property
    def owner(self) -> str:
        """Who does it (承办)."""
        duty = self.step.duty
        return seat(duty.unit.name, duty.post.title) if duty.post else duty.unit.name

    @property
    def about(self) -> str:
        """For which unit, when another does it (对哪个单位)."""
        return self.step.part.unit.name if self.step.duty.unit_id != self.step.part.unit_id else ""

    @property
    def chip(self) -> dict[str, str]:
        return chip(self.status)

    @property
    def seen(self) -> rule.StepSeen:
        evidence = bool(self.said or self.step.link)
        return rule.StepSeen(self.step.part_id, self.status, evidence, self.person)


@dataclass(frozen=True)
class StageView:
    """A stage as the page shows it (环节)."""

    row: StageRow
    stage: rule.Stage
    steps: list[StepView]
    now: bool

    @property
    def done(self) -> int:
        return sum(step.seen.done for step in self.steps)

    @property
    def late(self) -> int:
        """For how many days it has been late (超期天数)."""
        end = clock.local(self.row.left_at).date() if self.row.left_at else clock.today()
        return max(0, (end - self.row.due).days) if self.now or self.row.left_at else 0


@dataclass(frozen=True)
class Detail:
    """What the page of a work item shows (详情)."""

    item: WorkItem
    parts: list[Part]
    stages: list[StageView]
    findings: int

    @property
    def now(self) -> StageView | None:
        return next((one for one in self.stages if one.now), None)

    @property
    def line(self) -> list[dict[str, str]]:
        """The line as `steps` draws it (环节线): done, now, to come."""
        found = []
        for one in self.stages:
            note = f"{one.row.due:%m-%d}" if not one.row.left_at else f"{clock.local(one.row.left_at):%m-%d}"
            state = "done" if one.row.left_at else "now" if one.now else ""
            found.append({"word": one.stage.word, "state": state, "note": note})
        return found

    def lacking(self, person: int) -> list[str]:
        """Return what the present stage lacks before this person may leave it (出口所缺)."""
        return rule.lacking(self.now.stage.slug, seen_of(self, person), self.item.table) if self.now else []


def seen_of(detail: Detail, person: int, learned: bool = False) -> rule.Seen:
    """Return what the rules see of the present stage (现环节所见)."""
    units = frozenset(part.pk for part in detail.parts)
    steps = [step.seen for step in detail.now.steps] if detail.now else []
    return rule.Seen(units, steps, detail.findings, learned or bool(detail.item.learned), person)


def detail_of(item: WorkItem) -> Detail:
    """Return a work item with its stages and steps (工作项详情), in six queries."""
    parts = list(item.parts.select_related("unit", "above__unit"))
    steps = list(item.steps.select_related("part__unit", "duty__unit", "duty__post", "duty__origin"))
    views: dict[str, list[StepView]] = {}
    stands = dict(with_status(Duty.objects.filter(pk__in=[s.duty_id for s in steps])).values_list("pk", "standing"))
    for step, (said, person) in zip(steps, _said(steps), strict=True):
        views.setdefault(step.stage, []).append(StepView(step, Status(stands[step.duty_id]), said, person))
    rows = {row.slug: row for row in item.stages.all()}
    stages = [StageView(rows[s.slug], s, views.get(s.slug, []), item.stage == s.slug) for s in rule.table(item.table)]
    return Detail(item, parts, stages, _findings(item, steps) if item.stage == "execute" else 0)


def _said(steps: list[Step]) -> Iterable[tuple[str, int]]:
    """Yield how each step was done, and by whom (怎么办的、谁办的)."""
    rows = Happening.objects.filter(duty__in=[s.duty_id for s in steps], what="done", withdrawn_at=None)
    found = {duty: (words, person) for duty, words, person in rows.values_list("duty", "words", "person")}
    for step in steps:
        words, person = found.get(step.duty_id, ("", 0))
        yield "；".join(filter(None, (words, step.note))), person


def _findings(item: WorkItem, steps: list[Step]) -> int:
    """Count findings of the item's inspections that nobody verified yet (未整改验收的问题), from the ledger."""
    inspections = {int(s.link.removeprefix(INSPECTED)) for s in steps if s.link.startswith(INSPECTED)}
    if not inspections:
        return 0
    days = (clock.local(item.opened_at).date(), clock.today())
    made = {row.subject for row in entries(kinds=["finding.made"], days=days)
            if row.content["inspection"] in inspections}
    closed = {row.subject for row in entries(kinds=["rectification.verified"], subjects=made)} if made else set()
    return len(made - closed)
