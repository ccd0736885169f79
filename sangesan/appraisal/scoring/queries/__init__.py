"""Reads of scoring (核算查询): what an assessment is made from, and what came of it."""

from .daily import (
    Inputs,
    calendar_digest,
    digest,
    first_before,
    gather,
    holding,
    latest,
    plain,
    statement,
    stored,
    tree_of,
    unconfirmed_years,
    units_with_losses,
)
from .hand import assessed_by, items, unchecked
from .intact import altered_entries, altered_runs, altered_trees, lost_runs, own_altered, shown_altered
from .late import assessed, counted_late, righting
from .results import start_of, stored_period

__all__ = [
    "Inputs", "altered_entries", "altered_runs", "altered_trees", "assessed", "assessed_by", "calendar_digest",
    "counted_late", "digest", "first_before", "gather", "holding", "items", "latest", "lost_runs", "own_altered",
    "plain", "righting", "shown_altered", "start_of", "statement", "stored", "stored_period", "tree_of", "unchecked",
    "unconfirmed_years", "units_with_losses",
]
