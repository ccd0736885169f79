"""Results of reception days (接待结果): without names, of five at least, nothing that tells whom it is about."""

from __future__ import annotations

import json
from datetime import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.feedback.intake.models import Booking, Reception, Visitor
from sangesan.feedback.intake.queries import reception as queries
from sangesan.feedback.intake.services import booking
from sangesan.feedback.intake.services import reception as services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.services import merge
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.ledger.facts.models import Fact
from sangesan.organization.people.models import Appointment
from tests.builders import START, heard, small_mine
from tests.feedback.intake.visits import AT, DAY, EVENING, announced, heard_many, judge, on_the_day
from tests.sealing import founded
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]


@pytest.fixture
def mine(noon):
    return small_mine()


@pytest.fixture
def reception(mine):
    return announced(mine)


@pytest.mark.chapter("V7")
@pytest.mark.parametrize(("modes", "shown"), [
    (["named"] * 5, True), (["named"] * 4 + ["anonymous"], True), (["named"] * 4, False),
    (["named"] * 3 + ["anonymous"] * 6, False),
])
def test_results_are_published_without_names_and_never_about_fewer_than_five(mine, reception, client, modes, shown):
    heard_many(mine, reception, modes)
    with clock.at(DAY):
        page = client.get("/reception/").content.decode()
    assert ("结果0" in page) is shown and "马六" not in page and "来访0" not in page
    assert ("不公布明细" in page) is not shown


@pytest.mark.chapter("V7")
@pytest.mark.parametrize("modes", [["named"] * 6, ["named"] * 2])
def test_a_day_whose_visitors_wait_to_be_judged_is_not_called_a_day_of_few(mine, reception, client, modes):
    """One sentence holds for few, for those who wait and for what is kept: three would tell them apart."""
    heard_many(mine, reception, modes, unjudged=2)
    with clock.at(DAY):
        page = client.get("/reception/").content.decode()
    assert "来访少于" not in page and "能公布的不满五人" in page and "先登记、研判，再公布" in page
    for said in Matter.objects.filter(state="received"):
        judge(mine, said.number)
    with clock.at(DAY):
        assert ("接待 6 人次" in client.get("/reception/").content.decode()) is (len(modes) == 6)


@pytest.mark.parametrize("text", ["矿长王安民收红包", "检举一件事"])
def test_what_is_kept_from_the_leader_is_not_put_out_lest_he_miss_it_in_his_record(mine, reception, client, text):
    """Of five in his record and six on the public page, the sixth would be about himself, or sealed from him."""
    kind = "accusation" if text == "检举一件事" else "request"
    on_the_day(mine, reception, key="z" * 32, text=text, kind=kind, result="已转有关部门")
    heard_many(mine, reception, ["named"] * 5)
    with clock.at(DAY):
        page = client.get("/reception/").content.decode()
        own = signed_in(mine.persons["leader"]).get(f"/w/reception/{reception.pk}/").content.decode()
    assert "接待 5 人次" in page and "结果4" in page and "已转有关部门" not in page
    assert own.count("已答复") + own.count("解释说明") == 5 and "已转有关部门" not in own


def test_only_whoever_keeps_the_record_sees_which_booking_was_taken_down(mine, reception):
    """A booking taken down without a line in the record says that there is something the leader may not see."""
    founded(mine, codes=("inspector",))
    booking.book(key="b" * 32, reception=reception.pk, at=AT)
    on_the_day(mine, reception, kind="accusation", text="检举一件事", booking=Booking.objects.get().pk)
    pages = {who: signed_in(mine.persons[who]).get(f"/w/reception/{reception.pk}/").content.decode()
             for who in ("triage", "leader")}
    assert "09:20" in pages["leader"] and "已登记" not in pages["leader"] and "已登记" in pages["triage"]


def test_the_topics_of_a_day_are_looked_through_together(mine, reception):
    """Each leader reads the topics that do not name them; more bookings ask no more."""
    topics = ["谈谈工伤", "王矿长收红包", "王矿长的事", "谈工资", "赵矿长的安排"]
    leader, asked = mine.scope("leader"), []
    for n, topic in enumerate(topics):
        booking.book(key=f"{n}" * 32, reception=reception.pk, at=time(9 + n // 3, n % 3 * 20), topic=topic)
        queries.bookings(leader, reception)
        with CaptureQueriesContext(connection) as found:
            rows = queries.bookings(leader, reception)
        asked.append(sum(' AS "given"' in one["sql"] for one in found))
    assert [row.topic for row in rows] == ["谈谈工伤", "", "", "谈工资", "赵矿长的安排"]
    assert asked == [0, 1, 1, 1, 1]
    Appointment.objects.create(person=mine.persons["duty"], post=mine.posts["leader"], kind="acting", since=START)
    stands_in = queries.bookings(mine.scope("duty"), reception)
    assert [row.topic for row in stands_in] == ["谈谈工伤", "", "", "谈工资", ""], "nor who stands in, 赵守山"


def test_personal_data_in_a_result_or_a_topic_is_covered_before_anybody_reads_it(mine, reception, client):
    booking.book(key="b" * 32, reception=reception.pk, at=AT, topic="马六 13812345678 的工伤")
    heard_many(mine, reception, ["named"] * 4)
    open_day = Reception.objects.filter(pk=reception.pk)
    open_day.update(published=None)
    said = on_the_day(mine, reception, key="z" * 32, result="已答复身份证 11010519491231002X，电话 13812345678")
    judge(mine, said.number)
    name, row = mine.persons["leader"].name, Visitor.objects.filter(result="结果0").get()
    with clock.at(EVENING):
        services.settle(scope=mine.scope("triage"), reception=reception.pk, visitor=row.pk, result=f"{name}当场拍板")
        page = signed_in(mine.persons["triage"]).get(f"/w/reception/{reception.pk}/").content.decode()
        services.publish(scope=mine.scope("triage"), reception=reception.pk)
        public = client.get("/reception/").content.decode()
    assert "当场拍板" in public and "已答复身份证" in public
    for kept in (public, page, *Visitor.objects.values_list("result", flat=True)):
        assert not any(word in kept for word in ("11010519491231002X", "13812345678", f"{name}当场"))


@pytest.mark.chapter("V7")
def test_what_is_published_names_nobody_who_booked_and_left_no_line_in_the_record(mine, reception, client):
    """Whoever stayed away, or said what is sealed, is known to whoever keeps the record by name."""
    founded(mine, codes=("inspector",))
    for n, name in enumerate(("欧阳锦程", "左丘明远")):
        booking.book(key="bc"[n] * 32, reception=reception.pk, at=time(9, 20 * n), name=name, mode="named")
    sealed = Booking.objects.order_by("at").first()
    on_the_day(mine, reception, kind="accusation", text="检举一件事", booking=sealed.pk)
    heard_many(mine, reception, ["named"] * 4)
    Reception.objects.filter(pk=reception.pk).update(published=None)
    said = on_the_day(mine, reception, key="z" * 32, result="与欧阳锦程、左丘明远说的是同一件事")
    judge(mine, said.number)
    assert Visitor.objects.filter(result__contains="欧阳锦程").exists(), "sooner it would tell who that is"
    with clock.at(EVENING):
        services.publish(scope=mine.scope("triage"), reception=reception.pk)
        public = client.get("/reception/").content.decode()
    assert "说的是同一件事" in public and "欧阳锦程" not in public and "左丘明远" not in public


def test_nothing_is_published_before_each_result_is_written(mine, reception):
    on_the_day(mine, reception)
    triage = mine.scope("triage")
    with clock.at(EVENING):
        with pytest.raises(UserError, match="没有填结果"):
            services.publish(scope=triage, reception=reception.pk)
        services.settle(scope=triage, reception=reception.pk, visitor=Visitor.objects.get().pk, result="已答复")
        services.publish(scope=triage, reception=reception.pk)
        with pytest.raises(UserError):
            services.settle(scope=triage, reception=reception.pk, visitor=Visitor.objects.get().pk, result="改")
    assert json.loads(Fact.objects.get(kind="reception.published").body.content)["quantity"] == 1


def test_after_the_results_are_public_nobody_is_added_to_the_day(mine, reception):
    triage, address = mine.scope("triage"), f"/w/reception/{reception.pk}/"
    assert not queries.receiving(triage, reception) and not queries.receiving(mine.scope("leader"), reception)
    assert "登记一位来访" not in signed_in(mine.persons["triage"]).get(address).content.decode(), "the day is to come"
    on_the_day(mine, reception, result="已经说明")
    with clock.at(DAY):
        shown = signed_in(mine.persons["triage"]).get(address).content.decode()
        assert "登记一位来访" in shown and "公布结果" not in shown
        with pytest.raises(UserError, match="还没有结束"):
            services.publish(scope=mine.scope("triage"), reception=reception.pk)
    with clock.at(EVENING):
        assert "公布结果" in signed_in(mine.persons["triage"]).get(address).content.decode()
        services.publish(scope=mine.scope("triage"), reception=reception.pk)
    with pytest.raises(Conflict, match="已经公布"):
        on_the_day(mine, reception, key="c" * 32, text="另一件事")
    assert Visitor.objects.count() == Matter.objects.count() == 1


@pytest.mark.chapter("V3")
@pytest.mark.parametrize(("left", "said"), [
    ("马六，牛七", "马六、牛七的材料已收"), ("马　六", "马六的材料已收"), ("马六（代父亲）", "马六的材料已收"),
])
def test_a_result_that_is_written_later_names_nobody_however_the_name_was_left(mine, reception, left, said):
    on_the_day(mine, reception, name=left)
    services.settle(scope=mine.scope("triage"), reception=reception.pk, visitor=Visitor.objects.get().pk, result=said)
    assert Visitor.objects.get().result == said.replace("马六", "［姓名］").replace("牛七", "［姓名］")


@pytest.mark.chapter("V3")
@pytest.mark.parametrize("into", [True, False])
def test_who_spoke_of_the_same_elsewhere_is_named_nowhere_and_the_record_tells_nobody_who_that_is(
    mine, reception, into
):
    other = heard("工伤材料没有回音", unit="ZC1", mode="confidential", name="牛七")
    came = on_the_day(mine, reception, unit="ZC1", result="与牛七说的是同一件")
    pair = (other.number, came.number) if into else (came.number, other.number)
    merge(scope=mine.scope("triage"), number=pair[0], into=pair[1])
    services.settle(scope=mine.scope("triage"), reception=reception.pk, visitor=Visitor.objects.get().pk,
                    result="与牛七说的是同一件")
    assert Visitor.objects.get().result == "与牛七说的是同一件"  # covered, it would be a hit
    with clock.at(EVENING):
        services.publish(scope=mine.scope("triage"), reception=reception.pk)
    assert Visitor.objects.get().result == "与［姓名］说的是同一件"
