"""Reads of the pulse (民情): answers that are out, months that are frozen."""

from .answers import Page, answer_for, origin, owed, page, similar_published, waiting
from .cube import DIMENSIONS, months, public_figures, view

__all__ = [
    "DIMENSIONS", "Page", "answer_for", "months", "origin", "owed", "page", "public_figures", "similar_published",
    "view", "waiting",
]
