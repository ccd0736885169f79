"""Reads of plans and reports (周计划与述职查询)."""

from .access import footing, own_plan, plan_for, plans, report_for, reports, seats, untold
from .dates import dates
from .drafting import Drafted, Ready, lacking, ready, told_of, worth
from .lists import Board, Stand, board, find, inbox, lines_of, mine

__all__ = [
    "Board", "Drafted", "Ready", "Stand", "board", "dates", "find", "footing", "inbox", "lacking", "lines_of", "mine",
    "own_plan", "plan_for", "plans", "ready", "report_for", "reports", "seats", "told_of", "untold", "worth",
]
