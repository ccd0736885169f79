"""Signed pages: rebuilt from their pixels, bound into the book, withdrawn with a trace, added by who does the work."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sangesan.appraisal.handbooks import queries, services
from sangesan.appraisal.handbooks.models import Scan, ScanPage
from sangesan.appraisal.handbooks.services.scanning import AT_ONCE, MOST
from sangesan.foundation.errors import Forbidden, NotFound, UserError
from sangesan.foundation.print import engine
from sangesan.ledger.facts.queries import entries, history
from sangesan.method.authority import Role
from tests.builders import hire, post, small_mine
from tests.documents import AUTHOR, pdf
from tests.files import jpeg as photo
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3a")]
YEAR, SUBJECT = 2026, "books/ZB1-branch-2026"


@pytest.fixture
def mine(noon):
    return small_mine()


def add(mine, *sent, post="secretary", section="", **more):
    return services.add_scan(scope=mine.scope(post), code="ZB1", slug="branch", year=YEAR, section=section,
                             sent=sent or (photo(),), **more)


def book(mine, post="secretary"):
    return queries.book_for(mine.scope(post), "ZB1", "branch", YEAR)


def pages(mine, only=""):
    data = queries.sheet_of(book(mine), only)
    pictures = queries.pictures_of(queries.bound(book(mine), only))
    return len(engine.pages(services.copying.PAPER, data, ppi=20, pictures=pictures)), data


def test_a_signed_page_is_kept_as_its_pixels_alone_and_told_by_a_fact(mine):
    scan = add(mine, pdf(1), section="assembly")
    [row] = ScanPage.objects.filter(scan=scan)
    assert bytes(row.content).startswith(b"\xff\xd8") and AUTHOR.encode() not in bytes(row.content)
    [fact] = entries(subject=SUBJECT)
    assert (fact.kind, fact.quantity, fact.content["section"], fact.line) == ("scan.added", 1, "assembly", "party")
    assert fact.unit == "QSL/DW/ZB1/" and scan.fact == fact.id


def test_signed_pages_are_bound_behind_their_section_on_paper_and_on_its_leaf(mine):
    whole, leaf = pages(mine)[0], pages(mine, "assembly")[0]
    add(mine, pdf(2), section="assembly")
    add(mine, photo())
    more, data = pages(mine)
    assert more == whole + 3
    part = next(one for one in data["parts"] if "支部党员大会" in one["word"])
    assert part["pictures"] == [0, 1] and data["pictures"] == [2]
    assert pages(mine, "assembly")[0] == leaf + 3 and pages(mine, "lecture")[0] == 1
    assert b"/DCTDecode" in services.pdf(scope=mine.scope("secretary"), code="ZB1", slug="branch", year=YEAR).body


def test_a_wrong_page_is_withdrawn_its_picture_goes_and_the_ledger_remembers(mine):
    scan = add(mine)
    services.withdraw_scan(scope=mine.scope("secretary"), pk=scan.pk)
    assert book(mine).scans == [] and not ScanPage.objects.exists() and Scan.objects.get().withdrawn
    assert [fact.kind for fact in history(SUBJECT)] == ["scan.added", "fact.reversed"]
    with pytest.raises(NotFound):
        services.withdraw_scan(scope=mine.scope("secretary"), pk=scan.pk)
    with pytest.raises(NotFound):
        queries.page_for(mine.scope("secretary"), scan.pk, 1)


@pytest.mark.parametrize(("sent", "why"), [
    ((b"",), "空"), ((b"hello",), "不是照片"), ((b"%PDF-1.4 broken %%EOF",), "损坏"), ((b"PK\x03\x04x",), "不是照片"),
    (tuple([b"\xff\xd8\xff\xe0broken"]), "损坏"), ((b"%PDF-1.4 broken off",), "没有传完"),
    ((b"%PDF-1.4 PK\x05\x06%%EOF",), "夹着别的"),
])
def test_what_is_no_page_is_refused_and_nothing_is_kept(mine, sent, why):
    with pytest.raises(UserError) as fault:
        add(mine, *sent)
    assert why in str(fault.value) and "Word" not in str(fault.value), "a book takes no Word, so none is asked for"
    assert not Scan.objects.exists() and not list(entries(subject=SUBJECT))


def test_too_many_pages_are_refused_at_once_and_in_all(mine):
    with pytest.raises(UserError):
        add(mine, *[photo()] * (AT_ONCE + 1))
    with pytest.raises(UserError):
        add(mine, pdf(AT_ONCE), photo())
    with pytest.raises(UserError):
        services.add_scan(scope=mine.scope("secretary"), code="ZB1", slug="branch", year=YEAR, section="", sent=())
    scan = add(mine)
    Scan.objects.filter(pk=scan.pk).update(pages=MOST)
    with pytest.raises(UserError):
        add(mine)


def test_readers_see_the_pages_only_those_who_do_the_work_add_them_and_nobody_else_opens_them(mine):
    hire(mine, "other", "别的支部书记", "HQ", Role.SECRETARY, "2201")
    scan = add(mine)
    for who in ("secretary", "cadre", "leader", "assessor"):
        assert queries.page_for(mine.scope(who), scan.pk, 1)
    with pytest.raises(Forbidden):
        add(mine, post="assessor")
    with pytest.raises(Forbidden):
        services.withdraw_scan(scope=mine.scope("assessor"), pk=scan.pk)
    for who in ("other", "chief", "correspondent", "admin"):
        client = signed_in(mine.persons[who])
        assert client.get(f"/w/books/scans/{scan.pk}/1/").status_code == 404
        assert client.post(f"/w/books/scans/{scan.pk}/withdraw/").status_code == 404
        assert client.post("/w/books/ZB1/branch/scans/", {"year": YEAR}).status_code == 404
    assert Scan.objects.get().withdrawn is False


@pytest.mark.parametrize("parts", [
    {"section": "absent"}, {"year": 1999}, {"year": 2027}, {"code": "ZC1"}, {"slug": "x"}])
def test_pages_of_what_is_no_book_are_not_taken(mine, parts):
    asked = {"code": "ZB1", "slug": "branch", "year": YEAR, "section": "", "sent": (photo(),)} | parts
    with pytest.raises(NotFound):
        services.add_scan(scope=mine.scope("secretary"), **asked)


def test_the_page_takes_shows_and_withdraws_them(mine):
    client = signed_in(mine.persons["secretary"])
    sent = {"year": YEAR, "section": "assembly", "pages": [SimpleUploadedFile("签字.jpg", photo(), "image/jpeg")]}
    answer = client.post("/w/books/ZB1/branch/scans/", sent)
    assert answer.status_code == 302 and answer["Location"].endswith("?year=2026#assembly")
    scan = Scan.objects.get()
    page = client.get("/w/books/ZB1/branch/").content.decode()
    assert "签字页 1 页" in page and f"/w/books/scans/{scan.pk}/1/" in page
    shown = client.get(f"/w/books/scans/{scan.pk}/1/")
    assert shown["Content-Type"] == "image/jpeg" and "no-store" in shown["Cache-Control"]
    for place in (0, 2, 99_999):
        assert client.get(f"/w/books/scans/{scan.pk}/{place}/").status_code == 404
    bad = client.post("/w/books/ZB1/branch/scans/", {"year": YEAR, "pages": [SimpleUploadedFile("a.exe", b"MZ")]})
    assert bad.status_code == 422 and "不是照片" in bad.content.decode()
    assert "或者扫描的 PDF" in bad.content.decode(), "what it takes is named whole"
    assert client.post("/w/books/ZB1/branch/scans/", {"year": YEAR}).status_code == 422
    client.post(f"/w/books/scans/{scan.pk}/withdraw/")
    assert Scan.objects.get().withdrawn and "撤下这几页" in page
    assert "附签字页" not in signed_in(mine.persons["assessor"]).get("/w/books/ZB1/branch/").content.decode()


def test_who_assesses_a_book_adds_nothing_to_it_whatever_he_does_elsewhere(mine):
    post("helper", "后勤科承办人（兼）", mine.units["HQ"], Role.HANDLER, mine.persons["assessor"], kind="concurrent")
    scope = mine.scope("assessor")
    assert queries.branches(scope) and not queries.may_add(scope, mine.units["ZB1"])
    with pytest.raises(Forbidden):
        add(mine, post="assessor")
    scan = add(mine)
    with pytest.raises(Forbidden):
        services.withdraw_scan(scope=scope, pk=scan.pk)
    assert ScanPage.objects.filter(scan=scan).exists()
