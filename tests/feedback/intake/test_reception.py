"""Reception days (信访接待日): planned in turn, announced before, booked without a name, heard, answered, published."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

import pytest

from sangesan.feedback.intake.models import Booking, Reception, Visitor
from sangesan.feedback.intake.queries import reception as queries
from sangesan.feedback.intake.services import booking
from sangesan.feedback.intake.services import reception as services
from sangesan.feedback.matters.models import Matter, Submission
from sangesan.feedback.matters.queries import heard
from sangesan.feedback.matters.services import erase_name
from sangesan.feedback.sealed.models import SealedMatter
from sangesan.feedback.speakers.models import Identity, Receipt
from sangesan.feedback.speakers.services import read_identity
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.models import Fact
from sangesan.method.authority import Role
from tests.at_once import together
from tests.builders import hire, small_mine
from tests.feedback.intake.visits import AT, DAY, EVENING, KEY, announced, on_the_day, planned
from tests.sealing import founded
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]


@pytest.fixture
def mine(noon):
    return small_mine()


@pytest.fixture
def reception(mine):
    return announced(mine)


def test_hours_kept_before_with_a_chinese_comma_or_a_space_are_still_read(reception, client):
    for kept in ("09:00-11:00，14:00-17:00", "09:00-11:00, 14:00-17:00"):
        Reception.objects.filter(pk=reception.pk).update(spans=kept)
        assert client.get(f"/reception/{reception.pk}/").status_code == 200
        assert Reception.objects.get(pk=reception.pk).slots[-1] == time(16, 40)


def test_only_what_is_announced_can_be_booked_and_only_before_the_day(mine):
    found = planned(mine)[0]
    with pytest.raises(NotFound):
        booking.book(key=KEY, reception=found.pk, at=AT)
    services.announce(scope=mine.scope("triage"), reception=found.pk)
    assert Fact.objects.filter(kind="reception.announced").count() == 1
    with pytest.raises(Conflict):
        services.announce(scope=mine.scope("triage"), reception=found.pk)
    with clock.at(DAY), pytest.raises(UserError, match="截止"):
        booking.book(key=KEY, reception=found.pk, at=AT)
    with clock.at(DAY + timedelta(days=1)), pytest.raises(NotFound):
        booking.book(key=KEY, reception=found.pk, at=AT)
    with clock.at(date(2027, 1, 18)), pytest.raises(UserError, match="提前公布"):
        services.announce(scope=mine.scope("triage"), reception=Reception.objects.get(day=date(2027, 1, 18)).pk)


def test_a_slot_is_booked_once_and_the_same_request_twice_is_one_booking(reception):
    code = booking.book(key=KEY, reception=reception.pk, at=AT, topic="工伤")
    assert booking.book(key=KEY, reception=reception.pk, at=AT, topic="工伤") == code
    with pytest.raises(Conflict):
        booking.book(key="m" * 32, reception=reception.pk, at=AT)
    with pytest.raises(Conflict):
        booking.book(key=KEY, reception=reception.pk, at=time(9, 40))
    assert Booking.objects.count() == Receipt.objects.count() == 1
    assert AT not in queries.open_day(reception.pk).free


@pytest.mark.parametrize("parts", [
    {"at": time(12)}, {"at": time(9, 21)}, {"mode": "x"}, {"topic": "长" * 61}, {"topic": "\x00"}, {"key": "short"},
    {"reception": 5}, {"reception": 10**30}, {"name": "名" * 41, "mode": "named"},
])
def test_a_booking_that_cannot_be_leaves_nothing(reception, parts):
    with pytest.raises(UserError):
        booking.book(**{"key": KEY, "reception": reception.pk, "at": AT} | parts)
    assert not (Booking.objects.exists() or Receipt.objects.exists() or Identity.objects.exists())


def test_one_receipt_leads_from_the_booking_to_the_answer(mine, reception, client):
    code = booking.book(key=KEY, reception=reception.pk, at=AT, topic="工伤", mode="named", name="马六")
    page = client.post("/receipt/", {"code": code}).content.decode()
    assert "接待预约" in page and "09:20" in page and "马六" not in page
    done = on_the_day(mine, reception, booking=Booking.objects.get().pk, outcome="promised",
                      promised=DAY + timedelta(days=9))
    assert done.receipt == "" and heard(code).number == done.number
    said = Submission.objects.get()
    assert (said.channel, said.mode, said.day) == ("reception_day", "named", DAY)
    page = client.post("/receipt/", {"code": code}).content.decode()
    assert done.number in page and f"{DAY + timedelta(days=9)} 给结果" in page
    with pytest.raises(Conflict):
        on_the_day(mine, reception, booking=Booking.objects.get().pk, key="n" * 32)
    assert Visitor.objects.count() == Matter.objects.count() == 1


@pytest.mark.parametrize(("booked", "desk", "kept"), [
    ({"mode": "anonymous"}, {"mode": "named", "name": "马六"}, ("named", "马六", "")),
    ({"mode": "anonymous"}, {"mode": "named", "name": ""}, ("anonymous", "", "")),
    ({"mode": "confidential", "name": "马六"}, {"mode": "named", "name": "马六", "contact": "5432"},
     ("confidential", "马六", "5432")),
    ({"mode": "named", "name": "马六", "contact": "5432"}, {"mode": "named", "name": ""}, ("named", "马六", "5432")),
])
def test_a_name_that_somebody_who_had_booked_says_at_the_desk_is_kept(mine, reception, booked, desk, kept):
    booking.book(key="b" * 32, reception=reception.pk, at=AT, **booked)
    on_the_day(mine, reception, booking=Booking.objects.get().pk, **desk)
    who = [read_identity(one) for one in Identity.objects.filter(receipt=Booking.objects.get().receipt)]
    assert Submission.objects.get().mode == kept[0] and Booking.objects.get().came
    assert [(one.name, one.contact) for one in who] == ([kept[1:]] if kept[1] else [])


@pytest.mark.engine("postgresql")  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_no_visitor_without_a_result_slips_into_a_day_that_is_published_at_the_same_moment(mine):
    for turn, found in enumerate(planned(mine, months=6)):
        services.announce(scope=mine.scope("triage"), reception=found.pk)
        with clock.at(datetime.combine(found.day, EVENING.timetz())):
            together(lambda r=found: services.publish(scope=mine.scope("triage"), reception=r.pk),
                     lambda r=found, n=turn: services.receive(scope=mine.scope("triage"), reception=r.pk,
                                                              key=f"{n:032}", text="来访", outcome="explained"))
        assert not Visitor.objects.filter(reception=found, reception__published__isnull=False).exists(), turn


def test_another_slot_is_booked_from_the_page_that_refused_a_used_token(reception, client):
    page = f"/reception/{reception.pk}/"
    said = {"key": KEY, "mode": "anonymous", "at": "09:20"}
    assert client.post(page, said).status_code == 200
    refused = client.post(page, said | {"at": "09:40"})
    key = re.search(r'name="key" value="([^"]+)"', refused.content.decode())[1]
    assert refused.status_code == 409 and key != KEY
    assert client.post(page, said | {"at": "09:40", "key": key}).status_code == 200
    assert sorted(Booking.objects.values_list("at", flat=True)) == [AT, time(9, 40)]


def test_what_is_published_names_none_of_those_who_came_though_no_roster_knows_them(mine, reception):
    for n, name in enumerate(("马六", "买买提江·吐尔逊")):
        said = on_the_day(mine, reception, key=f"{n}" * 32, result=f"{name}的材料已转劳资科", name=name)
        erase_name(code=said.receipt)  # before anything is published
    with clock.at(EVENING):
        services.publish(scope=mine.scope("triage"), reception=reception.pk)
    assert set(Visitor.objects.values_list("result", flat=True)) == {"［姓名］的材料已转劳资科"}


@pytest.mark.chapter("N6")
@pytest.mark.parametrize("carer", [True, False])
def test_whoever_books_in_despair_sees_whom_to_ring_and_the_words_go_to_the_carers(mine, reception, client, carer):
    if carer:
        hire(mine, "carer", "关怀员", "QSL", Role.CARER, "1091")
    for topic, at in (("不想活了，活着没意思", "09:00"), ("工资", "09:20")):
        said = {"key": at[3] * 32, "at": at, "topic": topic, "mode": "anonymous"}
        pages = [client.post(f"/reception/{reception.pk}/", said).content.decode() for _twice in range(2)]
        assert [("12356" in page, "约好了" in page) for page in pages] == [("工资" != topic, True)] * 2
        assert all(("没有写进预约" in page) == (carer and topic != "工资") for page in pages)
    kept = "" if carer else "不想活了，活着没意思"
    assert sorted(Booking.objects.values_list("topic", flat=True)) == sorted([kept, "工资"])
    assert [one.kind for one in Matter.objects.all()] == ["care"] * carer


@pytest.mark.chapter("N6")
def test_whoever_is_refused_a_slot_in_despair_sees_whom_to_ring_all_the_same(reception, client):
    booking.book(key=KEY, reception=reception.pk, at=AT)
    said = {"key": "j" * 32, "at": "09:20", "topic": "不想活了，活着没意思", "mode": "anonymous"}
    for parts, status in (({}, 409), ({"topic": "不想活了" * 20, "at": "09:40"}, 422)):
        refused = client.post(f"/reception/{reception.pk}/", said | parts)
        page = refused.content.decode()
        assert refused.status_code == status and "12356" in page and "我们看到了" not in page
    plain = client.post(f"/reception/{reception.pk}/", said | {"topic": "工资"}).content.decode()
    assert "12356" not in plain


def test_the_carers_can_reach_whoever_booked_in_despair_with_a_name(mine, reception, client):
    hire(mine, "carer", "关怀员", "QSL", Role.CARER, "1091")
    said = {"key": KEY, "at": "09:20", "topic": "不想活了，活着没意思", "mode": "confidential", "name": "马六",
            "contact": "5432"}
    client.post(f"/reception/{reception.pk}/", said)
    who = read_identity(Identity.objects.get(receipt=Submission.objects.get(matter__kind="care").receipt))
    assert (who.name, who.contact) == ("马六", "5432") and Submission.objects.get().mode == "confidential"


def test_a_booking_is_given_back_by_receipt_and_somebody_else_takes_it(reception, client):
    code = booking.book(key=KEY, reception=reception.pk, at=AT)
    assert "已取消" in client.post("/receipt/unbook/", {"code": code}).content.decode()
    assert client.post("/receipt/unbook/", {"code": code}).status_code == 409
    assert client.post("/receipt/unbook/", {"code": "AAAA"}).status_code == 409
    assert booking.book(key="m" * 32, reception=reception.pk, at=AT)


@pytest.mark.parametrize("how", ["erase-name", "unbook", "absent"])
def test_a_name_left_for_a_visit_goes_at_its_owners_wish_or_when_nobody_comes(reception, client, how):
    code = booking.book(key=KEY, reception=reception.pk, at=AT, mode="confidential", name="马六")
    assert "确认删除姓名" in client.post("/receipt/", {"code": code}).content.decode()
    services.clear_results()
    assert read_identity(Identity.objects.get()).name == "马六"
    if how == "absent":
        with clock.at(EVENING + timedelta(days=31)):
            services.clear_results()
        assert not Identity.objects.exists()
    else:
        assert client.post(f"/receipt/{how}/", {"code": code}).status_code == 200
        assert read_identity(Identity.objects.get()).name == ""
    assert queries.booked(code) is not None
    assert "确认删除姓名" not in client.post("/receipt/", {"code": code}).content.decode()


def test_whoever_just_comes_is_heard_and_gets_a_receipt(mine, reception):
    done = on_the_day(mine, reception, outcome="promised", promised=DAY + timedelta(days=9))
    assert heard(done.receipt).number == done.number
    assert on_the_day(mine, reception, outcome="promised", promised=DAY + timedelta(days=9)).fresh is False
    assert Visitor.objects.get().promised == DAY + timedelta(days=9)


@pytest.mark.parametrize("parts", [
    {"outcome": "promised"}, {"outcome": "x"}, {"promised": DAY - timedelta(days=1)}, {"text": ""}, {"booking": 7},
    {"result": "长" * 201}, {"result": "\x00"}, {"outcome": "spot", "promised": DAY + timedelta(days=9)},
])
def test_a_record_that_cannot_be_leaves_nothing(mine, reception, parts):
    with pytest.raises(UserError):
        on_the_day(mine, reception, **parts)
    assert not (Visitor.objects.exists() or Submission.objects.exists())


def test_whoever_was_taken_down_already_is_said_to_be_and_nobody_else_is_made_of_them(mine, reception):
    booking.book(key="b" * 32, reception=reception.pk, at=AT)
    said = {"key": KEY, "booking": str(Booking.objects.get().pk), "text": "工伤", "outcome": "spot", "mode": "named",
            "kind": "request"}
    with clock.at(DAY):
        office = signed_in(mine.persons["triage"])
        first, again = (office.post(f"/w/reception/{reception.pk}/", said) for _n in range(2))
        beyond = office.post(f"/w/reception/{reception.pk}/", said | {"booking": "9" * 30})
    assert (first.status_code, again.status_code, beyond.status_code) == (200, 409, 409)
    assert "已经登记过" in again.content.decode() and Submission.objects.count() == 1


def test_nobody_is_heard_before_the_day(mine, reception):
    with pytest.raises(UserError, match="还没有到"):
        services.receive(scope=mine.scope("triage"), reception=reception.pk, key=KEY, text="话", outcome="spot")


def test_a_page_of_the_office_is_not_there_for_others(mine, reception):
    visitor = on_the_day(mine, reception)
    pk = Visitor.objects.get(said_id=visitor.submission).pk
    chief, leader = signed_in(mine.persons["chief"]), signed_in(mine.persons["leader"])
    address = f"/w/reception/{reception.pk}/"
    for path in (address, f"{address}announce/", f"{address}publish/", f"{address}visitors/{pk}/",
                 "/w/reception/7/", "/w/reception/" + "9" * 30 + "/"):
        method = chief.get if path.endswith(f"{reception.pk}/") and "visitors" not in path else chief.post
        assert method(path, {"result": "x"}).status_code == 404, path
    assert chief.get("/w/reception/plan/").status_code == 403
    assert leader.get(address).status_code == 200 and "登记一位来访" not in leader.get(address).content.decode()
    assert leader.post(f"{address}publish/").status_code == 403
    with pytest.raises(Forbidden):
        services.settle(scope=mine.scope("leader"), reception=reception.pk, visitor=pk, result="x")


def test_a_visitor_whose_words_one_may_not_read_stays_a_line_without_words(mine, reception):
    on_the_day(mine, reception, kind="accusation", text="检举一件事", mode="anonymous", name="")
    page = signed_in(mine.persons["triage"]).get(f"/w/reception/{reception.pk}/").content.decode()
    assert "检举一件事" not in page and Matter.objects.get().number not in page and "由专人办理" in page


@pytest.mark.parametrize("booked", [False, True])
def test_an_accusation_on_the_day_goes_into_the_mailbox_alone(mine, reception, booked):
    founded(mine, codes=("inspector",))
    if booked:
        booking.book(key="b" * 32, reception=reception.pk, at=AT)
    row = Booking.objects.get().pk if booked else None
    accepted = on_the_day(mine, reception, kind="accusation", text="检举一件事", booking=row)
    assert accepted.receipt and SealedMatter.objects.get().number == accepted.number
    assert not (Matter.objects.exists() or Submission.objects.exists() or Visitor.objects.exists())
    assert not booked or Booking.objects.get().came


def test_the_public_pages_book_without_login_or_cookie(reception, client):
    page = client.get("/reception/")
    form = client.get(f"/reception/{reception.pk}/").content.decode()
    assert "预约" in page.content.decode() and not page.cookies and 'href="/discipline/"' in form
    key = re.search(r'name="key" value="([^"]+)"', form)[1]
    first, again = (client.post(f"/reception/{reception.pk}/", {"key": key, "at": "09:20", "mode": "anonymous"})
                    for _time in range(2))
    receipts = [re.search(r'class="receipt">([^<]+)<', answer.content.decode())[1] for answer in (first, again)]
    assert first.status_code == 200 and len(set(receipts)) == 1 and not first.cookies, "an answer that was lost"
    assert "09:20" not in client.get(f"/reception/{reception.pk}/").content.decode()
    for bad, status in (({"at": "09:20"}, 409), ({"at": "08:15"}, 422), ({"at": "x"}, 422), ({}, 422),
                        ({"at": "09:40", "mode": "named"}, 422)):
        bad = {"key": "q" * 32, "mode": "anonymous"} | bad
        assert client.post(f"/reception/{reception.pk}/", bad).status_code == status
    assert client.get("/reception/5/").status_code == client.get("/reception/" + "9" * 40 + "/").status_code == 404


def test_the_list_asks_no_more_for_more_days(mine, reception, client, django_assert_max_num_queries):
    for found in Reception.objects.filter(announced=None):
        services.announce(scope=mine.scope("triage"), reception=found.pk)
    with django_assert_max_num_queries(8):
        client.get("/reception/")
