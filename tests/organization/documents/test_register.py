"""The register of numbers tells nobody of a paper about a matter that is not there for them (发文登记簿)."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import services
from sangesan.feedback.matters.services.papers import issue_paper
from sangesan.ledger.facts.models import Body
from sangesan.method.authority import Role
from sangesan.organization.documents import queries
from sangesan.organization.documents.models import APART, Document, Series
from tests.builders import heard, hire, small_mine
from tests.feedback.matters import papers
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4")]
PAGE = "/w/documents/register/"


@pytest.fixture
def mine(noon):
    mine = small_mine()
    hire(mine, "partner", "第二分办员", "XF", Role.TRIAGE, "3001")
    return mine


def issued(mine, said, sender) -> Document:
    """The partner hands it over and issues that it was accepted (印发受理告知书)."""
    services.judge(scope=mine.scope("partner"), number=said.number, urgency=1, importance=2, lead=mine.units["HQ"].pk)
    return issue_paper(scope=mine.scope("partner"), number=said.number, paper="accepted", issuer=sender.pk,
                       request="反映的事")


def shown(mine, who: str) -> str:
    return signed_in(mine.persons[who]).get(PAGE).content.decode().split("<section", 1)[1]


def test_whom_a_matter_is_kept_from_reads_neither_its_paper_nor_a_gap_in_the_numbers(mine):
    sender = papers.issuer(mine)
    issued(mine, heard("食堂凉了", unit="ZC1"), sender)
    before = shown(mine, "triage")
    secret = issued(mine, heard("信访办李文静压着我的信不办", unit="ZC1"), sender)
    assert shown(mine, "triage") == before and secret.number in shown(mine, "partner")
    after = issued(mine, heard("班车晚了", unit="ZC1"), sender)
    assert after.number == "青矿信〔2026〕2号", "the run goes on as if nothing had been issued between"
    assert [row.serial for row in queries.register(mine.scope("triage"), 2026)] == [2, 1]
    assert len(queries.register(mine.scope("partner"), 2026)) == Document.objects.count() == 3
    assert secret.serial > APART and secret.number == f"青矿信〔2026〕{secret.serial}号"
    assert Body.objects.get(pk=secret.fact).kind == "document.issued"
    assert queries.gaps(2026) == [] and Series.objects.get().last == 2


def test_numbers_outside_the_run_tell_neither_order_nor_how_many(mine):
    sender = papers.issuer(mine)
    drawn = [issued(mine, heard(f"信访办李文静压着我的信不办{turn}", unit="ZC1"), sender).serial for turn in range(4)]
    assert len(set(drawn)) == 4 and all(APART < one < 10 * APART for one in drawn)
    assert [two - one for one, two in zip(drawn, drawn[1:], strict=False)] != [1, 1, 1]
    assert not Series.objects.exists() and not queries.register(mine.scope("triage"), 2026)


def test_the_keys_in_their_addresses_tell_no_order_either(mine):
    sender = papers.issuer(mine)
    made = [issued(mine, heard(f"食堂凉了{turn}", unit="ZC1"), sender).pk for turn in range(6)]
    assert made != sorted(made) or made[-1] - made[0] > 100


def test_what_a_later_word_hides_stands_in_the_register_no_more_for_whom_it_names(mine):
    said = heard("食堂凉了", unit="ZC1")
    made = issued(mine, said, papers.issuer(mine))
    assert made.number in shown(mine, "triage")
    services.reply(code=said.receipt, text="信访办李文静把我的信压了三个月")
    assert made.number not in shown(mine, "triage") and made.number in shown(mine, "partner")
    assert queries.gaps(2026) == []


def test_a_lost_row_of_the_run_is_still_told(mine):
    sender = papers.issuer(mine)
    issued(mine, heard("食堂凉了", unit="ZC1"), sender)
    Series.objects.update(last=2)
    issued(mine, heard("班车晚了", unit="ZC1"), sender)
    assert queries.gaps(2026) == [sender.name]
