"""Handing over (移交): what a unit leaves open goes to whoever takes it over; what was late stays whose it was."""

from __future__ import annotations

import pytest

from sangesan.execution.contacts.models import Pair
from sangesan.execution.contacts.queries.access import pairs
from sangesan.execution.contacts.services import arrange_due, pair
from sangesan.execution.duties import services
from sangesan.execution.duties.models import Duty, Happening
from sangesan.execution.duties.queries import detail_of, duty_for, todo, with_status
from sangesan.execution.publicity.models import Handing
from sangesan.execution.publicity.queries import cascade_of
from sangesan.execution.publicity.services import pass_on
from sangesan.execution.rectification.services import done
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Action, Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import heir_of
from sangesan.organization.units.services import close_unit, merge_units, open_unit, split_unit
from sangesan.procedures import reactions
from sangesan.procedures.succession import take_over
from tests.builders import hire, small_mine, unit
from tests.duties import later, owed
from tests.execution.rectification.inspected import checked_mine, found
from tests.publicities import crews, planned
from tests.routines import confirm, made, ruled

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    confirm(2026)
    mine = small_mine()
    hire(mine, "chief2", "综采二队队长", "ZC2", Role.CHIEF, "2002", head=True)
    return mine


def merged(mine):
    merge_units(olds=[mine.units["ZC1"]], new=mine.units["ZC2"], actor=SYSTEM)
    assert take_over(clock.today()) == 1
    return mine.units["ZC2"]


def kinds(duty):
    return [row.kind for row in history(duty.subject)]


def test_what_is_not_due_yet_is_the_other_unit_s_from_then_on(mine):
    duty = owed(mine, hours=72, post="chief")
    new = merged(mine)
    duty.refresh_from_db()
    assert (duty.unit, duty.post, duty.path) == (new, None, "QSL/CM/ZC2/")
    fact, = history(duty.subject)
    assert (fact.kind, fact.unit, fact.content["before"], fact.content["to"]) == (
        "duty.handed_over", "QSL/CM/ZC2/", "QSL/CM/ZC1/", "ZC2")
    assert duty.subject in {task.subject for task in todo(mine.scope("chief2"))}
    services.complete(duty=duty_for(mine.scope("chief2"), duty.pk, Action.DO_WORK), actor=SYSTEM)
    assert kinds(duty)[-1] == "duty.done"


def test_what_was_late_is_done_by_the_other_and_stays_the_lateness_of_the_unit_that_was(mine):
    duty = owed(mine, hours=1)
    with clock.at(later(days=2)):
        merged(mine)
        duty.refresh_from_db()
        assert (duty.unit.code, duty.path) == ("ZC2", "QSL/CM/ZC1/")
        found = detail_of(mine.scope("chief2"), duty.pk)
        assert found.doable and found.holder == mine.persons["chief2"] and not found.rules
        services.complete(duty=duty, actor=SYSTEM)
        last = history(duty.subject)[-1]
        assert (last.kind, last.unit) == ("duty.late", "QSL/CM/ZC1/")


def test_a_unit_set_up_today_answers_for_what_it_took_over_late(mine):
    duty = owed(mine, hours=1)
    with clock.at(later(days=2)):
        new = open_unit(code="ZCX", name="综采队", kind="team", parent=mine.units["CM"], actor=SYSTEM)
        mine.units["ZCX"] = new
        hire(mine, "chiefx", "综采队队长", "ZCX", Role.CHIEF, "2003", head=True)
        merge_units(olds=[mine.units["ZC1"]], new=new, actor=SYSTEM)
        take_over(clock.today())
        assert detail_of(mine.scope("chiefx"), duty.pk).holder == mine.persons["chiefx"]


def test_what_recurs_ends_with_its_unit_and_the_other_has_its_own(mine):
    ruled(lead=7)
    made()
    ours = set(Duty.objects.filter(unit__code="ZC2").values_list("pk", flat=True))
    with clock.at(later(days=1)):
        merged(mine)
        left = with_status(Duty.objects.filter(unit__code="ZC1"))
        assert [duty.standing for duty in left] == ["cancelled"]
        assert kinds(left[0]) == ["duty.cancelled"]
    assert set(Duty.objects.filter(unit__code="ZC2").values_list("pk", flat=True)) == ours


def test_nothing_is_handed_over_twice_and_what_is_settled_stays(mine):
    done, open_ = owed(mine, code="a"), owed(mine, code="b")
    services.complete(duty=done, actor=SYSTEM)
    merged(mine)
    assert take_over(clock.today()) == 0
    done.refresh_from_db()
    assert done.unit.code == "ZC1" and Happening.objects.filter(duty=open_, what="handed").count() == 1


def test_what_the_other_was_given_too_falls_away(mine):
    ours, theirs = owed(mine, code="all"), owed(mine, "ZC2", code="all")
    assert ours.origin_id == theirs.origin_id
    merged(mine)
    assert kinds(ours) == ["duty.cancelled"] and kinds(theirs) == []


def test_of_a_split_unit_the_part_that_most_went_to_takes_over(mine):
    duty = owed(mine, hours=72)
    one, two = (open_unit(code=code, name=code, kind="team", parent=mine.units["CM"], actor=SYSTEM)
                for code in ("ZC11", "ZC12"))
    Unit.objects.filter(code="ZC1J").update(closed=clock.today())
    split_unit(old=mine.units["ZC1"], shares=[(one, 4000), (two, 6000)], actor=SYSTEM)
    take_over(clock.today())
    duty.refresh_from_db()
    assert duty.unit == two


def test_what_a_closed_unit_leaves_goes_to_the_one_above_and_on_when_that_ends_too(mine):
    duty = owed(mine, "ZC1J", hours=72)
    close_unit(unit=mine.units["ZC1J"], actor=SYSTEM)
    take_over(clock.today())
    duty.refresh_from_db()
    assert duty.unit.code == "ZC1" and duty.subject in {t.subject for t in todo(mine.scope("chief"))}
    merged(mine)
    duty.refresh_from_db()
    assert duty.unit.code == "ZC2"
    assert heir_of(Unit.objects.get(code="ZC1J"), clock.today()) == mine.units["ZC2"]


def test_a_unit_whose_end_lies_ahead_keeps_its_duties_until_that_day(mine):
    duty = owed(mine, hours=96)
    merge_units(olds=[mine.units["ZC1"]], new=mine.units["ZC2"], actor=SYSTEM, day=later(days=2).date())
    assert take_over(clock.today()) == 0
    duty.refresh_from_db()
    assert duty.unit.code == "ZC1"
    with clock.at(later(days=2)):
        assert take_over(clock.today()) == 1


def test_a_finding_goes_along_and_is_put_right_by_the_other(noon):
    mine = checked_mine()
    hire(mine, "chief2", "综采二队队长", "ZC2", Role.CHIEF, "2002", head=True)
    finding = found(mine)
    merged(mine)
    done(scope=mine.scope("chief2"), finding=finding.pk, text="换了风筒")
    finding.refresh_from_db()
    assert finding.unit.code == "ZC2" and finding.path == "QSL/CM/ZC1/"
    assert [row.kind for row in history(finding.subject)][-1] == "rectification.done"


def test_a_notice_is_not_handed_twice_to_one_unit(noon):
    mine = crews()
    plan = planned(mine, units=("ZC2",))
    only = Handing.objects.get(unit__code="ZC2")
    merge_units(olds=[mine.units["ZC2"]], new=mine.units["ZC1"], actor=SYSTEM)
    take_over(clock.today())
    only.refresh_from_db()
    assert only.unit.code == "ZC1" and kinds(only.duty) == ["duty.handed_over"]
    pass_on(scope=mine.scope("chief"), campaign=plan.pk, unit=mine.units["ZC1"].pk)
    assert kinds(only.duty)[-1] == "duty.done"


def test_a_unit_that_ended_and_had_nothing_more_to_pass_on_is_no_gap(noon):
    mine = crews()
    mine.units["ZC3"] = unit("ZC3", "综采三队", "team", mine.units["CM"])
    plan = planned(mine, units=("ZC3", "ZC2"))
    merge_units(olds=[mine.units["ZC2"]], new=mine.units["ZC3"], actor=SYSTEM)
    take_over(clock.today())
    gone = Handing.objects.get(unit__code="ZC2")
    assert kinds(gone.duty) == ["duty.handed_over", "duty.cancelled"]
    (level,) = cascade_of(mine.scope("cadre"), plan).levels
    assert (level.units, level.gaps) == (1, ("综采三队",))


def test_pairs_of_a_unit_that_ended_go_on_with_the_other_and_the_visit_owed_falls_away(mine):
    old = pair(scope=mine.scope("cadre"), unit="ZC1", office="LZ", on=27)
    arrange_due(clock.today())
    (owed_visit,) = Duty.objects.filter(origin__kind="contact", due__lt=later(days=10))
    with clock.at(later(hours=2)):
        merged(mine)
        old.refresh_from_db()
        new = Pair.objects.get(until=None)
        assert (old.until, new.office.code, new.unit.code, new.on) == (clock.today(), "LZ", "ZC2", 27)
        assert kinds(owed_visit) == ["duty.cancelled"]
        assert old in pairs(mine.scope("cadre")), "the table of past months still shows it"


def test_an_office_that_ends_hands_its_pairs_to_the_office_that_takes_over(mine):
    pair(scope=mine.scope("cadre"), unit="ZC1", office="LZ")
    pair(scope=mine.scope("cadre"), unit="ZC1", office="HQ")
    merge_units(olds=[mine.units["LZ"]], new=mine.units["XF"], actor=SYSTEM)
    merge_units(olds=[mine.units["HQ"]], new=mine.units["XF"], actor=SYSTEM)
    take_over(clock.today())
    assert [(p.office.code, p.unit.code) for p in Pair.objects.filter(until=None)] == [("XF", "ZC1")]


def test_it_happens_at_once_as_the_reaction_to_the_closing(mine):
    duty = owed(mine, hours=72)
    merge_units(olds=[mine.units["ZC1"]], new=mine.units["ZC2"], actor=SYSTEM)
    reactions.run()
    duty.refresh_from_db()
    assert duty.unit.code == "ZC2"
