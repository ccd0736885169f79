"""No place in a table tells who spoke when (security.md, Unlinkability): rows are written anew every night."""

from __future__ import annotations

from datetime import time, timedelta
from secrets import token_hex

import pytest
from django.db import connection

from sangesan.feedback.intake.models import Booking, Reception
from sangesan.feedback.intake.services import booking
from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Submission
from sangesan.feedback.sealed.services import receive
from sangesan.feedback.sealed.services.nightly import record_speakers
from sangesan.feedback.sealed.services.receiving import add
from sangesan.feedback.speakers import services as receipts
from sangesan.foundation import clock
from sangesan.foundation.ids import random_id
from sangesan.organization.notices import services as notices
from sangesan.organization.notices.models import Notice
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import answered
from tests.sealing import founded

LETTERS = 30
BY_CHANCE = 24
"""Of 29 neighbours about 15 lie in the order of speaking by chance, more than 24 in one case of ten million."""
OWN = {"speakers_receipt": "receipt_id", "matters_submission": "id", "matters_matter": "matter_id"}


def lying(table: str, key: str = "id") -> list[int]:
    """Return the keys of a table as its rows lie in the file: a copy of the database has them so."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key} FROM {table} ORDER BY ctid")
        return [key for key, in cursor.fetchall()]


def in_order(found: list[int], spoken: list[int]) -> int:
    """Return how many neighbours lie in the order in which they were spoken."""
    places = [spoken.index(key) for key in found if key in spoken]
    return sum(left < right for left, right in zip(places, places[1:], strict=False))


@pytest.mark.engine("postgresql")  # SQLite's file is written anew as a whole
@pytest.mark.django_db(transaction=True)
def test_the_place_of_a_row_tells_no_order_of_speaking(noon):
    small_mine()
    said = [heard(f"夜班第{n}次没有热水", unit="ZC1", mode="anonymous").submission for n in range(LETTERS)]
    rows = Submission.objects.in_bulk(said)
    spoken = {table: [getattr(rows[key], name) for key in said] for table, name in OWN.items()}
    assert in_order(lying("speakers_receipt"), spoken["speakers_receipt"]) > BY_CHANCE, "by day they tell"
    services.record_speakers(day=clock.today())
    assert all(in_order(lying(table), keys) <= BY_CHANCE for table, keys in spoken.items())


@pytest.mark.engine("postgresql")  # SQLite's file is written anew as a whole
@pytest.mark.django_db(transaction=True)
def test_the_place_of_an_anonymous_reply_tells_no_moment(noon):
    small_mine()
    said = heard("夜班没有热水", unit="ZC1", mode="anonymous")
    for n in range(LETTERS):
        services.reply(code=said.receipt, text=f"第{n}次")
    spoken = lying("matters_message")
    services.record_speakers(day=clock.today())
    assert in_order(lying("matters_message"), spoken) <= BY_CHANCE


@pytest.mark.engine("postgresql")  # SQLite's file is written anew as a whole
@pytest.mark.django_db(transaction=True)
def test_the_place_of_a_rating_tells_no_order(noon, settings):
    """Nor does that of the matter it was written into, though its letter was recorded on another day."""
    settings.DEMO = True  # anonymous letters reach triage at once
    mine = small_mine()
    said = [answered(mine, mode="anonymous") for _n in range(LETTERS)]
    services.record_speakers(day=clock.today())
    for one in said:
        services.rate(code=one.receipt, rating="satisfied")
    spoken = {"matters_rating": lying("matters_rating"), "matters_matter": [
        Submission.objects.get(pk=one.submission).matter_id for one in said]}
    assert in_order(lying("matters_matter"), spoken["matters_matter"]) > BY_CHANCE, "by day they tell"
    services.record_speakers(day=clock.today())
    assert all(in_order(lying(table), keys) <= BY_CHANCE for table, keys in spoken.items())


@pytest.mark.engine("postgresql")  # SQLite's file is written anew as a whole
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [
    lambda code: services.rate(code=code, rating="dissatisfied"),
    lambda code: services.reply(code=code, text="还是凉")])
def test_nor_does_the_place_of_a_clock_that_a_speaker_set_off_and_of_what_search_holds(noon, settings, act):
    settings.DEMO = True  # anonymous letters reach triage at once
    mine = small_mine()
    said = [answered(mine, mode="anonymous") for _n in range(LETTERS)]
    services.index_due()
    services.record_speakers(day=clock.today())
    for one in said:
        act(one.receipt)
        services.index_due()
    spoken = [Submission.objects.get(pk=one.submission).matter_id for one in said]
    assert in_order(lying("search_matters", "ref"), spoken) > BY_CHANCE, "by day they tell"
    services.record_speakers(day=clock.today())
    services.index_due()
    last = dict.fromkeys(reversed(lying("matters_clockchange", "matter_id")))
    assert in_order(list(reversed(last)), spoken) <= BY_CHANCE
    assert in_order(lying("search_matters", "ref"), spoken) <= BY_CHANCE


@pytest.mark.engine("postgresql")  # SQLite's file is written anew as a whole
@pytest.mark.django_db(transaction=True)
def test_the_place_of_a_later_word_to_the_inspectors_tells_no_order(noon):
    founded(small_mine())
    code = receive(text="第一封", key=token_hex(16)).receipt
    record_speakers(day=clock.today())
    for n in range(LETTERS):
        add(code=code, text=f"补充第{n}次")
    spoken = lying("sealed_sealedmessage")
    record_speakers(day=clock.today())
    assert len(spoken) == LETTERS and in_order(lying("sealed_sealedmessage"), spoken) <= BY_CHANCE


@pytest.mark.engine("postgresql")  # SQLite's file is written anew as a whole
@pytest.mark.django_db(transaction=True)
def test_the_place_of_a_notice_dated_by_the_day_tells_no_moment(noon):
    """Nobody reads from where it lies between which others, that have a moment, a sealed letter came."""
    founded(small_mine())
    for n in range(LETTERS):
        receive(text=f"第{n}封", key=token_hex(16))
    spoken = lying("notices_notice")
    notices.mix_undated(clock.today())
    assert len(spoken) >= LETTERS and in_order(lying("notices_notice"), spoken) <= len(spoken) * BY_CHANCE // LETTERS


@pytest.mark.engine("postgresql")  # SQLite's file is written anew as a whole
@pytest.mark.django_db(transaction=True)
def test_nor_does_reading_them_all_lay_them_in_their_first_order_for_good(noon):
    """Opened one by one as they came, or all at once, which the database does in whatever order it finds them."""
    mine = small_mine()
    founded(mine)
    for n in range(LETTERS):
        receive(text=f"第{n}封", key=token_hex(16))
    mine_alone = Notice.objects.filter(person=mine.persons["inspector"])
    first = [key for key in lying("notices_notice") if mine_alone.filter(pk=key).exists()]
    notices.mix_undated(clock.today())
    with clock.at(clock.now() + timedelta(days=1)):
        for key in first:
            notices.open_notice(scope=mine.scope("inspector"), pk=key)
        assert in_order(lying("notices_notice"), first) > len(first) * BY_CHANCE // LETTERS, "by day they tell"
        notices.mix_undated(clock.today())
    assert in_order(lying("notices_notice"), first) <= len(first) * BY_CHANCE // LETTERS
    mine_alone.update(read_at=None)
    newest = mine_alone.order_by("-created_at", "-pk").first()
    with clock.at(clock.now() + timedelta(days=2)):
        assert notices.mark_read(scope=mine.scope("inspector"), upto=newest.pk, seen=len(first)) >= LETTERS
        notices.mix_undated(clock.today())
    assert in_order(lying("notices_notice"), first) <= len(first) * BY_CHANCE // LETTERS


@pytest.mark.engine("postgresql")  # SQLite's file is written anew as a whole
@pytest.mark.django_db(transaction=True)
def test_the_place_of_a_sealed_letter_tells_no_order(noon):
    founded(small_mine())
    for n in range(LETTERS):
        receive(text=f"第{n}封", key=token_hex(16))
    spoken = {table: lying(table) for table in ("speakers_receipt", "sealed_sealedmatter")}
    record_speakers(day=clock.today())
    assert all(in_order(lying(table), keys) <= BY_CHANCE for table, keys in spoken.items())


@pytest.mark.engine("postgresql")  # SQLite's file is written anew as a whole
@pytest.mark.django_db(transaction=True)
def test_the_place_of_a_booking_tells_no_order(noon):
    mine = small_mine()
    day = Reception.objects.create(unit=mine.units["QSL"], day=clock.today(), post=mine.posts["secretary"],
                                   place="接待室")
    for n in range(LETTERS):
        ready = receipts.prepare(key=token_hex(16), body=str(n))
        ready.receipt.save(force_insert=True)
        Booking.objects.create(pk=random_id(), reception=day, at=time(9, n), receipt=ready.receipt, mode="anonymous")
    spoken = {table: lying(table) for table in ("speakers_receipt", "intake_booking")}
    booking.mix_bookings(clock.today())
    assert all(in_order(lying(table), keys) <= BY_CHANCE for table, keys in spoken.items())


@pytest.mark.engine("postgresql")  # SQLite's file is written anew as a whole
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scan", ["seqscan", "indexscan", "bitmapscan"])
def test_the_place_of_a_name_that_was_erased_tells_no_order(noon, scan):
    """Whoever had the name erased first of a day is not told from who did it last, however the rows are found."""
    small_mine()
    with connection.cursor() as cursor:
        for other in {"seqscan", "indexscan", "bitmapscan"} - {scan}:
            cursor.execute(f"SET enable_{other} = off")
    said = [heard(f"第{n}件", unit="ZC1", mode="confidential") for n in range(LETTERS)]
    services.record_speakers(day=clock.today())
    for one in said:
        services.erase_name(code=one.receipt)
    spoken = lying("speakers_identity")
    services.record_speakers(day=clock.today())
    with connection.cursor() as cursor:
        cursor.execute("RESET enable_seqscan; RESET enable_indexscan; RESET enable_bitmapscan")
    assert len(spoken) == LETTERS and in_order(lying("speakers_identity"), spoken) <= BY_CHANCE
