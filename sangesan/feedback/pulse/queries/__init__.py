"""Reads of the pulse (民情): answers that are out, months that are frozen."""

from .answers import Page, answer_for, origin, owed, page, similar_published, waiting
from .cube import DIMENSIONS, frozen, months, part, public_figures, view

__all__ = [
    "DIMENSIONS", "Page", "answer_for", "frozen", "months", "origin", "owed", "page", "part", "public_figures",
    "similar_published", "view", "waiting",
]
