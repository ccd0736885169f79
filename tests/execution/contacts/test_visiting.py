"""Contact points (联系点): five steps, each with time, post and evidence; nothing found is a whole record."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction

from sangesan.execution.contacts import queries, services
from sangesan.execution.contacts.models import Taken, Visit
from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty
from sangesan.feedback.matters.models import Matter
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.models import Body
from sangesan.ledger.facts.services import record
from sangesan.method import contacts as rule
from sangesan.method.facts import SYSTEM, MatterAnswered
from sangesan.method.indicators import steps
from sangesan.organization.notices.models import Notice
from sangesan.procedures import reactions
from tests.builders import hire, small_mine

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S2d", "P1b")]
KEY = "k" * 32
TODAY = date(2026, 11, 24)


@pytest.fixture
def mine(noon):
    return small_mine()


@pytest.fixture
def pair(mine):
    """The labour office keeps in touch with the first team (结对), from the first of the month."""
    from tests.builders import Role

    hire(mine, "labour", "劳资科科长", "LZ", Role.CHIEF, "2001", head=True)
    with clock.at(date(2026, 11, 2)):
        made = services.pair(scope=mine.scope("cadre"), unit="ZC1", office="LZ", on=20)
        services.arrange_due(TODAY)
    return made


def visited(mine, pair, outcome="none", **parts):
    said = {"day": TODAY, "form": "site", "text": "" if outcome == "none" else "升井后没有热水", "key": KEY} | parts
    return services.record_visit(scope=mine.scope("labour"), pair=pair.pk, outcome=outcome, **said)


def kinds(subject):
    return list(Body.objects.filter(subject=subject).order_by("pk").values_list("kind", flat=True))


def points(visit):
    done = set(visit.steps.filter(withdrawn_at=None).values_list("step", flat=True))
    return steps(rule.taken(done, visit.found), [20] * 5)


def test_a_visit_that_found_nothing_is_whole_and_settles_the_month(mine, pair):
    visit = visited(mine, pair)
    assert kinds(visit.subject) == ["visit.made", "visit.registered"]
    assert points(visit) == 10_000 and queries.standing_of([pair], date(2026, 11, 1))[0].whole
    duty = Duty.objects.get(origin__kind="contact", origin__code="2026-11")
    assert duty.counterpart == pair.unit_id and duty.happenings.get().what == "done"


def test_a_problem_walks_the_five_steps_by_way_of_a_matter(mine, pair):
    visit = visited(mine, pair, "matter", heard=7)
    matter = Matter.objects.get()
    assert matter.title and matter.unit_id == pair.unit_id and matter.channel == "correspondent"
    assert Taken.objects.get(step="report").link == matter.subject and points(visit) == 6000
    with pytest.raises(Conflict, match="还没有落实"):
        services.confirm(scope=mine.scope("chief"), visit=visit.pk)
    with transaction.atomic():
        record(MatterAnswered(subject=matter.subject, unit="QSL/", occurred_at=clock.now(), in_time=1), actor=SYSTEM)
    assert reactions.run() >= 1 and points(visit) == 8000
    assert Notice.objects.filter(kind="visit.to_confirm", person=mine.persons["chief"]).exists()
    services.confirm(scope=mine.scope("chief"), visit=visit.pk, words="班前会上说了")
    assert kinds(visit.subject)[-1] == "visit.fed_back" and points(visit) == 10_000
    assert {step.post for step in visit.steps.exclude(step="settle")} == {"labour", "chief"}
    assert Body.objects.get(kind="visit.made").quantity == 7


def test_a_problem_given_to_a_unit_is_settled_by_its_duty_and_opens_again_when_that_is_taken_back(mine, pair):
    visit = visited(mine, pair, "duty", lead="HQ", due=date(2026, 12, 1))
    duty = Duty.objects.get(origin__kind="contact_problem")
    assert (duty.unit.code, duty.counterpart, duty.origin.subject) == ("HQ", pair.unit_id, visit.subject)
    duties.complete(duty=duty, actor=mine.scope("logistics").actor, words="供汽改成全天")
    assert points(visit) == 8000
    assert "供汽改成全天" in [entry["text"] for entry in queries.record_of(mine.scope("chief"), visit.pk).entries]
    duties.take_back(duty=duty, actor=mine.scope("logistics").actor)
    assert points(visit) == 6000 and "fact.reversed" in kinds(visit.subject)
    duties.complete(duty=duty, actor=mine.scope("logistics").actor)
    assert points(visit) == 8000


def test_a_problem_settled_on_the_spot_waits_for_the_unit_alone(mine, pair):
    visit = visited(mine, pair, "spot")
    assert queries.record_of(mine.scope("chief"), visit.pk).missing == ("feed_back",)


def test_a_problem_put_down_first_is_reported_and_settled_later(mine, pair):
    visit = visited(mine, pair, "later")
    assert points(visit) == 4000
    services.settle(scope=mine.scope("labour"), visit=visit.pk, words="后勤科已修好")
    services.confirm(scope=mine.scope("secretary"), visit=visit.pk)
    assert points(visit) == 8000, "W24: done, registered, not reported, implemented, fed back"
    services.report(scope=mine.scope("labour"), visit=visit.pk, road="duty", key=KEY)
    assert points(visit) == 10_000
    with pytest.raises(Conflict, match="已经办过"):
        services.report(scope=mine.scope("labour"), visit=visit.pk, road="duty", key=KEY)


def test_only_the_unit_confirms_and_never_the_visitor(mine, pair):
    visit = visited(mine, pair, "spot")
    for code in ("labour", "cadre", "leader"):
        with pytest.raises(Forbidden):
            services.confirm(scope=mine.scope(code), visit=visit.pk)
    with pytest.raises(NotFound):
        services.confirm(scope=mine.scope("handler"), visit=visit.pk)
    assert points(visit) == 8000


@pytest.mark.parametrize("day, why", [
    (date(2025, 11, 24), "去年"), (date(2025, 12, 31), "去年"), (date(2026, 11, 25), "今天之后"),
    (date(2027, 1, 1), "今天之后"), (date(2026, 10, 1), "一个多月"), (date(2026, 11, 1), "还没有结对"),
])
def test_a_visit_of_another_time_is_refused(mine, pair, day, why):
    with pytest.raises(UserError, match=why):
        visited(mine, pair, day=day)
    assert not Visit.objects.exists() and not Body.objects.filter(kind="visit.made").exists()


@pytest.mark.parametrize("parts", [
    {"form": "dance"}, {"outcome": "gossip"}, {"outcome": "duty", "text": ""},
    {"outcome": "matter", "text": "字" * 1001},
    {"heard": -1}, {"heard": 501}, {"outcome": "duty", "lead": "NONE"}, {"outcome": "duty", "lead": "ZB1"},
    {"outcome": "duty", "due": date(2026, 11, 20)}, {"key": "short"}, {"text": "a\x00b"},
])
def test_a_visit_that_cannot_be_is_refused_and_nothing_is_stored(mine, pair, parts):
    with pytest.raises(UserError):
        with transaction.atomic():
            visited(mine, pair, **{"outcome": parts.pop("outcome", "none")} | parts)
    assert not Visit.objects.exists() and not Matter.objects.exists()
    assert Duty.objects.filter(origin__kind="contact_problem").count() == 0


def test_a_form_sent_twice_is_one_visit_and_one_matter(mine, pair):
    assert visited(mine, pair, "matter").pk == visited(mine, pair, "matter").pk
    assert Visit.objects.count() == Matter.objects.count() == 1


def test_a_late_entry_is_dated_as_late(mine, pair):
    visited(mine, pair, day=TODAY - timedelta(days=3))
    visited(mine, pair, day=TODAY - timedelta(days=2), key="z" * 32)
    late = [queries_body(body)["late"] for body in Body.objects.filter(kind="visit.made").order_by("day")]
    assert late == [1, 0]


def queries_body(body):
    import json

    return json.loads(body.content)


def test_nobody_records_for_another(mine, pair):
    for code in ("cadre", "chief", "secretary", "leader"):
        with pytest.raises(Forbidden):
            services.record_visit(scope=mine.scope(code), pair=pair.pk, key=KEY, day=TODAY, form="site",
                                  outcome="none")
    with pytest.raises(NotFound):
        services.record_visit(scope=mine.scope("handler"), pair=pair.pk, key=KEY, day=TODAY, form="site",
                              outcome="none")
