"""Paper shows every word as it was written: no markup, no silent gap, always the same bytes."""

from __future__ import annotations

import re
import threading
import time

import pytest

from sangesan.foundation import qr
from sangesan.foundation.errors import UserError
from sangesan.foundation.print import engine, fonts, text

MARKUP = '#strong[粗] $x^2$ *重* _斜_ \\ `码` = 题 - 项 <标> @引 // 注 #import "/etc/passwd" #read("main.typ") {{ x }}'
TRIAL = """#import "base.typ": *
#show: paper
#set page(width: 400pt, height: auto, margin: 0pt)
#set text(font: fonts.at(get("face", fallback: "body")))
#get("words")
"""


def gbk() -> str:
    """Every character of two bytes of GBK."""
    found = []
    for first in range(0x81, 0xFF):
        for second in [*range(0x40, 0x7F), *range(0x80, 0xFF)]:
            try:
                found.append(bytes((first, second)).decode("gbk"))
            except UnicodeDecodeError:
                continue
    return "".join(found)


def drawn(tmp_path, words: str, face: str = "body") -> list[str]:
    """The glyphs the compiler really drew, in order."""
    trial = tmp_path / "trial.typ"
    trial.write_text(TRIAL)
    inputs, _lost = engine._inputs({"words": text.Raw(words), "face": face})
    page = engine._set(trial, inputs, "svg").decode()
    return re.findall(r'<use xlink:href="#(g[0-9A-F]+)"', page)


@pytest.mark.parametrize("face", ["body", "hei"])
def test_every_character_of_gbk_is_drawn_with_a_glyph_of_its_own(tmp_path, face):
    words = "".join(sign for sign in gbk() if not sign.isspace())
    assert len(words) > 21_700
    nothing = drawn(tmp_path, "\U0001f600", face)
    assert len(set(nothing)) == 1
    glyphs = drawn(tmp_path, words, face)
    assert len(glyphs) == len(words) and nothing[0] not in glyphs
    # Some compatibility forms share the drawing of their twin.
    assert len(set(glyphs)) > 21_000


def test_what_is_called_printable_is_really_drawn(tmp_path):
    covered = fonts.covered()
    assert set(gbk()) - covered == set()
    own = [sign for sign in gbk() if sign not in covered or sign == fonts.LENT]
    assert own == [fonts.LENT], "the compiler's own typeface lends one character and no more"
    nothing = drawn(tmp_path, "\U0001f600")[0]
    assert nothing not in drawn(tmp_path, "㛃𬭳䶮" + fonts.LENT)


def test_the_fonts_of_the_machine_are_never_asked():
    known = set(fonts.typefaces().families())
    assert {"Noto Serif SC", "Noto Sans SC"} <= known and not [name for name in known if "CJK" in name]


def test_what_has_no_glyph_becomes_a_box_and_is_named():
    made = engine.make("official", {"title": "题", "blocks": [{"text": "好😀\U00031350\x07吗"}]})
    assert made.lost == ("U+0007", "U+1F600", "U+31350")
    lost: set[str] = set()
    assert text.line("好😀吗\t了\x00\ud800", lost) == "好□吗 了□□" and "U+D800" in lost


def test_marks_of_direction_cannot_make_a_line_read_otherwise():
    assert text.line("同意\u202e不\u2066\u200b\ufeff批", set()) == "同意不批"


def test_markup_in_a_text_stays_text(tmp_path):
    words = MARKUP.replace(" ", "")
    assert len(drawn(tmp_path, words)) == len(words)
    for template in ("official", "poster", "slip"):
        data = {name: MARKUP for name in ("title", "org", "number", "to", "signer", "date", "note", "code", "big")}
        data |= {"blocks": [{"kind": kind, "text": MARKUP} for kind in ("p", "h1", "h2", "flush")],
                 "lines": [MARKUP], "footer": [MARKUP], "rows": [[MARKUP, MARKUP]], "copies": [MARKUP]}
        assert engine.pdf(template, data).startswith(b"%PDF-")


@pytest.mark.parametrize("letter", ["字", "a", "9", ".", "—", "！", "。", "★", "─", "…"])
def test_ten_thousand_characters_without_a_space_stay_on_the_paper(tmp_path, letter):
    trial = tmp_path / "wide.typ"
    trial.write_text(TRIAL)
    inputs, _lost = engine._inputs({"words": letter * 10_000})
    page = engine._set(trial, inputs, "svg").decode()
    farthest = max(float(x) for x in re.findall(r'<g transform="matrix\(1 0 0 -1 ([\d.]+) ', page))
    across = max(float(x) for x in re.findall(r'<use [^>]* x="([\d.]+)"', page))
    assert farthest < 400 and across < 400
    assert page.count("<use ") >= 10_000 or letter == "—", "several dashes are drawn as one"


@pytest.mark.parametrize("form", ["letter", "file"])
def test_a_note_never_stands_on_a_page_alone(form):
    """However many lines fill the first page: on the second are the last words, the signature and the note."""
    line, end = "正文一段。" * 5, {"signer": "某矿信访办", "date": "2026年11月22日", "note": "联系方式：内线"}
    least = len(line) + sum(map(len, end.values()))
    for many in range(4, 13):
        inputs, _lost = engine._inputs({"form": form, "org": "某矿", "number": "1号", "title": "意见书",
                                        "blocks": [{"text": line}] * many} | end)
        pages = engine._set("official", inputs, "svg")
        assert isinstance(pages, bytes) or pages[1].decode().count("<use ") >= least, many


def test_the_same_words_make_the_same_bytes():
    data = {"title": "意见书", "org": "某矿", "blocks": [{"text": "一样的话"}], "date": "2026年11月22日"}
    assert engine.pdf("official", data) == engine.pdf("official", data)
    assert b"CreationDate" not in engine.pdf("official", data)


def test_a_code_is_drawn_untouched_and_a_slip_needs_one_page():
    code = text.Raw(qr.picture("https://example.cn/"))
    for paper in ("roll", "a6"):
        slip = {"paper": paper, "title": "回执", "rows": [["日期", "2026-11-22"]], "big": "AAAA", "qr": code,
                "lines": ["字"]}
        assert len(engine.pages("slip", slip, ppi=30)) == 1
    for paper in ("a4", "a5"):
        poster = {"paper": paper, "title": "有话就说", "lines": ["一", "二", "三"], "qr": code, "footer": ["电话"]}
        assert len(engine.pages("poster", poster, ppi=30)) == 1


def test_too_long_a_document_is_refused_in_plain_words():
    with pytest.raises(UserError, match="没有生成文件"):
        engine.pdf("official", {"blocks": [{"text": "字" * (engine.LARGEST + 1)}]})


def test_a_long_document_leaves_the_others_at_work():
    """Sixty pages with tables: no other thread waits longer than a fifth of a second for Python."""
    long = {"title": "长文", "blocks": [
        part for n in range(60) for part in (
            {"kind": "h1", "text": f"第{n}章"}, {"text": "采煤一队反映情况。" * 60},
            {"kind": "table", "head": ["甲", "乙", "丙"], "rows": [[f"{n}", "内容", "说明"]] * 12})]}
    gaps, done = [], threading.Event()

    def tick() -> None:
        last = time.monotonic()
        while not done.is_set():
            time.sleep(0.002)
            now = time.monotonic()
            gaps.append(now - last)
            last = now
    watch = threading.Thread(target=tick)
    watch.start()
    engine.pdf("official", long)
    done.set()
    watch.join()
    assert max(gaps) < 1.0


def test_the_longest_paragraphs_are_set_at_once():
    """Ten texts of 10,000 characters without a break: a second or so, not the half minute of weighed lines."""
    began = time.process_time()
    engine.pdf("official", {"blocks": [{"text": f"{n}" + "采煤一队反映情况，" * 1100} for n in range(10)]})
    assert time.process_time() - began < 8


def test_our_templates_ask_nothing_of_the_network():
    for path in engine.SHELF.parents[3].rglob("*.typ"):
        assert "@preview" not in path.read_text() and "http" not in path.read_text()
