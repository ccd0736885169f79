"""Reads of work items (工作项查询)."""

from .access import addressees, item_for, items, leads, own_step, places, takes_part
from .detail import Detail, StageView, StepView, detail_of, seen_of
from .lists import Row, find, listed
from .page import below, page_of, step_page
from .review import Review, review_of
from .unseen import Unseen, unseen

__all__ = [
    "Detail", "Review", "Row", "StageView", "StepView", "Unseen", "addressees", "below", "detail_of", "find",
    "item_for", "items", "leads", "listed", "own_step", "page_of", "places", "review_of", "seen_of",
    "step_page", "takes_part", "unseen",
]
