"""Reads of the roster (花名册查询)."""

from .batches import batch_for, batches, faults_of, plan_of, plan_today, read, undoable, workbook_back
from .changes import EFFECT_NAMES, Change, Effect, Plan
from .planning import plan
from .sheets import SHEETS, template

__all__ = [
    "EFFECT_NAMES", "SHEETS", "Change", "Effect", "Plan", "batch_for", "batches", "faults_of", "plan", "plan_of",
    "plan_today", "read", "template", "undoable", "workbook_back",
]
