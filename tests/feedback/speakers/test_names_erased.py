"""A speaker has name and contact taken out (删除姓名): by receipt, at once, and for good."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Submission
from sangesan.feedback.speakers.models import Identity
from sangesan.feedback.speakers.services import find, read_identity, say_who
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound
from sangesan.ledger.facts.queries import history
from sangesan.upkeep import erased
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import answered, dispatched
from tests.feedback.matters.test_views import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def ask(receipt, path="erase-name/"):
    return Client().post(f"/receipt/{path}", {"code": receipt})


def kept(said) -> Identity:
    return Identity.objects.get(receipt=find(said.receipt))


@pytest.mark.parametrize("mode", ["named", "confidential"])
def test_name_and_contact_go_at_once_and_the_matter_goes_on(mine, mode):
    said = dispatched(mine, mode=mode)
    triage = mine.scope("triage")
    if mode == "confidential":
        services.open_identity(scope=triage, number=said.number, submission=said.submission, reason="核实")
    before = bytes(kept(said).sealed)
    warned = ask(said.receipt, "").content.decode()
    assert "没有人能打电话或当面找到您" in warned and "收不回来" in warned
    done = ask(said.receipt)
    assert done.status_code == 200 and "已经从系统里删除" in done.content.decode()
    assert before and bytes(kept(said).sealed) == b"" and read_identity(kept(said)).name == ""
    assert ask(said.receipt).status_code == 200  # sent twice
    again = ask(said.receipt, "").content.decode()
    assert "已按您的要求删除姓名" in again and "确认删除姓名" not in again
    assert ("查看过 1 次" in again) == (mode == "confidential")
    with pytest.raises(NotFound, match="删除了姓名"):
        services.open_identity(scope=triage, number=said.number, submission=said.submission, reason="回访")
    for role in ("triage", "handler"):
        page = signed_in(mine, role).get(f"/w/matters/{said.number}/").content.decode()
        assert "1 位反映人已删除姓名和联系方式" in page and "马六" not in page and "138****0000" not in page
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    assert "办好了" in ask(said.receipt, "").content.decode()


def test_the_ledger_hears_of_it_at_night_once_and_by_day_only(mine):
    said, other = answered(mine), heard(unit="ZC1")
    services.record_speakers(clock.today())
    ask(said.receipt)
    subject = f"matters/{said.number}"
    assert "identity.erased" not in [f.kind for f in history(subject)]
    services.record_speakers(clock.today())
    services.record_speakers(clock.today())
    (fact,) = [f for f in history(subject) if f.kind == "identity.erased"]
    assert fact.actor == "speaker" and len(str(fact.content["occurred_at"])) == len("2026-11-24")
    assert "删除姓名" in signed_in(mine, "triage").get(f"/w/{subject}/").content.decode()
    assert "identity.erased" not in [f.kind for f in history(f"matters/{other.number}")]


def test_the_others_of_a_matter_that_was_joined_keep_their_names(mine):
    said, other = dispatched(mine), heard("夜班食堂没有热饭", unit="ZC1", name="牛七")
    services.merge(scope=mine.scope("triage"), number=other.number, into=said.number)
    ask(said.receipt)
    page = signed_in(mine, "triage").get(f"/w/matters/{said.number}/").content.decode()
    assert "牛七" in page and "马六" not in page and bytes(kept(other).sealed)


def test_who_left_no_name_has_none_to_erase_and_a_wrong_receipt_opens_nothing(mine):
    said = heard(unit="ZC1", mode="anonymous")
    assert "删除姓名" not in ask(said.receipt, "").content.decode()
    assert ask(said.receipt).status_code == 409 and ask("AAAA-AAAA-AAAA-AAAA-A").status_code == 404
    with pytest.raises(Conflict, match="没有可删除"):
        services.erase_name(code=said.receipt)


def test_it_can_be_erased_when_the_matter_is_over_too_and_is_cleared_with_it(mine, settings):
    said = heard(unit="ZC1")
    services.withdraw(code=said.receipt)
    ask(said.receipt)
    assert bytes(kept(said).sealed) == b""
    with clock.at(clock.now() + timedelta(days=366 * 4)):
        services.record_speakers(clock.today())
        assert services.clear_old(clock.today()) == 0  # the ledger has not heard of all of it yet
        services.record_speakers(clock.today())
        assert services.clear_old(clock.today()) == 1
    assert not Identity.objects.exists() and ask(said.receipt).status_code == 409


def test_an_old_backup_brings_no_erased_name_back_but_spares_one_given_since(mine):
    said, again = heard(unit="ZC1"), heard(unit="ZC1")
    before = {one.pk: bytes(one.sealed) for one in (kept(said), kept(again))}
    services.erase_name(code=said.receipt)
    services.erase_name(code=again.receipt)
    known = erased.keep()
    say_who(receipt=find(again.receipt), mode="named", name="马六")
    row = kept(said)
    Identity.objects.filter(pk=row.pk).update(sealed=before[row.pk], erased=None)  # as the backup had it
    assert erased.replay(known) == 1
    assert bytes(kept(said).sealed) == b"" and read_identity(kept(again)).name == "马六"
    assert erased.replay(known) == 0


def test_whoever_reports_by_account_takes_the_name_off_and_still_finds_the_report(mine):
    client = signed_in(mine, "correspondent")
    client.post("/w/report/", {"text": "支架漏液", "key": "k" * 24})
    said = Submission.objects.select_related("matter").get(channel="correspondent")
    number = said.matter.number
    assert "确认删除姓名" in client.get(f"/w/report/mine/{number}/").content.decode()
    assert client.post(f"/w/report/mine/{number}/erase_name/").status_code == 302
    page = client.get(f"/w/report/mine/{number}/").content.decode()
    assert "已按您的要求删除姓名" in page and "确认删除姓名" not in page
    assert queries.identities(said.matter) == []
