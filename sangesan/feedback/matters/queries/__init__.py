"""Reads of matters (事项查询). Everything a person sees passes `visible` or `matter_for`."""

from .access import Standing, hidden, matter_for, outside, standing, thing_of, visible
from .alongside import handlers
from .candidates import of_whole_mine, said_about, similar, unit_named, units
from .clocking import clocks, rights
from .detail import (
    Entry,
    dialogue,
    helping,
    identities,
    left_by,
    submissions,
    timeline,
    waiting,
)
from .documents import entries, words_of
from .figures import SIGNED_IN, Figures, figures, marks_of, open_by_unit
from .first_readers import first_named_each, kept_from_first, shut_to_some, unjudged
from .footing import footing, footing_of
from .judging import fresh_until
from .lists import LED, Filters, Page, page, shown
from .mentioned import mentioned
from .overview import Open, asking, first_answer_spans, open_now, open_of, own_cases
from .owing import with_owed
from .photos import enclosure_for, photo_for, recording_for, step_file_for, step_files
from .picture import life, steps, story
from .reviews import involved, leading_posts, level_of, reviewers, reviewing_unit, waiting_review
from .searching import Found, Hit, find
from .speaking import Heard, heard, heard_by, mine, opened, own, proof, proofs
from .suspected import suspected
from .tasks import Task, duties_waiting, todo, triage_queue, triage_waiting
from .veil import OPENLY, alike, in_charge, masked, masker, planned, unnamed, veil
from .watching import Watched, watched

__all__ = [
    "LED", "OPENLY", "SIGNED_IN", "Entry", "Figures", "Filters", "Found", "Heard", "Hit", "Open", "Page", "Standing",
    "Task", "Watched", "alike", "asking", "clocks", "dialogue", "duties_waiting", "enclosure_for", "entries", "figures",
    "find", "first_answer_spans", "first_named_each", "footing", "footing_of", "fresh_until", "handlers", "heard",
    "heard_by", "helping", "hidden", "identities", "in_charge", "involved", "kept_from_first", "leading_posts",
    "left_by", "level_of", "life", "marks_of", "masked", "masker", "matter_for", "mentioned", "mine", "of_whole_mine",
    "open_by_unit", "open_now", "open_of", "opened", "outside", "own", "own_cases", "page", "photo_for", "planned",
    "proof", "proofs", "recording_for", "reviewers", "reviewing_unit", "rights", "said_about", "shown", "shut_to_some",
    "similar", "standing", "step_file_for", "step_files", "steps", "story", "submissions", "suspected", "thing_of",
    "timeline", "todo", "triage_queue", "triage_waiting", "unit_named", "units", "unjudged", "unnamed", "veil",
    "visible", "waiting", "waiting_review", "watched", "with_owed", "words_of",
]
