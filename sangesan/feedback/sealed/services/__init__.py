"""Changes of the discipline mailbox (纪检监察信箱办理)."""

from .handling import step
from .keys import approve, ask, found, refuse_key, remove, settle
from .nightly import record_overdue, record_speakers
from .opening import hand_on, open_letter
from .paper import found_again, renewable, report_lost
from .reading import taken_out
from .receiving import GoesUp, add, receive

__all__ = ["GoesUp", "add", "approve", "ask", "found", "found_again", "hand_on", "open_letter", "receive",
           "record_overdue", "record_speakers", "refuse_key", "remove", "renewable", "report_lost", "settle", "step",
           "taken_out"]
