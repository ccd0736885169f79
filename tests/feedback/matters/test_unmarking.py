"""What triage said of whom a matter is about is taken back where it was an error: on record, and words stay."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Concern, Matter
from sangesan.feedback.matters.services.recusing import heed
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.audit.models import AuditEntry
from sangesan.method.authority import Role
from tests.builders import heard, hire, small_mine
from tests.feedback.matters.roads import answered, handled
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4")]


@pytest.fixture
def mine(noon):
    return small_mine()


def sees(mine, *posts):
    return [post for post in posts if queries.visible(mine.scope(post)).exists()]


def mark(mine, number, **whom):
    return services.concern(scope=mine.scope("triage"), number=number, **whom)


def unmark(mine, number, why="typed_wrong", by="triage"):
    return services.unmark(scope=mine.scope(by), number=number, why=why)


def judge(mine, number):
    services.judge(scope=mine.scope("triage"), number=number, urgency=2, importance=2, lead=mine.units["ZC1"].pk)


def test_a_leader_and_a_unit_that_were_marked_in_error_read_it_again_and_it_is_on_record(mine):
    number = heard("夜班食堂只有凉馒头", unit="ZC1").number
    mark(mine, number, people=[mine.persons["leader"].pk], units=[mine.units["ZC1"].pk])
    services.grade(scope=mine.scope("triage"), number=number, urgency=2, importance=2)
    assert sees(mine, "leader", "chief", "triage") == ["triage"]
    unmark(mine, number)
    assert not Concern.objects.exists() and sees(mine, "leader") == ["leader"]
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["ZC1"].pk)
    assert sees(mine, "chief") == ["chief"]
    entry = AuditEntry.objects.get(event="matter.unmarked")
    assert (entry.person, entry.subject, entry.detail) == (
        mine.persons["triage"].pk, f"matters/{number}", {"reason": "typed_wrong"})


def test_a_unit_that_is_marked_stands_for_the_secretary_of_its_branch_too(mine):
    number = heard("队里管思想的，评困难补助光给自己老乡", unit="ZC1").number
    mark(mine, number, units=[mine.units["ZC1"].pk])
    services.judge(scope=mine.scope("triage"), number=number, urgency=2, importance=2, lead=mine.units["LZ"].pk,
                   supporting=[mine.units["ZC1"].pk])
    assert sees(mine, "secretary", "chief", "leader") == ["leader"]


def test_whom_the_words_name_stays_shut_out_though_the_mark_is_taken_back(mine):
    said = heard(f"{mine.persons['chief'].name}克扣奖金", unit="ZC1")
    services.heed_due()
    mark(mine, said.number, posts=[mine.posts["chief"].code])
    assert not Concern.objects.filter(mentioned=True).exists()
    unmark(mine, said.number, why="not_about")
    assert set(Concern.objects.exclude(person=0).values_list("person", "mentioned")) == {
        (mine.persons["chief"].pk, True)}
    heed(Matter.objects.get(), only_mentioned=True)
    assert not Concern.objects.exists()


def test_whom_the_speaker_means_by_the_tick_stays_shut_out_too(mine):
    said = handled(mine)
    services.reply(code=said.receipt, text="就是看这封信的人", about_handlers=True)
    mark(mine, said.number, people=[mine.persons["handler"].pk])
    unmark(mine, said.number)
    assert sees(mine, "handler", "logistics") == []


def test_so_does_whom_the_speaker_meant_after_he_was_marked(mine):
    said = handled(mine)
    mark(mine, said.number, people=[mine.persons["logistics"].pk])
    services.reply(code=said.receipt, text="就是办这件事的人", about_handlers=True)
    assert set(Concern.objects.filter(person=mine.persons["logistics"].pk).values_list("mentioned", "by_words")) == {
        (False, True)}, "marked, and meant"
    unmark(mine, said.number)
    assert sees(mine, "handler", "logistics") == []


def test_who_is_meant_in_what_was_joined_stays_shut_out_of_both(mine, noon):
    hire(mine, "triage2", "分办员乙", "QSL", Role.TRIAGE, "1104")
    one = heard("夜班食堂只有凉馒头", unit="ZC1").number
    two = heard("夜班食堂没有热饭", unit="ZC1", about_readers=True).number
    hire(mine, "triage3", "分办员丙", "QSL", Role.TRIAGE, "1105")
    others = {"people": [mine.persons["triage"].pk, mine.persons["triage2"].pk]}
    for number in (one, two):
        services.concern(scope=mine.scope("triage3"), number=number, **others)
    services.merge(scope=mine.scope("triage3"), number=two, into=one)
    services.unmark(scope=mine.scope("triage3"), number=one, why="typed_wrong")
    assert sees(mine, "triage", "triage2", "triage3") == ["triage3"]


def test_of_whom_triage_said_that_he_is_only_mentioned_is_not_shut_out_by_a_mark_taken_back(mine):
    said = heard(f"{mine.persons['handler'].name}克扣奖金", unit="ZC1")
    services.heed_due()
    services.judge(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2, lead=mine.units["HQ"].pk,
                   only_mentioned=True)
    mark(mine, said.number, people=[mine.persons["leader"].pk])
    assert "handler" in sees(mine, "handler")
    unmark(mine, said.number)
    assert sees(mine, "handler", "leader") == ["handler", "leader"]


@pytest.mark.parametrize("then", ["answered", "review"])
def test_what_was_answered_or_is_under_review_is_marked_and_unmarked_too(mine, then):
    said = answered(mine)
    if then == "review":
        services.review(code=said.receipt, text="不服")
    mark(mine, said.number, people=[mine.persons["leader"].pk])
    state = Matter.objects.get().state
    assert sees(mine, "leader") == []
    unmark(mine, said.number)
    assert sees(mine, "leader") == ["leader"] and Matter.objects.get().state == state


def test_what_was_joined_goes_with_it(mine):
    one, two = (heard(f"食堂{n}", unit="ZC1").number for n in range(2))
    services.merge(scope=mine.scope("triage"), number=two, into=one)
    mark(mine, one, people=[mine.persons["leader"].pk])
    assert Concern.objects.count() == 2
    unmark(mine, one)
    assert not Concern.objects.exists()


def test_nothing_is_taken_back_where_nothing_was_marked_by_nobody_else_and_without_a_reason(mine):
    number = heard("夜班食堂只有凉馒头", unit="ZC1").number
    with pytest.raises(Conflict, match="没有标明过"):
        unmark(mine, number)
    mark(mine, number, people=[mine.persons["leader"].pk])
    with pytest.raises(UserError, match="没有选择原因"):
        unmark(mine, number, why="x")
    services.grade(scope=mine.scope("triage"), number=number, urgency=2, importance=2)
    with pytest.raises(NotFound):
        unmark(mine, number, by="leader")
    with pytest.raises(Forbidden):
        unmark(mine, number, by="duty")
    assert Concern.objects.exists() and not AuditEntry.objects.filter(event="matter.unmarked").exists()


def test_the_page_offers_it_where_something_was_marked_and_does_it_once(mine):
    number = heard("夜班食堂只有凉馒头", unit="ZC1").number
    client = signed_in(mine.persons["triage"])
    page = f"/w/triage/?pick={number}"
    assert "撤销标明" not in client.get(page).content.decode()
    mark(mine, number, people=[mine.persons["leader"].pk])
    assert "标错了，撤销标明" in client.get(page).content.decode()
    assert client.post(f"/w/matters/{number}/unmark/", {"back": "pick"}).status_code == 422
    answer = client.post(f"/w/matters/{number}/unmark/", {"back": "pick", "why": "typed_wrong"})
    assert answer.status_code == 302 and not Concern.objects.exists()
    assert client.post(f"/w/matters/{number}/unmark/", {"back": "pick", "why": "typed_wrong"}).status_code == 409
