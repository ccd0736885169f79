"""Who reads the record of a reception day: its leader whom he heard, the other leaders what triage has judged."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.intake.models import Booking, Visitor
from sangesan.feedback.intake.queries import reception as queries
from sangesan.feedback.intake.services import booking
from sangesan.feedback.intake.services import reception as services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries import visible
from sangesan.feedback.matters.services import merge, withdraw
from sangesan.feedback.matters.services.judging import let_read_due
from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.organization.people.models import Appointment
from tests.builders import START, hire, small_mine
from tests.feedback.intake.visits import AT, DAY, EVENING, announced, heard_many, judge, on_the_day
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4")]
WORDS = "那个姓王的，谁都知道是谁"


@pytest.fixture
def mine(noon):
    made = small_mine()
    hire(made, "party", "党委书记", "QSL", Role.LEADER, "1902")
    return made


@pytest.fixture
def reception(mine):
    return announced(mine)


def lines(mine, who, reception):
    """The titles one reads in a record (可读的标题), and how many the list counts."""
    scope = mine.scope(who)
    seen = [one.matter.title for one in queries.visitors(scope, reception) if one.matter]
    return seen, queries.reception_for(scope, reception.pk).heard


def page(mine, who, reception):
    with clock.at(DAY):
        return signed_in(mine.persons[who]).get(f"/w/reception/{reception.pk}/").text


def test_what_a_visitor_says_waits_for_triage_like_any_letter_and_who_heard_it_reads_its_line(mine, reception):
    """党委书记 may be the one that is meant: he did not hear it."""
    said = on_the_day(mine, reception, text=WORDS, result="已说明")
    readers = [who for who in ("triage", "leader", "party", "duty", "cadre")
               if visible(mine.scope(who)).filter(number=said.number).exists()]
    assert readers == ["triage"]
    assert lines(mine, "leader", reception) == ([WORDS], 1) == lines(mine, "triage", reception)
    assert lines(mine, "party", reception) == ([], 0)
    own, other = page(mine, "leader", reception), page(mine, "party", reception)
    assert WORDS in own and "解释说明" in own and "已说明" in own and f"/w/matters/{said.number}/" not in own
    assert WORDS not in other and "解释说明" not in other and "由专人办理" not in other
    with clock.at(DAY):
        listed = [signed_in(mine.persons[who]).get("/w/reception/").text for who in ("leader", "party")]
    assert ['data-label="接待">1<' in one for one in listed] == [True, False]


def test_once_triage_has_judged_it_the_other_leaders_read_the_line_and_open_the_matter(mine, reception):
    said = on_the_day(mine, reception, text=WORDS)
    judge(mine, said.number)
    for who in ("leader", "party"):
        assert lines(mine, who, reception) == ([WORDS], 1)
        assert f"/w/matters/{said.number}/" in page(mine, who, reception)


def test_a_line_about_the_leader_himself_he_never_reads_before_or_after(mine, reception):
    said = on_the_day(mine, reception, text="矿长王安民收红包", result="已转有关部门")
    assert lines(mine, "leader", reception) == ([], 0)
    judge(mine, said.number)
    assert lines(mine, "leader", reception) == ([], 0) and "已转有关部门" not in page(mine, "leader", reception)
    assert lines(mine, "party", reception) == (["矿长［姓名］收红包"], 1)


def test_an_accusation_is_no_line_for_who_receives_though_nobody_has_judged_it(mine, reception):
    on_the_day(mine, reception, kind="accusation", text="检举一件事")
    assert lines(mine, "leader", reception) == ([], 0)


def test_whoever_stands_in_for_the_leader_receives_and_not_whom_it_is_about(mine, reception):
    on_the_day(mine, reception, key="a" * 32, text="食堂的饭是凉的")
    on_the_day(mine, reception, key="b" * 32, text="矿长王安民收红包")
    assert not queries.hears(mine.scope("duty"), reception)
    Appointment.objects.create(person=mine.persons["duty"], post=mine.posts["leader"], kind="acting", since=START)
    assert lines(mine, "duty", reception) == (["食堂的饭是凉的"], 1)


def test_of_two_days_each_leader_counts_whom_he_heard(mine, reception):
    services.plan(scope=mine.scope("triage"), first=DAY, months=1, on=17, leaders=["party"], place="办公楼 101")
    other = queries.receptions(mine.scope("party")).get(post=mine.posts["party"])
    on_the_day(mine, reception, text=WORDS)
    assert [lines(mine, who, day)[1] for who in ("leader", "party") for day in (reception, other)] == [1, 0, 0, 0]


@pytest.mark.parametrize("topic", ["谈谈管安全的领导", "谈谈工伤"])
def test_topics_are_read_by_whoever_keeps_the_record_and_the_leader_who_receives_alone(mine, reception, topic):
    booking.book(key="b" * 32, reception=reception.pk, at=AT, topic=topic)
    told = {who: [row.topic for row in queries.bookings(mine.scope(who), reception)]
            for who in ("triage", "leader", "party")}
    assert told == {"triage": [topic], "leader": [topic], "party": [""]}
    shown = page(mine, "party", reception)
    assert topic not in shown and "09:20" in shown and "已预约" in shown and "没有写想谈什么" not in shown
    assert topic in page(mine, "leader", reception) and topic in page(mine, "triage", reception)
    assert Booking.objects.get().topic == topic


def test_a_topic_goes_with_the_day_to_the_leader_who_receives_then(mine, reception):
    booking.book(key="b" * 32, reception=reception.pk, at=AT, topic="谈谈工伤")
    reception.post = mine.posts["party"]
    reception.save()
    assert [queries.bookings(mine.scope(who), reception)[0].topic for who in ("leader", "party")] == ["", "谈谈工伤"]


def results():
    with clock.at(DAY):
        return [row.result for told in queries.results() for row in told.rows]


def test_what_nobody_has_judged_keeps_no_day_from_publication_and_is_not_put_out_before_it_is(mine, reception):
    heard_many(mine, reception, ["named"] * 6, unjudged=1)
    assert Visitor.objects.count() == 6 and reception.__class__.objects.get(pk=reception.pk).published
    assert results() == [f"结果{n}" for n in range(5)]
    judge(mine, Visitor.objects.get(result="结果5").said.matter.number)
    assert sorted(results()) == [f"结果{n}" for n in range(6)]


def test_the_days_after_which_the_others_read_it_put_nothing_out(mine, reception):
    heard_many(mine, reception, ["named"] * 7, unjudged=2)
    one, two = (Visitor.objects.get(result=f"结果{n}").said.matter.number for n in (5, 6))
    with clock.at(EVENING):
        merge(scope=mine.scope("triage"), number=two, into=one)
    assert let_read_due(day=DAY + timedelta(days=9)) and visible(mine.scope("party")).filter(number=one).exists()
    assert len(results()) == 5
    judge(mine, one)
    assert len(results()) == 7


def test_whoever_publishes_is_told_that_what_is_not_judged_is_shown_later(mine, reception):
    on_the_day(mine, reception, result="已说明")
    with clock.at(EVENING):
        office = signed_in(mine.persons["triage"])
        answer = office.post(f"/w/reception/{reception.pk}/publish/", follow=True)
    assert "还没有研判的，研判后再显示" in answer.text


@pytest.mark.parametrize("late", [False, True])
def test_who_withdraws_before_anybody_judged_it_is_not_put_out(mine, reception, late):
    said = on_the_day(mine, reception, key="z" * 32, result="已撤回的结果")
    assert not late or let_read_due(day=DAY + timedelta(days=9))
    withdraw(code=said.receipt)
    heard_many(mine, reception, ["named"] * 5)
    assert Matter.objects.filter(state="withdrawn").count() == 1 and len(results()) == 5
