"""A speaker says by one tick that later words are about whoever has the matter in hand: none of them reads it."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Assignment, Concern, Matter, Message
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from sangesan.organization.people.models import Post
from tests.builders import heard, hire, small_mine
from tests.feedback.matters.roads import answered, dispatched, handled
from tests.security.test_accused import everything
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4")]
WORDS = "写答复的人拿了两条烟，记号八八"


@pytest.fixture
def mine(noon):
    return small_mine()


def sees(mine, *posts, number=None):
    rows = Matter.objects.filter(number=number) if number else Matter.objects.all()
    return [post for post in posts if queries.visible(mine.scope(post)).filter(pk__in=rows).exists()]


def tell(said, text=WORDS):
    services.reply(code=said.receipt, text=text, about_handlers=True)
    return Matter.objects.get(number=said.number)


def persons(mine):
    names = {person.pk: code for code, person in mine.persons.items()}
    return {names[pk] for pk in Concern.objects.exclude(person=0).values_list("person", flat=True)}


@pytest.mark.parametrize("text", [
    "写答复的人拿了两条烟", "就是看这封信的人，把我调去看皮带", "别让你们一把手看到，是他默许的"])
def test_no_word_has_to_be_known_where_the_speaker_says_so_himself(mine, text):
    said = handled(mine)
    matter = tell(said, text)
    assert matter.state == "returned" and sees(mine, "handler", "logistics", "triage", "leader") == [
        "triage", "leader"]
    assert persons(mine) == {"handler", "logistics"} and set(
        Concern.objects.exclude(post="").values_list("post", flat=True)) == {"logistics"}
    assert not Concern.objects.filter(mentioned=False).exists()
    assert not Assignment.objects.filter(until=None).exclude(handler=0).exists()
    assert [one.text for one in queries.heard(said.receipt).messages][0] == text
    assert "事项已经收回" in queries.heard(said.receipt).messages[-1].text


def test_the_head_reads_neither_the_word_nor_the_matter_on_any_page_list_search_or_by_the_interface(mine):
    said = handled(mine)
    clients = {post: signed_in(mine.persons[post]) for post in ("logistics", "handler")}
    assert any(said.number in page for page in everything(clients["logistics"]).values())
    tell(said)
    for post, client in clients.items():
        pages = everything(client) | {"own": client.get(f"/w/matters/{said.number}/").content.decode()}
        assert [way for way, page in pages.items() if "写答复的人" in page] == [], post
        assert [way for way, page in pages.items() if said.number in page and way != "own"] == [], post
        assert client.get(f"/w/matters/{said.number}/").status_code == 404
        assert client.get(f"/api/v1/matters/{said.number}", HTTP_COOKIE=(
            f"sangesan_api={client.session.session_key}")).status_code == 404
    assert "写答复的人" in signed_in(mine.persons["triage"]).get(f"/w/matters/{said.number}/").content.decode()


def test_triage_rules_anew_and_the_clocks_run_on(mine):
    said = handled(mine)
    due = Matter.objects.get().due_at
    matter = tell(said)
    assert matter.due_at == due and "rule" in {step.action for step in queries.standing(
        mine.scope("triage"), matter).steps}
    services.rule(scope=mine.scope("triage"), number=said.number, reason="改由劳资科", lead=mine.units["LZ"].pk)
    assert Matter.objects.get().state == "dispatched" and sees(mine, "handler", "logistics") == []


def test_triage_gives_it_back_where_they_were_only_mentioned(mine):
    said = handled(mine)
    tell(said, "我搞错了，勾错了")
    services.rule(scope=mine.scope("triage"), number=said.number, reason="反映人勾错了，仍由原单位办理",
                  only_mentioned=True)
    assert sees(mine, "handler", "logistics") == ["handler", "logistics"] and not Concern.objects.exists()


def test_of_the_deed_the_day_alone_is_kept(mine):
    said = handled(mine)
    tell(said)
    assert [one.created_at for one in Notice.objects.filter(kind="matter.returned")] == [clock.midnight()]
    assert "matter.returned" not in [fact.kind for fact in history(f"matters/{said.number}")]
    assert set(Message.objects.filter(kind__in=("reply", "told")).values_list("kind", "at")) == {
        ("reply", None), ("told", None)}
    assert not Notice.objects.filter(person__in=[mine.persons[p].pk for p in ("handler", "logistics")]).exists()


def test_whoever_leads_a_unit_that_helps_its_branch_and_the_crew_above_are_shut_out_as_well(mine):
    said = heard("夜班没有热水", unit="ZC1")
    services.judge(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2, lead=mine.units["HQ"].pk,
                   supporting=[mine.units["ZC1J"].pk])
    assert sees(mine, "chief", "secretary", "logistics") == ["chief", "secretary", "logistics"]
    assert tell(said).state == "returned"
    assert sees(mine, "chief", "secretary", "logistics") == [] and sees(mine, "triage", "leader") == [
        "triage", "leader"]


def test_whoever_wrote_or_judged_the_answer_is_shut_out_and_of_a_leader_the_person_alone(mine):
    hire(mine, "writer", "后勤科副科长", "HQ", Role.HANDLER, "3002")
    hire(mine, "party", "党委书记", "DW", Role.LEADER, "3003", head=True)
    said = answered(mine)
    answer = Matter.objects.get().answers.get()
    answer.author, answer.judge = mine.persons["writer"].pk, mine.persons["leader"].pk
    answer.save()
    assert tell(said).state == "answered", "an answer that was given is taken from nobody"
    assert persons(mine) == {"handler", "logistics", "writer", "leader"}
    assert "leader" not in Concern.objects.values_list("post", flat=True)
    assert sees(mine, "writer", "handler", "logistics", "leader", "party", "triage") == ["party", "triage"]
    services.rate(code=said.receipt, rating="dissatisfied")
    assert Matter.objects.get().state == "returned", "opened again it does not go back to them"


def test_a_unit_that_nobody_leads_loses_it_all_the_same(mine):
    said = handled(mine)
    Post.objects.filter(code="logistics").update(head=False)
    assert tell(said).state == "returned" and sees(mine, "handler") == []
    assert persons(mine) == {"handler"}, "the leaders of the mine are not who has it in hand"


def test_the_grounds_of_a_review_are_read_by_those_above_and_by_nobody_who_had_it_in_hand(mine):
    said = answered(mine)
    services.review(code=said.receipt, text=WORDS, about_handlers=True)
    matter = Matter.objects.get()
    assert matter.state == "second_review" and sees(mine, "handler", "logistics", "leader") == ["leader"]
    assert Notice.objects.filter(kind="matter.review_asked", person=mine.persons["leader"].pk).exists()
    services.redo(scope=mine.scope("leader"), number=said.number, text="重新办理")
    assert Matter.objects.get().state == "returned"


def test_where_triage_itself_has_it_in_hand_the_leaders_are_told_how_to_go_on(mine):
    said = heard("信访办的热水器坏了", unit="ZC1")
    services.judge(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2, lead=mine.units["XF"].pk)
    assert tell(said).state == "returned" and sees(mine, "triage", "leader") == ["leader"]
    told = Notice.objects.filter(kind="matter.nobody")
    assert list(told.values_list("person", "created_at")) == [(mine.persons["leader"].pk, clock.midnight())]


def test_where_nobody_has_it_in_hand_it_is_triage_who_has(mine):
    said = heard("夜班没有热水", unit="ZC1")
    assert tell(said).state == "received" and sees(mine, "triage", "leader") == ["leader"]
    assert Notice.objects.filter(kind="matter.nobody", person=mine.persons["leader"].pk).exists()
    hire(mine, "second", "第二分办员", "XF", Role.TRIAGE, "3004")
    assert sees(mine, "second") == ["second"]


def test_in_a_danger_that_nobody_has_in_hand_whoever_is_to_be_rung_reads_it(mine):
    said = heard("瓦斯超限", unit="ZC1", danger=True)
    tell(said)
    assert sees(mine, "triage", "duty") == ["triage", "duty"] and not Concern.objects.exists()


def test_told_twice_it_is_taken_back_once(mine):
    said = dispatched(mine)
    tell(said)
    before = set(Concern.objects.values_list("post", "person"))
    tell(said, "再说一次")
    assert set(Concern.objects.values_list("post", "person")) == before
    assert Message.objects.filter(kind="told", text__contains="收回").count() == 1


def test_a_word_without_the_tick_takes_nothing(mine):
    said = handled(mine)
    services.reply(code=said.receipt, text="写答复的人来看过了")
    assert Matter.objects.get().state == "handling" and sees(mine, "handler", "logistics") == ["handler", "logistics"]
