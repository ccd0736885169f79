"""The working calendar (工作日历) in the database."""

from datetime import date

import pytest

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method.deadlines import add_working_days, on_or_after, on_or_before
from sangesan.method.facts import Actor
from sangesan.method.payout import allocate
from sangesan.organization.calendar import queries, services
from sangesan.organization.calendar.models import Day

pytestmark = pytest.mark.django_db
OFFICE = Actor.post("GW-0001")


def test_R1_weekend_days_made_up_for_are_worked():
    services.seed(year=2026)
    calendar = queries.calendar(date(2026, 1, 1), date(2026, 12, 31))
    assert calendar.is_work(date(2026, 9, 20))
    assert calendar.is_work(date(2026, 10, 10))
    assert on_or_before(date(2026, 2, 28), calendar) == date(2026, 2, 28)


def test_R2_a_monday_within_the_spring_festival_moves_behind_it():
    services.seed(year=2026)
    calendar = queries.calendar(date(2026, 1, 1), date(2026, 12, 31))
    assert not calendar.is_work(date(2026, 2, 16))
    assert on_or_after(date(2026, 2, 16), calendar) == date(2026, 2, 24)


def test_W28_a_yearly_number_is_shared_by_the_working_days_of_quarters_and_then_of_months():
    services.seed(year=2026)
    calendar = queries.calendar(date(2026, 1, 1), date(2026, 12, 31))
    days = [date.fromordinal(n) for n in range(date(2026, 1, 1).toordinal(), date(2026, 12, 31).toordinal() + 1)]
    worked = {month: sum(calendar.is_work(day) for day in days if day.month == month) for month in range(1, 13)}
    quarters = {q: sum(worked[m] for m in range(3 * q - 2, 3 * q + 1)) for q in range(1, 5)}
    assert list(quarters.values()) == [59, 61, 66, 62] and sum(quarters.values()) == 248
    shared = allocate(500, quarters)
    assert list(shared.values()) == [119, 123, 133, 125]
    months = {q: allocate(shared[q], {m: worked[m] for m in range(3 * q - 2, 3 * q + 1)}) for q in quarters}
    assert [list(one.values()) for one in months.values()] == [
        [42, 32, 45], [43, 38, 42], [47, 42, 44], [36, 42, 47]]


def test_a_year_nobody_announced_is_guessed_and_provisional():
    assert services.seed(year=2027) == 365
    assert set(Day.objects.values_list("source", flat=True)) == {"guess"}
    assert not queries.calendar(date(2027, 1, 1), date(2027, 1, 1)).confirmed(2027)


def test_seeding_twice_adds_nothing():
    services.seed(year=2026)
    assert services.seed(year=2026) == 0
    assert Day.objects.count() == 365


def test_a_person_confirms_a_year_with_its_own_days_and_then_it_is_frozen():
    services.confirm(year=2027, actor=OFFICE, changes={date(2027, 1, 1): False})
    calendar = queries.calendar(date(2027, 3, 1), date(2027, 3, 1))
    assert calendar.confirmed(2027)
    assert not calendar.is_work(date(2027, 1, 1))
    assert Day.objects.get(date=date(2027, 1, 1)).confirmed_by == "post:GW-0001"
    with pytest.raises(UserError, match="已经核定"):
        services.confirm(year=2027, actor=OFFICE, changes={date(2027, 1, 2): True})


def test_R1_a_year_is_confirmed_only_when_each_of_its_days_is():
    services.seed(year=2027)
    days = list(Day.objects.filter(date__year=2027).order_by("date"))
    for some, confirmed in ((days[:1], False), (days[1:-1], False), (days[-1:], True)):
        Day.objects.filter(pk__in=[day.pk for day in some]).update(confirmed_at=clock.now())
        assert queries.calendar(date(2027, 3, 1), date(2027, 3, 1)).confirmed(2027) is confirmed


def test_a_deadline_over_new_year_never_stops():
    calendar = queries.calendar(date(2026, 12, 1), date(2027, 1, 31))
    assert add_working_days(date(2026, 12, 31), 1, calendar) == date(2027, 1, 1)


def test_reading_the_calendar_costs_one_query(django_assert_num_queries):
    services.seed(year=2026)
    with django_assert_num_queries(1):
        calendar = queries.calendar(date(2026, 1, 1), date(2026, 12, 31))
        assert all(calendar.is_work(date(2026, 3, n)) for n in (2, 3, 4, 5, 6))
