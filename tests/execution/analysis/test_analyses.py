"""Monthly analyses (月分析): drafted from facts, few voices never shown, studied in a meeting."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from sangesan.execution.analysis import queries, services
from sangesan.execution.analysis.models import Analysis
from sangesan.execution.analysis.queries.paper import composed, parts_of
from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Happening
from sangesan.feedback.intake.services import report
from sangesan.feedback.matters import queries as matter_queries
from sangesan.feedback.matters import services as matters
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.words import CATEGORIES
from sangesan.feedback.pulse.models import Figure, Month
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound, UserError
from sangesan.ledger.evidence.queries import text_of
from sangesan.ledger.facts.queries import entries
from sangesan.method.analysis import next_month
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.method.papers import day_said
from sangesan.organization.units.models import Coverage
from sangesan.procedures import drafts
from tests.builders import heard, hire, small_mine
from tests.duties import owed
from tests.facts import answered
from tests.meetings import committee, held
from tests.talks import drafted, of, spoke

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S2a", "N7")]
NEXT = date(2026, 12, 3)


@pytest.fixture
def mine(noon):
    return committee(small_mine())


def written(mine, unit="ZB1", by="secretary") -> Analysis:
    return services.write(scope=mine.scope(by), analysis=of(mine, unit).pk, causes="锅炉检修拖了三天",
                          advice="检修提前到十月")


def studied(mine, unit="ZB1", by="secretary", **parts) -> str:
    return held(mine, by=by, unit=unit, series="committee", chair=by, **parts).subject


def test_the_figures_come_from_facts_and_what_few_said_is_not_in_them(mine):
    spoke(6, "logistics")
    spoke(7, "pay")
    spoke(4, "conduct")
    spoke(1, "order")
    drafted()
    told = of(mine, "ZB1").figures
    assert told["topics"] == [["劳动报酬", 7], ["后勤", 6]] and told["hidden"] and told["heard"] == 18
    assert "干部作风" not in json.dumps(told, ensure_ascii=False)
    assert told["groups"] == [["一线", 18]] and told["branches"] == []


@pytest.mark.chapter("V4", "V7")
def test_the_figures_beside_a_reader_s_list_tell_of_no_matter_shut_to_that_reader(mine, settings):
    """The secretary counted ten about conduct and could open seven: so there were some about the secretary."""
    settings.DEMO = True  # letters reach triage and lists at once
    hire(mine, "union", "工会干部", "QSL", Role.UNION, "3001", line="union")
    spoke(7, "conduct")
    for one in Matter.objects.all():
        matters.grade(scope=mine.scope("triage"), number=one.number, urgency=1, importance=1)
        matters.dispatch(scope=mine.scope("triage"), number=one.number, lead=mine.units["ZC1"].pk,
                         only_mentioned=True)
    about, accused = (heard(f"书记的事 {n}", unit="ZC1", name=f"牛{n}") for n in range(2))
    held = heard("工会先看的事", unit="ZC1", channel="union", name="牛二")
    Matter.objects.filter(number__in=[about.number, accused.number, held.number]).update(category="conduct")
    matters.concern(scope=mine.scope("triage"), number=about.number, units=[mine.units["ZB1"].pk])
    matters.accuse(scope=mine.scope("triage"), number=accused.number)
    drafted()
    listed = matter_queries.visible(mine.scope("secretary")).count()
    assert of(mine, "ZB1").figures["topics"] == [["干部作风", listed]] == [["干部作风", 7]]


def test_whoever_may_open_an_analysis_is_among_its_readers(mine):
    for name, role, at in (("vice", Role.LEADER, "QSL"), ("union", Role.UNION, "DW"), ("member", Role.MEMBER, "ZB1"),
                           ("crew", Role.CREW_LEADER, "ZC1J"), ("youth", Role.YOUTH, "DW")):
        hire(mine, name, name, at, role, f"3{len(mine.persons):03}")
    spoke(6, "pay")
    drafted()
    for code in mine.persons:
        for one in queries.analyses(mine.scope(code)):
            assert mine.persons[code].pk in queries.readers(one.unit_id, clock.today()), (code, one.unit)


def test_the_paper_says_where_its_figures_come_from_and_how_many_they_are(mine):
    spoke(6, "logistics")
    drafted()
    one = of(mine, "ZB1")
    said = [part["text"] for part in composed(one)["parts"]]
    first, last = one.month, next_month(one.month) - timedelta(days=1)
    assert said[-1].startswith(f"数据来源：三个三系统台账，{day_said(first)}至{day_said(last)}。")
    assert "本月共反映 6 件" in "".join(said)


@pytest.mark.chapter("V7")
def test_a_small_cell_is_not_given_away_by_subtraction(mine):
    spoke(6, "logistics")
    spoke(3, "pay")
    drafted()
    told = of(mine, "ZB1").figures
    assert told["topics"] == [["后勤", 6]] and told["heard"] is None
    assert "6 件" in "".join(parts_of(of(mine, "ZB1"))[1][1]) and "9" not in json.dumps(told["topics"])


@pytest.mark.chapter("V7")
def test_the_committee_s_is_assembled_from_its_branches_and_tells_nothing_of_the_few(mine):
    Coverage.objects.create(branch=mine.units["ZB2"], unit=mine.units["ZC2"], since=date(2020, 1, 1))
    spoke(20, "logistics")
    spoke(3, "pay", unit="ZC2")
    drafted(date(2026, 12, 5))
    assert not Analysis.objects.filter(unit=mine.units["DW"]).exists()
    Month.objects.update(first=date(2025, 11, 1))
    drafts.analyses(date(2026, 12, 6))
    assert not Analysis.objects.filter(unit=mine.units["DW"]).exists(), "it waits for the freezing"
    Month.objects.update(first=date(2026, 11, 1))
    drafted(date(2026, 12, 6))
    told = of(mine, "DW").figures
    assert "劳动报酬" not in json.dumps(told, ensure_ascii=False) and told["hidden"]
    assert told["heard"] % 5 == 0 and told["about"]
    assert "综采二队党支部" not in [name for name, _n in told["branches"]]
    assert of(mine, "ZB2").figures["heard"] is None and of(mine, "ZB2").figures["topics"] == []
    drafts.analyses(date(2026, 12, 7))
    assert of(mine, "DW").figures == told


@pytest.mark.chapter("V7")
def test_the_committee_s_numbers_are_those_of_the_months_in_figures_and_no_second_draw(mine):
    """Two amounts drawn for one number have a mean: the committee's page and the months in figures told more together
    than either."""
    for category in ("logistics", "pay", "hours", "safety"):
        spoke(12, category)
    drafted(date(2026, 12, 6))
    figures = dict(Figure.objects.filter(dimension="category").exclude(shown=None).values_list("value", "shown"))
    told = of(mine, "DW").figures
    assert told["heard"] == Month.objects.get().total
    assert dict(told["topics"]) == {str(CATEGORIES[slug]): n for slug, n in figures.items()}
    assert told["groups"] == []  # the only one: beside it, nobody and few would not look alike


@pytest.mark.chapter("V7")
def test_a_committee_s_exact_numbers_count_no_matter_shut_to_one_of_its_readers(mine):
    """The mine's leader counted one answer more in the committee's than could be opened: it was about the leader."""
    numbers = [heard(f"第{n}件事", unit="ZC1").number for n in range(2)]
    matters.concern(scope=mine.scope("triage"), number=numbers[0], units=[], posts=["leader"])
    for number in numbers:
        answered("ZC1", number)
    drafted(date(2026, 12, 6))
    assert of(mine, "DW").figures["matter_answered"] == 1


@pytest.mark.chapter("V7")
def test_whoever_may_not_read_a_unit_s_matters_reads_no_analysis_of_it(mine):
    """With four letters of one's own a number of five tells of the fifth; whoever reads the matters learns nothing."""
    hire(mine, "youth", "团委书记", "DW", Role.YOUTH, "3001")
    hire(mine, "clerk", "支部纪检委员", "ZB1", Role.INSPECTOR, "3002")
    spoke(5, "pay")
    drafted(date(2026, 12, 6))
    assert not queries.analyses(mine.scope("youth")).exists() and not queries.analyses(mine.scope("clerk")).exists()
    assert {one.unit.code for one in queries.analyses(mine.scope("leader"))} == {"DW", "ZB1", "ZB2"}


def test_the_month_before_is_only_what_its_own_analysis_shows(mine):
    with clock.at(date(2026, 10, 20)):
        spoke(6, "logistics")
        spoke(3, "pay")
        drafted(date(2026, 11, 3))
    assert Analysis.objects.get(unit=mine.units["ZB1"]).figures["heard"] is None
    spoke(7, "pay")
    drafted()
    assert (of(mine, "ZB1").figures["heard"], of(mine, "ZB1").figures["before"]) == (7, None)


def test_anonymous_voices_of_a_cell_count_as_one(mine):
    spoke(9, "pay", mode="anonymous")
    with clock.at(date(2026, 11, 25)):
        drafted()
    assert of(mine, "ZB1").figures["topics"] == [] and of(mine, "ZB1").figures["heard"] is None


def test_however_often_one_correspondent_reports_a_branch_learns_of_one_voice(mine):
    for n in range(9):
        report(scope=mine.scope("correspondent"), text=f"第{n}次上报", key=f"{n:020}", category="safety", unit="ZC1")
    spoke(6, "pay")
    drafted()
    assert of(mine, "ZB1").figures["topics"] == [["劳动报酬", 6]] and of(mine, "ZB1").figures["heard"] is None


def test_drafting_again_changes_nothing_and_a_finished_one_stays(mine):
    spoke(6, "pay")
    drafted()
    first = of(mine, "ZB1")
    drafts.analyses(date(2026, 12, 4))
    assert of(mine, "ZB1").drafted_at == first.drafted_at and drafts.analyses(date(2026, 12, 20)) == 0
    with clock.at(NEXT):
        written(mine)
        services.finish(scope=mine.scope("secretary"), analysis=first.pk, meeting=studied(mine))
        spoke(6, "hours")
        drafts.analyses(date(2026, 12, 5))
    assert of(mine, "ZB1").figures == first.figures


def test_it_is_finished_only_after_it_was_written_and_studied(mine):
    duty = owed(mine, "ZB1", "party", kind="analysis", subject="routines/YFX", title="月分析", hours=24 * 12)
    spoke(6, "pay")
    drafted()
    analysis = of(mine, "ZB1").pk
    with clock.at(NEXT):
        with pytest.raises(UserError, match="还没有写"):
            services.finish(scope=mine.scope("secretary"), analysis=analysis, meeting="")
        written(mine)
        elsewhere = held(mine, unit="DW").subject
        for meeting in ("", "meetings/1", elsewhere):
            with pytest.raises(UserError, match="在哪次会上"):
                services.finish(scope=mine.scope("secretary"), analysis=analysis, meeting=meeting)
        meeting = studied(mine, decisions=(("锅炉检修提前", "chief", 9),))
        done = services.finish(scope=mine.scope("secretary"), analysis=analysis, meeting=meeting)
        assert len(queries.decisions_of(done)) == 1
        with pytest.raises(Conflict, match="不再改动"):
            written(mine)
    fact = next(entries(kinds=["analysis.finished"]))
    kept = json.loads(text_of(str(fact.content["words"])))
    assert (fact.quantity, fact.content["meeting"], fact.content["month"]) == (1, meeting, "2026-11")
    assert "锅炉检修拖了三天" in json.dumps(kept, ensure_ascii=False)
    assert Happening.objects.get(duty=duty).what == "done"


def test_the_page_a_routine_leads_to_is_the_month_before(mine):
    duty = owed(mine, "ZB1", "party", kind="analysis", subject="routines/YFX", title="月分析", hours=24 * 12)
    assert queries.of_duty(mine.scope("secretary"), duty.pk) is None
    drafted()
    assert queries.of_duty(mine.scope("secretary"), duty.pk) == of(mine, "ZB1")


@pytest.mark.parametrize(("parts", "said"), [
    ({"causes": " "}, "原因没有写"), ({"advice": ""}, "建议没有写"), ({"causes": "因" * 1001}, "最多 1000 个字"),
    ({"advice": "a\x00b"}, "不能保存的字符"),
])
def test_bad_input_is_refused_in_words_and_nothing_is_kept(mine, parts, said):
    drafted()
    given = {"causes": "锅炉", "advice": "早修"} | parts
    with pytest.raises(UserError, match=said):
        services.write(scope=mine.scope("secretary"), analysis=of(mine, "ZB1").pk, **given)
    assert of(mine, "ZB1").causes == "" == of(mine, "ZB1").advice


def test_another_s_analysis_is_not_there_to_read_or_write(mine):
    drafted()
    for who in ("secretary2", "handler", "correspondent", "admin"):
        with pytest.raises(NotFound):
            queries.analysis_for(mine.scope(who), of(mine, "ZB1").pk)
    for who in ("secretary2", "leader", "cadre"):
        with pytest.raises(NotFound):
            services.write(scope=mine.scope(who), analysis=of(mine, "ZB1").pk, causes="x", advice="x")
    assert queries.analysis_for(mine.scope("leader"), of(mine, "ZB1").pk)


def test_what_fell_due_is_on_time_late_or_not_done_and_adds_up(mine):
    first, second, third, waived = (owed(mine, code=code, hours=4) for code in "abcd")
    duties.complete(duty=first, actor=SYSTEM)
    duties.exempt(duty=waived, actor=SYSTEM, why="shutdown", words="检修")
    day = clock.today()
    with clock.at(day + timedelta(days=1)):
        duties.record_due(day)
        duties.complete(duty=second, actor=SYSTEM)
    drafted()
    told = of(mine, "ZB1").figures
    assert [told[f"duty_{name}"] for name in ("fell_due", "done", "late", "missed")] == [3, 1, 1, 1], third
