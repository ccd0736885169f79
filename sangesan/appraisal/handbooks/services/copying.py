"""Taking a copy (取手册): PDF to sign and file, Word to edit; each says who took it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.foundation.print import engine
from sangesan.ledger.audit.services import note
from sangesan.method.authority import Scope

from .. import queries
from . import editing

PAPER = Path(__file__).parent.parent / "paper" / "handbook.typ"

WRITTEN = engine.LARGEST // 2
"""So many characters become Word while one waits (当场上限): short rows of a table take longer than in print."""


@dataclass(frozen=True)
class Copy:
    """A copy (一份): bytes and a plain file name."""

    body: bytes
    name: str


def pdf(*, scope: Scope, code: str, slug: str, year: int, only: str = "") -> Copy:
    """Return a handbook as PDF (出 PDF), complete or one section as a loose leaf, and note it."""
    body = printed(scope=scope, code=code, slug=slug, year=year, only=only)
    _noted(scope, code, slug, "pdf")
    return Copy(body, f"{slug}-{code}-{year}{'-' + only if only else ''}.pdf")


def printed(*, scope: Scope, code: str, slug: str, year: int, only: str = "",
            mask: Callable[[str], str] | None = None, most: int = engine.LARGEST) -> bytes:
    """Return a handbook set for paper (排印), signed pages bound in; with `mask`, and without them, for outside.

    Raises TooLong for more than `most` characters; whoever makes it in the background takes more.
    """
    book = _book(scope, code, slug, year, only)
    data = queries.sheet_of(book, only, trace_of(scope))
    if mask:
        return engine.pdf(PAPER, queries.covered(data, mask), most=most)
    return engine.pdf(PAPER, data, queries.pictures_of(queries.bound(book, only)), most)


def word(*, scope: Scope, code: str, slug: str, year: int) -> Copy:
    """Return a handbook as Word (出 Word), to edit, and note it."""
    body = written(scope=scope, code=code, slug=slug, year=year)
    _noted(scope, code, slug, "word")
    return Copy(body, f"{slug}-{code}-{year}.docx")


def written(*, scope: Scope, code: str, slug: str, year: int, most: int = WRITTEN) -> bytes:
    """Return a handbook to edit (可改稿), holding what its print holds. Raises TooLong as `printed` does."""
    book = _book(scope, code, slug, year)
    data = queries.sheet_of(book, "", trace_of(scope))
    engine.fits(data, most)
    return editing.document(data, queries.pictures_of(queries.bound(book)))


def _book(scope: Scope, code: str, slug: str, year: int, only: str = "") -> queries.Book:
    book = queries.book_for(scope, code, slug, year)
    if only and all(part.section.slug != only for part in book.parts):
        raise NotFound(_("没有找到这一篇"))
    return book


def trace_of(scope: Scope) -> str:
    """Return who took a copy and when (取件说明), for its margin."""
    return _("%(name)s（%(post)s）%(at)s 取自本系统") % {
        "name": scope.name, "post": scope.posts[0].title if scope.posts else "",
        "at": f"{clock.local(clock.now()):%Y-%m-%d %H:%M}"}


def _noted(scope: Scope, code: str, slug: str, form: str) -> None:
    note("document.taken", scope=scope, subject=f"books/{code}-{slug}", detail={"form": form})
