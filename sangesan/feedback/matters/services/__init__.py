"""Every change of a matter (事项办理), one verb family each. Staff services take `scope`."""

from .accepting import hand_back, keep, object, procedure
from .answering import approve, draft, first_answer, note, plan, reject, reply, take_back
from .applying import apply_review, apply_third_review
from .backdating import shut_appointed
from .caring import care
from .clearing import clear_old
from .covering import cover_again, to_cover
from .describing import describe
from .despairing import apart_before
from .ending import call_back, close, rate, reopen, withdraw
from .exporting import export
from .extending import extend, grant, refuse
from .following import follow_calendar
from .grading import agree, chosen, confirm, lower, regrade
from .hearing import forget_old, prepare, release_due, take_in, write
from .hearings import end_hearing, end_hearings, hearing
from .identity import erase_name, open_identity
from .indexing import index_due, stale, tidy_index
from .joining import look_through, shut_entered
from .lawful import propose_supervision, record_terms
from .leading import case_note, conclude, take_on
from .linking import link
from .merging import merge
from .nightly import close_unrated, record_overdue, record_speakers, run_clocks
from .pausing import ask_pause, no_pause, pause, resume, suspend
from .receiving import return_, rule, sign_in
from .recusing import heed_due
from .reviewing import (
    change,
    end,
    pass_up,
    redo,
    review,
    uphold,
    upper_change,
    upper_redo,
    upper_uphold,
)
from .routing import route_wages
from .supervising import end_supervision, suggest, supervise, waive, write_back
from .triage import accuse, concern, decline, dispatch, grade, judge, unmark

__all__ = [
    "accuse", "agree", "apart_before", "apply_review", "apply_third_review", "approve", "ask_pause", "call_back",
    "care", "case_note", "change", "chosen", "clear_old", "close", "close_unrated", "concern", "conclude", "confirm",
    "cover_again", "decline", "describe", "dispatch", "draft", "end", "end_hearing", "end_hearings", "end_supervision",
    "erase_name", "export", "extend", "first_answer", "follow_calendar", "forget_old", "grade", "grant", "hand_back",
    "hearing", "heed_due", "index_due", "judge", "keep", "link", "look_through", "lower", "merge", "no_pause", "note",
    "object", "open_identity", "pass_up", "pause", "plan", "prepare", "procedure", "propose_supervision", "rate",
    "record_overdue", "record_speakers", "record_terms", "redo", "refuse", "regrade", "reject", "release_due", "reopen",
    "reply", "resume", "return_", "review", "route_wages", "rule", "run_clocks", "shut_appointed", "shut_entered",
    "sign_in", "stale", "suggest", "supervise", "suspend", "take_back", "take_in", "take_on", "tidy_index", "to_cover",
    "unmark", "uphold", "upper_change", "upper_redo", "upper_uphold", "waive", "withdraw", "write", "write_back",
]
