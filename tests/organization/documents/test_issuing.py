"""An issued document has a number without a gap, words nobody can change, and one door."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from sangesan.feedback.matters.queries.papers import told_for
from sangesan.feedback.matters.services.papers import issue_paper
from sangesan.foundation import door
from sangesan.foundation.errors import Conflict, NotFound, UserError
from sangesan.ledger.evidence.queries import faults
from sangesan.ledger.facts.models import Body
from sangesan.organization.documents import queries, services
from sangesan.organization.documents.models import Document, Series
from tests.builders import small_mine
from tests.feedback.matters import papers

pytestmark = pytest.mark.django_db


def test_numbers_run_on_by_issuer_and_year_and_a_fault_gives_its_number_back(noon):
    mine = small_mine()
    one, two = papers.issuer(mine), papers.issuer(mine, "青矿党", "青石岭矿党委")
    made = [papers.issued(mine, slug, sender=sender)[1] for slug, sender in (
        ("accepted", one), ("assigned", one), ("accepted", two))]
    assert [d.number for d in made] == ["青矿信〔2026〕1号", "青矿信〔2026〕2号", "青矿党〔2026〕1号"]
    with pytest.raises(UserError):  # no outcome was chosen
        said = papers.ready(mine, "opinion")
        issue_paper(scope=mine.scope("triage"), number=said.number, paper="opinion", issuer=one.pk,
                            request="x", grounds="y", outcome="nothing", basis="z")
    with papers.later(days=60):
        assert papers.issued(mine, "accepted", sender=one)[1].number == "青矿信〔2027〕1号"
    assert papers.issued(mine, "accepted", sender=one)[1].number == "青矿信〔2026〕3号"
    assert queries.gaps(2026) == [] and Series.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_who_issue_at_once_get_different_numbers():
    mine = small_mine()
    sender, said = papers.issuer(mine), [papers.ready(mine, "accepted") for _ in range(8)]
    faults_seen = []

    def issue(number: str) -> None:
        try:
            issue_paper(scope=mine.scope("triage"), number=number, paper="accepted", issuer=sender.pk,
                                request="x")
        except Exception as fault:
            faults_seen.append(fault)
        finally:
            connection.close()
    threads = [threading.Thread(target=issue, args=(one.number,)) for one in said]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults_seen
    assert sorted(Document.objects.values_list("serial", flat=True)) == list(range(1, 9))


def test_the_words_are_evidence_of_the_fact_and_name_no_speaker(noon):
    mine = small_mine()
    said, made = papers.issued(mine, "accepted", name="欧阳马六")
    fact = Body.objects.get(pk=made.fact)
    assert (fact.kind, fact.subject, fact.actor) == ("document.issued", f"matters/{said.number}", "post:triage")
    assert made.words.encode() in bytes(fact.content) and not faults([made.words])
    assert "马六" not in str(queries.told(made).content) and "夜班食堂只有凉馒头" not in str(queries.told(made).content)
    assert told_for(mine.scope("triage"), said.number, made.pk).to == "欧阳马六"


def test_what_was_issued_is_never_changed(noon):
    _said, made = papers.issued(small_mine(), "accepted")
    for change in (lambda: Document.objects.filter(pk=made.pk).update(number="改〔2026〕9号"),
                   lambda: Document.objects.filter(pk=made.pk).delete(), lambda: made.save()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Document.objects.get().number == "青矿信〔2026〕1号"


def test_a_correction_is_a_new_document_that_replaces_once(noon):
    mine = small_mine()
    said, first = papers.issued(mine, "accepted")
    again = {"scope": mine.scope("triage"), "number": said.number, "paper": "accepted", "issuer": first.issuer_id,
             "replaces": first.pk, "why": "事项写错", "request": "改过的事项"}
    second = issue_paper(**again)
    assert second.replaces_id == first.pk and second.number.endswith("2号")
    assert "替换青矿信〔2026〕1号" in queries.told(second).lines[-1]["text"]
    with pytest.raises(Conflict):
        issue_paper(**again)
    other, _made = papers.issued(mine, "accepted", sender=first.issuer)
    with pytest.raises((NotFound, Conflict)):
        issue_paper(**again | {"number": other.number})


def test_the_door_of_a_document_is_its_matters_door(noon):
    mine = small_mine()
    _said, made = papers.issued(mine, "accepted")
    for post, seen in (("triage", True), ("handler", True), ("leader", True), ("assessor", False), ("admin", False)):
        assert (door.open(mine.scope(post), f"documents/{made.pk}") is not None) is seen, post
    for key in ("0", "99999999999999999999", "-1", "x", "1 ", "١"):
        assert door.open(mine.scope("triage"), f"documents/{key}") is None


def test_erased_words_are_gone_from_every_copy(noon):
    from sangesan.ledger.evidence.services import erase

    mine = small_mine()
    said, made = papers.issued(mine, "accepted")
    erase(made.words, record=made.fact)
    with pytest.raises(NotFound):
        told_for(mine.scope("triage"), said.number, made.pk)


def test_an_issuer_has_one_name_and_letters_of_its_own(noon):
    mine = small_mine()
    papers.issuer(mine)
    with pytest.raises(Conflict):
        papers.issuer(mine, "青矿信", "另一个机关")
    for wrong in ("", "〔", "a" * 20, "{{ x }}"):
        with pytest.raises(UserError):
            services.name_issuer(scope=mine.scope("triage"), name="某机关", letters=wrong)
