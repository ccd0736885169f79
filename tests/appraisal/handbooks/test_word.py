"""A book as Word holds what its print holds: cover, contents, sections, what is missing, seals, lines to sign on."""

import io
import re
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from sangesan.appraisal.handbooks import services
from sangesan.ledger.facts import services as ledger
from tests.appraisal.handbooks.test_books import YEAR, book, held
from tests.appraisal.handbooks.test_orders import words
from tests.builders import small_mine
from tests.files import jpeg as photo

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3a")]


@pytest.fixture
def mine(noon):
    return small_mine()


def given(mine, form):
    return form(scope=mine.scope("secretary"), code="ZB1", slug="branch", year=YEAR).body


def all_of(body):
    """Return all words of a Word file (全文), without blanks."""
    texts = Document(io.BytesIO(body)).element.body.iter(qn("w:t"))
    return re.sub(r"\s", "", "".join(node.text or "" for node in texts))


def test_every_line_of_the_print_stands_in_the_word_file_too(mine, monkeypatch):
    held()
    ledger.seal(book(mine).since)
    services.add_scan(scope=mine.scope("secretary"), code="ZB1", slug="branch", year=YEAR, section="lecture",
                      sent=[photo((900, 600))])
    edited = all_of(given(mine, services.word))
    running = ("第", "党支部工作手册·", "刘志远（")  # page numbers, head and foot of the print
    lines = [line for line in re.split(r"[\r\n]+", words(given(mine, services.pdf)))
             if line.strip() and not line.startswith(running) and "...." not in line]
    for line in lines:
        for bit in filter(None, re.split(r"[\s＿：:•]+", line)):
            assert re.sub(r"\s", "", bit) in edited, bit
    with ZipFile(io.BytesIO(given(mine, services.word))) as package:
        assert len([name for name in package.namelist() if name.startswith("word/media/")]) == 1


def test_it_is_an_a4_file_in_chinese_faces_with_contents_and_numbered_pages(mine):
    made = Document(io.BytesIO(given(mine, services.word)))
    page = made.sections[0]
    assert (page.page_width.mm, page.page_height.mm) == (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
    fonts = made.styles["Heading 1"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "黑体" and fonts.get(qn("w:eastAsiaTheme")) is None
    codes = [node.text.split()[0] for part in (made.element, page.footer._element)
             for node in part.iter(qn("w:instrText"))]
    assert codes == ["TOC", "PAGE", "NUMPAGES"]
    assert "单位（盖章）" in made.paragraphs[-1].text
