"""What is kept of the clocks of a matter (时限记录): what began them anew, and on which day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from sangesan.feedback.intake.services import register
from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import ClockChange, Concern, Matter, Supervision, Term
from sangesan.feedback.matters.queries.clocking import changes
from sangesan.feedback.matters.services.clocks import turn_began
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from tests.builders import heard, person, post, small_mine
from tests.feedback.matters.roads import answered, handled
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
RULED = {"uphold": "维持：公示栏有照片", "change": "变更：差额下月补发", "redo": "责令重新办理：请逐月核对"}


@pytest.fixture
def mine(noon):
    made = small_mine()
    made.persons["party"] = person("3090", "党委书记", made.units["QSL"])
    made.posts["party"] = post("party", "党委书记", made.units["QSL"], Role.LEADER, made.persons["party"])
    return made


def reviewed_here(mine, outcome):
    said = handled(mine)
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    services.review(code=said.receipt, text="不服")
    getattr(services, outcome)(scope=mine.scope("party"), number=said.number, text=RULED[outcome])


def reviewed_above(mine, outcome):
    said, triage = handled(mine), mine.scope("triage")
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("party"), number=said.number)
    Concern.objects.create(matter=Matter.objects.get(), person=mine.persons["leader"].pk)
    services.review(code=said.receipt, text="不服")
    services.pass_up(scope=triage, number=said.number, unit="集团信访办", day=clock.today(), way="report")
    getattr(services, f"upper_{outcome}")(scope=triage, number=said.number, day=clock.today(), text=RULED[outcome])


@pytest.mark.parametrize("outcome", RULED)
@pytest.mark.parametrize("review", [reviewed_here, reviewed_above])
def test_only_what_is_to_be_done_anew_begins_the_clocks_anew(mine, review, outcome):
    review(mine, outcome)
    begun = {one.event for one in changes(Matter.objects.get()) if one.reason == "责令重办"}
    assert bool(begun) == (outcome == "redo"), "an answer that stands, or is changed, owes no other"
    assert (turn_began(Matter.objects.get()) is not None) == (outcome == "redo")


def test_days_of_last_year_are_shown_whole(mine):
    said = answered(mine)
    services.review(code=said.receipt, text="不服")
    asked = clock.today()
    pages = {}
    for day in (asked, date(asked.year + 1, 1, 4)):
        with clock.at(clock.now() + timedelta(days=(day - asked).days)):
            pages[day.year] = signed_in(mine.persons["triage"]).get(f"/w/matters/{said.number}/").content.decode()
    assert f'<li class="meta">{asked:%m-%d} <b>' in pages[asked.year]
    assert f'<li class="meta">{asked:%F} <b>' in pages[asked.year + 1]


def test_of_a_letter_that_came_on_an_earlier_day_the_day_alone_is_shown(mine):
    day = clock.today() - timedelta(days=7)
    said = heard(unit="ZC1", channel="letter", day=day)
    page = signed_in(mine.persons["triage"]).get(f"/w/matters/{said.number}/").content.decode()
    assert Matter.objects.get().came == day and f"{day:%F}" in page and f"{day:%m-%d} 12:00" not in page
    with clock.at(clock.now() + timedelta(minutes=5)):
        now = heard(unit="ZC1")
    assert Matter.objects.get(number=now.number).came == Matter.objects.get(number=now.number).received_at


@pytest.mark.parametrize("outcome", RULED)
def test_a_proposed_supervision_falls_away_when_the_matter_is_over(mine, outcome):
    said = handled(mine)
    Supervision.objects.create(matter=Matter.objects.get(), trigger="late", state="proposed", proposed_at=clock.now())
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    services.review(code=said.receipt, text="不服")
    getattr(services, outcome)(scope=mine.scope("party"), number=said.number, text=RULED[outcome])
    assert Supervision.objects.get().state == ("proposed" if outcome == "redo" else "withdrawn")


def test_a_proposed_supervision_falls_away_when_the_matter_is_closed(mine):
    said = answered(mine)
    Supervision.objects.create(matter=Matter.objects.get(), trigger="late", state="proposed", proposed_at=clock.now())
    services.call_back(scope=mine.scope("triage"), number=said.number, reached=False)
    services.close(scope=mine.scope("secretary"), number=said.number)
    services.close(scope=mine.scope("cadre"), number=said.number)
    assert (Matter.objects.get().state, Supervision.objects.get().state) == ("closed", "withdrawn")


def law_line(mine, number, name):
    """Return what the page says of a statutory clock (法定时限所示)."""
    page = signed_in(mine.persons["triage"]).get(f"/w/matters/{number}/").content.decode()
    return page.partition(f"<dt>法定·{name}</dt>")[2].partition("</dd>")[0]


@pytest.mark.parametrize(("days", "before", "after", "late"), [
    (15, "剩 ", "按时", 0), (16, "已超 1 天", "晚 1 天", 1), (40, "已超 25 天", "晚 25 天", 1)])
def test_a_day_of_the_law_is_said_alike_before_it_is_met_and_after(mine, noon, days, before, after, late):
    said = heard(unit="ZC1", kind="appeal")
    with clock.at(noon + timedelta(days=days)):
        assert before in law_line(mine, said.number, "告知受理")
        services.record_terms(clock.today() - timedelta(days=1))
        overdue = [fact for fact in history(f"matters/{said.number}") if fact.content.get("clock") == "notice"]
        assert len(overdue) == late, "the ledger says no other than the page"
        services.decline(scope=mine.scope("triage"), number=said.number, reason="elsewhere", told="请找市供热办")
        services.record_terms(clock.today())
        assert after in law_line(mine, said.number, "告知受理")


def test_what_was_missed_and_counts_no_more_is_not_said_to_run_on(mine, noon):
    said = heard(unit="ZC1", kind="inquiry")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    with clock.at(noon + timedelta(days=17)):
        services.record_terms(clock.today() - timedelta(days=1))
        assert "已超 3 天" in law_line(mine, said.number, "简易办理")
        services.procedure(scope=mine.scope("triage"), number=said.number, procedure="ordinary", reason="要查旧账")
        line = law_line(mine, said.number, "简易办理")
        assert "超期未办，不再计时" in line and "已超" not in line and "剩 " in law_line(mine, said.number, "办理")


@pytest.mark.parametrize(("hours", "words"), [(-1, "今日到期"), (1, "现已超过期限。"), (24, "现已超过期限1天")])
def test_who_is_urged_reads_whether_the_day_is_over_or_its_time(mine, hours, words):
    from sangesan.feedback.matters.queries.papers import drafted
    from sangesan.method.papers import paper

    handled(mine)
    with clock.at(Matter.objects.get().due_at + timedelta(hours=hours)):
        assert words in str(drafted(Matter.objects.get(), paper("urged"), {"request": "夜班没热饭"}))


def forwarded(mine):
    """A paper from above, which may be objected to until 12-01 (转送件)."""
    paper = {"sender": "市信访局", "document": "转字 7 号"}
    return register(scope=mine.scope("triage"), channel="upper", text="供暖费归谁管", key="a" * 20, name="王五",
                    extra=paper)


def clocks_said(mine, said):
    page = signed_in(mine.persons["triage"]).get(f"/w/matters/{said.number}/").content.decode()
    return re.sub(r"<[^>]+>", "", page.partition('id="clocks"')[2].partition("</section>")[0])


@pytest.mark.parametrize("passed", [1, 8])
def test_a_right_that_nobody_used_lapses_and_was_neither_met_nor_late(mine, passed):
    """Objection (T3): to hand it to a unit takes it on, whenever that was; the night may not have been there before."""
    said, triage = forwarded(mine), mine.scope("triage")
    assert "法定·提出异议" in clocks_said(mine, said) and "可用至当日" in clocks_said(mine, said)
    with clock.at(clock.today() + timedelta(days=passed)):
        assert ("法定·提出异议" in clocks_said(mine, said)) == (passed == 1)
        services.grade(scope=triage, number=said.number, urgency=1, importance=1)
        services.dispatch(scope=triage, number=said.number, lead=mine.units["HQ"].pk)
        lapsed(mine, said)
        services.record_terms(clock.today())
    assert not [row for row in history(Matter.objects.get().subject) if row.kind == "matter.overdue"]


def lapsed(mine, said):
    right = Term.objects.get(code="objection")
    assert (right.met, right.lifted, right.missed) == (None, True, False)
    told = [(one.event, one.reason) for one in changes(Matter.objects.get()) if one.name == "法定·提出异议"]
    assert told[-1] == ("不再计时", "受理") and "办到" not in dict(told)
    assert " 晚 " not in clocks_said(mine, said) and "可用至当日" not in clocks_said(mine, said)


def test_what_stood_as_met_by_acceptance_lapsed_and_what_was_objected_to_stays_so(mine):
    said, other = forwarded(mine), answered(mine)
    right, at = Term.objects.get(code="objection"), clock.now()
    rows = [ClockChange(matter=right.matter, clock="objection", event="met", reason="accepted", at=at),
            ClockChange(matter=Matter.objects.get(number=other.number), clock="objection", event="met",
                        reason="objected", at=at)]
    ClockChange.objects.bulk_create(rows)
    objected = Term.objects.create(matter=rows[1].matter, code="objection", start=right.start, due=right.due,
                                   met=right.start)
    Term.objects.filter(pk=right.pk).update(met=clock.today())
    import_module("sangesan.feedback.matters.migrations.0026_unused_rights").lapse(apps, None)
    right.refresh_from_db()
    objected.refresh_from_db()
    assert (right.met, right.lifted, objected.met, objected.lifted) == (None, True, right.start, False)
    kept = ClockChange.objects.filter(clock="objection").exclude(event="set").order_by("reason")
    assert [(one.event, one.reason) for one in kept] == [("lifted", "accepted"), ("met", "objected")]
    assert "法定·提出异议 不再计时 · 受理" in clocks_said(mine, said)
