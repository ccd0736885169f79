"""A hearing (听证) stops the clock of a re-review for the days it lasts, and for none besides."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import ClockChange, Matter, Review, Term
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.queries import history
from sangesan.organization.calendar.models import Day
from tests.feedback.matters.test_reviews import in_team, three_levels
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2b")]


@pytest.fixture
def mine(noon):
    return three_levels()


@pytest.fixture
def asked(mine):
    """A re-review that the Party secretary has to decide."""
    said = in_team(mine)
    services.review(code=said.receipt, text="不服")
    services.uphold(scope=mine.scope("specialty"), number=said.number, text="维持")
    services.review(code=said.receipt, text="还是不服")
    return said


def hear(mine, said, days=7, text="定于下周一听证"):
    services.hearing(scope=mine.scope("party"), number=said.number, text=text,
                     until=clock.today() + timedelta(days=days - 1))


def term() -> Term:
    return Term.objects.get(code="third_review")


def later(days):
    return clock.at(clock.now() + timedelta(days=days))


def test_its_days_do_not_count_and_nothing_is_decided_meanwhile(mine, asked):
    start = term().start
    assert "hearing" not in queries.rights(Matter.objects.get())
    hear(mine, asked, days=8)
    page = Client().post("/receipt/", {"code": asked.receipt}).content.decode()
    assert "复核答复期限</dt><dd>听证期间不计入期限</dd>" in page, "its speaker reads of no day that runs out"
    assert f"听证到 {clock.today() + timedelta(days=7):%F} 为止" in page
    with pytest.raises(Conflict):
        services.uphold(scope=mine.scope("party"), number=asked.number, text="维持")
    with later(7):
        services.end_hearing(scope=mine.scope("party"), number=asked.number)
        assert term().due == start + timedelta(days=38), "a Friday: the eight days of the hearing, no more"
        services.uphold(scope=mine.scope("party"), number=asked.number, text="维持")
    assert Matter.objects.get().state == "ended"


def test_one_that_nobody_ends_is_over_by_itself_and_stands_in_the_to_do_until_then(mine, asked):
    start = term().start
    hear(mine, asked, days=5)
    last = clock.today() + timedelta(days=4)
    [task] = [one for one in queries.todo(mine.scope("party")) if one.name == "复查"]
    assert clock.local(task.until).date() == last
    with later(4):
        assert services.end_hearings(clock.today() - timedelta(days=1)) == 0
    with later(40):
        assert services.end_hearings(clock.today() - timedelta(days=1)) == 1
        assert services.end_hearings(clock.today() - timedelta(days=1)) == 0
        assert (term().due - start).days in (35, 36, 37) and term().paused is None
        services.record_terms(clock.today() - timedelta(days=1))
        assert term().missed, "the days behind the hearing count"
    assert [f.actor for f in history(f"matters/{asked.number}") if f.content.get("reason") == "heard"] == ["system"]
    assert ClockChange.objects.filter(event="resumed", by=0).count() == 1


def test_a_hearing_of_one_day_gives_that_day_and_two_on_it_give_no_second(mine, asked):
    row = term()
    for _n in range(2):
        hear(mine, asked, days=1)
        services.end_hearing(scope=mine.scope("party"), number=asked.number)
    assert Review.objects.get(outcome="waiting").heard == 1
    assert term().due == max(row.due, row.start + timedelta(days=31))
    with later(3):
        hear(mine, asked, days=2)
        with later(1):
            services.end_hearing(scope=mine.scope("party"), number=asked.number)
    assert Review.objects.get(outcome="waiting").heard == 3


def test_a_holiday_at_the_end_is_given_once(mine, asked):
    row = term()
    end = row.start + timedelta(days=30)
    for n in range(7):
        Day.objects.update_or_create(date=end + timedelta(days=n), defaults={"is_work": False, "source": "person"})
    Term.objects.filter(pk=row.pk).update(due=end + timedelta(days=7))
    hear(mine, asked, days=7)
    with later(6):
        services.end_hearing(scope=mine.scope("party"), number=asked.number)
    assert term().due == end + timedelta(days=7), "the days heard end where the holiday does"


def test_its_last_day_is_near_and_wrong_ones_are_refused_at_the_field(mine, asked):
    for until in (clock.today() - timedelta(days=1), clock.today() + timedelta(days=30), date(2099, 1, 1)):
        with pytest.raises(UserError, match="听证结束的日子"):
            services.hearing(scope=mine.scope("party"), number=asked.number, text="听证", until=until)
    client, way = signed_in(mine.persons["party"]), f"/w/matters/{asked.number}/hearing/"
    assert client.post(way, {"text": "听证"}).status_code == 422
    wrong = client.post(way, {"text": "定于下周一听证", "until": "2099-01-01"})
    assert wrong.status_code == 422 and "定于下周一听证" in wrong.content.decode()
    assert re.search(r'name="until"[^>]*aria-invalid="true"', wrong.content.decode()), "it stands at the field"
    assert Review.objects.get(outcome="waiting").hearing_since is None
    sent = client.post(way, {"text": "定于下周一听证", "until": f"{clock.today():%F}"})
    assert sent.status_code == 302 and Review.objects.get(outcome="waiting").hearing_until == clock.today()
