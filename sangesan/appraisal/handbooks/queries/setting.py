"""A handbook set for paper (排版数据): plain words, for PDF and Word alike."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation import clock

from .reading import Book, Part


def sheet_of(book: Book, only: str = "", trace: str = "") -> dict[str, Any]:
    """Return the words of a book, or of one section as a loose leaf (活页)."""
    parts = [part for part in book.parts if only in ("", part.section.slug)]
    return {
        "title": book.title, "unit": book.unit.name, "year": _("%d 年度") % book.year, "leaf": bool(only),
        "covers": "、".join(unit.name for unit in book.covers), "made": f"{clock.today():%Y-%m-%d}",
        "note": _("本册由台账生成，一处登记，三册共用；条目改动须在台账冲正、重记。"), "trace": trace,
        "parts": [_part(number, part) for number, part in enumerate(parts, start=1)],
        "roots": [f"{root.day.isoformat()} {_('第')} {root.number} {_('封')} {' '.join(root.groups)}"
                  for root in book.roots],
    }


def _part(number: int, part: Part) -> dict[str, Any]:
    one = part.section
    rows = [[line.day.isoformat(), line.word, "\n".join(line.words)] for line in part.lines]
    rows += [["", word, _("%d 件次") % n if n is not None else _("不足五件，不列")] for word, n in part.numbers]
    missing = "、".join(gap.word for gap in part.gaps)
    return {
        "word": f"{number}. {one.word}", "rule": f"{one.rule}（{one.source}）", "frequency": one.frequency,
        "how": one.steps, "owner": one.owner, "rows": rows,
        "gaps": [_("%(when)s缺，由%(owner)s补办") % {"when": missing, "owner": one.owner}] if missing else [],
    }
