"""A lost paper key (纸质钥匙丢失): the box stops at once, everybody is warned, two let a new one in."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from sangesan.feedback.sealed import packing, queries, services
from sangesan.feedback.sealed.models import Approval, Key, Mailbox, SealedMatter
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound
from sangesan.ledger.audit.models import AuditEntry
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from sangesan.upkeep.demo.holders import Holder, open_box, read
from tests.builders import hire, small_mine
from tests.feedback.sealed.test_keys import sent
from tests.feedback.sealed.test_letters import MARK, wrote
from tests.sealing import founded
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4")]


@pytest.fixture
def box(noon):
    mine = small_mine()
    hire(mine, "auditor", "审计管理员", "QSL", Role.AUDITOR, "2002")
    return founded(mine)


def told(kind: str) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("person__work_number", flat=True))


def sign(box, code: str, key: Key) -> Key:
    signer = Key.objects.get(person=box.mine.persons[code])
    return services.approve(scope=box.scope(code), key=key.pk, by=signer.pk, signature=box.holders[code].sign(key))


def renewed(box) -> Holder:
    """Lose the old one and let a new one in (挂失换新)."""
    services.report_lost(scope=box.scope("inspector"))
    new = Holder.new("NEWPAPERNEWPAPERNEWPAPERNEWPAPER")
    key = services.found(scope=box.scope("inspector"), **new.sent())
    sign(box, "inspector", key)
    sign(box, "second", key)
    return new


def test_once_it_is_lost_nothing_more_is_closed_with_it_and_all_are_told(box):
    services.report_lost(scope=box.scope("inspector"))
    assert told("sealed.paper_lost") == {"1022", "2002"}, "all but who said it"
    assert AuditEntry.objects.filter(event="discipline.paper_lost").exists()
    page = Client().get("/discipline/").content.decode()
    assert "暂停收信" in page and "集团公司纪委" in page and "<textarea" not in page
    late = Client().post("/discipline/", {"key": "k" * 24, "text": MARK, "mode": "anonymous"})
    assert late.status_code == 409 and f"readonly>{MARK}</textarea>" in late.content.decode(), "given back"
    with pytest.raises(Conflict, match="不收信"):
        wrote()
    assert not SealedMatter.objects.exists()


def test_it_can_be_found_again(box):
    services.report_lost(scope=box.scope("inspector"))
    with pytest.raises(Conflict):
        services.report_lost(scope=box.scope("second"))
    services.found_again(scope=box.scope("second"))
    with pytest.raises(Conflict):
        services.found_again(scope=box.scope("second"))
    assert told("sealed.paper_found") == {"1021", "2002"} and wrote().fresh


@pytest.mark.parametrize("role", ["admin", "auditor", "leader", "triage"])
def test_nobody_but_an_inspector_reports_or_renews_it(box, role):
    for act in (services.report_lost, services.found_again):
        with pytest.raises(NotFound):
            act(scope=box.scope(role))
    services.report_lost(scope=box.scope("inspector"))
    client = signed_in(box.mine.persons[role])
    for path in ("/w/discipline/keys/lost/", "/w/discipline/keys/found/"):
        assert client.post(path).status_code == 404
    answer = client.post("/w/discipline/keys/", sent(Holder.new(), "paper"), "application/json")
    assert answer.status_code == 404 and Key.objects.count() == 3


def test_without_a_loss_no_second_paper_key_comes_in(box):
    with pytest.raises(Conflict):
        services.found(scope=box.scope("inspector"), **Holder.new().sent())


def test_one_signature_is_not_enough_and_two_put_the_old_one_out_of_force(box):
    services.report_lost(scope=box.scope("inspector"))
    new = Holder.new()
    key = services.found(scope=box.scope("inspector"), **new.sent())
    assert {"1022", "2002"} <= told("sealed.key_asked")
    sign(box, "inspector", key)
    assert not queries.ready() and queries.paper().key.pk != key.pk
    with pytest.raises(Conflict):
        services.found(scope=box.scope("second"), **Holder.new().sent())
    sign(box, "second", key)
    assert queries.paper().key.pk == key.pk and queries.ready()
    old = Key.objects.get(kind=Key.PAPER, place=1)
    assert (old.state, old.removed_day, Mailbox.objects.get().lost_day) == (Key.REMOVED, clock.today(), None)
    kinds = [(fact.kind, fact.content.get("reason", "")) for fact in history("discipline/keys")]
    assert ("sealed.key_removed", "lost") in kinds
    assert len(queries.trusted()) == 2, "what the old one signed still counts"


def test_a_row_written_past_the_pages_is_no_paper_key(box):
    services.report_lost(scope=box.scope("inspector"))
    key = services.found(scope=box.scope("inspector"), **Holder.new().sent())
    thief = Holder.new()
    for line in queries.trusted():
        Approval.objects.create(key=key, by=line.key, signature=thief.sign(key), day=clock.today())
    Key.objects.filter(pk=key.pk).update(state=Key.ACTIVE)
    Key.objects.filter(kind=Key.PAPER, place=1).update(state=Key.REMOVED)
    Mailbox.objects.update(lost_day=None)
    assert queries.paper() is None and not queries.ready()


def test_the_second_print_of_the_old_one_may_sign_too(box):
    services.report_lost(scope=box.scope("inspector"))
    key = services.found(scope=box.scope("inspector"), **Holder.new().sent())
    old = Key.objects.get(kind=Key.PAPER, place=1)
    services.approve(scope=box.scope("inspector"), key=key.pk, by=old.pk, signature=box.paper.sign(key))
    assert sign(box, "inspector", key).state == Key.ACTIVE


def test_old_letters_open_with_the_old_print_and_new_ones_with_the_new(box):
    before, new = wrote(), renewed(box)
    after = wrote("换钥匙以后写的信")
    places = {row["number"]: row["above"] for row in packing.box(box.scope("inspector"))}
    assert places == {before.number: 1, after.number: 4}
    scope, mine = box.scope("inspector"), box.holders["inspector"]
    for said, paper, text in ((before, box.paper, MARK), (after, new, "换钥匙以后写的信")):
        key = open_box(scope, mine, paper, said.number)
        assert json.loads(read(SealedMatter.objects.get(number=said.number), key))["text"] == text


def test_who_wrote_before_the_loss_is_told_by_receipt(box):
    said = wrote()
    post = lambda: Client().post("/receipt/", {"code": said.receipt}).content.decode()  # noqa: E731
    assert "挂失" not in post()
    renewed(box)
    assert "已经挂失" in post() and "重新写一封" in post()
    open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    assert "挂失" not in post()


def test_the_page_of_keys_says_what_to_do(box):
    wrote()
    client = signed_in(box.mine.persons["inspector"])
    assert "挂失纸质钥匙" in client.get("/w/discipline/keys/").content.decode()
    assert client.post("/w/discipline/keys/lost/").status_code == 302
    page = client.get("/w/discipline/keys/").content.decode()
    assert "还有 1 件没有开箱" in page and "换一把新的纸质钥匙" in page and "解除挂失" in page
    assert "挂失纸质钥匙" not in signed_in(box.mine.persons["auditor"]).get("/w/discipline/keys/").content.decode()
    assert client.post("/w/discipline/keys/found/").status_code == 302


def test_the_page_of_keys_counts_no_letter_that_its_reader_must_not_know_of(box):
    wrote(about="纪检监察员钱守正")
    services.report_lost(scope=box.scope("inspector"))
    pages = [signed_in(box.mine.persons[code]).get("/w/discipline/keys/").content.decode()
             for code in ("inspector", "second")]
    assert ["没有开箱" in page.partition("停收新信")[2] for page in pages] == [False, True]
