"""A book with more words than one waits for is made in the background, whole; one too thick for that says so."""

import io

import pytest
from docx import Document

from sangesan.appraisal.handbooks import queries, services
from sangesan.appraisal.handbooks.models import Order
from sangesan.foundation.print import engine
from tests.appraisal.handbooks.test_books import held
from tests.appraisal.handbooks.test_orders import inside, made, words
from tests.builders import small_mine
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3a")]
YEAR = 2026


@pytest.fixture
def mine(noon):
    return small_mine()


def test_a_thick_book_to_edit_is_made_in_the_background_too(mine, monkeypatch):
    held(words="先公示后发放")
    client = signed_in(mine.persons["secretary"])
    monkeypatch.setitem(services.copying.written.__kwdefaults__, "most", 100)
    assert client.post("/w/books/ZB1/branch/word/", {"year": YEAR})["Location"] == "/w/books/copies/"
    order = made(Order.objects.get())
    assert order.word == "2026 年度党支部工作手册 Word · 综采一队党支部"
    package = inside(mine, order, "secretary")
    [name] = package.namelist()
    assert name.endswith("/1 党支部工作手册.docx")
    assert "支部党员大会" in " ".join(p.text for p in Document(io.BytesIO(package.read(name))).paragraphs)


def test_a_book_too_thick_to_wait_for_is_ordered_whole_and_only_a_thicker_one_fails(mine, monkeypatch):
    held(words="先公示后发放")
    client, address = signed_in(mine.persons["secretary"]), "/w/books/ZB1/branch/pdf/"
    monkeypatch.setitem(services.copying.printed.__kwdefaults__, "most", 100)
    assert client.post(address, {"year": YEAR})["Location"] == "/w/books/copies/"
    page = client.get("/w/books/copies/").content.decode()
    assert "当场排不完" in page and "党支部工作手册" in page
    order = made(Order.objects.get())
    [name] = inside(mine, order, "secretary").namelist()
    assert "支部党员大会" in words(inside(mine, order, "secretary").read(name))
    monkeypatch.setattr(engine, "THICK", 100)
    client.post(address, {"year": YEAR})
    failed = made(Order.objects.get(state=Order.State.WAITING))
    assert failed.state == Order.State.FAILED and "内容太长" in failed.pieces.get().why


def test_the_newest_order_stands_first_and_the_oldest_is_the_one_no_longer_listed(mine, monkeypatch):
    monkeypatch.setattr(queries.orders, "SHOWN", 2)
    scope = mine.scope("secretary")
    made = [services.order(scope=scope, kind=kind, year=YEAR) for kind in ("set", "word", "inspection")]
    assert [one.order.pk for one in queries.orders_of(scope)] == [made[2].pk, made[1].pk]
