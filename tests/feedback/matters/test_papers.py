"""The eleven papers of a matter: offered when they make sense, filled from what is known, seen by whom they may be."""

from __future__ import annotations

import re

import pytest

from sangesan.feedback.matters import paperwork, queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries.papers import papers_for, told_for
from sangesan.feedback.matters.queries.recipients import told_to
from sangesan.feedback.matters.services.papers import issue_paper
from sangesan.foundation.errors import NotFound, UserError
from sangesan.ledger.audit.models import AuditEntry
from sangesan.method.papers import PAPERS
from sangesan.organization.documents import queries as documents
from sangesan.organization.documents import services as templates
from sangesan.organization.documents.models import Document
from tests.builders import heard, small_mine
from tests.feedback.matters import papers
from tests.organization.documents import words
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
HOSTILE = "#strong[x] $y$ {{ 777*777 }} {% raw %} <w:p> </w:t> & \\ *粗*"


@pytest.mark.chapter("P2b")
@pytest.mark.parametrize("slug", [p.slug for p in PAPERS])
def test_each_paper_is_offered_in_its_time_and_drawn_as_pdf_and_word(noon, slug):
    mine = small_mine()
    said, made = papers.issued(mine, slug)
    told = told_for(mine.scope("triage"), said.number, made.pk)
    whole = " ".join(str(part.get("text", part.get("rows"))) for part in told.lines)
    assert papers.REQUEST in whole and "None" not in whole and "nan" not in whole
    assert documents.pdf_of(told).startswith(b"%PDF-")
    text = words.text(documents.word_of(told))
    assert made.number in text and told.content["date"] in text and "{{" not in text and "{%" not in text
    assert told.to in text


def test_an_appeals_opinion_states_request_facts_opinion_basis_and_the_right_to_review(noon):
    mine = small_mine()
    said, made = papers.issued(mine, "opinion")
    told = told_for(mine.scope("triage"), said.number, made.pk)
    heads = [part["text"] for part in told.lines if part["kind"] == "h1"]
    assert heads == ["一、反映的请求", "二、查明的事实和理由", "三、处理意见", "四、依据", "五、申请复查的权利"]
    whole = "".join(part["text"] for part in told.lines)
    assert "予以支持" in whole and "办好了" in whole and papers.BASIS in whole and "三十日内" in whole
    for missing in ("grounds", "basis", "outcome", "request"):
        with pytest.raises(UserError):
            issue_paper(**{
                "scope": mine.scope("triage"), "number": said.number, "paper": "opinion", "issuer": made.issuer_id,
                "request": "x", **papers.ASKED["opinion"], missing: ""})


def test_a_paper_to_anybody_but_the_speaker_tells_no_number_of_a_person(noon):
    mine, phone = small_mine(), "139-0319-1234"
    said = papers.ready(mine, "supervised")
    services.note(scope=mine.scope("handler"), number=said.number, text=f"已和家属 {phone} 说好")
    sender = papers.issuer(mine)
    asked = {"scope": mine.scope("triage"), "number": said.number, "issuer": sender.pk}
    made = issue_paper(**asked, paper="supervised", request=f"张大力没有热饭，电话 {phone}")
    whole = str(told_for(mine.scope("triage"), said.number, made.pk).lines)
    assert phone not in whole and "［姓名］没有热饭，电话 ［电话］" in whole
    services.draft(scope=mine.scope("handler"), number=said.number, text=f"请打 {phone} 领取")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    opinion = issue_paper(**asked, paper="opinion", request="热饭", **papers.ASKED["opinion"])
    whole = str(told_for(mine.scope("triage"), said.number, opinion.pk).lines)
    assert phone in whole, "what was said to the speaker stays as it was said"
    for who in ("leader", "cadre"):
        whole = str(told_for(mine.scope(who), said.number, opinion.pk).lines)
        assert phone not in whole and "请打 ［电话］ 领取" in whole, "and is read by others as on the matter's page"


def test_a_paper_out_of_its_time_or_beyond_ones_post_is_not_there(noon):
    mine = small_mine()
    sender, said = papers.issuer(mine), papers.ready(mine, "accepted")
    for post, slug in (("triage", "opinion"), ("triage", "closed"), ("triage", "declined"), ("handler", "accepted"),
                       ("logistics", "accepted"), ("assessor", "accepted"), ("triage", "nothing")):
        with pytest.raises(NotFound):
            issue_paper(scope=mine.scope(post), number=said.number, paper=slug, issuer=sender.pk,
                                 request="x", grounds="x", basis="x", outcome="support", to="x")
    assert not Document.objects.exists()


def test_accusations_and_history_have_no_papers(noon):
    mine = small_mine()
    said = papers.ready(mine, "accepted")
    matter = Matter.objects.get(number=said.number)
    assert papers_for(mine.scope("triage"), matter)
    matter.history = True
    assert not papers_for(mine.scope("triage"), matter)
    matter.history, matter.kind = False, "accusation"
    assert not papers_for(mine.scope("triage"), matter)


@pytest.mark.parametrize(("mode", "to"), [("named", "马六"), ("confidential", documents.BY_RECEIPT),
                                          ("anonymous", documents.BY_RECEIPT)])
def test_a_paper_names_its_speaker_only_when_the_speaker_did(noon, mode, to):
    mine = small_mine()
    said = heard(unit="ZC1", mode=mode)
    with papers.later(days=1):
        services.release_due()
        services.decline(scope=mine.scope("triage"), number=said.number, reason="elsewhere", told="请向社保中心咨询")
        made = issue_paper(scope=mine.scope("triage"), number=said.number, paper="declined", request="x",
                                    issuer=papers.issuer(mine).pk)
    staff = told_for(mine.scope("triage"), said.number, made.pk)
    own = told_to(queries.heard(said.receipt))
    assert staff.to == to and [one.to for one in own] == [to]
    if mode != "named":
        assert "马六" not in words.text(documents.word_of(staff))


def test_a_speaker_sees_only_what_was_issued_for_the_speaker(noon):
    mine = small_mine()
    said, made = papers.issued(mine, "accepted")
    at = {"scope": mine.scope("triage"), "number": said.number, "issuer": made.issuer_id}
    issue_paper(**at, paper="assigned", request="内部交办的话")
    issue_paper(**at, paper="accepted", request="更正后的事项", replaces=made.pk, why="事项写错")
    shown = told_to(queries.heard(said.receipt))
    assert [one.document.serial for one in shown] == [3]
    client = signed_in(mine.persons["assessor"])
    page = client.post("/receipt/", {"code": said.receipt}).content.decode()
    assert "更正后的事项" in page and "内部交办的话" not in page


def test_the_receipt_opens_its_own_documents_and_no_others(noon, client):
    mine = small_mine()
    sender = papers.issuer(mine)
    said, made = papers.issued(mine, "accepted", sender=sender)
    other, foreign = papers.issued(mine, "accepted", sender=sender)
    inner = issue_paper(scope=mine.scope("triage"), number=said.number, paper="assigned", issuer=sender.pk,
                                 request="x")
    taken = client.post("/receipt/paper/", {"code": said.receipt, "paper": made.pk})
    assert taken.status_code == 200 and taken.content.startswith(b"%PDF-")
    assert taken["Content-Disposition"].startswith("attachment") and "no-store" in taken["Cache-Control"]
    assert taken["X-Content-Type-Options"] == "nosniff" and "sandbox" in taken["Content-Security-Policy"]
    for code, paper in ((said.receipt, foreign.pk), (said.receipt, inner.pk), (other.receipt, made.pk),
                        ("AAAA-AAAA-AAAA-AAAA-A", made.pk), (said.receipt, "x"), (said.receipt, 2**70), ("", "")):
        assert client.post("/receipt/paper/", {"code": code, "paper": paper}).status_code == 404
    assert client.get("/receipt/paper/").status_code == 405


def test_staff_take_copies_with_a_trace_and_a_line_in_the_audit_log(noon):
    mine = small_mine()
    said, made = papers.issued(mine, "accepted")
    client = signed_in(mine.persons["triage"])
    for form, begins in (("pdf", b"%PDF-"), ("word", b"PK")):
        taken = client.get(f"/w/matters/{said.number}/papers/{made.pk}/{form}/")
        assert taken.status_code == 200 and taken.content.startswith(begins)
        assert taken["Content-Disposition"].startswith("attachment") and "no-store" in taken["Cache-Control"]
        assert taken["X-Content-Type-Options"] == "nosniff"
    feet = [words.part(taken.content, f"word/footer{n}.xml") for n in (1, 2)]
    assert all("李文静" in foot and "> PAGE <" in foot for foot in feet)
    entries = AuditEntry.objects.filter(event="document.taken").order_by("pk")
    assert [e.detail["form"] for e in entries] == ["pdf", "word"]
    assert {e.subject for e in entries} == {f"matters/{said.number}"}


def test_putting_right_is_offered_to_whoever_may_issue_that_paper(noon):
    mine = small_mine()
    said, made = papers.issued(mine, "accepted")
    ask = f"/w/matters/{said.number}/papers/accepted/?replaces={made.pk}"
    offered = {}
    for post in ("triage", "cadre", "leader", "chief"):
        client = signed_in(mine.persons[post])
        page = client.get(f"/w/matters/{said.number}/")
        offered[post] = page.status_code == 200 and ask in page.content.decode()
        assert (client.get(ask).status_code == 200) == offered[post], post
    assert offered["triage"] and not offered["leader"]
    fresh = issue_paper(scope=mine.scope("triage"), number=said.number, paper="accepted", issuer=made.issuer_id,
                        request="更正后的事项", replaces=made.pk, why="事项写错")
    client = signed_in(mine.persons["triage"])
    page = client.get(f"/w/matters/{said.number}/").content.decode()
    assert ask not in page and f"?replaces={fresh.pk}" in page, "once put right, the new one alone may be"


def test_ids_of_others_look_like_what_is_not_there(noon):
    mine = small_mine()
    sender = papers.issuer(mine)
    said, made = papers.issued(mine, "accepted", sender=sender)
    other, _ = papers.issued(mine, "accepted", sender=sender)
    triage, assessor = signed_in(mine.persons["triage"]), signed_in(mine.persons["assessor"])
    shut = [f"/w/matters/{said.number}/papers/{made.pk}/pdf/", f"/w/matters/{said.number}/papers/{made.pk}/word/",
            f"/w/matters/{said.number}/papers/accepted/"]
    absent = assessor.get("/w/matters/2026-AAAAAA/papers/1/pdf/")
    for address in shut:
        answer = assessor.get(address)
        assert answer.status_code == absent.status_code == 404
        assert plain(answer) == plain(absent)
    for address in (f"/w/matters/{other.number}/papers/{made.pk}/pdf/", "/w/matters/2026-AAAAAA/papers/accepted/",
                    f"/w/matters/{said.number}/papers/{2**70}/pdf/", f"/w/matters/{said.number}/papers/opinion/",
                    f"/w/matters/{other.number}/papers/opinion/?replaces={made.pk}"):
        assert triage.get(address).status_code == 404, address
    services.concern(scope=mine.scope("triage"), number=said.number, posts=["handler"])
    assert signed_in(mine.persons["handler"]).get(shut[0]).status_code == 404


def plain(answer) -> str:
    return re.sub(r'nonce="[^"]*"|value="[^"]{20,}"|20\d\d-[0-9A-Z]{6}', "", answer.content.decode())


def test_markup_in_any_text_stays_text_on_page_paper_and_word(noon):
    mine = small_mine()
    said = papers.ready(mine, "opinion")
    sender = papers.issuer(mine)
    made = issue_paper(scope=mine.scope("triage"), number=said.number, paper="opinion", issuer=sender.pk,
                                request=HOSTILE, grounds=HOSTILE, outcome="part", basis=HOSTILE)
    told = told_for(mine.scope("triage"), said.number, made.pk)
    assert documents.pdf_of(told).startswith(b"%PDF-")
    text = words.text(documents.word_of(told))
    assert text.count("{{ 777*777 }}") >= 2 and "603729" not in text and "<w:p>" in text
    page = signed_in(mine.persons["triage"]).get(f"/w/matters/{said.number}/").content.decode()
    public = signed_in(mine.persons["triage"]).post("/receipt/", {"code": said.receipt}).content.decode()
    assert "<w:p>" not in page + public and "&lt;w:p&gt;" in public


def test_an_own_template_is_used_from_the_day_it_is_in_force(noon):
    mine = small_mine()
    sender, scope = papers.issuer(mine), mine.scope("triage")
    said, before = papers.issued(mine, "accepted", sender=sender)
    own = templates.upload(scope=scope, kind="accepted", name="本矿.docx",
                           content=words.holding("本矿格式 {{ 文号 }}", "{{ 正文 }}"))
    templates.put_in_force(scope=scope, pk=own.pk)
    other, after = papers.issued(mine, "accepted", sender=sender)
    assert "本矿格式" in words.text(documents.word_of(told_for(scope, other.number, after.pk)))
    assert "本矿格式" not in words.text(documents.word_of(told_for(scope, said.number, before.pk)))
    templates.retire(scope=scope, pk=own.pk)
    assert "本矿格式" in words.text(documents.word_of(told_for(scope, other.number, after.pk)))


def test_a_paper_for_the_speaker_meets_the_clock_of_telling_and_an_inner_one_does_not(noon):
    mine = small_mine()
    said, made = papers.issued(mine, "assigned")
    notice = Matter.objects.get(number=said.number).terms.get(code="notice")
    assert notice.met is None
    issue_paper(scope=mine.scope("triage"), number=said.number, paper="accepted", issuer=made.issuer_id, request="x")
    notice.refresh_from_db()
    assert notice.met == noon.date()


def test_the_page_issues_a_paper_and_asks_only_what_is_not_known(noon):
    mine = small_mine()
    said = papers.ready(mine, "accepted")
    client, address = signed_in(mine.persons["triage"]), f"/w/matters/{said.number}/papers/accepted/"
    assert "还没有设置发文机关" in client.get(address).content.decode()
    sender = papers.issuer(mine)
    page = client.get(address).content.decode()
    assert page.count("<textarea") == 0 and 'value="夜班食堂只有凉馒头' not in page
    given = {"issuer": sender.pk, "request": "夜班热饭"}
    look = client.post(address, given | {"look": "1"})
    assert look.content.startswith(b"%PDF-") and not Document.objects.exists()
    assert client.post(address, {"issuer": sender.pk, "request": ""}).status_code == 422
    assert client.post(address, given | {"issuer": 999}).status_code == 422
    assert client.post(address, given | {"request": "字" * 401}).status_code == 422
    assert client.post(address, given | {"request": "\x00"}).status_code in (400, 422)
    assert client.post(address, given | {"request": "给😀补热饭"}).status_code == 302
    warned = client.get(f"/w/matters/{said.number}/").content.decode()
    assert "有 1 个字没有字形" in warned and "U+1F600" in warned
    address += f"?replaces={Document.objects.get().pk}"
    assert "更正理由" in client.get(address).content.decode()
    given |= {"replaces": Document.objects.get().pk}
    unsaid = client.post(address, given)
    assert unsaid.status_code == 422 and Document.objects.count() == 1, "a correction says why"
    assert client.post(address, given | {"why": "换字", "look": "1"}).content.startswith(b"%PDF-")
    assert client.post(address, given | {"why": "换字"})["Location"] == f"/w/matters/{said.number}/"
    detail = client.get(f"/w/matters/{said.number}/").content.decode()
    assert "青矿信〔2026〕2号" in detail and "印发受理告知书" in detail and "没有字形" not in detail
    assert Document.objects.count() == 2


def test_papers_cost_a_bounded_number_of_queries(noon, django_assert_max_num_queries):
    mine = small_mine()
    said, made = papers.issued(mine, "accepted")
    for n in range(5):
        made = issue_paper(scope=mine.scope("triage"), number=said.number, paper="accepted", request="x",
                           issuer=made.issuer_id, replaces=made.pk, why=f"第 {n} 次")
    matter = Matter.objects.get(number=said.number)
    with django_assert_max_num_queries(10):
        shown = paperwork.panel(mine.scope("triage"), matter)
        assert len([getattr(d, "replacement", None) for d in shown["issued"]]) == 6
