"""Reads of study (学习查询)."""

from .access import bank_for, banks, leads, open_bank_for, open_banks, places, session_for, sessions, signs
from .counts import coverage, gains, held
from .shifts import left, patterns
from .starting import agenda, start_of

__all__ = ["agenda", "bank_for", "banks", "coverage", "gains", "held", "leads", "left", "open_bank_for", "open_banks",
           "patterns", "places", "session_for", "sessions", "signs", "start_of"]
