"""Reads of the roster (花名册查询)."""

from .batches import batch_for, batch_page, batches, faults_of, plan_of, plan_today, read, undoable, workbook_back
from .changes import EFFECT_NAMES, Change, Effect, Plan
from .pages import (
    appointment_for,
    appointments_of,
    edits,
    holders_of,
    lasts,
    people_page,
    tree_page,
    unit_page,
    vacancy_page,
)
from .planning import plan
from .restructuring import Passage, passage
from .sheets import SHEETS, template

__all__ = [
    "EFFECT_NAMES", "SHEETS", "Change", "Effect", "Passage", "Plan", "appointment_for", "appointments_of", "batch_for",
    "batch_page", "batches", "edits", "faults_of", "holders_of", "lasts", "passage", "people_page", "plan", "plan_of",
    "plan_today", "read", "template", "tree_page", "undoable", "unit_page", "vacancy_page", "workbook_back",
]
