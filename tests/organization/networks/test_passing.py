"""A thing passes from one network to another (转送): recorded, the door asked first on both sides."""

import pytest
from django.db import IntegrityError, transaction

from sangesan.feedback.matters.models import Matter
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts import queries as ledger
from sangesan.ledger.facts.models import Fact
from sangesan.method.authority import Role
from sangesan.organization.networks import queries, services
from sangesan.organization.networks.models import Passing
from sangesan.organization.notices.models import Notice
from sangesan.organization.people.models import Appointment
from sangesan.procedures import reactions
from tests.builders import hire, small_mine
from tests.feedback.matters.roads import dispatched
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.fixture
def mine():
    mine = small_mine()
    hire(mine, "other", "综采二队队长", "ZC2", Role.CHIEF, "1200", head=True)
    for network, unit, post in (("petition", "XF", "triage"), ("guidance", "ZB1", "secretary"),
                                ("publicity", "ZC2", "other"), ("petition", "ZC1J", "correspondent")):
        services.join(scope=mine.scope("cadre"), network=network, unit=unit, post=mine.posts[post], chosen="office",
                      chosen_on=mine.posts[post].since)
    return mine


def node(network, unit):
    from sangesan.organization.networks.models import Node
    return Node.objects.get(network__slug=network, unit__code=unit).pk


def passed(mine, subject, by="triage", source="petition", target="guidance", unit="ZB1"):
    return services.pass_on(scope=mine.scope(by), subject=subject, source=source, target=target,
                            node=node(target, unit))


@pytest.fixture
def subject(mine):
    return f"matters/{dispatched(mine).number}"


@pytest.mark.chapter("N2")
def test_a_matter_passes_to_another_network_and_the_passing_is_a_fact(mine, subject):
    before = Matter.objects.values().get(number=subject[8:])
    passed(mine, subject, unit="ZB1")
    fact = next(row for row in ledger.after(0, ledger.cutoff()) if row.kind == "network.passed")
    assert (fact.subject, fact.unit) == (subject, "QSL/DW/ZB1/")
    assert Matter.objects.values().get(number=subject[8:]) == before, "passing changes nothing of the matter"
    reactions.run()
    assert Notice.objects.filter(kind="network.passed", person=mine.persons["secretary"]).count() == 1
    services.take_up(scope=mine.scope("secretary"), passing=Passing.objects.get().pk)
    assert Passing.objects.get().taken_at and Fact.objects.filter(kind="network.taken").count() == 1
    with pytest.raises(Conflict):
        services.take_up(scope=mine.scope("secretary"), passing=Passing.objects.get().pk)


@pytest.mark.chapter("N2")
def test_the_door_is_asked_first_on_both_sides(mine, subject):
    with pytest.raises(NotFound):
        passed(mine, subject, by="other", source="publicity")
    with pytest.raises(NotFound):
        passed(mine, "matters/2026-ZZZZZZ")
    with pytest.raises(UserError) as fault:
        passed(mine, subject, target="publicity", unit="ZC2")
    assert fault.value.code == "door" and "综采二队队长" in fault.value.why
    assert not Passing.objects.exists() and not Fact.objects.filter(kind="network.passed").exists()
    with pytest.raises(NotFound):
        queries.network_for(mine.scope("triage"), "a\x00")


def test_what_is_sealed_or_cared_for_never_passes(mine, subject):
    for closed in ("discipline/1", "care/1", "calls/1", "accounts/me", ""):
        with pytest.raises(NotFound):
            passed(mine, closed)


def test_only_a_node_passes_on_and_to_another_network_only(mine, subject):
    with pytest.raises(Forbidden):
        passed(mine, subject, source="study")
    with pytest.raises(Forbidden):
        passed(mine, subject, by="leader")
    with pytest.raises(UserError):
        passed(mine, subject, target="petition", unit="XF")
    with pytest.raises(UserError):
        services.pass_on(scope=mine.scope("triage"), subject=subject, source="petition", target="guidance",
                         node=node("publicity", "ZC2"))
    first = passed(mine, subject)
    with pytest.raises(Conflict):
        passed(mine, subject)
    with pytest.raises(IntegrityError), transaction.atomic():
        Passing.objects.create(subject=subject, source=first.target, target=first.target, node=first.node, by=first.by,
                               at=first.at)


def test_another_can_neither_see_nor_take_a_passing(mine, subject):
    made = passed(mine, subject)
    for who in ("other", "handler", "triage"):
        client = signed_in(mine.persons[who])
        assert client.post(f"/w/networks/passings/{made.pk}/take/").status_code == 404
    assert subject[8:] not in signed_in(mine.persons["other"]).get("/w/networks/passings/").content.decode()
    client = signed_in(mine.persons["secretary"])
    assert subject in client.get("/w/networks/passings/").content.decode()
    assert client.post(f"/w/networks/passings/{made.pk}/take/").status_code == 302
    made.refresh_from_db()
    assert made.taken_at


def test_a_door_that_shut_later_shows_no_number(mine, subject):
    passed(mine, subject)
    Appointment.objects.filter(post=mine.posts["secretary"]).update(until="2026-11-24")
    hire(mine, "next", "书记", "ZB1", Role.MEMBER, "1300")
    from sangesan.organization.networks.models import Node
    Node.objects.filter(unit__code="ZB1").update(post=mine.posts["next"])
    rows = queries.rows_for(mine.scope("next"))
    assert [(row.url, subject[8:] in row.word) for row in rows] == [("", False)]


def test_the_page_of_a_matter_offers_it_to_nodes_and_the_form_does_it(mine, subject):
    client = signed_in(mine.persons["triage"])
    link = f"/w/networks/pass/?subject={subject}"
    assert link in client.get(f"/w/{subject}/").content.decode()
    assert link not in signed_in(mine.persons["leader"]).get(f"/w/{subject}/").content.decode()
    assert client.get(link).status_code == 200
    page = client.get(f"{link}&to=guidance").content.decode()
    assert "综采一队党支部书记" in page and "检修班信息员" not in page
    assert f"{queries.word_of(subject)}</a>" in page and f">{subject}<" not in page  # in words, not as an address
    assert client.post(f"{link}&to=guidance", {"source": "petition", "node": ""}).status_code == 422
    chosen = {"source": "petition", "node": node("guidance", "ZB1")}
    assert client.post(f"{link}&to=guidance", chosen).status_code == 302
    assert Passing.objects.get().subject == subject
    for bad in ("matters/2026-ZZZZZZ", "discipline/1", "", "a/../b"):
        assert client.get(f"/w/networks/pass/?subject={bad}").status_code == 404
    assert signed_in(mine.persons["leader"]).get(link).status_code == 404
