"""The closing of the day (日终结账), as a list of steps.

Each step is a service of one system, takes only the day and may run twice without harm. Overdue
matters are recorded before the assessment: a matter that is never closed leaves no closing fact.
The closing stops at the first step that fails and says so; the next attempt begins it anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from sangesan.appraisal.publication import services as publication
from sangesan.appraisal.scoring import services as scoring
from sangesan.execution.care import services as care
from sangesan.execution.contacts import services as contacts
from sangesan.execution.duties import services as duties
from sangesan.execution.plans import services as plans
from sangesan.execution.publicity import services as publicity
from sangesan.execution.routines import services as routines
from sangesan.feedback.intake.services import booking, kiosk, reception
from sangesan.feedback.matters import services as matters
from sangesan.feedback.sealed import services as sealed
from sangesan.feedback.triage import services as triage
from sangesan.feedback.warning.services import calling, telling
from sangesan.feedback.warning.services import progress as progress_owed
from sangesan.foundation import clock
from sangesan.foundation.jobs import queries as jobs
from sangesan.foundation.jobs import services as progress
from sangesan.foundation.jobs.models import Progress
from sangesan.ledger.facts import services as facts
from sangesan.organization.calendar.queries import calendar
from sangesan.organization.notices import services as notices

from . import drafts, succession

NAME, TITLE = "nightly", _("日终结账")
SETTLE = timedelta(minutes=10)
"""How long after midnight a day is closed (结账等候), so that the last writes have settled."""
EARLIEST = date(2000, 1, 1)
"""No enterprise has a day before (最早可结账日)."""
FURTHEST = 60
"""At most so many missed days are caught up (补结上限)."""


@dataclass(frozen=True)
class Step:
    """One step of the closing (结账步骤); `do` takes only the day.

    What `ended` asks for a day that is over: who spoke is written down by day, and no closing in between tells when.
    """

    word: str
    do: Callable[[date], object]
    ended: bool = False


STEPS: tuple[Step, ...] = (
    Step(_("核对日历"), lambda day: calendar(day, day).confirmed(day.year)),
    Step(_("时限随日历顺延"), lambda day: matters.follow_calendar(day)),
    Step(_("登记反映与评价"), lambda day: matters.record_speakers(day), ended=True),
    Step(_("登记纪检件"), lambda day: sealed.record_speakers(day), ended=True),
    Step(_("掩护反映条目"), lambda day: facts.keep_company(day), ended=True),
    Step(_("打乱预约存放"), lambda day: booking.mix_bookings(day)),
    Step(_("打乱消息存放"), lambda day: notices.mix_undated(day)),
    Step(_("办结未评价事项"), lambda day: matters.close_unrated(day)),
    Step(_("登记缺报进展"), lambda day: progress_owed.record_gaps(day)),
    Step(_("提请督办未回报"), lambda day: progress_owed.propose_unreported(day)),
    Step(_("登记超期事项"), lambda day: matters.record_overdue(day)),
    Step(_("登记险情未确认"), lambda day: calling.record_unconfirmed(day), ended=True),
    Step(_("匿名险情电话单只留日期"), lambda day: calling.forget_minutes(day), ended=True),
    Step(_("结束到期的听证"), lambda day: matters.end_hearings(day), ended=True),
    Step(_("登记法定超期"), lambda day: matters.record_terms(day)),
    Step(_("提请督办"), lambda day: matters.propose_supervision(day)),
    Step(_("提醒包案到期"), lambda day: telling.tell_case_due(day), ended=True),
    Step(_("登记纪检件超期"), lambda day: sealed.record_overdue(day)),
    Step(_("登记应办到期与未办"), lambda day: duties.record_due(day)),
    Step(_("承接撤销单位的应办"), lambda day: succession.take_over(day + timedelta(days=1))),
    Step(_("生成今后应办"), lambda day: routines.make(day + timedelta(days=1))),
    Step(_("办结先定的周计划"), lambda day: plans.settle_opened(day)),
    Step(_("汇总完成情况"), lambda day: routines.count_due(day)),
    Step(_("安排联系日"), lambda day: contacts.arrange_due(day)),
    Step(_("清除到期的谈心帮扶文字"), lambda day: care.forget(day)),
    Step(_("提醒未传达"), lambda day: publicity.remind(day)),
    Step(_("清点人数"), lambda day: scoring.count_heads(day)),
    Step(_("更正前几日结果"), lambda day: scoring.revise(day)),
    Step(_("核算当日结果"), lambda day: scoring.assess_day(day)),
    Step(_("核算近三十日结果"), lambda day: scoring.assess_rolling(day)),
    Step(_("更正前期考核"), lambda day: scoring.revise_periods(day)),
    Step(_("核算到期时段"), lambda day: scoring.assess_due(day)),
    Step(_("封存台账"), lambda day: facts.seal_work(day)),
    Step(_("封存反映条目"), lambda day: facts.seal_speakers(day), ended=True),
    Step(_("公布结果"), lambda day: publication.publish(day)),
    Step(_("记住派单去向"), lambda day: triage.learn_habits(day)),
    Step(_("清除到期事项内容"), lambda day: matters.clear_old(day)),
    Step(_("清除到期接待文字"), lambda day: reception.clear_results()),
    Step(_("清理提交口令"), lambda day: matters.forget_old(day=day)),
    Step(_("清理终端页"), lambda day: kiosk.forget(day)),
    Step(_("冻结月度统计"), lambda day: drafts.freeze(day)),
    Step(_("起草月分析"), lambda day: drafts.analyses(day + timedelta(days=1))),
    Step(_("清除索引残留"), lambda day: matters.tidy_index(day=day)),
)


def run(day: date) -> dict[str, object]:
    """Close a day (结账) and return what each step gave; raises what a step raises.

    A day that is not over is closed for the time being: it stays due, and is closed again by night.
    """
    early = not over(day)
    later = early or ((closed := last_closed()) is not None and closed > day)
    if not later:
        progress.begin(NAME, TITLE, len(STEPS))
    given: dict[str, object] = {}
    for number, step in enumerate(STEPS, start=1):
        if early and step.ended:
            continue
        try:
            given[step.word] = step.do(day)
        except Exception as fault:
            if not early:
                progress.fail(NAME, f"{day.isoformat()} {step.word} {type(fault).__name__}")
            raise
        if not later:
            progress.step(NAME, number, f"{day.isoformat()} {step.word}")
    if not later:
        progress.finish(NAME, day.isoformat())
    return given


def over(day: date) -> bool:
    """Return whether a day is over (已过完)."""
    return day < clock.today()


def last_closed() -> date | None:
    """Return the last day that was closed wholly (最近结账日), or None."""
    row = jobs.of(NAME)
    if row is None:
        return None
    day = _day_of(row.note)
    if day is None or day < EARLIEST:
        return None
    return day if row.state == Progress.State.DONE else day - timedelta(days=1)


def due_days() -> list[date]:
    """Return the days that are over and not closed (待结账的日子), oldest first."""
    last = clock.local(clock.now() - SETTLE).date() - timedelta(days=1)
    closed = last_closed()
    since = last if closed is None else max(closed + timedelta(days=1), last - timedelta(days=FURTHEST))
    return [since + timedelta(days=n) for n in range((last - since).days + 1)]


def run_due() -> int:
    """Close what is due (补结账) and return how many days; waits while the demo is being written."""
    demo = jobs.of("demo")
    if demo is not None and demo.state == Progress.State.RUNNING:
        return 0
    days = due_days()
    for day in days:
        run(day)
    return len(days)


def _day_of(note: str) -> date | None:
    try:
        return date.fromisoformat(note[:10])
    except ValueError:
        return None
