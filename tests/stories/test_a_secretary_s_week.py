"""A branch secretary's week (支部书记的一周) in the browser, the typing counted; no field is asked twice.

What the branch does by its routines: the committee's meeting, the week's plan confirmed and checked,
a task done, an instruction answered, a day reported. The keys are counted as they are typed.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from sangesan.execution.duties.forms.settling import Completing
from sangesan.execution.duties.models import Duty, Happening
from sangesan.execution.meetings.forms import RecordForm
from sangesan.execution.meetings.models import Meeting
from sangesan.execution.meetings.queries.roster import rows
from sangesan.execution.plans import services as plans
from sangesan.execution.plans.forms import AddForm, CheckForm, ReportForm
from sangesan.execution.plans.models import Plan, Report
from sangesan.execution.plans.queries import lines_of
from sangesan.foundation import clock
from sangesan.organization.remarks import services as remarks
from sangesan.organization.remarks.forms import AnswerForm
from sangesan.organization.remarks.models import Remark
from tests.builders import small_mine
from tests.duties import owed
from tests.hands import Hands
from tests.meetings import called, committee

pytestmark = pytest.mark.chapter("S2a", "S2c")


def test_a_week_takes_less_than_twenty_minutes_at_the_keys(walked_mine, enter, set_clock, page):

    mine = committee(walked_mine)
    set_clock("2026-11-23 08:30")
    meets = owed(mine, "ZB1", "party", kind="branch", subject="routines/DY-ZW", code="DY-ZW-1", title="支部委员会会议",
                 due=datetime(2026, 11, 30, 18, tzinfo=clock.LOCAL))
    task = owed(mine, "ZB1", "party", title="核对党员名册", due=datetime(2026, 11, 25, 18, tzinfo=clock.LOCAL))
    asks = owed(mine, "ZB1", "party", kind="weekly_plan", subject="routines/ZJH", code="ZJH-1", title="周作业计划",
                due=datetime(2026, 11, 23, 12, tzinfo=clock.LOCAL))
    remark = remarks.give(scope=mine.scope("party"), subject=task.subject, to="secretary", text="名册里流动党员单列",
                          due=date(2026, 11, 25))
    enter(page, mine.persons["secretary"])
    hands = Hands(page)
    hands.go(f"/w/plans/of/{asks.pk}/")  # Monday: the plan stands there, one line is added, one tap confirms
    hands.fill("text", "看望住院职工")
    hands.press("添上")
    hands.press("确认计划")
    hands.go(f"/w/meetings/of/{meets.pk}/")
    hands.fill("conclusions", "班前会先念答复再布置任务\n队务公开本月十号前上墙")
    hands.fill("d0_text", "零点班的考勤当天公布")
    hands.choose("d0_post", str(mine.posts["chief"].pk))
    page.fill("[name=begins]", "2026-11-23T08:00")
    page.fill("[name=ended]", "08:30")
    hands.press("形成纪要")
    meeting_took = hands.minutes
    set_clock("2026-11-25 16:00")
    enter(page, mine.persons["secretary"])
    hands.go(f"/w/{remark.subject}/")
    hands.fill("text", "流动党员三人已单列")
    hands.press("回复")
    hands.go(f"/w/duties/{task.pk}/")
    hands.press("办结")
    hands.go("/w/reports/")
    hands.fill("sentence", "热水的事已和后勤科碰头")
    hands.press("报给上级")
    set_clock("2026-11-27 16:00")
    enter(page, mine.persons["secretary"])
    plan = Plan.objects.get()
    hands.go(f"/w/plans/{plan.pk}/")
    own = plan.lines.get(source="own")
    hands.fill(f"l{own.pk}_said", "本人出院，改到家里看望")
    hands.press("对账")
    assert Meeting.objects.get().closed_at and Report.objects.get().sentence and Remark.objects.get().answer
    assert Plan.objects.get().checked_at and set(Happening.objects.values_list("duty", flat=True)) >= {
        meets.pk, task.pk, asks.pk}
    assert Duty.objects.filter(origin__kind="decision", post=mine.posts["chief"]).count() == 1
    assert meeting_took <= 3 and hands.minutes <= 20, (hands.typed, hands.taps, hands.minutes)


@pytest.mark.django_db
def test_no_field_is_asked_twice_in_a_week(noon):
    mine = committee(small_mine())
    scope = mine.scope("secretary")
    meeting = called(mine, by="secretary", unit="ZB1", series="committee")
    owed(mine, "ZB1", "party", title="核对党员名册")
    plan = plans.draft(scope=scope, unit=mine.units["ZB1"].pk, line="party", week=clock.today() - timedelta(days=1))
    forms = {
        "会议": RecordForm(meeting, rows(meeting)), "添一行": AddForm(initial={"due": clock.today()}),
        "对账": CheckForm(lines_of(plan)), "述职": ReportForm(scope), "回复": AnswerForm(), "办结": Completing(),
    }
    asked = table(forms)
    assert len(asked) == len(set(asked)), sorted(one for one in asked if asked.count(one) > 1)
    assert len(asked) <= 12, asked


def table(forms: dict) -> list[str]:
    """Return the table of fields that have to be typed (填写项表): what stands there already is not asked.

    The rows of a list count once: they ask of different things.
    """
    found: dict[tuple[str, str], str] = {}
    for name, form in forms.items():
        for slug, field in form.fields.items():
            typed = type(field).__name__ == "CharField" and not form.get_initial_for_field(field, slug)
            if typed:
                found.setdefault((name, slug.lstrip("adl0123456789")), str(field.label))
    return list(found.values())
