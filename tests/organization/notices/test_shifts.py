"""Quiet hours by shift (按班次免打扰): whoever is at work is told afterwards, all of it, and A warnings at once."""

from datetime import date, timedelta

import pytest

from sangesan.foundation import clock
from sangesan.method.turns import read
from sangesan.organization.notices import services
from sangesan.organization.notices.models import Delivery, Notice, Work
from sangesan.organization.notices.services import announce, delivering
from sangesan.organization.people.models import Person
from sangesan.organization.units.services import put_on_shift
from tests.organization.notices.pushed import OK, TOKEN, configure, local, reachable_mine, states, tell, texts
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V5")]
BEFORE = date(2026, 11, 16)


@pytest.fixture
def mine():
    return reachable_mine()


def works(mine, said, code="chief", sleeps=False):
    Work.objects.update_or_create(person=mine.persons[code], defaults={"shift": said, "sleeps": sleeps})


def crew(mine, said, days=0, code="chief"):
    """Let somebody belong to a crew with a shift of its own (在班组)."""
    put_on_shift(unit=mine.units["ZC1J"], turns=read(said), days=days, day=BEFORE)
    Person.objects.filter(pk=mine.persons[code].pk).update(unit=mine.units["ZC1J"])


def lived(mine, days=1, code="chief"):
    """Live through days by quarters of an hour, something new in each (逐刻过); when reminders came."""
    for quarter in range(96 * days):
        with clock.at(local(0) + timedelta(minutes=15 * quarter)):
            tell(mine, code, subject=f"matters/2026-{quarter:06}")
            announce()
            delivering.run()
    rows = Notice.objects.filter(person=mine.persons[code]).exclude(announced_at=None)
    return [f"{clock.local(at):%d %H:%M}" for at in sorted(set(rows.values_list("announced_at", flat=True)))]


@pytest.mark.parametrize(("said", "sleeps", "told"), [
    ("unit", False, ["24 08:00", "24 14:00"]), ("none", False, ["24 08:00", "24 14:00"]),
    ("检修班", False, ["24 16:00"]), ("中班 14:00–22:00", False, ["24 08:00"]),
    ("四点班", True, ["24 08:00", "24 14:00"]), ("零点班", False, ["24 08:00", "24 14:00"]),
    ("零点班", True, ["24 16:00"]), ("夜班 22:00–6:00", True, ["24 14:00"]),
])
def test_what_was_held_back_comes_after_the_shift(mine, gateway, said, sleeps, told):
    configure(gateway, "wecom_app")
    gateway.says(TOKEN, OK)
    works(mine, said, sleeps=sleeps)
    assert lived(mine) == told
    assert [text[text.index("（") + 4 : text.index("）")] for text in texts(gateway)] == told
    last = local(int(told[-1][3:5]))
    assert not Notice.objects.filter(announced_at=None, created_at__lte=last).exists(), "nothing is left behind"


def test_a_crew_that_rotates_is_left_in_peace_without_saying_so_every_week(mine, gateway):
    crew(mine, "零点班、检修班", days=9)  # 检修班 begins on the 25th
    assert lived(mine, days=3) == ["24 08:00", "24 14:00", "25 16:00", "26 16:00"]
    works(mine, "none")
    with clock.at(local(9, day=27)):
        assert announce() > 0, "whoever says that no shift holds is told at the usual times"


def test_a_crew_without_a_shift_has_that_of_the_team_above_it(mine, gateway):
    put_on_shift(unit=mine.units["ZC1"], turns=read("检修班"), day=BEFORE)
    Person.objects.filter(pk=mine.persons["chief"].pk).update(unit=mine.units["ZC1J"])
    assert lived(mine) == ["24 16:00"]


def test_an_a_warning_breaks_through_a_shift(mine, gateway):
    configure(gateway, "wecom_app")
    gateway.says(TOKEN, OK)
    works(mine, "检修班")
    with clock.at(local(9)):
        tell(mine)
        tell(mine, kind="warning.a")
        assert announce() == 0 and delivering.run() == 1
    assert texts(gateway)[0].startswith("紧急")


def test_what_could_not_be_sent_before_the_shift_is_not_tried_during_it(mine, gateway):
    configure(gateway, "wecom_app")
    works(mine, "四点班")
    with clock.at(local(15, 50)):
        gateway.says({"errcode": 45009})
        tell(mine)
        announce()
        delivering.run()
    gateway.says(TOKEN, OK)
    for hour, day, told in ((16, 24, 0), (20, 24, 0), (3, 25, 0), (8, 25, 1)):
        with clock.at(local(hour, 5, day)):
            assert delivering.run() == told
    assert states() == [Delivery.State.DELIVERED]


def test_a_thing_is_reminded_of_once_a_day_though_it_came_late_the_day_before(mine):
    for hour, day, told in ((23, 24, 0), (8, 25, 1), (9, 25, 0), (14, 25, 0), (8, 26, 1), (14, 26, 0)):
        with clock.at(local(hour, 1, day)):
            if (hour, day) in ((23, 24), (9, 25)):
                tell(mine, kind="matter.urged")
            assert announce() == told
    assert not Notice.objects.filter(announced_at=None).exists(), "nothing is lost"


def test_one_is_told_after_work_and_another_now(mine, django_assert_max_num_queries):
    works(mine, "检修班")
    with clock.at(local(9)):
        for code in mine.persons:
            tell(mine, code)
        with django_assert_max_num_queries(10):
            assert announce() == len(mine.persons) - 1
    assert not Notice.objects.get(person=mine.persons["chief"]).announced_at


def test_the_page_offers_the_shifts_of_the_house_and_says_when_one_is_told(mine):
    put_on_shift(unit=mine.units["ZC2"], turns=read("早班 6:00-14:00"), day=BEFORE)
    put_on_shift(unit=mine.units["ZC1"], turns=read("检修班"), day=BEFORE)
    given = {"channel": "auto", "wecom": "id-chief", "phone": "13800000000", "email": "chief@mine.example"}
    with clock.at(local(9)):
        client = signed_in(mine.persons["chief"])
        page = client.get("/w/notices/reach/").content.decode()
        assert "跟着单位的班次（今天 检修班 8:00–16:00）" in page and "早班 6:00–14:00" in page
        assert "今天的提醒时间：16:00<" in page
        client.post("/w/notices/reach/", given | {"shift": "早班 6:00–14:00", "sleeps": "on"})
        assert Work.objects.values_list("person", "shift", "sleeps").get() == (
            mine.persons["chief"].pk, "早班 6:00–14:00", True)
        assert "今天的提醒时间：14:00<" in client.get("/w/notices/reach/").content.decode()
        for wrong in ("夜班 22:00–6:00", "x" * 90, "<b>"):
            assert client.post("/w/notices/reach/", given | {"shift": wrong}).status_code == 422
        assert Work.objects.get().shift == "早班 6:00–14:00"
        client.post("/w/notices/reach/", given | {"shift": "unit"})
    assert not Work.objects.exists(), "who leaves it to the unit leaves no trace"


def test_nobody_else_reads_which_shift_somebody_works(mine):
    works(mine, "零点班", sleeps=True)
    with clock.at(local(9)):
        other = signed_in(mine.persons["leader"])
        for address in (f"/w/organization/people/{mine.persons['chief'].work_number}/", "/w/notices/lists/ZC1/"):
            assert "零点班" not in other.get(address).content.decode()


def test_who_has_left_leaves_no_shift_behind(mine):
    works(mine, "零点班")
    Person.objects.filter(pk=mine.persons["chief"].pk).update(until="2026-11-24")
    with clock.at(local(9)):
        services.tidy()
    assert not Work.objects.exists()
