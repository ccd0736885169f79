"""Reads of meetings (会议查询)."""

from .access import host_units, hosts, meeting_for, visible
from .agenda import Agenda, Line, agenda_of, earlier
from .dates import dates
from .lists import Coming, coming, find, held
from .minutes import Minutes, minutes_of, told
from .prospect import EARLY, prospect
from .roster import chairs, expected, owners, roll

__all__ = [
    "EARLY", "Agenda", "Coming", "Line", "Minutes", "agenda_of", "chairs", "coming", "dates", "earlier", "expected",
    "find", "held", "host_units", "hosts", "meeting_for", "minutes_of", "owners", "prospect", "roll", "told", "visible",
]
