"""Reads of study (学习查询)."""

from .access import bank_for, banks, leads, opener, places, session_for, sessions
from .counts import coverage, gains, held

__all__ = ["bank_for", "banks", "coverage", "gains", "held", "leads", "opener", "places", "session_for", "sessions"]
