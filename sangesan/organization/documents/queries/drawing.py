"""Drawing a copy (出件): the finished words of a document as text, PDF or Word, for one who may know them.

The words come from evidence; the addressee of a letter to a speaker is put in only here, for
those who may know the name.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation.errors import NotFound
from sangesan.foundation.print import engine
from sangesan.ledger.evidence.queries import text_of
from sangesan.method.authority import Scope

from .. import shipped
from ..models import Document, Template
from ..sandbox import environment
from .finding import template_bytes

PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
"""What a Word file says of itself (文件属性), of a template or of whoever wrote it."""
LONGEST_PROPERTY = 255
BY_RECEIPT = lazy("反映人（凭回执号领取）")


@dataclass(frozen=True)
class Told:
    """A document in words (公文文字): what stands on it, in order."""

    document: Document | None
    content: Mapping[str, Any]
    to: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The parts as a page shows them (正文各段)."""
        return [*self.content.get("parts", ()), *({"kind": "p", "text": n} for n in self.content.get("notes", ()))]

    @property
    def heading(self) -> str:
        return str(self.content.get("title", "")).replace("\n", "")


def told(document: Document, *, to: str = "") -> Told:
    """Return the words of a document (取文字). Raises NotFound when retention has erased them."""
    kept = text_of(document.words)
    if kept is None:
        raise NotFound(_("没有找到这份文书"), why=_("内容已到期清除"))
    content = json.loads(kept)
    return Told(document, content, to or content.get("to") or (str(BY_RECEIPT) if document.to_speaker else ""))


def pdf_of(paper: Told, *, trace: str = "", stamp: str = "") -> bytes:
    """Return a copy as PDF in the official format (出 PDF); `trace` says in its margin who took it."""
    return engine.pdf("official", _official(paper) | {"trace": trace, "stamp": stamp})


def lost_of(paper: Told) -> tuple[str, ...]:
    """Return which characters of a document stand as boxes (缺字)."""
    return engine.lost(_official(paper))


def picture_of(paper: Told, *, ppi: int = 60) -> list[bytes]:
    """Return the pages as pictures (页面图)."""
    return engine.pages("official", _official(paper), ppi=ppi)


def _official(paper: Told) -> dict[str, Any]:
    return {**paper.content, "blocks": paper.lines, "to": paper.to}


def word_of(paper: Told, *, trace: str = "") -> bytes:
    """Return a copy as Word, in the template that was in force when it was issued (出 Word)."""
    template = paper.document.template if paper.document else None
    return _filled(bytes(template.content) if template else shipped.template(), paper, trace)


def trial(scope: Scope, pk: int) -> tuple[Template, bytes]:
    """Return a template filled with invented words (试印)."""
    template = template_bytes(scope, pk)
    content = {"org": "某矿信访办公室", "number": "某矿信〔2026〕1号", "title": "试印", "signer": "某矿信访办公室",
               "date": "2026年11月22日", "note": "联系方式：内线 6000", "copies": ["某区队"], "attachments": ["一张表"],
               "subject": "2026-AAAAAA",
               "parts": [{"kind": "h1", "text": "一、第一段"}, {"kind": "p", "text": "正文。" * 40}]}
    return template, _filled(bytes(template.content), Told(None, content, "某某"), "")


def _filled(template: bytes, paper: Told, trace: str) -> bytes:
    from docx import Document as Word
    from docxtpl import DocxTemplate

    filled, out = DocxTemplate(io.BytesIO(template)), io.BytesIO()
    core = filled.get_docx().core_properties
    for part in PROPERTIES:  # a property holds 255 characters, and what stands in one is no field
        setattr(core, part, "")
    filled.render(fields(paper), environment(), autoescape=True)
    filled.save(out)
    made = Word(out)  # read anew: what is written into a foot of the filled one is not kept
    if template is shipped.template():
        shipped.headed(made, {clean(part["text"]): shipped.FACES[part["kind"]] for part in paper.lines
                                   if part.get("kind") in shipped.FACES})
    if trace:
        _traced(made, trace)
    made.core_properties.title = clean(paper.heading)[:LONGEST_PROPERTY]
    return plain_core(made)


def _traced(made: Any, trace: str) -> None:
    """Write at the foot of each page who took the copy (留痕), also where first or even pages have one of their own."""
    for n, section in enumerate(made.sections):
        feet = [section.footer]
        feet += [section.first_page_footer] if section.different_first_page_header_footer else []
        feet += [section.even_page_footer] if made.settings.odd_and_even_pages_header_footer else []
        for foot in feet:
            if n == 0 or not foot.is_linked_to_previous:
                line = foot.paragraphs[0] if foot.paragraphs else foot.add_paragraph()
                line.add_run(("\n" if line.runs else "") + trace)


def plain_core(made: Any) -> bytes:
    """Return a filled document's bytes (成文), its properties naming nobody."""
    for part in ("author", "last_modified_by", "comments", "keywords"):
        setattr(made.core_properties, part, "")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def fields(paper: Told) -> dict[str, Any]:
    """Return what a Word template may name (字段内容)."""
    content = paper.content
    body = [clean(line) for part in paper.lines for line in _of(part)]
    names = [clean(name) for name in content.get("attachments", ())]
    return {
        "发文机关": clean(content.get("org", "")), "文号": clean(content.get("number", "")),
        "标题": clean(str(content.get("title", ""))), "主送": clean(paper.to), "正文": "\a".join(body), "段落": body,
        "附件": [f"{n}. {name}" for n, name in enumerate(names, 1)] if len(names) > 1 else names,
        "署名": clean(content.get("signer", "")), "日期": clean(content.get("date", "")),
        "附注": clean(content.get("note", "")), "抄送": "，".join(clean(c) for c in content.get("copies", ())),
        "事项编号": clean(content.get("subject", "")),
    }


def _of(part: Mapping[str, Any]) -> Sequence[str]:
    if part.get("kind") == "table":
        return ["：".join(str(cell) for cell in row) for row in part.get("rows", ())]
    return [line for line in str(part.get("text", "")).split("\n") if line.strip()]


def clean(text: object) -> str:
    """Return a text XML can hold (可写入的文字): no control signs, which Word would take for breaks."""
    return "".join(c for c in str(text) if c == "\n" or (c >= " " and not "\ud800" <= c <= "\udfff"
                                                         and c not in "\x7f\ufffe\uffff"))
