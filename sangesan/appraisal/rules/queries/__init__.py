"""Reads of rules (考核办法查询): versions frozen for the assessment, and what pages show of them."""

from .checking import faults
from .frozen import DAILY, PERIOD, Altered, Grade, LinkOf, Pay, Rules, by_id, frozen, in_force, link_for, standards

__all__ = ["DAILY", "PERIOD", "Altered", "Grade", "LinkOf", "Pay", "Rules", "by_id", "faults", "frozen", "in_force",
           "link_for", "standards"]
