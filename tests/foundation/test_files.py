"""Documents keep what an eye sees in them, and nothing else; what is hostile is refused at little cost."""

from __future__ import annotations

import resource
import subprocess
import sys
from io import BytesIO
from zipfile import ZipFile

import docx
import pypdfium2
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from sangesan.foundation import files, parcels
from tests import documents


def test_a_word_file_keeps_words_tables_and_pictures_and_no_author():
    made = files.rebuild(documents.word())
    assert (made.kind, made.pages) == ("docx", 0)
    kept = docx.Document(BytesIO(made.content))
    assert kept.paragraphs[0].text == documents.WORDS
    assert [cell.text for cell in kept.tables[0].rows[0].cells] == ["", "三千元"]
    assert len(kept.inline_shapes) == 1
    with ZipFile(BytesIO(made.content)) as parts:
        assert set(parts.namelist()) == {"[Content_Types].xml", "_rels/.rels", "word/document.xml",
                                         "word/_rels/document.xml.rels", "word/media/1.jpg"}
        assert {row.date_time for row in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        whole = b"".join(parts.read(name) for name in parts.namelist())
    assert documents.AUTHOR.encode() not in whole and b"comment" not in whole.lower()


def test_a_pdf_keeps_its_pages_and_no_author_script_or_attachment():
    sent = documents.pdf(2)
    made = files.rebuild(sent)
    assert (made.kind, made.pages) == ("pdf", 2)
    for hidden in (documents.AUTHOR.encode(), b"JavaScript", b"Filespec", b"/Info", b"Date"):
        assert hidden not in made.content
    seen = pypdfium2.PdfDocument(made.content)
    assert len(seen) == 2 and round(seen[0].get_size()[0]) == 595
    pixel = seen[0].render().to_pil().convert("RGB").getpixel((100, 750))
    assert pixel[2] > 200 > pixel[0], "the blue field is still there"


@pytest.mark.parametrize(("sent", "why"), [
    (b"", "空的"), (b"MZ\x90\x00" + bytes(500), "不是 PDF"), (b"<html><script>1</script></html>", "不是 PDF"),
    (b"<svg onload=alert(1)>", "不是 PDF"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "旧格式"),
    (b"%PDF-1.4 nothing more", "没有传完"), (b"%PDF-1.4\n%%EOF", "损坏"), (b"PK\x03\x04" + bytes(900), "不是 PDF"),
    (b"PK\x03\x04 no archive PK\x05\x06" + bytes(18), "损坏"), (bytes(files.cleaning.LARGEST + 1), "超过 8 MB"),
])
def test_what_is_no_document_is_refused_by_its_content(sent, why):
    with pytest.raises(files.NoDocument, match=why):
        files.rebuild(sent)


def test_macros_are_refused():
    with pytest.raises(files.NoDocument, match="宏"):
        files.rebuild(documents.word(macro=True))


def test_two_things_at_once_are_refused():
    with pytest.raises(files.NoDocument, match="夹着别的"):
        files.rebuild(documents.pdf() + documents.word())
    with pytest.raises(files.NoDocument, match="不是 PDF"):
        files.rebuild(b"#!/bin/sh\n" + documents.word())


def test_too_many_or_too_large_pages_are_refused():
    with pytest.raises(files.NoDocument, match="30 页"):
        files.rebuild(documents.pdf(31))
    assert files.rebuild(documents.pdf(side=14_000)).pages == 1, "a very wide page is drawn smaller"


def test_a_locked_pdf_says_so():
    with pytest.raises(files.NoDocument, match="密码|损坏"):
        files.rebuild(documents.pdf().replace(b"/Info 3 0 R", b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 "
                                              b"/O (" + b"o" * 32 + b") /U (" + b"u" * 32 + b") /P -4 >>"))


def test_bombs_are_refused_in_flat_memory():
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # a child begins as a copy of a worker grown large
    with pytest.raises(files.NoDocument, match="太大"):
        files.rebuild(documents.swollen(400))
    assert files.rebuild(documents.word(bomb=400)).kind == "docx", "what is not asked for is not unpacked"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < max(before, own, 400_000) + 40_000, "kilobytes"


def test_the_reader_may_write_no_file(tmp_path):
    place = tmp_path / "x"
    code = f"from sangesan.foundation.files import child; child.bound(); open({str(place)!r}, 'w').write('x' * 9999)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode and (not place.exists() or place.stat().st_size == 0)


def test_a_reader_that_dies_refuses_the_document(monkeypatch):
    monkeypatch.setattr(files.cleaning, "_CHILD", (sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"))
    with pytest.raises(files.NoDocument, match="太复杂"):
        files.rebuild(documents.pdf())
    monkeypatch.setattr(files.cleaning, "_CHILD", (sys.executable, "-c", "import time; time.sleep(30)"))
    monkeypatch.setattr(files.cleaning, "SECONDS", 0.2)
    with pytest.raises(files.NoDocument, match="太复杂"):
        files.rebuild(documents.pdf())
    assert parcels.pack({}) and files.KINDS["pdf"] == "application/pdf"


def hidden(how: str) -> bytes:
    """Return a docx with words that no eye sees in it (隐藏文字)."""
    made = docx.Document()
    line = made.add_paragraph("食堂太凉，")
    run = line.add_run("这句话是我张三写的")
    line.add_run("望改进")
    if how == "itself":
        run.font.hidden = True
    elif how == "style":
        above = made.styles.add_style("Away", WD_STYLE_TYPE.CHARACTER)
        above.font.hidden = True
        run.style = made.styles.add_style("Below", WD_STYLE_TYPE.CHARACTER)
        run.style.base_style = above
    elif how == "paragraph":
        run.text = ""
        made.styles.add_style("Gone", WD_STYLE_TYPE.PARAGRAPH).font.hidden = True
        made.add_paragraph("这句话是我张三写的", style="Gone").add_run("，看得见").font.hidden = False
    elif how == "row":
        run.text = ""
        row = made.add_table(2, 1).rows[1]
        row.cells[0].text = "这句话是我张三写的"
        row._tr.get_or_add_trPr().append(OxmlElement("w:hidden"))
    elif how == "picture":
        run.text = ""
        made.add_paragraph().add_run().add_picture(documents.picture())
        made.element.xpath("//wp:docPr")[0].set("hidden", "1")
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


@pytest.mark.chapter("V3")
@pytest.mark.parametrize("how", ["itself", "style", "paragraph", "row", "picture"])
def test_what_a_word_file_hides_does_not_come_back_to_be_seen(how):
    """Whoever sends it sees no such words in it, and nobody is to read them afterwards."""
    made = files.rebuild(hidden(how))
    kept = docx.Document(BytesIO(made.content))
    text = "".join(node.text or "" for node in kept.element.iter(qn("w:t")))
    assert "张三" not in text and "张三" not in made.words
    assert "食堂太凉，望改进" in text and ("看得见" in text) is (how == "paragraph")
    assert not kept.inline_shapes


def test_what_is_said_to_be_shown_is_shown():
    """Hidden is off, or a style that hides stands within one that hides: an eye sees it, and so it stays."""
    made = docx.Document()
    for key, kind in (("A", WD_STYLE_TYPE.PARAGRAPH), ("B", WD_STYLE_TYPE.CHARACTER)):
        made.styles.add_style(key, kind).font.hidden = True
    made.add_paragraph(style="A").add_run("食堂太凉", style="B")
    made.add_paragraph().add_run("望改进").font.hidden = False
    kept = BytesIO()
    made.save(kept)
    assert files.rebuild(kept.getvalue()).words.split() == ["食堂太凉", "望改进"]
