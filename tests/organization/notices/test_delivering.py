"""Delivering (推送): once, in time, one sentence; nothing is lost with a job and nothing told twice."""

from datetime import timedelta

import pytest
from django.db import connection

from sangesan.foundation import clock
from sangesan.organization.notices import outlets, services
from sangesan.organization.notices.models import Choice, Delivery, Notice
from sangesan.organization.notices.queries import pushing
from sangesan.organization.notices.services import announce, delivering, mark_read
from sangesan.organization.notices.transports import SHELF, Outcome
from tests.organization.notices.pushed import (
    ADDRESS,
    OK,
    TOKEN,
    configure,
    local,
    reachable_mine,
    states,
    tell,
    texts,
)

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture
def mine():
    return reachable_mine()


@pytest.mark.chapter("V8")
def test_nothing_leaves_the_house_unless_it_is_configured(mine, gateway, noon):
    gateway.says(OK)
    tell(mine)
    announce()
    assert delivering.run() == 0 and not Delivery.objects.exists() and gateway.asked == []


@pytest.mark.chapter("N7", "V5")
def test_a_batch_is_told_in_one_general_sentence(mine, gateway):
    configure(gateway, "wecom_app")
    gateway.says(TOKEN, OK)
    with clock.at(local(8, 1)):
        tell(mine)
        tell(mine, subject="matters/2026-BBBBBB", kind="sealed.received")
        tell(mine, "handler")
        assert delivering.run() == 0, "what the bell has not announced is not pushed"
        announce()
        assert delivering.run() == 2
    sent = gateway.asked[-1]["body"]
    assert set(sent["touser"].split("|")) == {"id-chief", "id-handler"}, "one request for all of a batch"
    assert texts(gateway) == [f"您有新的办理事项，请登录三个三查看（11-24 08:01）。{ADDRESS}"]
    assert states() == [State.DELIVERED] * 2


@pytest.mark.chapter("V5")
def test_at_most_two_batches_a_day_are_pushed_and_none_in_quiet_hours(mine, gateway):
    configure(gateway, "wecom_app")
    gateway.says(TOKEN, OK)
    for quarter in range(24 * 4):
        with clock.at(local(0) + timedelta(minutes=15 * quarter)):
            tell(mine, subject=f"matters/2026-{quarter:06}")
            announce()
            delivering.run()
    hours = [text[text.index("（") + 1 : text.index("）")] for text in texts(gateway)]
    assert hours == ["11-24 08:00", "11-24 14:00"]


@pytest.mark.chapter("V5")
def test_a_warnings_are_pushed_at_any_hour_and_called_into_the_duty_room_once(mine, gateway):
    configure(gateway, "wecom_app", "wecom_robot")
    gateway.says(TOKEN, OK)
    with clock.at(local(2, 13)):
        tell(mine, "duty", "warning.a")
        tell(mine, "triage", "warning.a")
        assert delivering.run() == 3
        assert delivering.run() == 0
    with clock.at(local(2, 33)):
        tell(mine, "leader", "warning.a")
        assert delivering.run() == 1, "the leader is told, the group knows it already"
        tell(mine, "leader", "warning.a_escalated", "matters/2026-BBBBBB")
    called = [said for said in texts(gateway) if "A级" in said]
    assert called == [f"有新的A级预警，请值班人员登录查看（11-24 02:13）。{ADDRESS}"]
    assert all(said.startswith("紧急：您有新的办理事项，请马上登录") for said in texts(gateway) if said not in called)


def test_a_cry_for_help_is_rung_and_not_pushed(mine, gateway):
    configure(gateway, "wecom_app", "wecom_robot")
    gateway.says(TOKEN, OK)
    with clock.at(local(9)):
        tell(mine, "chief", "care.arrived")
        announce()
        assert delivering.run() == 0 and gateway.asked == []


def test_each_chooses_the_channel_or_none(mine, gateway, noon):
    configure(gateway, "wecom_app", "sms")
    Choice.objects.create(person=mine.persons["chief"], channel="")
    Choice.objects.create(person=mine.persons["handler"], channel="sms")
    Choice.objects.create(person=mine.persons["triage"], channel="wecom_robot")
    for code in ("chief", "handler", "triage", "leader"):
        tell(mine, code)
    announce()
    now = outlets.present()
    found = delivering.channels([p.pk for p in mine.persons.values()], now)
    assert found[mine.persons["handler"].pk] == "sms" and found[mine.persons["leader"].pk] == "wecom_app"
    assert mine.persons["chief"].pk not in found and mine.persons["triage"].pk not in found
    del now.channels["wecom_app"]
    assert list(delivering.channels([mine.persons["leader"].pk], now)) == [], "nobody gets a short message unasked"


def test_what_was_read_meanwhile_is_not_told(mine, gateway, noon):
    configure(gateway, "wecom_app")
    gateway.says(TOKEN, OK)
    tell(mine)
    announce()
    delivering.gather(outlets.present())
    mark_read(scope=mine.scope("chief"), subject="matters/2026-AAAAAA")
    assert delivering.run() == 0 and states() == [State.DROPPED] and gateway.asked == []


def test_a_doubled_job_tells_nothing_twice(mine, gateway, noon):
    configure(gateway, "wecom_app")
    gateway.says(TOKEN, OK)
    tell(mine)
    announce()
    now = outlets.present()
    delivering.gather(now)
    delivering.gather(now)
    first, second = delivering.claim(now), delivering.claim(now)
    assert (len(first), second) == (1, [])
    assert delivering.send(now, first) == 1 and len(texts(gateway)) == 1
    assert delivering.run() == 0 and Delivery.objects.count() == 1 and len(texts(gateway)) == 1


def test_a_lost_job_loses_nothing(mine, gateway, noon):
    configure(gateway, "wecom_app", "sms")
    gateway.says(TOKEN, OK)
    Choice.objects.create(person=mine.persons["handler"], channel="sms")
    tell(mine)
    tell(mine, "handler")
    announce()
    now = outlets.present()
    delivering.gather(now)
    assert len(delivering.claim(now)) == 2, "and here the worker dies"
    with clock.at(noon + timedelta(minutes=11)):
        assert delivering.run() == 1
    assert set(Delivery.objects.values_list("channel", "state")) == {
        ("wecom_app", State.DELIVERED), ("sms", State.UNSURE)}, "a gateway would send it a second time"


def test_a_fault_is_tried_again_later_each_time_and_then_delivered(mine, gateway, noon):
    configure(gateway, "wecom_app")
    gateway.says({"errcode": 40001})
    tell(mine)
    tell(mine, "handler", kind="warning.a")
    announce()
    assert delivering.run() == 0 and len(gateway.asked) == 1, "a channel that fails is not asked for everybody"
    assert states() == [State.WAITING] * 2 and set(Delivery.objects.values_list("fault", flat=True)) == {"secret"}
    well, said, next_ = pushing.health()
    assert said == "企业微信应用：密钥不对，或者已经失效（40001），2 条待发，0 条没有送到，0 条不知是否送到"
    assert not well and "密钥" in next_
    assert delivering.run() == 0 and len(gateway.asked) == 1
    with clock.at(noon + timedelta(minutes=2)):
        gateway.says(TOKEN, OK)
        assert delivering.run() == 2 and pushing.health()[0]


def test_who_is_not_known_there_is_named_by_number_only(mine, gateway, noon):
    configure(gateway, "wecom_app")
    gateway.says(TOKEN, OK | {"invaliduser": "id-chief"})
    tell(mine)
    tell(mine, "handler")
    announce()
    assert delivering.run() == 1
    said = pushing.health()[1]
    assert "1 条没有送到" in said and "id-chief" not in said and mine.persons["chief"].name not in said
    assert pushing.own(mine.scope("chief")).why == "接收账号或号码不对" and not pushing.own(mine.scope("handler")).why


def test_a_broken_line_after_sending_doubles_nothing_but_an_a_warning(mine, gateway, noon, monkeypatch):
    configure(gateway, "sms")
    monkeypatch.setattr(SHELF["sms"], "send", lambda *_said: Outcome("later", "timeout", unsure=True))
    for code, kind in (("chief", "matter.dispatched"), ("handler", "warning.a")):
        Choice.objects.create(person=mine.persons[code], channel="sms")
        tell(mine, code, kind)
    announce()
    delivering.run()
    assert set(Delivery.objects.values_list("urgent", "state")) == {(False, State.UNSURE), (True, State.WAITING)}


def test_what_waited_a_day_is_given_up_and_stands_in_the_bell(mine, gateway, noon):
    configure(gateway, "wecom_app")
    gateway.says({"errcode": 60020})
    tell(mine, kind="warning.a")
    delivering.run()
    with clock.at(noon + timedelta(hours=25)):
        delivering.run()
    assert states() == [State.GIVEN_UP] and Notice.objects.filter(read_at=None).count() == 1


def test_a_later_batch_takes_the_place_of_one_still_waiting(mine, gateway):
    configure(gateway, "wecom_app")
    gateway.says({"errcode": 45009})
    with clock.at(local(8)):
        tell(mine)
        announce()
        delivering.run()
    with clock.at(local(14)):
        tell(mine, subject="matters/2026-BBBBBB")
        announce()
        gateway.says(TOKEN, OK)
        assert delivering.run() == 1
    assert states() == [State.DROPPED, State.DELIVERED]


def test_what_could_not_be_told_by_evening_waits_for_the_morning(mine, gateway):
    configure(gateway, "wecom_app")
    with clock.at(local(14)):
        gateway.says({"errcode": 45009})
        tell(mine)
        announce()
        delivering.run()
    gateway.says(TOKEN, OK)
    for hour, day, told in ((22, 24, 0), (3, 25, 0), (7, 25, 0), (8, 25, 1)):
        with clock.at(local(hour, 1, day)):
            assert delivering.run() == told


def test_old_rows_go(mine, gateway, noon):
    Delivery.objects.create(channel="wecom_robot", moment=noon, next_at=noon, changed_at=noon)
    with clock.at(noon + timedelta(days=31)):
        services.tidy()
    assert not Delivery.objects.exists()


@pytest.mark.chapter("V5")
def test_a_third_batch_of_a_day_waits_whatever_it_came_from(mine, gateway, noon):
    configure(gateway, "wecom_app")
    gateway.says(TOKEN, OK)
    for hour in (1, 2):
        Delivery.objects.create(person=mine.persons["chief"], channel="wecom_app", state=State.DELIVERED, next_at=noon,
                                moment=noon - timedelta(hours=hour), changed_at=noon)
    tell(mine)
    announce()
    assert delivering.run() == 0 and states()[-1] == State.WAITING
    tell(mine, kind="warning.a")
    assert delivering.run() == 1, "an A warning is not counted"


def test_the_duty_room_is_not_called_a_second_time_for_the_warning_of_yesterday(mine, gateway, noon):
    configure(gateway, "wecom_robot")
    gateway.says(OK)
    tell(mine, "duty", "warning.a")
    assert delivering.run() == 1
    with clock.at(noon + timedelta(hours=25)):
        tell(mine, "leader", "warning.a")
        assert delivering.run() == 0


def test_the_duty_room_is_called_for_what_came_first_before_what_came_later(mine, gateway, noon):
    configure(gateway, "wecom_robot")
    for minutes in (50, 10, 40, 20, 30):
        with clock.at(noon - timedelta(minutes=minutes)):
            tell(mine, "duty", "warning.a", subject=f"matters/2026-AAAA{minutes}")
    delivering.gather(outlets.present())
    moments = list(Delivery.objects.order_by("pk").filter(channel="wecom_robot").values_list("moment", flat=True))
    assert len(moments) == 5 and moments == sorted(moments)


def test_of_two_workers_that_see_the_same_row_one_gets_it(mine, gateway, noon):
    configure(gateway, "wecom_app")
    tell(mine)
    announce()
    now, faster = outlets.present(), []
    delivering.gather(now)

    def rival(execute, sql, *said):
        if sql.startswith("UPDATE") and "tries" in sql and not faster:
            faster.append(Delivery.objects.update(state=State.SENDING, claim="another"))
        return execute(sql, *said)

    with connection.execute_wrapper(rival):
        assert delivering.claim(now) == []
    assert faster == [1] and Delivery.objects.get().claim == "another"


def test_what_was_taken_back_is_not_told(mine, gateway, noon):
    configure(gateway, "wecom_app")
    tell(mine)
    announce()
    delivering.gather(outlets.present())
    Notice.objects.all().delete()
    assert delivering.run() == 0 and states() == [State.DROPPED]
