"""Posts, appointments and what they give (岗位与任职)."""

from datetime import date, timedelta

import pytest

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.ledger.audit.models import AuditEntry
from sangesan.ledger.facts.models import Body as Row
from sangesan.ledger.facts.models import Fact
from sangesan.method.authority import Action, Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.people import queries, services
from sangesan.organization.people.models import Person
from sangesan.organization.people.services.appointments import AppointmentError
from sangesan.organization.people.services.persons import PersonError
from sangesan.organization.people.services.posts import PostError
from sangesan.organization.units import services as units

pytestmark = pytest.mark.django_db
LONG_AGO, TODAY = date(2020, 1, 1), date(2026, 11, 20)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def stopped_clock():
    with clock.at(TODAY):
        yield


class Mine:
    """A small mine: 矿 → 井 → 队 → 班, a committee with a branch that covers the team."""

    def __init__(self):
        self.mine = self.unit("QSL", None, "mine")
        self.shaft = self.unit("BB", self.mine, "shaft")
        self.team = self.unit("ZC1", self.shaft, "team")
        self.crew = self.unit("ZC1-1", self.team, "crew")
        self.committee = self.unit("DW", self.mine, "committee", line="party")
        self.branch = self.unit("DZ1", self.committee, "branch", line="party")
        units.cover(branch=self.branch, unit=self.team, actor=SYSTEM, day=LONG_AGO)
        self.chief = self.post("ZC1-DZ", "队长", self.team, Role.CHIEF, head=True)
        self.manager = self.post("BB-JZ", "井长", self.shaft, Role.CHIEF, head=True)
        self.secretary = self.post("DZ1-SJ", "支部书记", self.branch, Role.SECRETARY, head=True, line="party")
        self.first = self.post("DW-SJ", "党委书记", self.committee, Role.LEADER, head=True, line="party")
        self.admin = self.post("GLY1", "系统管理员", self.mine, Role.SYSTEM_ADMIN)
        self.wang, self.li = self.person("1001", "王强"), self.person("1002", "李敏")

    def unit(self, code, parent, kind, **parts):
        return units.open_unit(code=code, name=code, kind=kind, parent=parent, actor=SYSTEM, day=LONG_AGO, **parts)

    def post(self, code, title, unit, role, **parts):
        return services.open_post(code=code, title=title, unit=unit, role=role, actor=SYSTEM, day=LONG_AGO, **parts)

    def person(self, number, name):
        return services.add_person(work_number=number, name=name, unit=self.team, day=LONG_AGO)

    def appoint(self, person, post, kind="full", day=LONG_AGO, **parts):
        return services.appoint(person=person, post=post, actor=SYSTEM, kind=kind, day=day, **parts)


@pytest.fixture
def m():
    return Mine()


def test_a_post_gives_its_actions_over_its_unit_and_all_below(m):
    m.appoint(m.wang, m.chief)
    scope = queries.scope_of(m.wang)
    assert scope.units_for(Action.HANDLE) == {m.team.pk}
    assert scope.paths == ("QSL/BB/ZC1/",)
    assert scope.superiors == {"BB-JZ"}


def test_a_branch_secretary_reaches_what_the_branch_covers(m):
    m.appoint(m.wang, m.secretary)
    scope = queries.scope_of(m.wang)
    assert scope.units_for(Action.SEE) == {m.branch.pk, m.team.pk}
    assert scope.superiors == {"DW-SJ"}


def test_a_leader_of_the_committee_reaches_the_whole_mine(m):
    m.appoint(m.wang, m.first)
    assert queries.scope_of(m.wang).units_for(Action.OVERVIEW) == {m.mine.pk}


def test_a_scope_costs_at_most_eight_queries_however_many_posts(m, django_assert_max_num_queries):
    m.appoint(m.wang, m.chief)
    m.appoint(m.wang, m.secretary, "concurrent")
    m.appoint(m.wang, m.manager, "acting", until=TODAY + timedelta(days=30))
    with django_assert_max_num_queries(6):
        assert len(queries.scope_of(m.wang.pk).posts) == 3


def test_nobody_stands_in_without_an_end(m):
    with pytest.raises(AppointmentError, match="代理没有写到哪天为止"):
        m.appoint(m.wang, m.manager, "acting", day=TODAY)
    m.appoint(m.wang, m.manager, "acting", day=TODAY, until=TODAY + timedelta(days=1))


def test_a_second_full_post_is_refused_and_the_first_named(m):
    m.appoint(m.wang, m.chief)
    with pytest.raises(AppointmentError, match="王强 2020-01-01 起已专任ZC1“队长”"):
        m.appoint(m.wang, m.manager, day=TODAY)
    m.appoint(m.wang, m.manager, "concurrent", day=TODAY)


def test_full_posts_one_after_the_other_are_fine(m):
    first = m.appoint(m.wang, m.chief)
    services.end_appointment(appointment=first, actor=SYSTEM, day=TODAY)
    m.appoint(m.wang, m.manager, day=TODAY)
    assert [p.code for p in queries.scope_of(m.wang, YESTERDAY).posts] == ["ZC1-DZ"]
    assert [p.code for p in queries.scope_of(m.wang, TODAY).posts] == ["BB-JZ"]


def test_a_head_post_has_one_regular_holder_and_may_have_an_acting_one(m):
    row = m.appoint(m.wang, m.chief)
    with pytest.raises(AppointmentError, match="王强 担任"):
        m.appoint(m.li, m.chief)
    services.delegate(appointment=row, to=m.li, since=TODAY, until=TOMORROW, actor=SYSTEM)
    assert queries.holders(m.chief.pk, TODAY) == [m.li.pk, m.wang.pk]
    assert queries.scope_of(m.li).posts[0].acting
    assert queries.scope_of(m.li, TOMORROW).posts == ()


def test_a_vacancy_is_the_absence_of_an_appointment(m):
    row = m.appoint(m.wang, m.chief)
    assert m.chief not in queries.vacancies(TODAY)
    services.end_appointment(appointment=row, actor=SYSTEM, day=TODAY)
    assert m.chief in queries.vacancies(TODAY)
    assert m.chief not in queries.vacancies(YESTERDAY)


def test_the_three_administrators_are_three_people(m):
    security = m.post("GLY2", "安全管理员", m.mine, Role.SECURITY_ADMIN)
    m.appoint(m.wang, m.admin)
    with pytest.raises(AppointmentError, match="三员必须分设"):
        m.appoint(m.wang, security, "concurrent")


@pytest.mark.parametrize(
    ("days", "reason"),
    [({"day": date(2019, 1, 1)}, "不在册"), ({"day": TODAY, "until": TODAY}, "不在开始日期"),
     ({"day": TODAY, "until": YESTERDAY}, "不在开始日期")],
)
def test_dates_that_cannot_be_are_refused(m, days, reason):
    with pytest.raises(AppointmentError, match=reason):
        m.appoint(m.wang, m.chief, **days)


def test_an_appointment_that_has_not_begun_is_taken_back(m):
    row = m.appoint(m.wang, m.chief, day=TOMORROW)
    services.end_appointment(appointment=row, actor=SYSTEM, day=TOMORROW)
    assert queries.holders(m.chief.pk, TOMORROW) == []


@pytest.mark.chapter("S1")
def test_a_unit_has_one_head_in_each_line(m):
    with pytest.raises(PostError, match="负责人岗位已是"):
        m.post("ZC1-DZ2", "队长", m.team, Role.CHIEF, head=True)


def test_a_work_number_is_used_once(m):
    with pytest.raises(PersonError, match="工号 1001 已是ZC1的王强"):
        services.add_person(work_number="1001", name="别人", unit=m.team)


@pytest.mark.parametrize("number", ["10/9", "１００９", "..", "零九", "10 9"])
def test_a_work_number_can_stand_in_an_address_and_be_signed_in_with(m, number):
    """One with a slash was taken, and the list of people opened no more."""
    with pytest.raises(PersonError, match="不是字母、数字和短横线"):
        services.add_person(work_number=number, name="别人", unit=m.team)
    assert not Person.objects.filter(name="别人").exists()


def test_who_leaves_leaves_the_posts_and_reaches_nothing(m):
    m.appoint(m.wang, m.chief)
    services.leave(person=m.wang, actor=SYSTEM)
    assert m.chief in queries.vacancies(TODAY)
    assert not queries.scope_of(m.wang).grants
    assert queries.scope_of(m.wang, YESTERDAY).grants


def test_a_unit_with_people_or_holders_is_not_closed(m):
    with pytest.raises(PostError, match="还有 2 人"):
        services.close_unit(unit=m.team, actor=SYSTEM)
    units_before = m.crew.closed
    services.close_unit(unit=m.crew, actor=SYSTEM)
    assert units_before is None and m.crew.closed == TODAY


def test_people_are_found_by_name_number_and_initials(m):
    assert queries.find("wq", TODAY) == queries.find("王", TODAY) == queries.find("1001", TODAY) == [m.wang]


def test_only_who_keeps_the_organisation_fetches_its_people(m):
    m.appoint(m.wang, m.chief)
    m.appoint(m.li, m.admin)
    keeper, chief = queries.scope_of(m.li), queries.scope_of(m.wang)
    assert queries.person_for(keeper, "1001", Action.EDIT_ORGANIZATION) == m.wang
    with pytest.raises(NotFound):
        queries.person_for(chief, "1001", Action.EDIT_ORGANIZATION)


def test_the_ledger_knows_posts_and_no_person(m):
    m.appoint(m.wang, m.chief)
    fact = Fact.objects.get(kind="post.appointed")
    content = bytes(fact.body.content).decode()
    assert "posts/ZC1-DZ" in content and "QSL/BB/ZC1/" in content
    assert "王强" not in content and "1001" not in content


def test_who_was_moved_by_whom_can_be_read_afterwards():
    mine = Mine()
    mine.appoint(mine.li, mine.admin)
    services.place_person(person=mine.wang, unit=mine.shaft, scope=queries.scope_of(mine.li))
    mine.wang.refresh_from_db()
    fact = Row.objects.get(kind="person.placed")
    assert (mine.wang.unit, fact.subject, fact.actor) == (mine.shaft, "units/BB", "post:GLY1")
    entry = AuditEntry.objects.get(event="person.placed")
    assert (entry.subject, entry.detail, entry.person) == (
        f"people/{mine.wang.pk}", {"before": "ZC1", "unit": "BB"}, mine.li.pk)


def test_whoever_is_in_a_unit_is_not_placed_there_again():
    mine = Mine()
    with pytest.raises(PersonError, match="没有办理调动"):
        services.place_person(person=mine.wang, unit=mine.team, scope=queries.scope_of(mine.li))
    assert not AuditEntry.objects.exists()
