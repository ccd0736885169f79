"""Sections of the three books (三册篇目). Every indicator names one of them as its place."""

from __future__ import annotations

from .branch import BRANCH
from .others import OTHERS
from .section import Section

SECTIONS: tuple[Section, ...] = BRANCH + OTHERS
"""All sections (全部篇目), in the order of the books."""


def sections(book: str) -> list[Section]:
    """Return the sections of a book (一册篇目).

    >>> [len(sections(book)) > 5 for book in ("branch", "integrity", "union")]
    [True, True, True]
    """
    return [one for one in SECTIONS if one.book == book]


def section(book: str, slug: str) -> Section | None:
    """Return one section (篇目), or None."""
    return next((one for one in sections(book) if one.slug == slug), None)


def named(book: str, said: str) -> Section | None:
    """Return a section by its title or its slug (按篇名取篇目), or None.

    >>> [one and one.slug for one in (named("branch", "党课"), named("branch", "lecture"), named("union", "党课"))]
    ['lecture', 'lecture', None]
    """
    return next((one for one in sections(book) if said in (one.word, one.slug)), None)
