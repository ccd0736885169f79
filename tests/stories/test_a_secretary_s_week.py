"""A branch secretary's week (支部书记的一周) in the browser, the typing counted; no field is asked twice.

The fullest week of a month: the week's plan confirmed and checked, the committee's meeting, the study day, the
month's analysis written and studied, a notice passed on, a visit confirmed, a task done, an instruction answered,
five days reported. The keys are counted as they are typed.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from sangesan.execution.analysis import forms as analysis
from sangesan.execution.contacts import services as contacts
from sangesan.execution.contacts.forms import WordsForm
from sangesan.execution.duties import kinds
from sangesan.execution.duties.forms.settling import Completing
from sangesan.execution.duties.models import Duty, Happening
from sangesan.execution.meetings.forms import RecordForm
from sangesan.execution.meetings.models import Meeting
from sangesan.execution.meetings.queries.roster import rows
from sangesan.execution.plans import services as plans
from sangesan.execution.plans.forms import AddForm, CheckForm, ReportForm
from sangesan.execution.plans.models import Plan, Report
from sangesan.execution.plans.queries import lines_of
from sangesan.execution.study import forms as study
from sangesan.execution.study.models import Session
from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.organization.remarks import services as remarks
from sangesan.organization.remarks.forms import AnswerForm
from sangesan.organization.remarks.models import Remark
from sangesan.procedures import drafts
from tests.builders import hire, small_mine
from tests.duties import owed
from tests.hands import Hands
from tests.meetings import called, committee
from tests.publicities import planned

pytestmark = pytest.mark.chapter("S2a", "S2c")
SENTENCES = ("热水的事已和后勤科碰头", "零点班考勤今天起公布", "", "外委工人说宿舍漏雨，请后勤派人", "周末值班已排好")
TYPED = ("CharField", "IntegerField", "DateField", "TimeField")
MOST_A_WEEK, MOST_ASKED = 12, 18


def visited(mine):
    """A visit of an office to the team, its problem settled on the spot (一次联系), that waits for the unit's word."""
    hire(mine, "labour", "劳资科科长", "LZ", Role.CHIEF, "2090", head=True)
    found = contacts.pair(scope=mine.scope("cadre"), unit="ZC1", office="LZ")
    return contacts.record_visit(scope=mine.scope("labour"), pair=found.pk, key="v" * 32, day=clock.today(),
                                 form="site", outcome="spot", text="考勤公布晚了两天")


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
    studying = owed(mine, "ZB1", "party", kind="study", subject="routines/XX-D", code="XX-D-1", title="党团活动日",
                    opens=datetime(2026, 11, 23, 7, tzinfo=clock.LOCAL),
                    due=datetime(2026, 11, 23, 18, tzinfo=clock.LOCAL))
    thought = owed(mine, "ZB1", "party", kind="analysis", subject="routines/YFX", code="YFX-1", title="月分析",
                   hours=96)
    drafts.analyses(date(2026, 11, 2))
    notice = planned(mine, units=("ZB1",))
    visit = visited(mine)
    enter(page, mine.persons["secretary"])
    hands = Hands(page)
    hands.go(f"/w/plans/of/{asks.pk}/")  # Monday: the plan stands there, one line is added, one tap confirms
    hands.press("先改一改")
    hands.fill("text", "看望住院职工")
    hands.press("添上")
    hands.press("确认计划")
    hands.go(f"/w/{notice.subject}/")
    hands.press("收到并传达")
    hands.go(kinds.of("study").where(studying))
    hands.fill("theme", "学习安全生产十五条")
    hands.fill("at", "08:00")
    hands.press("安排")
    hands.fill("heads", "23")
    hands.press("登记")
    hands.go(f"/w/analyses/of/{thought.pk}/")
    hands.fill("causes", "夜班留饭没有定人，热水供应时间和下班时间对不上；新来的外委工人不清楚找谁反映。")
    hands.fill("advice", "请后勤科定一名师傅留到两点；外委队伍进场时发一张反映渠道的卡片，班前会念一遍。")
    hands.press("保存")
    hands.go(f"/w/meetings/of/{meets.pk}/")
    hands.press("开始准备")
    before = hands.minutes
    hands.fill("conclusions", "班前会先念答复再布置任务\n队务公开本月十号前上墙")
    hands.fill("d0_text", "零点班的考勤当天公布")
    hands.choose("d0_post", str(mine.posts["chief"].pk))
    hands.fill("begins", "2026-11-23T08:00")
    hands.fill("ended", "08:30")
    hands.press("形成纪要")
    meeting_took = hands.minutes - before
    hands.go(f"/w/analyses/of/{thought.pk}/")
    hands.pick("meeting", Meeting.objects.get().subject)
    hands.press("定稿")
    hands.go(f"/w/{visit.subject}/")
    hands.press("已经告诉我们了")
    set_clock("2026-11-25 16:00")
    enter(page, mine.persons["secretary"])
    hands.go(f"/w/{remark.subject}/")
    hands.fill("text", "流动党员三人已单列")
    hands.press("回复")
    hands.go(f"/w/duties/{task.pk}/")
    hands.press("办结")
    for day, sentence in zip(range(23, 28), SENTENCES, strict=True):
        set_clock(f"2026-11-{day} 16:30")
        enter(page, mine.persons["secretary"])
        hands.go("/w/reports/")
        hands.fill("sentence", sentence)
        hands.press("报给上级")
    plan = Plan.objects.get()
    hands.go(f"/w/plans/{plan.pk}/")
    own = plan.lines.get(source="own")
    hands.fill(f"l{own.pk}_said", "本人出院，改到家里看望")
    hands.press("对账")
    assert Meeting.objects.get().closed_at and Report.objects.count() == 5 and Remark.objects.get().answer
    assert Plan.objects.get().checked_at and set(Happening.objects.values_list("duty", flat=True)) >= {
        meets.pk, task.pk, asks.pk, studying.pk, thought.pk, notice.handings.get(unit=mine.units["ZB1"]).duty_id}
    assert visit.steps.filter(step="feed_back").exists() and Session.objects.get().heads == 23
    assert Duty.objects.filter(origin__kind="decision", post=mine.posts["chief"]).count() == 1
    assert meeting_took <= 3 and hands.minutes <= 20, (hands.typed, hands.taps, hands.minutes)


@pytest.mark.django_db
def test_no_field_is_asked_twice_in_a_week(noon):
    mine = committee(small_mine())
    scope = mine.scope("secretary")
    meeting = called(mine, by="secretary", unit="ZB1", series="committee")
    owed(mine, "ZB1", "party", title="核对党员名册")
    drafts.analyses(date(2026, 11, 2))
    plan = plans.draft(scope=scope, unit=mine.units["ZB1"].pk, line="party", week=clock.today() - timedelta(days=1))
    day = study.PlanForm(units=[("ZB1", "一支部")], shifts=[], initial={
        "unit": "ZB1", "of": "party", "day": clock.today(), "at": time(15), "place": "会议室"})
    monthly = {"学习": day, "到会": study.HoldForm(), "月分析": analysis.WriteForm(),
               "定稿": analysis.FinishForm(found=[]), "反馈": WordsForm()}
    weekly = {
        "会议": RecordForm(meeting, rows(meeting)), "添一行": AddForm(initial={"due": clock.today()}),
        "对账": CheckForm(lines_of(plan)), "述职": ReportForm(scope), "回复": AnswerForm(), "办结": Completing(),
    }
    asked = table(weekly | monthly)
    assert len(asked) == len(set(asked)), sorted(one for one in asked if asked.count(one) > 1)
    assert len(table(weekly)) <= MOST_A_WEEK and len(asked) <= MOST_ASKED, asked


def table(forms: dict) -> list[str]:
    """Return the table of fields that are typed (填写项表): what stands there already is not asked, nor what hides.

    The rows of a list count once: they ask of different things.
    """
    found: dict[tuple[str, str], str] = {}
    for name, form in forms.items():
        for slug, field in form.fields.items():
            shown = form[slug].is_hidden or form.get_initial_for_field(field, slug)
            typed = type(field).__name__ in TYPED and not shown
            if typed:
                found.setdefault((name, slug.lstrip("adl0123456789")), str(field.label))
    return list(found.values())
