"""An application on paper is entered by the office, of the day it came, for the speaker who applies."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter, Review, Term
from sangesan.feedback.matters.queries.papers import told_for
from sangesan.feedback.matters.queries.recipients import told_to
from sangesan.feedback.matters.services.lawful import record_terms
from sangesan.feedback.matters.services.nightly import record_speakers
from sangesan.feedback.matters.services.papers import issue_paper
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from tests.builders import heard, hire, small_mine
from tests.feedback.matters import papers
from tests.feedback.matters.roads import answer, answered
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4")]


@pytest.fixture
def mine(noon):
    return small_mine()


def apply(mine, said, days=0, *, by="triage", third=False, **more):
    step = services.apply_third_review if third else services.apply_review
    return step(scope=mine.scope(by), number=said.number, day=clock.today() - timedelta(days=days),
                text="只修了一个柜子", **more)


def joined(mine):
    """Two letters of one matter, answered; returns what each of the speakers holds."""
    one, two = (heard("食堂没有热饭", unit="ZC1", name=name) for name in ("马六", "王七"))
    services.merge(scope=mine.scope("triage"), number=two.number, into=one.number)
    services.judge(scope=mine.scope("triage"), number=one.number, urgency=2, importance=2, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=one.number)
    answer(mine, one.number)
    return one, two


def test_it_is_a_review_as_if_the_speaker_had_asked_and_counts_from_the_day_it_came(mine):
    said = answered(mine)
    with papers.later(days=12):
        apply(mine, said, days=2)
        matter, came = Matter.objects.get(), clock.today() - timedelta(days=2)
        record_speakers(clock.today())
    assert matter.state == "second_review" and Review.objects.get().asked_on == came
    assert Term.objects.get(code="review").start == came and Term.objects.get(code="ask_review").met == came
    shown = queries.heard(said.receipt)
    assert shown.messages[-1].text == "只修了一个柜子", "of the day of its entry: the night goes by it"
    assert shown.messages[-1].day == came + timedelta(days=2)
    asked = [fact for fact in history(Matter.objects.get().subject) if fact.kind == "matter.review_asked"]
    assert [clock.local(fact.occurred_at).date() for fact in asked] == [came]
    services.uphold(scope=mine.scope("leader"), number=said.number, text="维持")
    apply(mine, said, third=True)
    assert Matter.objects.get().state == "third_review"


def test_one_that_came_in_time_is_entered_later_and_one_that_came_late_is_not(mine):
    said = answered(mine)
    with papers.later(days=40):
        record_terms(clock.today())
        with pytest.raises(UserError, match="已经过了"):
            apply(mine, said, days=2)
        assert not Review.objects.exists()
        apply(mine, said, days=15)
    assert Matter.objects.get().state == "second_review"


def test_the_days_run_from_the_delivery_of_the_paper_where_that_is_entered(mine):
    said = answered(mine)
    with papers.later(days=40):
        record_terms(clock.today())
        with pytest.raises(UserError, match="日子不对"):
            apply(mine, said, delivered=clock.today() - timedelta(days=60))
        with pytest.raises(UserError, match="日子不对"):
            apply(mine, said, days=5, delivered=clock.today())
        apply(mine, said, days=2, delivered=clock.today() - timedelta(days=20))
    assert Matter.objects.get().state == "second_review"
    assert Term.objects.get(code="ask_review").lifted is False


def test_of_several_it_is_said_who_applies_and_nobody_else_reads_the_grounds(mine):
    one, two = joined(mine)
    page = signed_in(mine.persons["triage"]).get(f"/w/matters/{one.number}/").content.decode()
    offered = re.findall(r"<option [^>]*>第 \d 位 · (..) · ", page)
    assert sorted(offered) == ["王七", "马六"]
    with pytest.raises(UserError, match="哪一位"):
        apply(mine, one)
    with pytest.raises(UserError, match="哪一位"):
        apply(mine, one, submission=7)
    apply(mine, one, submission=two.submission)
    assert "只修了一个柜子" in {m.text for m in queries.heard(two.receipt).messages}
    assert "只修了一个柜子" not in {m.text for m in queries.heard(one.receipt).messages}


def test_the_opinion_on_it_is_for_whoever_applied_and_for_nobody_else(mine):
    one, two = joined(mine)
    office = papers.issuer(mine)
    made = {}
    for slug in ("opinion", "second_review"):
        made[slug] = issue_paper(scope=mine.scope("triage"), number=one.number, paper=slug, issuer=office.pk,
                                 request=papers.REQUEST, **papers.ASKED[slug])
        if slug == "opinion":
            apply(mine, one, submission=two.submission)
            services.uphold(scope=mine.scope("leader"), number=one.number, text="维持")
    named = {slug: told_for(mine.scope("triage"), one.number, paper.pk).to for slug, paper in made.items()}
    assert named == {"opinion": "马六等反映人", "second_review": "王七"}
    held = {who: [one.document.kind for one in told_to(queries.heard(said.receipt))]
            for who, said in (("马六", one), ("王七", two))}
    assert held == {"马六": ["opinion"], "王七": ["second_review", "opinion"]}


def test_only_the_office_enters_it_and_only_where_a_review_may_be_asked_for(mine):
    said = answered(mine)
    with pytest.raises(Forbidden):
        apply(mine, said, by="logistics")
    with pytest.raises(UserError, match="日子不对"):
        apply(mine, said, days=-1)
    with pytest.raises(Conflict):
        apply(mine, said, third=True)
    apply(mine, said)
    with pytest.raises(Conflict):
        apply(mine, said)
    assert Review.objects.count() == 1


def test_the_page_takes_it_and_gives_the_words_back_where_a_day_is_wrong(mine):
    said = answered(mine)
    client, way = signed_in(mine.persons["triage"]), f"/w/matters/{said.number}/apply_review/"
    assert "登记书面复查申请" in client.get(f"/w/matters/{said.number}/").content.decode()
    wrong = client.post(way, {"day": "2020-01-01", "text": "只修了一个柜子"})
    assert wrong.status_code == 422 and "只修了一个柜子" in wrong.content.decode()
    assert client.post(way, {"day": f"{clock.today():%F}", "text": ""}).status_code == 422
    sent = client.post(way, {"day": f"{clock.today():%F}", "text": "只修了一个柜子"})
    assert sent.status_code == 302 and Matter.objects.get().state == "second_review"


def test_what_the_application_names_is_heeded_as_if_the_speaker_had_written_it(mine):
    said = answered(mine)
    services.apply_review(scope=mine.scope("triage"), number=said.number, day=clock.today(),
                          text=f"{mine.persons['handler'].name}收了两条烟")
    assert not queries.visible(mine.scope("handler")).exists()


def joined_later(mine, days):
    said = answered(mine)
    with papers.later(days=days):
        other = heard("夜班食堂又没有热饭", unit="ZC1", name="王七")
        services.grade(scope=mine.scope("triage"), number=other.number, urgency=2, importance=2)
        services.merge(scope=mine.scope("triage"), number=other.number, into=said.number)
    return said, other


def test_what_is_joined_later_takes_nobodys_right_and_gives_its_own(mine):
    said, other = joined_later(mine, 20)
    assert Term.objects.filter(code="ask_review", matter__number=said.number).count() == 2
    with papers.later(days=22):
        apply(mine, said, days=5, submission=said.submission)
    assert Review.objects.get().asked_on == clock.today() + timedelta(days=17), "before the other was joined"


def test_who_was_joined_later_has_thirty_days_from_then(mine):
    said, other = joined_later(mine, 20)
    with papers.later(days=45):
        apply(mine, said, submission=other.submission)
    assert Review.objects.get().submission_id == other.submission


def test_words_of_despair_are_not_entered_with_it_but_sent_to_the_carers_way(mine):
    hire(mine, "carer", "关怀员", "QSL", Role.CARER, "1104")
    said = answered(mine)
    with pytest.raises(UserError, match="让人担心") as refused:
        services.apply_review(scope=mine.scope("triage"), number=said.number, day=clock.today(),
                              text="再不解决我就不想活了")
    assert "登记来件" in refused.value.next
    assert Matter.objects.get().state == "answered" and not Review.objects.exists(), "nothing half done"


def test_one_that_the_office_left_lying_is_the_offices_lateness_and_not_the_reviewers(mine):
    said = answered(mine)
    with papers.later(days=45):
        apply(mine, said, days=40)
        record_terms(clock.today())
        late = [fact for fact in history(Matter.objects.get().subject) if fact.kind == "matter.overdue"]
    assert [(fact.unit, fact.content["clock"]) for fact in late] == [("QSL/", "review")]
