"""Whom an indicator may be of (被考单位类别): kinds of units, and the branches of one line alone."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as lazy

from sangesan.organization.units.models import Kind, Line

ASSESSED = (*Kind.choices, *((f"{Kind.BRANCH.value}.{line.value}", word) for line, word in (
    (Line.PARTY, lazy("党支部")), (Line.UNION, lazy("工会分会")), (Line.YOUTH, lazy("团支部")))))
"""Kinds to choose from (可选类别), as `method.statement.fits` reads them."""
