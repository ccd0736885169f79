"""Published answers (公开答复): edited, covered, let out by another, gone when taken back."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from sangesan.feedback.matters import services as matters
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.pulse import queries, services
from sangesan.feedback.pulse.models import PublishedAnswer
from sangesan.feedback.pulse.services import publishing
from sangesan.foundation.errors import Conflict, Forbidden, NotFound
from sangesan.ledger.evidence.models import Evidence
from sangesan.ledger.facts.models import Body
from sangesan.organization.people.models import Appointment
from sangesan.upkeep.demo import answers as demo
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import answered
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
QUESTION, ANSWER = "零点班升井以后浴室没有热水怎么办", "锅炉改为全天供汽，由后勤科每班检查。"


@pytest.fixture
def mine(noon):
    return small_mine()


def closed(mine, text="浴室没热水"):
    said = answered(mine, text=text)
    matters.rate(code=said.receipt, rating="satisfied", solved="yes")
    for who in ("triage", "secretary"):
        matters.close(scope=mine.scope(who), number=said.number)
    return said


def drafted(mine, **parts):
    said = closed(mine)
    return said, services.draft(scope=mine.scope("triage"), number=said.number,
                                **{"question": QUESTION, "answer": ANSWER} | parts)


def published(mine, **parts):
    said, one = drafted(mine, **parts)
    return said, services.publish(scope=mine.scope("cadre"), pk=one.pk)


def test_another_person_looks_at_it_before_everybody_does(mine):
    _said, one = drafted(mine)
    assert QUESTION not in Client().get("/answers/").content.decode()
    with pytest.raises(Forbidden):
        services.publish(scope=mine.scope("triage"), pk=one.pk)
    services.publish(scope=mine.scope("cadre"), pk=one.pk)
    with pytest.raises(Conflict):
        services.publish(scope=mine.scope("cadre"), pk=one.pk)
    seen = Client().get("/answers/")
    assert QUESTION in seen.content.decode() and not seen.cookies


def test_whoever_stands_in_for_the_one_who_drafted_it_lets_nothing_out(mine):
    _said, one = drafted(mine)
    Appointment.objects.create(person=mine.persons["cadre"], post=mine.posts["triage"], kind="acting",
                               since=date(2026, 11, 20), until=date(2026, 12, 1))
    assert next(row for row in queries.waiting(mine.scope("cadre"))).own
    with pytest.raises(Forbidden):
        services.publish(scope=mine.scope("cadre"), pk=one.pk)
    services.publish(scope=mine.scope("leader"), pk=one.pk)


def test_what_is_out_names_nobody_and_no_matter(mine):
    said, _one = published(mine, question="刘志远13903191234问：浴室没热水", answer=f"{ANSWER}张大力负责。")
    seen = Client().get("/answers/").content.decode()
    for private in ("刘志远", "13903191234", "张大力", said.number):
        assert private not in seen
    assert "［姓名］" in seen


WHO = "综采一队王 五反映"


def named(mine, mode="named", **who):
    said = answered(mine, mode=mode, **({"name": "王五"} | who))
    matters.rate(code=said.receipt, rating="satisfied", solved="yes")
    for officer in ("triage", "secretary"):
        matters.close(scope=mine.scope(officer), number=said.number)
    return said


def put_out(mine, said, **parts):
    one = services.draft(scope=mine.scope("triage"), number=said.number,
                         **{"question": QUESTION, "answer": ANSWER} | parts)
    return PublishedAnswer.objects.get(pk=services.publish(scope=mine.scope("cadre"), pk=one.pk).pk)


@pytest.mark.chapter("V3")
@pytest.mark.parametrize("who", [
    {"name": "王五"}, {"name": "", "contact": "王五 13900001111"}, {"name": "赵六、王五"}, {"channel": "visit"},
    {"mode": "confidential"},
])
def test_no_published_answer_names_whoever_spoke_though_no_roster_knows_them(mine, client, who):
    one = put_out(mine, named(mine, **who), question=f"{WHO}：{QUESTION}", answer=f"{ANSWER}{WHO}，王五满意。")
    liked = client.post("/answers/like/", {"text": QUESTION}).content.decode()
    for seen in (one.question, one.answer, client.get("/answers/").content.decode(), liked):
        assert "［姓名］反映" in seen or seen is liked
        assert "王五" not in seen and "王 五" not in seen
    assert not any("王 五".encode() in bytes(words.content) for words in Evidence.objects.all())
    assert queries.page("王五").rows == []


@pytest.mark.chapter("V3")
@pytest.mark.parametrize("into", [True, False])
def test_nor_who_spoke_of_the_same_elsewhere(mine, into):
    other = heard("浴室没有热水", unit="ZC1", mode="confidential", name="王五")
    said = answered(mine, name="钱七")
    matters.merge(scope=mine.scope("triage"), number=other.number, into=said.number)
    matters.rate(code=said.receipt, rating="satisfied", solved="yes")
    for officer in ("triage", "secretary"):
        matters.close(scope=mine.scope(officer), number=said.number)
    if not into:  # whoever is asked for may stand below as well
        Matter.objects.filter(number=other.number).update(parent=None)
        Matter.objects.filter(number=said.number).update(parent=Matter.objects.get(number=other.number))
    one = put_out(mine, said, answer=f"{ANSWER}王五、钱七反映")
    assert one.answer == f"{ANSWER}［姓名］、［姓名］反映"


@pytest.mark.chapter("V3")
@pytest.mark.parametrize("mode", ["named", "confidential"])
def test_a_name_that_was_erased_while_the_answer_waited_stands_in_public_no_more(mine, client, mode):
    """Whoever drafts does not learn who spoke in confidence: covered, a name that was tried would be a hit."""
    said = named(mine, mode=mode)
    one = services.draft(scope=mine.scope("triage"), number=said.number, question=QUESTION, answer=WHO)
    assert ("王 五" in PublishedAnswer.objects.get().answer) == (mode == "confidential")
    matters.erase_name(code=said.receipt)
    assert PublishedAnswer.objects.get().answer == "综采一队［姓名］反映"
    services.publish(scope=mine.scope("cadre"), pk=one.pk)
    assert "王 五" not in client.get("/answers/").content.decode()


@pytest.mark.chapter("V3")
def test_what_was_put_out_before_is_covered_anew(mine):
    one = put_out(mine, named(mine))
    PublishedAnswer.objects.update(answer=WHO)
    publishing.cover_again(0, 10)
    assert PublishedAnswer.objects.get(pk=one.pk).answer == "综采一队［姓名］反映"


def test_its_words_are_evidence_and_the_ledger_knows(mine):
    said, one = published(mine)
    fact = Body.objects.get(kind="answer.published")
    assert fact.subject == f"matters/{said.number}"
    assert any(QUESTION.encode() in bytes(words.content) for words in Evidence.objects.all())
    services.withdraw(scope=mine.scope("triage"), pk=one.pk, remark="办法变了")
    assert Body.objects.filter(kind="answer.withdrawn").exists()


def test_what_is_taken_back_is_gone_for_everybody_at_once(mine):
    _said, one = published(mine)
    services.withdraw(scope=mine.scope("triage"), pk=one.pk, remark="办法变了")
    assert queries.page().rows == [] and queries.page("热水").rows == []
    assert queries.similar_published("浴室没有热水") == []


def test_only_a_closed_ordinary_matter_gives_an_answer_and_only_once(mine):
    said, one = drafted(mine)
    with pytest.raises(Conflict):
        services.draft(scope=mine.scope("cadre"), number=said.number, question=QUESTION, answer=ANSWER)
    services.reject(scope=mine.scope("cadre"), pk=one.pk, remark="太长")
    services.draft(scope=mine.scope("cadre"), number=said.number, question=QUESTION, answer=ANSWER)
    with pytest.raises(Conflict):
        services.draft(scope=mine.scope("cadre"), number=answered(mine).number, question="问", answer="答")
    with pytest.raises((Forbidden, NotFound)):
        services.draft(scope=mine.scope("chief"), number=said.number, question="问", answer="答")


@pytest.mark.parametrize(("words", "hit"), [("热水", 1), ("锅炉 全天", 1), ("热水　浴室", 1), ("凉水", 0), ("水", 1)])
def test_answers_are_found_by_words(mine, words, hit):
    published(mine)
    assert len(queries.page(words).rows) == hit
    assert queries.page(words).short == (words == "水")


def test_whoever_writes_is_offered_what_is_out_already(mine):
    published(mine)
    assert [one.question for one in queries.similar_published("我们零点班升井浴室又没有热水了")] == [QUESTION]
    assert queries.similar_published("工资条看不懂") == [] and queries.similar_published("") == []
    seen = Client().post("/answers/like/", {"text": "零点班浴室没有热水"})
    assert QUESTION in seen.content.decode() and "零点班浴室没有热水" not in seen.content.decode()
    assert 'formaction="/answers/like/"' in Client().get("/mailbox/leaders/").content.decode()


def test_pages_of_officers_are_for_officers(mine):
    said, one = drafted(mine)
    for code, status in (("triage", 200), ("leader", 200), ("chief", 403), ("correspondent", 403), ("admin", 403)):
        client = signed_in(mine.persons[code])
        assert client.get("/w/answers/").status_code == status
        got = client.post(f"/w/answers/{one.pk}/reject/", {"remark": ""})
        absent = client.post("/w/answers/12345/reject/", {"remark": ""})
        assert got.status_code == absent.status_code
        if status == 403:
            assert client.post(f"/w/answers/{one.pk}/publish/").status_code == 404
            assert client.get(f"/w/answers/new/{said.number}/").status_code in (403, 404)
    assert PublishedAnswer.objects.get().state == "draft"
    client = signed_in(mine.persons["cadre"])
    assert client.post(f"/w/answers/{one.pk}/publish/").status_code == 302
    assert client.post(f"/w/answers/{one.pk}/nonsense/").status_code == 404


@pytest.mark.parametrize("asked", [{"q": "'; --"}, {"category": "x"}, {"after": "x"}, {"after": "2026-11-24.x"},
                                   {"after": "9" * 80}, {"q": "<script>"}])
def test_hostile_questions_get_an_ordinary_page(mine, asked):
    published(mine)
    seen = Client().get("/answers/", asked)
    assert seen.status_code == 200 and "<script>" not in seen.content.decode()


def test_the_demo_mine_puts_out_what_closed_letters_asked_once_and_nothing_else(mine):
    said = closed(mine, text="零点班升井热水不够")
    closed(mine, text="食堂只有凉馒头")
    Matter.objects.update(category="logistics")
    assert (demo.publish(), demo.publish()) == (1, 0)
    one = PublishedAnswer.objects.get()
    assert (one.subject, one.state) == (f"matters/{said.number}", "published") and "热水" in one.question
