"""Standing in (委托代理): what is refused, and how rights move and return."""

from datetime import timedelta

import pytest

from sangesan.ledger.facts.models import Fact
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.people import queries, services
from sangesan.organization.people.models import Appointment
from sangesan.organization.people.services.appointments import AppointmentError
from sangesan.organization.people.services.delegating import DelegationError

from .test_posts import LONG_AGO, TODAY, TOMORROW, YESTERDAY, Mine, stopped_clock  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def m():
    made = Mine()
    made.held = made.appoint(made.wang, made.chief)
    return made


def stand_in(m, held=None, to=None, since=TODAY, until=TOMORROW):
    return services.delegate(appointment=held or m.held, to=to or m.li, since=since, until=until, actor=SYSTEM)


def far(m, number="1009"):
    return services.add_person(work_number=number, name="赵远", unit=m.crew, day=LONG_AGO)


def test_rights_move_for_that_time_and_return_by_themselves(m):
    stand_in(m)
    assert "ZC1-DZ" in queries.scope_of(m.li, TODAY).post_codes
    assert queries.scope_of(m.li, TOMORROW).post_codes == frozenset()


@pytest.mark.parametrize(("since", "until"), [
    (YESTERDAY, TOMORROW), (TODAY, TODAY), (TODAY, TODAY + timedelta(days=93)),
])
def test_a_past_an_empty_and_a_too_long_span_are_refused_and_nothing_is_kept(m, since, until):
    facts = Fact.objects.count()
    with pytest.raises(AppointmentError):
        stand_in(m, since=since, until=until)
    assert (Appointment.objects.count(), Fact.objects.count()) == (1, facts)


def test_nobody_stands_in_for_himself_and_no_post_has_two_stand_ins(m):
    with pytest.raises(DelegationError, match="委托"):
        stand_in(m, to=m.wang)
    stand_in(m)
    other = services.add_person(work_number="1008", name="孙平", unit=m.team, day=LONG_AGO)
    with pytest.raises(AppointmentError, match="已经有人代理"):
        stand_in(m, to=other)
    stand_in(m, to=other, since=TOMORROW, until=TOMORROW + timedelta(days=1))


def test_a_stand_in_belongs_to_the_unit_or_its_branch_or_is_the_superior(m):
    stranger = far(m)
    with pytest.raises(DelegationError):
        stand_in(m, to=stranger)
    m.appoint(stranger, m.secretary)
    stand_in(m, to=stranger)
    superior = far(m, "1010")
    m.appoint(superior, m.manager)
    stand_in(m, to=superior, since=TOMORROW, until=TOMORROW + timedelta(days=1))


def test_who_is_stood_in_for_then_does_not_stand_in(m):
    boss = far(m)
    row = m.appoint(boss, m.manager)
    stand_in(m)
    with pytest.raises(DelegationError):
        stand_in(m, held=row, to=m.wang)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.CARER, Role.SYSTEM_ADMIN, Role.AUDITOR])
def test_a_post_of_personal_trust_is_not_handed_on(m, role):
    row = m.appoint(far(m), m.post("X-1", "专责", m.team, role))
    with pytest.raises(DelegationError):
        stand_in(m, held=row)


def test_an_administrator_too_appoints_one_stand_in_at_a_time(m):
    other = services.add_person(work_number="1008", name="孙平", unit=m.team, day=LONG_AGO)
    services.appoint(person=m.li, post=m.chief, actor=SYSTEM, kind="acting", day=TODAY, until=TOMORROW)
    with pytest.raises(AppointmentError, match="已经有人代理"):
        services.appoint(person=other, post=m.chief, actor=SYSTEM, kind="acting", day=TODAY)
