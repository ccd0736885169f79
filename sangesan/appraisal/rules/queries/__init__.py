"""Reads of rules (考核办法查询): versions frozen for the assessment, and what pages show of them."""

from .beginning import beginning
from .books import exported, ours, preview, template, workbook_back
from .checking import faults, switched_off
from .frozen import (
    DAILY,
    PERIOD,
    Altered,
    Grade,
    LinkOf,
    Pay,
    Rules,
    by_id,
    frozen,
    in_force,
    link_for,
    once,
    standards,
)
from .intact import altered, altered_versions, whole
from .pages import (
    content_of,
    edits,
    free_code,
    listed,
    page_of,
    reads,
    replaced,
    state_of,
    version_for,
    versions,
)
from .terms import (
    draft_for,
    draft_row,
    grades_shown,
    indicator_for,
    link_for_edit,
    pay_shown,
    read_only,
    weights_shown,
)
from .unmeasured import placed, unmeasured

__all__ = [
    "DAILY", "PERIOD", "Altered", "Grade", "LinkOf", "Pay", "Rules", "altered", "altered_versions", "beginning",
    "by_id", "content_of", "draft_for", "draft_row", "edits", "exported", "faults", "free_code", "frozen",
    "grades_shown", "in_force", "indicator_for", "link_for", "link_for_edit", "listed", "once", "ours", "page_of",
    "pay_shown", "placed", "preview", "read_only", "reads", "replaced", "standards", "state_of", "switched_off",
    "template", "unmeasured", "version_for", "versions", "weights_shown", "whole", "workbook_back",
]
