"""From a remark into work (批示转为应办): whoever gets it has it in the to-do, and its answer settles that."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.organization.notices.services import notify
from sangesan.organization.remarks.models import Remark

KIND = "instruction"
END_OF_DAY = time(18)


def given(scope: Scope, remark: Remark) -> Duty:
    """Give the post that was instructed its task (批示进待办), due at the end of the day it names."""
    due = max(datetime.combine(remark.due, END_OF_DAY, clock.LOCAL), clock.now() + timedelta(hours=1))
    return duties.assign(kind=KIND, subject=remark.subject, code=str(remark.pk), title=remark.text[:120],
                         unit=remark.to.unit, line=remark.to.line, post=remark.to, due=due, actor=scope.actor)


def answered(scope: Scope, remark: Remark) -> None:
    """Settle the task with the answer (回复即办结) and tell whoever gave the instruction."""
    for duty in Duty.objects.filter(origin__kind=KIND, origin__subject=remark.subject).exclude(settled()):
        duties.complete(duty=duty, actor=scope.actor, person=scope.person, words=remark.answer[:300])
    notify(persons=[remark.giver_id], subject=remark.subject, kind="remark.answered")
