"""Telling (告知): owed within fifteen days to whoever can be told, by name or by receipt; to nobody else."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from sangesan.feedback.intake import letters, registries
from sangesan.feedback.intake.services import boxes, entering
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import ClockChange, Matter, Submission, Supervision, Term
from sangesan.feedback.matters.queries.clocking import history_of
from sangesan.foundation import clock
from sangesan.foundation.sheets.text import open_csv
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from tests.builders import heard, hire, small_mine
from tests.feedback.matters import papers
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
WHY = "没有留姓名和联系方式，回执也没有人可交，无法告知"


@pytest.fixture
def mine(noon):
    mine = small_mine()
    hire(mine, "second", "分办员二", "XF", Role.TRIAGE, "3001")
    return mine


def slip(mine, text="澡堂水凉", **parts):
    """Return the number of a matter that a slip of a box became (意见箱信条)."""
    scope = mine.scope("triage")
    if not boxes.queries.rows(scope):
        boxes.hang(scope=scope, code="BOX1", place="澡堂门口", unit=mine.units["QSL"].pk)
    opening = boxes.open_box(scope=scope, box="BOX1", slips=1)
    boxes.confirm(scope=mine.scope("second"), opening=opening.pk, slips=1)
    said = boxes.enter(scope=scope, opening=opening.pk, number=1, key=text.encode().hex(), text=text, **parts)
    return released(said.number)


def letter(mine, text="供暖费归谁管", channel="letter", **parts):
    said = entering.register(scope=mine.scope("triage"), channel=channel, text=text, mode=parts.pop("mode", "named"),
                             key=text.encode().hex(), **parts)
    return released(said.number)


def released(number):
    services.release_due(now=clock.now() + timedelta(days=1))
    return number


def codes(number):
    return set(Term.objects.filter(matter__number=number, lifted=False).values_list("code", flat=True))


def page(mine, number):
    return signed_in(mine.persons["triage"]).get(f"/w/matters/{number}/").content.decode()


@pytest.mark.parametrize("channel", ["box", "letter", "upper"])
def test_to_whom_nobody_can_tell_anything_nothing_is_owed_and_the_page_says_why(mine, channel):
    extra = {"sender": "市信访局", "document": "转字 7 号"} if channel == "upper" else {}
    number = slip(mine) if channel == "box" else letter(mine, channel=channel, extra=extra)
    assert codes(number) & {"notice", "forwarded"} == set() and "sorting" in codes(number)
    assert WHY in page(mine, number)
    services.grade(scope=mine.scope("triage"), number=number, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=number)
    with clock.at(clock.now() + timedelta(days=20)):
        services.record_terms(clock.today() - timedelta(days=1))
        services.propose_supervision(clock.today())
    assert "matter.overdue" not in {fact.kind for fact in history(f"matters/{number}")}
    assert not Supervision.objects.exists()


@pytest.mark.parametrize("said", [
    {"mode": "named", "name": "马六"}, {"mode": "confidential", "contact": "138****0000"},
])
def test_whoever_left_a_name_or_how_to_be_reached_is_told(mine, said):
    for number in (slip(mine, **said), letter(mine, **said)):
        assert "notice" in codes(number) and WHY not in page(mine, number)


def test_whoever_holds_a_receipt_is_told_though_nobody_knows_them(mine):
    online = released(heard(unit="ZC1", mode="anonymous").number)
    spoken = entering.behalf(scope=mine.scope("correspondent"), text="宿舍漏水", key="b" * 32, window="crew").number
    called = letter(mine, channel="phone", text="班车晚点", mode="anonymous")
    assert [("notice" in codes(number)) for number in (online, spoken, called)] == [True] * 3


def test_of_a_register_whoever_left_no_contact_cannot_be_told(mine):
    rows = [f"{clock.today()},来电,一,食堂菜凉,", f"{clock.today()},来电,二,澡堂水凉,138****0001"]
    rows = "\n".join(["收到时间,渠道,标题,内容,联系方式", *rows])
    registries.take(letters.read(open_csv(rows.encode())))
    told = {m.title: "notice" in codes(m.number) for m in Matter.objects.all()}
    assert told == {"一": False, "二": True}


def test_who_can_be_told_and_is_joined_to_a_slip_is_owed_it_there(mine):
    one, two = slip(mine), heard(unit="ZC1", text="澡堂的水是凉的")
    services.merge(scope=mine.scope("triage"), number=two.number, into=one)
    into = Matter.objects.get(number=one)
    assert "notice" in codes(one) and "notice" not in codes(two.number) and WHY not in page(mine, one)
    services.grade(scope=mine.scope("triage"), number=one, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=one, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=one)
    services.first_answer(scope=mine.scope("handler"), number=one, text="收到了")
    assert into.terms.get(code="notice").met == clock.today()


def test_what_comes_back_from_the_carers_is_owed_no_telling_either(mine):
    from sangesan.feedback.matters.services import terms

    number = slip(mine)
    matter = Matter.objects.get(number=number)
    terms.lift(matter, terms.terms.TERMS)
    terms.begin(matter, "received", clock.today())
    assert codes(number) == {"sorting"}


def test_what_was_counted_before_is_counted_no_more(mine):
    """On upgrade: what runs to tell whom nobody can tell ends, and what was missed of it was no lateness."""
    number, online = slip(mine), heard(unit="ZC1", mode="anonymous").number
    Submission.objects.update(receipted=True)
    matter = Matter.objects.get(number=number)
    Term.objects.create(matter=matter, code="notice", start=clock.today(), due=clock.today(), missed=True)
    step = import_module("sangesan.feedback.matters.migrations.0021_receipted")
    for _twice in range(2):
        step.unreceipted(apps, None)
    row = matter.terms.get(code="notice")
    assert (row.lifted, row.missed) == (True, False) and "notice" in codes(online)
    assert set(Submission.objects.values_list("matter__number", "receipted")) == {(number, False), (online, True)}
    assert [(c.clock, c.event, c.reason) for c in history_of(matter)][-1] == ("notice", "lifted", "untold")
    assert ClockChange.objects.filter(reason="untold").count() == 1
    assert "不再计时 · 无法告知" in page(mine, number) and WHY in page(mine, number)
    assert queries.rights(matter) == {}


@pytest.mark.parametrize("told", ["paper", "word"])
def test_who_is_joined_to_what_was_told_of_is_told_by_paper_as_by_word(mine, client, told):
    """A notice that stays with what was joined stands in no list, and is late for ever."""
    if told == "paper":
        into = papers.issued(mine, "accepted")[0].number
    else:
        into = papers.ready(mine, "accepted").number
        services.sign_in(scope=mine.scope("handler"), number=into)
        services.first_answer(scope=mine.scope("handler"), number=into, text="收到了")
    first, second = heard("浴室没热水", unit="ZC1"), heard("澡堂水凉", unit="ZC1")
    for one, to in ((second, first.number), (first, into)):
        assert "notice" in codes(one.number)
        services.merge(scope=mine.scope("triage"), number=one.number, into=to)
    assert not Term.objects.filter(code="notice", met=None, lifted=False).exists()
    assert not Term.objects.filter(code="sorting", met=None, lifted=False).exists()
    if told == "paper":
        assert "受理告知书" in client.post("/receipt/", {"code": second.receipt}).content.decode()
