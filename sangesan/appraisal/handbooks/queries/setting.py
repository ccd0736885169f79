"""A handbook set for paper (排版数据): plain words, for PDF and Word alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation import clock

from ..models import Scan
from .reading import Book, Part


def sheet_of(book: Book, only: str = "", trace: str = "") -> dict[str, Any]:
    """Return the words of a book, or of one section as a loose leaf (活页); pictures by their number in `bound`."""
    parts = [(n, part) for n, part in enumerate(book.parts, start=1) if only in ("", part.section.slug)]
    numbers, at = {}, 0
    for scan in bound(book, only):
        numbers[scan.pk] = list(range(at, at := at + scan.pages))
    return {
        "title": book.title, "unit": book.unit.name, "year": _("%d 年度") % book.year, "leaf": bool(only),
        "covers": "、".join(unit.name for unit in book.covers), "made": f"{clock.today():%Y-%m-%d}",
        "note": _("本册由台账生成，一处登记，三册共用；条目改动须在台账冲正、重记。"), "trace": trace,
        "parts": [_part(number, part) | {"pictures": _of(part.scans, numbers)}
                  for number, part in parts],
        "pictures": [] if only else _of(book.scans, numbers),
        "roots": [f"{root.day.isoformat()} {_('第')} {root.number} {_('封')} {' '.join(root.groups)}"
                  for root in book.roots],
        "signs": signs(),
    }


def signs() -> list[str]:
    """Return who signs and seals a book (签字盖章)."""
    return [_("支部书记签字"), _("分会主席签字"), _("检查人签字"), _("日期"), _("单位（盖章）")]


def bound(book: Book, only: str = "") -> list[Scan]:
    """Return the signed pages bound into a book or leaf (装订的签字页), in the order in which they came."""
    scans = [scan for part in book.parts if only in ("", part.section.slug) for scan in part.scans]
    return sorted(scans if only else [*scans, *book.scans], key=lambda scan: scan.pk)


def _of(scans: list[Scan], numbers: dict[int, list[int]]) -> list[int]:
    return [number for scan in scans for number in numbers[scan.pk]]


def _part(number: int, part: Part) -> dict[str, Any]:
    one = part.section
    rows = [[line.day.isoformat(), line.word, "\n".join(line.words)] for line in part.lines]
    rows += numbers_said(part.numbers, part.shut)
    missing = "、".join(gap.word for gap in part.gaps)
    return {
        "word": f"{number}. {one.word}", "rule": f"{one.rule}（{one.source}）", "frequency": one.frequency,
        "how": one.steps, "owner": one.owner, "measured": "\n".join(m.word for m in part.measures), "rows": rows,
        "gaps": [_("%(when)s缺，由%(owner)s补办") % {"when": missing, "owner": one.owner}] if missing else [],
    }


def numbers_said(numbers: list[tuple[str, int | None]], shut: bool) -> list[list[str]]:
    """Return numbers as rows of a book (件数行); of too few that there are too few, or that a reader may not know."""
    if shut:
        return [["", _("件数"), _("件数只给可以查看这些事项的人列出。")]]
    return [["", word, _("%d 件次") % n if n is not None else _("不足五件，不列")] for word, n in numbers]


def covered(data: dict[str, Any], mask: Callable[[str], str]) -> dict[str, Any]:
    """Return the words of a book with what is personal in them covered (遮盖), for eyes from outside.

    Signatures can't be covered: of signed pages it is said how many there are, and the pictures are left out.
    """
    parts = [part | {"pictures": [], "rows": [
        *([day, mask(word), mask(text)] for day, word, text in part["rows"]), *_kept_back(part["pictures"])]}
        for part in data["parts"]]
    notes = [data["note"], *(said for _day, _word, said in _kept_back(data["pictures"]))]
    return data | {"parts": parts, "pictures": [], "note": "".join(notes)}


def _kept_back(pictures: list[int]) -> list[list[str]]:
    """Return the row that stands for signed pages left out (未附签字页)."""
    return [["", _("签字页"), _("签字页 %d 页，原件在支部备查。") % len(pictures)]] if pictures else []
