"""Research (研讨): put up, contributed to, concluded, passed on."""

from datetime import date, timedelta

import pytest

from sangesan.feedback.matters import services as matters
from sangesan.feedback.matters.models import Concern, Matter
from sangesan.feedback.research import queries, services
from sangesan.feedback.research.models import Contribution, Invitation, Topic
from sangesan.foundation import door
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.models import Fact
from sangesan.organization.networks import services as networks
from sangesan.organization.networks.models import Node, Passing
from sangesan.organization.notices.models import Notice
from tests.builders import heard, small_mine
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
TODAY = date(2026, 11, 24)


@pytest.fixture
def mine():
    mine = small_mine()
    for network, unit, post in (("study", "ZB1", "secretary"), ("study", "HQ", "logistics"),
                                ("petition", "ZC1J", "correspondent"), ("study", "DW", "cadre"),
                                ("guidance", "XF", "triage")):
        networks.join(scope=mine.scope("cadre"), network=network, unit=unit, post=mine.posts[post], chosen="office",
                      chosen_on=TODAY)
    return mine


def node(unit, network="study"):
    return Node.objects.get(network__slug=network, unit__code=unit).pk


def topic(mine, by="cadre", **parts):
    said = {"title": "零点班为什么吃不上热饭", "question": "几个班、多少人、现在怎么送", "nodes": [node("ZB1")],
            "due_on": TODAY + timedelta(days=14)} | parts
    return services.put_up(scope=mine.scope(by), **said)


@pytest.mark.chapter("P2", "N2")
def test_a_topic_goes_from_the_committee_to_departments_and_crews_and_its_conclusion_is_passed_on(mine):
    one = topic(mine, nodes=[node("ZB1"), node("HQ")], branches=["ZB1"])
    assert queries.invited(one) == 3
    told = set(Notice.objects.filter(kind="topic.invited").values_list("person__name", flat=True))
    assert told == {"刘志远", "周有田", "孙二虎"}
    services.contribute(scope=mine.scope("correspondent"), number=one.number, text="送到井口就凉了")
    services.contribute(scope=mine.scope("logistics"), number=one.number, text="保温箱只有两个")
    assert [c.node.unit.code for c in queries.contributions(one)] == ["HQ", "ZC1J"]
    services.conclude(scope=mine.scope("cadre"), number=one.number, text="添四个保温箱，后勤科十天内办")
    made = networks.pass_on(scope=mine.scope("cadre"), subject=one.subject, source="study", target="guidance",
                            node=node("XF", "guidance"))
    networks.take_up(scope=mine.scope("triage"), passing=made.pk)
    kinds = list(Fact.objects.filter(kind__startswith="topic.").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["topic.put_up", "topic.contributed", "topic.contributed", "topic.concluded"]
    assert Passing.objects.get().subject == one.subject


def test_a_topic_is_seen_by_who_leads_and_who_was_asked_and_its_conclusion_by_every_node(mine):
    one = topic(mine)
    sees = {who for who in ("cadre", "leader", "secretary", "logistics", "triage", "chief", "correspondent")
            if door.open(mine.scope(who), one.subject)}
    assert sees == {"cadre", "leader", "secretary"}
    services.conclude(scope=mine.scope("cadre"), number=one.number, text="好了")
    assert door.open(mine.scope("logistics"), one.subject) and not door.open(mine.scope("chief"), one.subject)


@pytest.mark.chapter("V1")
def test_names_and_numbers_in_a_contribution_are_covered(mine):
    one = topic(mine)
    services.contribute(scope=mine.scope("secretary"), number=one.number, text="班长孙二虎电话13812345678说饭凉")
    text = Contribution.objects.get().text
    assert "孙二虎" not in text and "13812345678" not in text and "饭凉" in text


@pytest.mark.chapter("V1")
def test_names_and_numbers_in_what_is_put_up_are_covered(mine):
    one = topic(mine, title="班长孙二虎说的饭凉", question="电话13812345678反映饭凉，怎么改")
    assert (one.title, one.question) == ("班长［姓名］说的饭凉", "电话［电话］反映饭凉，怎么改")


@pytest.mark.chapter("V1")
@pytest.mark.usefixtures("read_at_once")
def test_who_spoke_of_the_matter_a_topic_comes_from_is_named_in_it_nowhere(mine):
    said = heard("饭凉", unit="ZC1", mode="confidential", name="买买提江·吐尔逊", others=[("马六", "")],
                 channel="visit", extra={"heads": 2, "representatives": 2})
    asked = {"title": "马六说的饭凉", "question": "马六、买买提江·吐尔逊反映饭凉，怎么改"}
    one = topic(mine, by="leader", matter=said.number, **asked)
    assert (one.title, one.question) == ("［姓名］说的饭凉", "［姓名］、［姓名］反映饭凉，怎么改")


@pytest.mark.chapter("V1")
def test_nor_in_what_is_said_to_it_later_nor_in_its_conclusion(mine):
    """A topic knows the matter it comes from, and whoever contributes may know who spoke of it there or elsewhere."""
    said = heard("饭凉", unit="ZC1", mode="confidential", name="买买提江·吐尔逊")
    joined = heard("热饭没有", unit="ZC1", mode="confidential", name="欧阳建国")
    matters.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    one, other = topic(mine, by="leader", matter=said.number), topic(mine)
    assert one.matter.number == said.number and other.matter is None
    matters.merge(scope=mine.scope("triage"), number=joined.number, into=said.number)
    words = "买买提江·吐尔逊、欧阳建国和孙二虎都说饭凉"
    for each in (one, other):
        services.contribute(scope=mine.scope("secretary"), number=each.number, text=words)
        services.conclude(scope=mine.scope("cadre"), number=each.number, text=words)
    assert Contribution.objects.get(topic=one).text == "［姓名］、［姓名］和［姓名］都说饭凉"
    assert Topic.objects.get(pk=one.pk).conclusion == "［姓名］、［姓名］和［姓名］都说饭凉"
    assert "欧阳建国和［姓名］" in Contribution.objects.get(topic=other).text


@pytest.mark.chapter("V1")
def test_who_is_joined_to_it_afterwards_is_covered_when_texts_are_covered_anew(mine):
    said = heard("饭凉", unit="ZC1", mode="confidential", name="买买提江·吐尔逊")
    matters.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    one = topic(mine, by="leader", matter=said.number, question="欧阳建国说饭凉")
    services.contribute(scope=mine.scope("secretary"), number=one.number, text="欧阳建国说饭凉")
    joined = heard("热饭没有", unit="ZC1", mode="confidential", name="欧阳建国")
    matters.merge(scope=mine.scope("triage"), number=joined.number, into=said.number)
    assert services.cover_again(-1, 10) == [one.pk]
    one.refresh_from_db()
    assert one.question == Contribution.objects.get().text == "［姓名］说饭凉"


def test_a_topic_from_a_matter_one_does_not_see_is_refused_and_nobody_is_asked(mine):
    said = heard("饭凉", unit="ZC1")
    Concern.objects.create(matter=Matter.objects.get(), person=mine.persons["leader"].pk)
    for number in (said.number, "2026-ZZZZZZ", "\x00"):
        with pytest.raises(UserError, match="没有找到这件事项"):
            topic(mine, by="leader", matter=number)
    lead = signed_in(mine.persons["leader"])
    page = lead.post("/w/topics/new/", {"title": "热饭", "question": "怎么送", "due_on": "2026-12-10",
                                        "nodes": [node("ZB1")], "matter": "2026-ZZZZZZ"})
    assert page.status_code == 422 and "没有找到这件事项" in page.content.decode()
    assert not Topic.objects.exists() and not Notice.objects.filter(kind="topic.invited").exists()


@pytest.mark.chapter("V5")
def test_who_was_asked_and_said_nothing_is_noted_nowhere(mine):
    one = topic(mine)
    services.conclude(scope=mine.scope("cadre"), number=one.number, text="好了")
    assert {f.name for f in Invitation._meta.get_fields()} == {"id", "topic", "node"}
    assert "没有提交" not in signed_in(mine.persons["cadre"]).get(f"/w/{one.subject}/").content.decode()


def test_only_the_asked_contribute_and_only_while_it_is_open(mine):
    one = topic(mine)
    with pytest.raises(NotFound):
        services.contribute(scope=mine.scope("logistics"), number=one.number, text="x")
    with pytest.raises(Forbidden):
        services.contribute(scope=mine.scope("leader"), number=one.number, text="x")
    with pytest.raises(Forbidden):
        services.conclude(scope=mine.scope("secretary"), number=one.number, text="x")
    services.conclude(scope=mine.scope("cadre"), number=one.number, text="好了")
    for again in (lambda: services.conclude(scope=mine.scope("cadre"), number=one.number, text="再来"),
                  lambda: services.contribute(scope=mine.scope("secretary"), number=one.number, text="晚了")):
        with pytest.raises(Conflict):
            again()
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("wrong", [{"title": ""}, {"question": " "}, {"due_on": TODAY}, {"due_on": date.max},
                                   {"nodes": []}, {"nodes": [10**9]}, {"title": "很" * 61}, {"question": "\x00"}])
def test_a_topic_that_can_not_be_is_refused_whole(mine, wrong):
    with pytest.raises(UserError) as fault:
        topic(mine, **wrong)
    assert fault.value.why and fault.value.next and not Topic.objects.exists() and not Notice.objects.exists()


def test_only_leads_put_up(mine):
    for who in ("secretary", "triage", "handler"):
        with pytest.raises(Forbidden):
            topic(mine, by=who)
        assert signed_in(mine.persons[who]).get("/w/topics/new/").status_code == 404


def test_two_posts_of_a_unit_are_told_apart_where_they_are_asked(mine):
    networks.join(scope=mine.scope("cadre"), network="study", unit="DW", post=mine.posts["leader"], chosen="office",
                  chosen_on=TODAY)
    names = [name for _pk, name in queries.choices()["nodes"]]
    assert len(set(names)) == len(names) == 4 and any(mine.posts["leader"].title in name for name in names)


def test_pages_show_do_and_refuse(mine):
    lead, asked = signed_in(mine.persons["cadre"]), signed_in(mine.persons["secretary"])
    said = {"title": "热饭", "question": "怎么送", "due_on": "2026-12-10", "nodes": [node("ZB1")]}
    assert lead.get("/w/topics/new/").status_code == 200
    for bad in ({"title": ""}, {"due_on": "2020-01-01"}, {"nodes": ["x"]}, {"nodes": []}):
        assert lead.post("/w/topics/new/", said | bad).status_code == 422 and not Topic.objects.exists()
    assert lead.post("/w/topics/new/", said).status_code == 302
    one = Topic.objects.get()
    page = asked.get(f"/w/topics/{one.number}/").content.decode()
    assert "综采一队党支部" in page and "公布结论" not in page
    assert asked.post(f"/w/topics/{one.number}/contribute/", {"text": ""}).status_code == 422
    assert asked.post(f"/w/topics/{one.number}/contribute/", {"text": "凉"}).status_code == 302
    assert asked.post(f"/w/topics/{one.number}/conclude/", {"text": "凉"}).status_code == 403
    assert lead.post(f"/w/topics/{one.number}/conclude/", {"text": "<b>送热饭</b>"}).status_code == 302
    assert "&lt;b&gt;" in asked.get(f"/w/topics/{one.number}/").content.decode()
    for path in ("", "contribute/", "conclude/"):
        stranger = signed_in(mine.persons["chief"])
        for number in (one.number, "2026-ZZZZZZ", "x"):
            ask = stranger.post if path else stranger.get
            assert ask(f"/w/topics/{number}/{path}", {"text": "x"}).status_code == 404
    assert signed_in(mine.persons["chief"]).get("/w/topics/").status_code == 200
