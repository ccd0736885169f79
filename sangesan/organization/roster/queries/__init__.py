"""Reads of the roster (花名册查询)."""

from .batches import batch_for, batches, undoable, workbook_back
from .planning import Change, Plan, plan
from .sheets import SHEETS, template

__all__ = ["SHEETS", "Change", "Plan", "batch_for", "batches", "plan", "template", "undoable", "workbook_back"]
