"""A mean of daily results as a statement shows it (日结果平均): each day with its result, and the sum by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from sangesan.appraisal.scoring.queries.days import ASSESSED, of_day
from sangesan.ledger.facts.queries import Row
from sangesan.method.rounding import FULL, points, q
from sangesan.method.statement import Line


def shown(row: Row | None, line: Line, code: str, links: Mapping[str, str]) -> dict[str, Any]:
    """Return what a page says of a day that counted (计入之日): its result, and the way to that day's own statement."""
    if row is None or row.kind != ASSESSED:
        return {}
    url = f"{links[row.subject]}{code}/" if row.subject in links else ""
    final = FULL + dict(line.parts).get(row.id, 0)
    return {"word": _("当日结果 %s 分") % points(final), "day": of_day(row), "url": url,
            "number": _("当日清单") if url else ""}


def reckoned(line: Line, rows: Mapping[int, Row]) -> str:
    """Return how a mean of days was reckoned (算式), so that anybody comes to it; '' for any other line."""
    lost = dict(line.parts)
    told = Counter(FULL + lost.get(one, 0) for one in (*line.good, *line.bad)
                   if one in rows and rows[one].kind == ASSESSED)
    if not told or line.score is None:
        return ""
    whole = " + ".join(_("%(points)s × %(n)s 天") % {"points": points(value), "n": n}
                       for value, n in sorted(told.items(), reverse=True))
    mean = q(Fraction(sum(value * n for value, n in told.items()), told.total()))
    return _("（%(whole)s）÷ %(n)s 天 = %(mean)s；没有结果的日子不计") % {
        "whole": whole, "n": told.total(), "mean": points(mean)}
