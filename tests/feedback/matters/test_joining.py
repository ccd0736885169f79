"""Whoever joins the roster is shut out of what named them in full before (新进人员回避)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Concern, Submission
from sangesan.feedback.matters.services import joining, recusing
from sangesan.foundation import clock
from sangesan.method.authority import Action
from sangesan.method.facts import SYSTEM
from sangesan.organization.people.models import WAITS, Appointment, Person
from sangesan.organization.people.services.persons import add_person
from sangesan.organization.roster import services as roster
from sangesan.organization.roster.models import Batch
from sangesan.procedures import rounds
from tests.builders import heard, person, small_mine

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4"), pytest.mark.usefixtures("read_at_once")]


@pytest.fixture
def mine(noon):
    return small_mine()


def reads(mine, said) -> bool:
    mine.persons["late"].refresh_from_db()
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


def judged(mine, *said):
    for one in said:
        services.judge(scope=mine.scope("triage"), number=one.number, urgency=2, importance=2,
                       lead=mine.units["HQ"].pk)


@pytest.mark.parametrize("enter", [added, imported, renamed])
def test_where_there_are_many_letters_he_reads_none_until_they_were_looked_through(mine, enter, monkeypatch):
    """Whoever enters him waits for nothing; he waits, and what came first names him all the same."""
    monkeypatch.setattr(joining, "AT_ONCE", 1)
    named, other = heard("刚调来的赵铁柱收黑钱", unit="ZC1"), heard("夜班没有热水，柱子要修", unit="ZC1")
    judged(mine, named, other)
    mine.persons["late"] = enter(mine)
    stands_in_at_triage(mine)
    late = mine.scope("late")
    about = Concern.objects.filter(person=late.person, mentioned=True)
    assert late.unread and not reads(mine, other) and not reads(mine, named) and not about.exists()
    assert not late.can(Action.TRIAGE) and late.can(Action.REGISTER)
    assert mine.scope("triage").can(Action.TRIAGE)
    assert services.look_through() and about.count() == 1
    assert reads(mine, other) and not reads(mine, named) and not mine.scope("late").unread
    assert services.look_through() == 0


def test_who_stands_in_for_one_who_waits_waits_as_well(mine, monkeypatch):
    monkeypatch.setattr(joining, "AT_ONCE", 0)
    other = heard("夜班没有热水", unit="ZC1")
    judged(mine, other)
    chief = added(mine)
    Appointment.objects.filter(post=mine.posts["triage"]).update(person=chief)
    mine.persons["late"] = person("7778", "钱多多", mine.units["QSL"])
    stands_in_at_triage(mine)
    assert not reads(mine, other)
    services.look_through()
    assert reads(mine, other)


def test_a_search_that_was_broken_off_goes_on_and_who_comes_meanwhile_has_one_of_his_own(mine, monkeypatch):
    monkeypatch.setattr(joining, "AT_ONCE", 0)
    monkeypatch.setattr(joining, "PORTION", 1)
    letters = [heard(words, unit="ZC1") for words in ("赵铁柱收黑钱", "钱多多收黑钱", "夜班没有热水")]
    judged(mine, *letters)
    mine.persons["late"] = added(mine)
    assert services.look_through(0) == 1
    second, turns = add_person(work_number="7778", name="钱多多", unit=mine.units["QSL"]), 1
    waits = Person.objects.get(work_number="7777").sought
    assert waits > WAITS == second.sought
    while Person.objects.get(work_number="7777").sought:
        assert Person.objects.get(pk=second.pk).sought == WAITS
        turns += 1
        services.look_through(0)
    assert turns > 6 and Person.objects.get(pk=second.pk).sought > WAITS
    services.look_through()
    assert not Person.objects.exclude(sought=0).exists() and services.look_through() == 0
    late = {mine.persons["late"].pk, second.pk}
    shut = {row.matter.number: row.person for row in Concern.objects.filter(person__in=late).select_related("matter")}
    assert shut == {letters[0].number: mine.persons["late"].pk, letters[1].number: second.pk}


def test_a_letter_that_fails_is_kept_from_them_alone_and_they_read_all_the_rest(mine, monkeypatch):
    """They waited for ever behind one that could not be looked through, and so did whoever came after them."""
    monkeypatch.setattr(joining, "AT_ONCE", 0)
    monkeypatch.setattr(joining, "HEEDED", 1)
    broken, other = heard("门口堆着煤", unit="ZC1"), heard("夜班没有热水", unit="ZC1")
    heed = recusing.heed

    def fails(matter, **parts):
        if matter.number == broken.number:
            raise ValueError("unreadable")
        heed(matter, **parts)

    monkeypatch.setattr(recusing, "heed", fails)
    Submission.objects.update(heeded=False)
    joining.keep_out([mine.persons["leader"]])
    mine.persons["late"] = mine.persons["leader"]
    assert mine.scope("late").unread and not reads(mine, other)
    with pytest.raises(ExceptionGroup) as told:
        services.look_through()
    assert [str(one) for one in told.value.exceptions] == ["unreadable"], "and health tells of it"
    assert reads(mine, other) and not reads(mine, broken)
    assert not Person.objects.exclude(sought=0).exists() and not mine.scope("late").unread
    kept = Concern.objects.get(matter__number=broken.number)
    assert (kept.person, kept.mentioned) == (mine.persons["leader"].pk, True), "triage may say otherwise"
    assert list(Submission.objects.filter(heeded=False).values_list("matter__number", flat=True)) == [broken.number]
    assert services.look_through() == 0
    services.judge(scope=mine.scope("triage"), number=broken.number, urgency=2, importance=2,
                   lead=mine.units["HQ"].pk, only_mentioned=True)
    assert reads(mine, broken)


def test_who_is_renamed_while_he_is_looked_for_waits_for_another_search(mine, monkeypatch):
    monkeypatch.setattr(joining, "AT_ONCE", 0)
    monkeypatch.setattr(joining, "PORTION", 1)
    named = heard("赵铁柱收黑钱", unit="ZC1")
    judged(mine, named)
    imported(mine, "钱多多")
    services.look_through(0)
    mine.persons["late"] = imported(mine)
    stands_in_at_triage(mine)
    services.look_through()
    assert not reads(mine, named) and not mine.scope("late").unread


def test_a_place_or_a_heading_that_names_him_in_full_is_looked_through_as_well(mine):
    said = heard("门口堆着煤", unit="ZC1", place="赵铁柱的值班室门口")
    judged(mine, said)
    mine.persons["late"] = added(mine)
    stands_in_at_triage(mine)
    assert not reads(mine, said)


def test_an_import_that_is_undone_calls_him_by_a_name_that_nobody_knew_meanwhile(mine):
    person("7777", "赵铁柱", mine.units["QSL"])
    mine.persons["late"] = imported(mine, "赵铁")
    named = heard("赵铁柱收黑钱", unit="ZC1")
    judged(mine, named)
    roster.undo(batch=Batch.objects.get(), actor=SYSTEM)
    stands_in_at_triage(mine)
    assert not reads(mine, named)
