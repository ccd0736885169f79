"""Talks and help (谈心帮扶): need-to-know, no list of persons, words that go, help that is owed by the giver."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import models

from sangesan.execution.care import queries, services
from sangesan.execution.care.forms import GiveForm
from sangesan.execution.care.models import Outreach
from sangesan.execution.duties.models import Duty
from sangesan.foundation import clock, door
from sangesan.foundation.errors import UserError
from sangesan.ledger.facts.queries import entries
from sangesan.method.authority import Role
from sangesan.method.books.sections import section
from sangesan.organization.people.models import Person
from sangesan.organization.units.models import Kind, Line
from tests.builders import hire, unit
from tests.publicities import crews
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("N2")]
SAID = {"kind": "home", "ground": "ill", "unit": "ZC1J", "who": "钱老七家", "day": "2026-11-24", "help": "medical",
        "agreed": "联系矿务局医院", "due": "2026-12-01", "consent": "on"}


@pytest.fixture
def mine(noon):
    built = crews()
    built.units["GH1"] = unit("GH1", "采煤分会", Kind.BRANCH, built.units["DW"], Line.UNION)
    hire(built, "union", "矿工会干事", "QSL", Role.UNION, "5001", line=Line.UNION)
    hire(built, "union2", "二队分会干事", "ZC2", Role.UNION, "5002", line=Line.UNION)
    hire(built, "other", "综采一队技术员", "ZC1", Role.HANDLER, "5003")
    return built


def given(mine, by="crew", **parts: Any) -> Outreach:
    told = {"kind": "home", "ground": "ill", "unit": "ZC1J", "who": "钱老七家", "day": clock.today(), "consent": True,
            "help": "medical", "agreed": "联系矿务局医院", "due": clock.today() + timedelta(days=7)} | parts
    return services.give(scope=mine.scope(by), **told)


def test_what_is_sent_twice_is_one_record_and_another_person_s_is_another(mine):
    first = given(mine)
    assert given(mine).pk == first.pk and len(list(entries(kinds=["care.given"]))) == 1
    assert Duty.objects.filter(origin__kind="agreed_help").count() == 1
    assert given(mine, who="孙老五家").pk != first.pk and len(list(entries(kinds=["care.given"]))) == 2


@pytest.mark.chapter("V1")
def test_no_column_leads_to_the_person_and_no_field_takes_what_he_thinks():
    to = {field.related_model for field in Outreach._meta.get_fields() if isinstance(field, models.ForeignKey)}
    assert Person not in to and not {"who", "name", "person", "words", "text"} & {
        field.name for field in Outreach._meta.get_fields()}
    free = {name for name, field in GiveForm.base_fields.items() if type(field).__name__ == "CharField"}
    assert free == {"who", "agreed"}


def test_help_agreed_on_is_a_duty_of_the_giver_that_names_nobody(mine):
    made = given(mine)
    duty = Duty.objects.get(origin__kind="agreed_help")
    assert (duty.unit.code, duty.post.code, duty.origin.title) == ("ZC1J", "crew", "兑现商定的帮助")
    fact, = entries(kinds=["care.given"])
    assert (fact.content["form"], fact.content["help"], fact.actor, fact.subject) == (
        "home", "medical", "post:crew", made.subject)
    assert "钱" not in str(fact.content) + str(duty.origin.__dict__)
    given(mine, kind="condolence", ground="bereaved", help="none", agreed="", due=None)
    assert len(list(entries(kinds=["condolence.made"]))) == 1 and Duty.objects.count() == 1
    assert section("union", "hardship").counted


def test_only_who_needs_to_know_sees_it(mine):
    home, talk = given(mine, by="other"), given(mine, by="other", kind="talk", help="none")
    for who, count in (("other", 2), ("crew", 2), ("union", 1)):
        seen, _after = queries.page(mine.scope(who))
        assert len(seen) == count, who
    for who in ("leader", "cadre", "secretary", "chief2", "night", "union2", "admin", "assessor", "correspondent",
                "triage"):
        client = signed_in(mine.persons[who])
        for one in (home, talk):
            assert client.get(f"/w/talks/{one.pk}/").status_code == 404, who
            assert door.open(mine.scope(who), one.subject) is None
        assert "家访 11-24" not in client.get("/w/talks/").content.decode().split("</header>")[-1]
    union = signed_in(mine.persons["union"])
    assert "钱老七家" in union.get(f"/w/talks/{home.pk}/").content.decode()
    assert "钱老七" not in union.get("/w/talks/").content.decode()
    assert union.get(f"/w/talks/{talk.pk}/").status_code == 404


def test_the_words_go_after_a_year_and_the_fact_stays(mine):
    made = given(mine)
    with clock.at(clock.now() + timedelta(days=364)):
        assert services.forget(clock.today()) == 0 and queries.words_of(made) == ["钱老七家", "联系矿务局医院"]
    with clock.at(clock.now() + timedelta(days=365)):
        assert services.forget(clock.today()) == 1 and services.forget(clock.today()) == 0
        assert queries.words_of(made) == [] and len(list(entries(kinds=["care.given"]))) == 1
        made.refresh_from_db()
        assert made.forgotten_on == clock.today()


@pytest.mark.parametrize("parts", [
    {"consent": False}, {"day": date(2026, 11, 25)}, {"day": date(2026, 9, 1)}, {"who": " "}, {"who": "长" * 21},
    {"agreed": "他反映的 2026-K7Q4MX"}, {"agreed": "长" * 121}, {"due": None}, {"due": date(2026, 11, 24)},
    {"kind": "opinion"}, {"ground": "matters"}, {"unit": "ZC2"}, {"unit": "nowhere"}, {"who": "\ufffd"},
])
def test_without_consent_or_with_bad_input_nothing_is_kept(mine, parts):
    with pytest.raises(UserError):
        given(mine, **parts)
    assert not Outreach.objects.exists() and not Duty.objects.exists() and not list(entries(kinds=["care.given"]))


def test_it_is_recorded_in_one_form_and_refused_in_words(mine):
    crew = signed_in(mine.persons["crew"])
    assert crew.get("/w/talks/new/").status_code == 200
    for parts in ({"consent": ""}, {"day": "很快"}, {"unit": "ZC2"}, {"due": ""}, {"who": "\x00"}):
        answer = crew.post("/w/talks/new/", SAID | parts)
        assert answer.status_code == 422 and "Traceback" not in answer.content.decode(), parts
    assert not Outreach.objects.exists()
    made = crew.post("/w/talks/new/", SAID)
    page = crew.get(made["Location"])
    assert "联系矿务局医院" in page.content.decode() and page["Cache-Control"] == "no-store"
    assert crew.get(f"/w/talks/{10**30}/").status_code == 404 and crew.get("/w/talks/?after=x").status_code == 200
    correspondent = signed_in(mine.persons["correspondent"])
    assert correspondent.post("/w/talks/new/", SAID).status_code in (403, 404, 422) and Outreach.objects.count() == 1
