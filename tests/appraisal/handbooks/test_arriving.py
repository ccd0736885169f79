"""Several signed pages at once: taken with an answer, rebuilt after it, with progress; a fall says what to do."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sangesan.appraisal.handbooks import queries, services
from sangesan.appraisal.handbooks.models import Arrival, Scan, ScanPage
from sangesan.appraisal.handbooks.services import arriving
from sangesan.appraisal.handbooks.services.scanning import AT_ONCE
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, NotFound, UserError
from tests.appraisal.handbooks.test_scans import YEAR
from tests.builders import small_mine
from tests.documents import pdf
from tests.files import jpeg as photo
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3a")]
PAGE = "/w/books/ZB1/branch/"


@pytest.fixture
def mine(noon):
    arriving._held.clear()
    yield small_mine()
    arriving._held.clear()


def take(mine, *sent, post="secretary", **more):
    return services.take_scan(**{"scope": mine.scope(post), "code": "ZB1", "slug": "branch", "year": YEAR,
                                 "section": "assembly", "sent": sent} | more)


def waiting(mine, post="secretary"):
    return [(one.done, one.files, one.why) for one in
            queries.arriving(mine.scope(post), mine.units["ZB1"], "branch", YEAR)]


def test_several_pages_arrive_file_by_file_and_stand_in_the_book_together(mine):
    take(mine, photo(), photo(), pdf(2))
    assert waiting(mine) == [(0, 3, "")] and not Scan.objects.exists()
    assert services.develop() == 1 and waiting(mine) == [(1, 3, "")]
    assert waiting(mine, "cadre") == [], "whoever sent them watches them"
    services.develop()
    assert not Scan.objects.exists(), "all or none"
    assert services.develop() == 0 and waiting(mine) == []
    scan = Scan.objects.get()
    assert (scan.pages, scan.section, ScanPage.objects.filter(scan=scan).count()) == (4, "assembly", 4)


def test_one_photo_is_added_at_once(mine):
    assert take(mine, photo()) is None and Scan.objects.get().pages == 1 and waiting(mine) == []


def test_a_page_that_cannot_be_read_refuses_all_says_why_and_goes_with_the_next_try(mine):
    take(mine, photo(), b"\xff\xd8\xff\xe0broken")
    services.develop()
    assert services.develop() == 0
    [(_done, _files, why)] = waiting(mine)
    assert "损坏" in why and not Scan.objects.exists() and not ScanPage.objects.exists()
    take(mine, photo(), photo())
    assert [why for _done, _files, why in waiting(mine)] == [""]


def test_too_many_pages_are_refused_before_and_after_they_are_counted(mine):
    with pytest.raises(UserError):
        take(mine, *[photo()] * (AT_ONCE + 1))
    take(mine, pdf(AT_ONCE), photo())
    while services.develop():
        pass
    assert "一次最多" in waiting(mine)[0][2] and not Scan.objects.exists()


def test_a_process_takes_only_so_many_and_who_may_not_add_is_refused_at_once(mine):
    for _ in range(arriving.MANY):
        take(mine, photo(), photo())
    with pytest.raises(UserError) as full:
        take(mine, photo(), photo())
    assert full.value.status == 429
    with pytest.raises(Forbidden):
        take(mine, photo(), photo(), post="assessor")
    with pytest.raises(NotFound):
        take(mine, photo(), photo(), code="ZC1")


def test_what_fell_with_its_process_says_to_send_it_again_and_is_forgotten_after_a_day(mine):
    take(mine, photo(), photo())
    arriving._held.clear()
    with clock.at(clock.now() + queries.scans.LOST + timedelta(seconds=1)):
        assert "请重新附上" in waiting(mine)[0][2]
    with clock.at(clock.now() + queries.ADAY + timedelta(seconds=1)):
        services.tidy()
        assert not Arrival.objects.exists()


def test_the_page_shows_how_far_it_is_and_loads_anew_when_all_is_there(mine):
    client = signed_in(mine.persons["secretary"])
    sent = [SimpleUploadedFile(f"{n}.jpg", photo(), "image/jpeg") for n in range(2)]
    answer = client.post(f"{PAGE}scans/", {"year": YEAR, "section": "assembly", "pages": sent})
    assert answer["Location"] == f"{PAGE}?year=2026#arriving"
    page = " ".join(client.get(PAGE).content.decode().split())
    assert "正在整理，可以离开这一页" in page and "已整理 0 / 2" in page
    services.develop()
    part = client.get(f"{PAGE}scans/arriving/?year=2026")
    assert "已整理 1 / 2" in part.content.decode() and "HX-Refresh" not in part
    services.develop()
    assert client.get(f"{PAGE}scans/arriving/?year=2026")["HX-Refresh"] == "true"
    assert signed_in(mine.persons["chief"]).get(f"{PAGE}scans/arriving/").status_code == 404


def test_what_was_sent_waits_in_memory_alone_and_a_fault_leaves_nothing_half_done(mine, monkeypatch):
    assert not any(f.get_internal_type() == "BinaryField" for f in Arrival._meta.fields)
    take(mine, photo(), photo())
    services.develop()
    monkeypatch.setattr(arriving.scanning, "developed", lambda sent: 1 / 0)
    assert services.develop() == 0 and "系统故障" in waiting(mine)[0][2]
    assert not Scan.objects.exists() and not ScanPage.objects.exists()
