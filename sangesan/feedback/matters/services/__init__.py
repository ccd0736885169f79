"""Every change of a matter (事项办理), one verb family each. Staff services take `scope`."""

from .answering import approve, draft, first_answer, note, plan, reject, reply, take_back
from .ending import call_back, close, rate, reopen, review, supervise, withdraw
from .extending import extend, grant, refuse, resume, suspend
from .grading import agree, chosen, confirm, lower, regrade
from .hearing import forget_old, prepare, release_due, take_in, write
from .identity import open_identity
from .indexing import index_due, stale, tidy_index
from .nightly import close_unrated, record_overdue, record_speakers, run_clocks
from .receiving import return_, rule, sign_in
from .reviewing import end, redo, uphold
from .triage import accuse, concern, decline, describe, dispatch, grade, judge, merge, take_up

__all__ = [
    "accuse", "agree", "approve", "call_back", "chosen", "close", "close_unrated", "concern", "confirm", "decline",
    "describe", "dispatch", "draft", "end", "extend", "first_answer", "forget_old", "grade", "grant", "index_due",
    "judge", "lower", "merge", "note", "open_identity", "plan", "prepare", "rate", "record_overdue",
    "record_speakers", "redo", "refuse", "regrade", "reject", "release_due", "reopen", "reply", "resume", "return_",
    "review", "rule", "run_clocks", "sign_in", "stale", "supervise", "suspend", "take_back", "take_in", "take_up",
    "tidy_index", "uphold", "withdraw", "write",
]
