"""Notices (消息): said once, in time, and never at night."""

from datetime import UTC, datetime, timedelta

import pytest

from sangesan.foundation import clock, door
from sangesan.organization.notices import queries
from sangesan.organization.notices.models import Notice
from sangesan.organization.notices.services import announce, mark_read, notify
from sangesan.organization.notices.words import WORDS, words
from tests.builders import small_mine
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    return small_mine()


def local(hour, minute=0, day=24):
    return datetime(2026, 11, day, hour, minute, tzinfo=clock.LOCAL).astimezone(UTC)


def tell(person, kind="matter.dispatched", subject="matters/2026-AAAAAA"):
    notify(persons=[person.pk], subject=subject, kind=kind)


def test_a_thing_is_said_once_a_day(mine):
    for _twice in range(2):
        tell(mine.persons["chief"])
        notify(posts=[mine.posts["chief"].pk], subject="matters/2026-AAAAAA", kind="matter.dispatched")
    assert Notice.objects.count() == 1


@pytest.mark.chapter("V5")
def test_at_most_two_reminders_a_day_however_much_happens(mine):
    chief, batches = mine.persons["chief"], set()
    for quarter in range(24 * 4):
        with clock.at(local(0) + timedelta(minutes=15 * quarter)):
            tell(chief, subject=f"matters/2026-{quarter:06}")
            announce()
    for at in Notice.objects.exclude(announced_at=None).values_list("announced_at", flat=True):
        batches.add(at)
    assert sorted(clock.local(at).hour for at in batches) == [8, 14]


@pytest.mark.chapter("V5")
def test_nothing_is_announced_in_quiet_hours_but_everything_is_kept(mine):
    with clock.at(local(22, 30)):
        tell(mine.persons["chief"])
        assert announce() == 0 and queries.unread_count(mine.scope("chief")) == 0
        assert len(queries.notices_for(mine.scope("chief"))) == 1
    with clock.at(local(5, 59, day=25)):
        assert announce() == 0
    with clock.at(local(8, 0, day=25)):
        assert announce() == 1 and queries.unread_count(mine.scope("chief")) == 1


def test_a_warnings_break_through_at_any_hour_and_any_number(mine):
    with clock.at(local(2)):
        for n in range(5):
            tell(mine.persons["duty"], "warning.a", f"matters/2026-{n:06}")
        assert queries.unread_count(mine.scope("duty")) == 5


def test_an_urgent_notice_does_not_use_up_a_reminder(mine):
    with clock.at(local(8, 5)):
        tell(mine.persons["duty"], "warning.a")
        tell(mine.persons["duty"])
        assert announce() == 1


def test_links_go_through_the_door_and_opening_marks_read(mine, monkeypatch, noon):
    monkeypatch.setitem(door._doors, "things", lambda scope, key: key if key == "2026-SEEN00" else None)
    tell(mine.persons["chief"], subject="things/2026-SEEN00")
    tell(mine.persons["chief"], subject="things/2026-SHUT00")
    seen, shut = sorted(queries.notices_for(mine.scope("chief")), key=lambda line: line.subject)
    assert (seen.url, shut.url) == ("/w/things/2026-SEEN00/", "")
    client = signed_in(mine.persons["chief"])
    assert client.get(f"/w/notices/{seen.id}/")["Location"] == "/w/things/2026-SEEN00/"
    assert client.get(f"/w/notices/{shut.id}/")["Location"] == "/w/notices/"
    assert not Notice.objects.filter(read_at=None).exists()


def test_nobody_reads_or_marks_anothers_notices(mine, noon):
    tell(mine.persons["chief"])
    notice = Notice.objects.get()
    other = signed_in(mine.persons["handler"])
    assert other.get(f"/w/notices/{notice.pk}/").status_code == 404
    assert mark_read(scope=mine.scope("handler"), upto=notice.pk) == 0
    assert not other.get("/w/notices/").context["lines"]


def test_all_are_marked_read_up_to_what_was_shown(mine, noon):
    tell(mine.persons["chief"])
    client = signed_in(mine.persons["chief"])
    page = client.get("/w/notices/")
    assert "有新派单待签收" in page.content.decode()
    with clock.at(clock.now() + timedelta(minutes=1)):
        tell(mine.persons["chief"], subject="matters/2026-LATER0")
    notify(persons=[mine.persons["chief"].pk], subject="matters/2026-UNSEEN", kind="matter.rated", at=clock.midnight())
    client.post("/w/notices/read/", {"upto": page.context["newest"], "seen": page.context["unread"]})
    left = set(Notice.objects.filter(read_at=None).values_list("subject", flat=True))
    assert left == {"matters/2026-LATER0", "matters/2026-UNSEEN"}, "what is dated by the day alone came since, too"
    page = client.get("/w/notices/")
    client.post("/w/notices/read/", {"upto": page.context["newest"], "seen": page.context["unread"]})
    assert not Notice.objects.filter(read_at=None).exists()


def test_what_came_between_a_list_and_the_next_day_is_not_marked_read_by_it(mine):
    chief = mine.persons["chief"]
    with clock.at(local(23, 50)):
        tell(chief)
        shown = Notice.objects.get()
        notify(persons=[chief.pk], subject="matters/2026-UNSEEN", kind="matter.rated", at=clock.midnight())
    with clock.at(local(0, 10, day=25)):
        assert mark_read(scope=mine.scope("chief"), upto=shown.pk, seen=1) == 1
    assert Notice.objects.get(read_at=None).subject == "matters/2026-UNSEEN"


def test_no_key_of_a_notice_tells_when_or_how_many_others_were_told(mine, noon):
    """The notice of a sealed letter is dated by the day: its key must not lie between two that have a moment."""
    for n in range(20):
        with clock.at(noon + timedelta(minutes=n)):
            tell(mine.persons["chief"], subject=f"matters/2026-{n:06}")
    told = list(Notice.objects.order_by("created_at").values_list("pk", flat=True))
    assert told != sorted(told) and max(told) - min(told) > 2**40
    assert [line.id for line in queries.notices_for(mine.scope("chief"))] == told[::-1], "newest first, all the same"
    assert [line.id for line in queries.notices_for(mine.scope("chief"), after=told[15])] == told[:15][::-1]


def test_every_kind_has_words_and_an_unknown_one_tells_nothing(mine):
    assert all(str(said) for said in WORDS.values())
    assert words("matter.unheard_of") == "有一件事需要您看一下"
