"""Papers are true when they are issued (文书如实): the right that is left, whose paper stood before, no number."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter, Message, Supervision
from sangesan.feedback.matters.queries.clocking import rights
from sangesan.feedback.matters.queries.papers import papers_for, told_for
from sangesan.feedback.matters.services.lawful import record_terms
from sangesan.feedback.matters.services.papers import issue_paper
from sangesan.feedback.matters.services.supervising import propose
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound
from sangesan.method.deadlines import end_of_work
from sangesan.method.papers import day_said
from sangesan.organization.documents.models import Document
from tests.builders import person, small_mine
from tests.feedback.matters import papers
from tests.feedback.matters.roads import answer
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2b")]
WITHIN = "可以自收到之日起三十日内"


@pytest.fixture
def mine(noon):
    return small_mine()


def issue(mine, said, slug, issuer, **more):
    asked = {"request": papers.REQUEST} | papers.ASKED[slug] | more
    made = issue_paper(scope=mine.scope("triage"), number=said.number, paper=slug, issuer=issuer.pk, **asked)
    return made, str(told_for(mine.scope("triage"), said.number, made.pk).lines)


def slugs(mine):
    return {kind.slug for kind in papers_for(mine.scope("triage"), Matter.objects.get())}


def test_an_answer_that_is_disputed_gets_no_opinion_that_offers_its_review_again(mine):
    said, sender = papers.ready(mine, "opinion"), papers.issuer(mine)
    assert "opinion" in slugs(mine)
    services.review(code=said.receipt, text="不服")
    for step in ("asked", "decided"):
        if step == "decided":
            services.uphold(scope=mine.scope("leader"), number=said.number, text="维持")
        assert "opinion" not in slugs(mine), step
        with pytest.raises(NotFound):
            issue(mine, said, "opinion", sender)
    assert not Document.objects.exists()


def test_a_correction_of_an_opinion_says_what_became_of_the_right(mine):
    said, made = papers.issued(mine, "opinion")
    assert WITHIN in str(told_for(mine.scope("triage"), said.number, made.pk).lines)
    services.review(code=said.receipt, text="不服")
    _fresh, whole = issue(mine, said, "opinion", made.issuer, replaces=made.pk, why="写错了事项")
    assert "您已经申请复查" in whole and WITHIN not in whole


@pytest.mark.parametrize("slug", ["opinion", "second_review"])
@pytest.mark.parametrize("days", [18, 45])
def test_a_right_counts_from_the_day_its_answer_is_written_though_its_days_were_over(mine, slug, days):
    said, sender = papers.ready(mine, slug), papers.issuer(mine)
    code = {"opinion": "ask_review", "second_review": "ask_third_review"}[slug]
    with papers.later(days=days):
        record_terms(clock.today())
        assert (code in rights(Matter.objects.get())) is (days < 30)
        _made, whole = issue(mine, said, slug, sender)
        assert WITHIN in whole and "届满" not in whole
        due = rights(Matter.objects.get())[code]
        assert due >= clock.today() + timedelta(days=30)
    with papers.later(days=days + 30):
        record_terms(clock.today())
        services.review(code=said.receipt, text="书面答复上看到的，不服")
    assert Matter.objects.get().state == {"opinion": "second_review", "second_review": "third_review"}[slug]


@pytest.mark.parametrize("slug", ["opinion", "second_review"])
def test_a_correction_gives_no_right_back_that_has_lapsed_and_says_so(mine, slug):
    said, made = papers.issued(mine, slug)
    with papers.later(days=45):
        record_terms(clock.today())
        _fresh, whole = issue(mine, said, slug, made.issuer, replaces=made.pk, why="写错了事项")
        assert "现已届满" in whole and WITHIN not in whole
        with pytest.raises(Conflict, match="超过三十日"):
            services.review(code=said.receipt, text="不服")


def test_a_correction_in_time_gives_the_days_that_it_tells_of(mine):
    said, made = papers.issued(mine, "opinion")
    with papers.later(days=20):
        _fresh, whole = issue(mine, said, "opinion", made.issuer, replaces=made.pk, why="写错了事项")
        assert WITHIN in whole and rights(Matter.objects.get())["ask_review"] >= clock.today() + timedelta(days=30)


def test_what_is_handled_anew_gets_no_right_by_a_paper_of_the_answer_before(mine):
    said, sender = papers.ready(mine, "second_review"), papers.issuer(mine)
    services.reopen(scope=mine.scope("triage"), number=said.number, reason="not_solved", text="又坏了")
    before = rights(Matter.objects.get())
    with papers.later(days=45):
        assert "second_review" in slugs(mine)
        issue(mine, said, "second_review", sender)
        assert {code for code in rights(Matter.objects.get()) if code.startswith("ask_")} == {
            code for code in before if code.startswith("ask_")} == set()


def test_a_new_answer_after_a_redo_has_its_opinion(mine):
    said = papers.ready(mine, "opinion")
    services.review(code=said.receipt, text="不服")
    services.redo(scope=mine.scope("leader"), number=said.number, text="重新办理")
    services.draft(scope=mine.scope("handler"), number=said.number, text="换了三台新的保温柜，从今晚起供应热饭")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    _made, whole = issue(mine, said, "opinion", papers.issuer(mine))
    assert f"{WITHIN}，向青石岭矿申请复查" in whole


def test_a_re_review_names_each_paper_before_it_and_by_whom(mine):
    sender = papers.issuer(mine)
    made = {}

    def between(said, slug):
        made[slug] = issue(mine, said, slug, sender)[0].number

    said = papers.ready(mine, "third_review", between=between)
    _last, whole = issue(mine, said, "third_review", sender)
    first = whole.index("由综采一队办理并答复（青石岭矿信访办公室" + made["opinion"])
    second = whole.index("采煤专业作出复查意见（" + made["second_review"])
    assert first < second < whole.index("您不服该复查意见") and made["opinion"] != made["second_review"]


def test_a_number_typed_into_a_paper_is_covered_and_the_line_of_the_office_is_not(mine):
    said = papers.ready(mine, "opinion", name="王五")
    typed = "热饭，找马某13812345678、王五"
    made, whole = issue(mine, said, "opinion", papers.issuer(mine), request=typed,
                        grounds="身份证11010519491231002X", basis="见13903191234")
    for number in ("13812345678", "11010519491231002X", "13903191234"):
        assert number not in whole and number not in str(made.content if hasattr(made, "content") else "")
    told = told_for(mine.scope("triage"), said.number, made.pk)
    assert "［电话］、［姓名］" in whole and "内线 6110" in str(told.content) and told.to == "王五"
    _fresh, again = issue(mine, said, "opinion", made.issuer, replaces=made.pk, why="电话13812345678写错了")
    assert "13812345678" not in again


@pytest.mark.parametrize("mode", ["confidential", "named"])
@pytest.mark.parametrize("slug", ["opinion", "closed"])
def test_the_covering_of_a_paper_tells_whoever_types_names_into_it_not_who_spoke(mine, slug, mode):
    for number, name in (("5001", "孟广才"), ("5002", "鲁长河"), ("5003", "郝建国")):
        person(number, name, mine.units["ZC1"])
    said = papers.ready(mine, slug, mode=mode, name="鲁长河")
    typed = "走访孟广才、鲁长河、鲁 长 河、郝建国"
    Message.objects.create(matter=Matter.objects.get(), kind="note", day=clock.today(), text=typed)
    made, whole = issue(mine, said, slug, papers.issuer(mine), request=typed)
    seen = f"{whole}{told_for(mine.scope('triage'), said.number, made.pk).content}"
    for name in ("孟广才", "鲁长河", "鲁 长 河", "郝建国"):
        assert name not in seen
    assert seen.count("走访［姓名］、［姓名］、［姓名］、［姓名］") >= {"opinion": 2, "closed": 4}[slug]


def test_what_a_paper_is_about_is_proposed_in_nobodys_own_words(mine):
    """The unit complained of gets the paper, and knows how its people speak."""
    said = papers.ready(mine, "assigned", text="王某欺负俺们，俺不干了。电话 13912345678", category="conduct")
    papers.issuer(mine)
    address, client = f"/w/matters/{said.number}/papers/assigned/", signed_in(mine.persons["triage"])
    for written, category, begun in (("", "conduct", "干部作风方面的问题"), ("欺负俺们", "", ""),
                                     ("劳动纪律管理方式", "conduct", "劳动纪律管理方式")):
        Matter.objects.update(category=category, **({"title": written} if written else {}))
        assert client.get(address).context["form"].initial["request"] == begun


@pytest.mark.parametrize("slug", ["accepted", "assigned", "urged"])
def test_no_paper_promises_an_extension_of_the_simple_procedure(mine, slug):
    """Ten working days, and nothing extends them (domain.md T12); what may follow is the ordinary procedure."""
    said, sender = papers.ready(mine, slug, kind="inquiry"), papers.issuer(mine)
    assert Matter.objects.get().procedure == "simple"
    _made, whole = issue(mine, said, slug, sender)
    assert "延" not in whole and "改按普通程序办理" in whole
    services.procedure(scope=mine.scope("triage"), number=said.number, procedure="ordinary", reason="情况复杂")
    _made, whole = issue(mine, said, slug, sender, replaces=_made.pk, why="改了程序")
    assert "延长期限" in whole and "普通程序" not in whole


def test_a_notice_of_extension_states_the_day_that_was_granted_whatever_moved_it_since(mine):
    said, sender = papers.ready(mine, "extended"), papers.issuer(mine)
    granted = clock.local(Matter.objects.get().due_at).date()
    at = {"number": said.number}
    services.ask_pause(scope=mine.scope("handler"), reason="等上级批复", **at)
    services.pause(scope=mine.scope("leader"), **at)
    made, whole = issue(mine, said, "extended", sender)
    assert f"延至{day_said(granted)}。" in whole, "no day stands while it waits, and the decision named one"
    with clock.at(clock.now() + timedelta(days=7)):
        services.resume(scope=mine.scope("handler"), **at)
        assert clock.local(Matter.objects.get().due_at).date() > granted
        _made, whole = issue(mine, said, "extended", sender, replaces=made.pk, why="写错了事项")
    assert f"延至{day_said(granted)}。" in whole


def test_an_extension_that_the_law_cut_short_is_told_by_its_day_alone(mine):
    """Ninety days are the end, so of the days that were asked for fewer may have been given (T6)."""
    said, sender = papers.ready(mine, "supervised"), papers.issuer(mine)
    last = Matter.objects.get().statutory_due
    Matter.objects.update(due_at=end_of_work(last + timedelta(days=25)))
    services.extend(scope=mine.scope("handler"), number=said.number, days=22, reason="等厂家发货")
    services.grant(scope=mine.scope("logistics"), number=said.number)
    _made, whole = issue(mine, said, "extended", sender)
    assert f"延至{day_said(clock.local(Matter.objects.get().due_at).date())}。" in whole and "22个" not in whole


def test_what_is_handled_anew_gets_no_notice_of_the_extension_before(mine):
    said = papers.ready(mine, "extended")
    answer(mine, said.number)
    assert "extended" in slugs(mine)
    services.rate(code=said.receipt, rating="dissatisfied")
    assert Matter.objects.get().reopened == 1 and "extended" not in slugs(mine)


def test_what_the_night_put_under_supervision_is_told_with_its_reason(mine):
    """Nobody wrote a requirement where a late A is supervised by itself."""
    said, sender = papers.ready(mine, "urged"), papers.issuer(mine)
    Matter.objects.update(grade="A")
    propose(Matter.objects.get(), "late")
    assert Supervision.objects.get().text == ""
    _made, whole = issue(mine, said, "supervised", sender)
    assert "因“无正当理由超期”列入督办，请立即办理" in whole
