"""The check of a routine (检查落实): a superior's duty of its own, by a second person, without anybody filling in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from sangesan.execution.duties import queries as duties
from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.services import complete
from sangesan.execution.routines import services
from sangesan.execution.routines.queries.checking import looked_at
from sangesan.execution.routines.services import deciding
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, NotFound
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from tests.builders import hire, small_mine
from tests.routines import CADRE, confirm, made, ruled
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1b")]
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def mine(noon):
    confirm(2026)
    return small_mine()


def checks(**more):
    return Duty.objects.filter(origin__kind="routine_check", **more).order_by("nominal")


def on(day, hour):
    return clock.at(datetime.combine(day, time(hour), clock.LOCAL))


def test_the_head_above_has_one_check_for_all_below_each_date(mine):
    hire(mine, "manager", "采煤副总", "CM", Role.CHIEF, "3001", head=True)
    ruled(checks="above")
    assert made() == 3 * 57 and made() == 0
    first = checks()[0]
    assert (first.unit.code, first.nominal, first.origin.title) == ("CM", FRIDAY, "检查：安全活动日")
    did = Duty.objects.filter(origin__kind="study", nominal=FRIDAY)
    assert first.opens == did[0].due and clock.local(first.due).date() == date(2026, 12, 2)
    found = looked_at(mine.scope("manager"), first.pk)
    assert [row.unit.code for row, _chip in found.rows] == ["ZC1", "ZC2"] and found.missing == 0


def test_without_a_head_in_between_it_goes_to_the_next_above(mine):
    ruled(checks="above")
    made()
    assert {duty.unit.code for duty in checks()} == {"QSL"}
    with on(FRIDAY, 19):
        assert "检查：安全活动日" in [task.title for task in duties.todo(mine.scope("leader"))]
        assert "检查：安全活动日" not in [task.title for task in duties.todo(mine.scope("chief"))]


def test_a_named_post_checks_them_all(mine):
    ruled(checks="post", checker=mine.posts["logistics"])
    made()
    first = checks()[0]
    assert (first.unit.code, first.post.code) == ("HQ", "logistics")
    assert len(looked_at(mine.scope("logistics"), first.pk).rows) == 2


def test_looking_is_one_tap_and_a_fact_of_its_own(mine):
    ruled(checks="above")
    made()
    did, look = Duty.objects.get(unit__code="ZC1", nominal=FRIDAY), checks()[0]
    early = signed_in(mine.persons["leader"]).get(f"/w/routines/checks/{look.pk}/").content.decode()
    assert "综采二队" in early and "检查过了" not in early
    with on(FRIDAY, 17):
        complete(duty=did, actor=mine.scope("chief").actor, person=mine.persons["chief"].pk)
    with on(FRIDAY, 19):
        leader = signed_in(mine.persons["leader"])
        shown = leader.get(f"/w/routines/checks/{look.pk}/").content.decode()
        assert "综采一队" in shown and "按时" in shown and "待办" in shown
        assert leader.post(f"/w/routines/checks/{look.pk}/", {"words": "二队没开"}).status_code == 302
    fact = history(look.subject)[-1]
    assert (fact.kind, fact.content["rule"], fact.actor) == ("duty.done", "AQR-1-C", "post:leader")


def test_ones_own_work_another_checks(mine):
    ruled(checks="above")
    made()
    did, look = Duty.objects.get(unit__code="ZC1", nominal=FRIDAY), checks()[0]
    with on(FRIDAY, 19):
        complete(duty=did, actor=mine.scope("leader").actor, person=mine.persons["leader"].pk)
        with pytest.raises(Forbidden):
            services.check(scope=mine.scope("leader"), duty=look.pk)
        leader = signed_in(mine.persons["leader"])
        assert leader.post(f"/w/duties/{look.pk}/done/", {}).status_code == 409
    assert not history(look.subject)


def test_strangers_see_no_check_and_a_duty_of_another_kind_is_none(mine):
    ruled(checks="above")
    made()
    look, did = checks()[0], Duty.objects.filter(unit__code="ZC1")[0]
    for who, pk in (("logistics", look.pk), ("chief", look.pk), ("leader", did.pk), ("leader", 2**70)):
        with pytest.raises(NotFound):
            looked_at(mine.scope(who), pk)
        assert signed_in(mine.persons[who]).post(f"/w/routines/checks/{pk}/", {}).status_code == 404


def test_a_rule_that_ends_takes_its_checks_along(mine):
    version = ruled(checks="above")
    made()
    deciding.end(version=version, until=FRIDAY + timedelta(days=1), actor=CADRE)
    assert [duty.nominal for duty in checks()] == [FRIDAY]
