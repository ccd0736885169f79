"""Reads of inspection and rectification (督察整改查询)."""

from .access import finding_for, findings, footing, inspection_for, inspections
from .dates import dates
from .detail import Detail, detail_of, photo_for
from .open import Open, listed, listed_of, of_source, open_by_unit, to_verify
from .uninspected import uninspected

__all__ = [
    "Detail", "Open", "dates", "detail_of", "finding_for", "findings", "footing", "inspection_for",
    "inspections", "listed", "listed_of", "of_source", "open_by_unit", "photo_for", "to_verify",
    "uninspected",
]
