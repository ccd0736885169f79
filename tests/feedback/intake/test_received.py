"""A reception day tells whoever receives nothing of what is about them (接待日回避)."""

from __future__ import annotations

from datetime import date, time

import pytest

from sangesan.feedback.intake.queries import reception as queries
from sangesan.feedback.intake.services import booking
from sangesan.feedback.intake.services import reception as services
from sangesan.foundation import clock
from tests.builders import small_mine
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
DAY, AT, KEY = date(2026, 12, 16), time(9, 20), "k" * 32


@pytest.fixture
def mine(noon):
    return small_mine()


@pytest.fixture
def reception(mine):
    keeps = mine.scope("triage")
    found = services.plan(scope=keeps, first=date(2026, 12, 1), months=3, on=16, leaders=["leader"], place="办公楼")[0]
    return services.announce(scope=keeps, reception=found.pk)


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("topic", ["矿长收红包", "王安民打击报复", "王矿长亲戚占岗"])
def test_the_leader_who_receives_does_not_read_that_a_topic_is_about_him(mine, reception, topic):
    booking.book(key=KEY, reception=reception.pk, at=AT, topic=topic)
    page = f"/w/reception/{reception.pk}/"
    assert "没有写想谈什么" in signed_in(mine.persons["leader"]).get(page).content.decode()
    assert "没有写想谈什么" not in signed_in(mine.persons["triage"]).get(page).content.decode()


@pytest.mark.chapter("V4")
def test_of_a_visit_about_him_the_leader_sees_neither_line_nor_result_nor_count(mine, reception):
    with clock.at(DAY):
        services.receive(scope=mine.scope("triage"), reception=reception.pk, key=KEY, text="矿长收红包",
                         outcome="explained", result="已向上级报告", name="马六")
    page, days = f"/w/reception/{reception.pk}/", "/w/reception/"
    with clock.at(DAY):
        leader, triage = (signed_in(mine.persons[code]) for code in ("leader", "triage"))
        seen = leader.get(page).content.decode()
        assert "已向上级报告" not in seen and "由专人办理的来访" not in seen
        assert "已向上级报告" in triage.get(page).content.decode()
        assert [queries.receptions(mine.scope(code)).get(pk=reception.pk).heard for code in ("leader", "triage")] == [
            0, 1]
        assert leader.get(days).status_code == 200
