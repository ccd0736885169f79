"""Who may inspect what, and who sees which finding (检查范围与可见问题).

Whoever holds 督察 over a unit inspects it; posts of an office with that power inspect the whole mine,
for an office checks in its field and not its own floor.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q, QuerySet

from sangesan.execution.duties.models import Asking, Happening
from sangesan.execution.duties.queries.standing import settlements
from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.foundation.once.services import now_of
from sangesan.method.authority import POWERS, Action, Scope
from sangesan.organization.units.models import Kind, Line, Unit
from sangesan.organization.units.queries import lineages, standing, subtree, to_mine, within

from ..models import Finding, Inspection, Verdict

MOST_ID = 2**62


def checkable(scope: Scope) -> set[int]:
    """Return the units this person may inspect (可检查单位)."""
    today = clock.today()
    posts = [post for post in scope.posts if Action.CHECK_WORK in POWERS[post.role][1]]
    rows = Unit.objects.filter(pk__in=[post.unit for post in posts], kind=Kind.OFFICE.value)
    offices = set(rows.values_list("pk", flat=True))
    mines = {to_mine(way)[-1].pk for way in lineages(offices, today).values()} if offices else set()
    return within(scope, Action.CHECK_WORK) | {pk for mine in mines for pk in subtree(mine, today)}


def places(scope: Scope) -> QuerySet[Unit]:
    """Return the units that can be chosen (可选单位): administrative ones I may inspect, in order."""
    rows = standing(clock.today()).filter(line=Line.ADMINISTRATION.value, pk__in=checkable(scope))
    return rows.exclude(kind__in=[Kind.MINE.value, Kind.GROUP.value])


def in_turn(units: QuerySet[Unit]) -> list[Unit]:
    """Return units held until the transaction ends (逐个受理): who writes for the same ones at once waits."""
    return list(Unit.objects.select_for_update(no_key=True).filter(pk__in=units.values("pk")).order_by("pk"))


def inspections(scope: Scope) -> QuerySet[Inspection]:
    """Return the inspections a scope may see (可见检查): one's own, and those of units below."""
    seen = within(scope, Action.SEE_WORK) | set(scope.units_for(Action.DO_WORK))
    rows = Inspection.objects.filter(Q(person=scope.person) | Q(unit__in=seen) | Q(findings__unit__in=seen))
    return rows.exclude(person=0).select_related("unit", "checklist").distinct()


def inspection_for(scope: Scope, pk: int) -> Inspection:
    """Fetch an inspection (取检查); fetching is permission. Raises NotFound."""
    found = inspections(scope).filter(pk=min(pk, MOST_ID)).first()
    if found is None:
        raise NotFound()
    return found


def findings(scope: Scope) -> QuerySet[Finding]:
    """Return the findings a scope may see (可见问题): found by me, mine to put right or verify, or below me."""
    seen = within(scope, Action.SEE_WORK) | set(scope.units_for(Action.DO_WORK))
    mine = Q(inspection__person=scope.person) if scope.person else Q(pk__in=[])
    rows = Finding.objects.filter(mine | Q(unit__in=seen) | Q(named__code__in=scope.post_codes))
    return rows.select_related("inspection__unit", "unit", "duty__origin", "item", "named")


def finding_for(scope: Scope, pk: int) -> Finding:
    """Fetch a finding (取问题); fetching is permission. Raises NotFound."""
    found = findings(scope).filter(pk=min(pk, MOST_ID)).first()
    if found is None:
        raise NotFound()
    return found


def verified() -> Exists:
    """Return the condition "this finding is verified" (已销号)."""
    return Exists(Verdict.objects.filter(finding=OuterRef("pk"), passed=True))


def with_state(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """Annotate findings with `passed`, `done`, `waived` (状态): verified; done, the unit says; or not to be done."""
    return rows.annotate(passed=verified(), done=_settled("done"), waived=_settled("exempted", "cancelled"))


def running(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    """Filter annotated findings to those that are open (没有销号的): neither verified nor waived."""
    return rows.filter(passed=False, waived=False)


def _settled(*ways: str) -> Exists:
    """Return the condition "its duty was settled so" (应办已了结)."""
    return Exists(settlements().filter(duty=OuterRef("duty_id"), what__in=ways))


def state_of(finding: Finding) -> str:
    """Return the state of an annotated finding (状态): verified, waived, done, late or open."""
    if finding.passed:
        return "verified"
    if finding.waived:
        return "waived"
    if finding.done:
        return "done"
    return "late" if finding.duty and finding.duty.due < clock.now() else "open"


def footing(found: Finding) -> Callable[[], str]:
    """Return what tells how a finding stands (问题现状): done, looked at and sent back, it is done again."""
    return now_of(Finding.objects.filter(pk=found.pk), Verdict.objects.filter(finding=found),
                  Happening.objects.filter(duty=found.duty_id), Asking.objects.filter(duty=found.duty_id))
