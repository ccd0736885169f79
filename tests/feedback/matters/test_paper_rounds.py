"""A paper of one kind is issued once for a round of a matter: what comes again corrects it, or is told where it is."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.papers import papers_for, told_for
from sangesan.feedback.matters.queries.rounds import standing
from sangesan.feedback.matters.services.papers import issue_paper
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.models import Body
from sangesan.method.papers import PAPERS
from sangesan.organization.documents import queries as documents
from sangesan.organization.documents.models import Document
from tests.builders import small_mine
from tests.feedback.matters import papers
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2b")]


@pytest.mark.parametrize("slug", [p.slug for p in PAPERS])
def test_a_paper_is_issued_once_for_its_round_and_whoever_comes_again_is_told_where_it_is(noon, slug):
    mine = small_mine()
    said, made = papers.issued(mine, slug)
    asked = {"scope": mine.scope("triage"), "number": said.number, "paper": slug, "issuer": made.issuer_id,
             "request": papers.REQUEST, **papers.ASKED[slug]}
    facts = Body.objects.filter(kind="document.issued").count()
    with pytest.raises(Conflict) as refused:
        issue_paper(**asked)
    assert made.number in str(refused.value) and made.name in str(refused.value) and "更正" in str(refused.value)
    assert slug not in {p.slug for p in papers_for(mine.scope("triage"), Matter.objects.get(number=said.number))}
    for why in ("", "  "):
        with pytest.raises(UserError):
            issue_paper(**asked, replaces=made.pk, why=why)
    assert Document.objects.get() == made and Body.objects.filter(kind="document.issued").count() == facts == 1
    second = issue_paper(**asked, replaces=made.pk, why="日期写错，电话 139-0319-1234")
    [noted] = documents.told(second).content["notes"]
    assert noted.startswith(f"本件替换{made.number}") and "更正理由：日期写错" in noted
    assert "139-0319-1234" not in noted
    with pytest.raises(Conflict) as refused:
        issue_paper(**asked)
    assert second.number in str(refused.value), "it names the one that holds"


def test_the_button_pressed_twice_gives_one_paper_and_one_number(noon):
    mine = small_mine()
    said = papers.ready(mine, "second_review")
    given = {"issuer": papers.issuer(mine).pk, "request": "热饭", **papers.ASKED["second_review"]}
    client, address = signed_in(mine.persons["triage"]), f"/w/matters/{said.number}/papers/second_review/"
    assert client.post(address, given).status_code == 302
    again = client.post(address, given)
    assert again.status_code == 302 == client.get(address).status_code
    page = client.get(again["Location"]).content.decode()
    assert again["Location"] == f"/w/matters/{said.number}/#papers"
    assert "已印发 青矿信〔2026〕1号" in page and "是 青矿信〔2026〕1号" in page and "更正" in page
    assert Document.objects.count() == 1 == Body.objects.filter(kind="document.issued").count()


def test_the_opinion_of_a_review_tells_of_that_review_though_it_was_reviewed_again(noon):
    mine = small_mine()
    said = papers.ready(mine, "third_review")
    late = issue_paper(scope=mine.scope("triage"), number=said.number, paper="second_review", request="热饭",
                       issuer=papers.issuer(mine).pk, **papers.ASKED["second_review"])
    whole = str(told_for(mine.scope("triage"), said.number, late.pk).lines)
    assert "保温柜已修复两台" in whole and "复查程序合法" not in whole


def test_each_new_round_has_a_paper_of_its_own(noon):
    mine = small_mine()
    said, first = papers.issued(mine, "opinion")
    asked = {"scope": mine.scope("triage"), "number": said.number, "issuer": first.issuer_id, "request": "x"}
    with papers.later(days=1):
        services.rate(code=said.receipt, rating="dissatisfied", solved="no")
        assert Matter.objects.get().state == "handling"
        given = issue_paper(**asked, paper="assigned")
        with pytest.raises(Conflict):
            issue_paper(**asked, paper="assigned")
    with papers.later(days=2):
        services.draft(scope=mine.scope("handler"), number=said.number, text="又修了一台")
        services.approve(scope=mine.scope("logistics"), number=said.number)
        assert issue_paper(**asked, paper="opinion", **papers.ASKED["opinion"]).replaces is None
        mended = issue_paper(**asked, paper="assigned", replaces=given.pk, why="写错了日期")
        assert mended.replaces == given, "it is of this round, answered or not"
    urged = papers.ready(mine, "urged")
    asked |= {"number": urged.number, "paper": "urged"}
    for day in (1, 2):
        with papers.later(days=day):
            issue_paper(**asked)
            with pytest.raises(Conflict):
                issue_paper(**asked)
    for decided in ("redo", "uphold"):
        with papers.later(days=3 if decided == "redo" else 4):
            services.review(code=said.receipt, text="不服")
            by = mine.scope("leader") if decided == "redo" else papers.other_leader(mine)
            getattr(services, decided)(scope=by, number=said.number, text="查明处理不当")
            issue_paper(**asked | {"number": said.number, "paper": "second_review"}, **papers.ASKED["second_review"])
            if decided == "redo":
                services.draft(scope=mine.scope("handler"), number=said.number, text="换了新柜子")
                services.approve(scope=mine.scope("logistics"), number=said.number)
    assert Document.objects.filter(kind="second_review").count() == 2
    assert Document.objects.filter(kind="urged").count() == 2


@pytest.mark.parametrize("slug", ["opinion", "assigned", "urged"])
def test_a_paper_of_a_round_before_is_not_corrected_with_the_words_of_this_one(noon, slug):
    mine = small_mine()
    said, first = papers.issued(mine, slug)
    asked = {"scope": mine.scope("triage"), "number": said.number, "issuer": first.issuer_id, "request": "x",
             "paper": slug, **papers.ASKED[slug]}
    with papers.later(hours=1):
        if slug == "assigned":
            services.sign_in(scope=mine.scope("handler"), number=said.number)
            services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
            services.approve(scope=mine.scope("logistics"), number=said.number)
    with papers.later(days=1):
        if slug != "urged":
            services.rate(code=said.receipt, rating="dissatisfied", solved="no")
        if slug == "opinion":
            services.draft(scope=mine.scope("handler"), number=said.number, text="又修了一台")
            services.approve(scope=mine.scope("logistics"), number=said.number)
    with papers.later(days=1, hours=1):
        facts = Body.objects.filter(kind="document.issued").count()
        with pytest.raises(Conflict) as refused:
            issue_paper(**asked, replaces=first.pk, why="日期写错")
        assert first.number in str(refused.value) and "请印发本轮的" in str(refused.value)
        client = signed_in(mine.persons["triage"])
        ask = f"/w/matters/{said.number}/papers/{slug}/?replaces={first.pk}"
        assert client.get(ask).status_code == 302, "said where the papers stand"
        page = client.get(f"/w/matters/{said.number}/").content.decode()
        assert ask not in page and f"/w/matters/{said.number}/papers/{slug}/" in page
        assert Document.objects.get() == first and Body.objects.filter(kind="document.issued").count() == facts
        own = issue_paper(**asked)
        assert own.replaces is None
        assert issue_paper(**asked, replaces=own.pk, why="日期写错").replaces == own


def test_a_correction_of_a_round_before_that_was_issued_once_bars_no_paper_of_this_round(noon):
    _said, first = papers.issued(small_mine(), "urged")
    with papers.later(days=1):
        wrong = Document(pk=first.pk + 1, kind="urged", issued_at=clock.now(), replaces=first)
        assert not standing(Matter.objects.get(), [wrong, first])
    with papers.later(minutes=1):
        wrong.issued_at = clock.now()
        assert standing(Matter.objects.get(), [wrong, first]) == {"urged": wrong}
