"""Reads of publicity (宣传引导查询)."""

from .access import campaign_for, campaigns, handing_for, leads, targets
from .cascade import Branch, Cascade, cascade_of, mine
from .lists import Row, listed
from .openness import posting_for, postings, postings_page, reads, table_of, units_to_post, versions
from .sheet import Sheet, sheet_for, sheet_of, sheet_units

__all__ = [
    "Branch", "Cascade", "Row", "Sheet", "campaign_for", "campaigns", "cascade_of", "leads", "listed", "mine",
    "handing_for", "posting_for", "postings", "postings_page", "reads", "sheet_for",
    "sheet_of", "sheet_units", "table_of", "targets", "units_to_post", "versions",
]
