"""Whoever joins the roster is shut out of what named them in full before (新进人员回避)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.foundation import clock
from sangesan.method.facts import SYSTEM
from sangesan.organization.people.models import Appointment, Person
from sangesan.organization.people.services.persons import add_person
from sangesan.organization.roster import services as roster
from sangesan.procedures import rounds
from tests.builders import heard, person, small_mine

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4")]


@pytest.fixture
def mine(noon):
    return small_mine()


def reads(mine, said) -> bool:
    return queries.visible(mine.scope("late")).filter(number=said.number).exists()


def stands_in_at_triage(mine):
    day = clock.today()
    Appointment.objects.create(person=mine.persons["late"], post=mine.posts["triage"], kind="acting", since=day,
                               until=day + timedelta(days=9))


def added(mine):
    return add_person(work_number="7777", name="赵铁柱", unit=mine.units["QSL"])


def imported(mine, name="赵铁柱"):
    heads = ["工号*", "姓名*", "单位编码*", "手机", "入册日期"]
    roster.take_tables(tables={"人员": [heads, ["7777", name, "QSL", "", ""]]}, actor=SYSTEM)
    return Person.objects.get(work_number="7777")


def renamed(mine):
    person("7777", "赵铁", mine.units["QSL"])
    return imported(mine)


@pytest.mark.parametrize("enter", [added, imported, renamed])
@pytest.mark.parametrize("handed", [False, True])
def test_who_is_entered_after_letters_that_name_him_reads_none_of_them_in_any_post(mine, handed, enter):
    """His name was in no roster when they were looked through: an administrator enters him, and appoints him."""
    named = [heard(words, unit="ZC1") for words in ("刚调来的赵铁柱收黑钱", "趙 铁 柱打人，还要大家请他喝酒")]
    other = heard("夜班没有热水，柱子要修", unit="ZC1")
    if handed:
        for said in (*named, other):
            services.judge(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2,
                           lead=mine.units["HQ"].pk)
    rounds.run()
    mine.persons["late"] = enter(mine)
    stands_in_at_triage(mine)
    assert reads(mine, other) and not any(reads(mine, said) for said in named)


def test_what_was_joined_to_another_keeps_him_from_that_as_well(mine):
    first, second = heard("夜班没有热水", unit="ZC1"), heard("赵铁柱不让烧热水", unit="ZC1")
    services.merge(scope=mine.scope("triage"), number=second.number, into=first.number)
    rounds.run()
    mine.persons["late"] = added(mine)
    stands_in_at_triage(mine)
    assert not reads(mine, first) and not reads(mine, second)
