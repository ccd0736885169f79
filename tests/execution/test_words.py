"""What is typed (输入的文字): every room keeps the same signs and refuses the same."""

from __future__ import annotations

import pytest

from sangesan.decision.focus.services import _said
from sangesan.execution.analysis.services.words import checked as analysis
from sangesan.execution.meetings.services.words import checked as meetings
from sangesan.execution.publicity.services.words import checked as publicity
from sangesan.execution.rectification.services.said import words as rectification
from sangesan.execution.study.services.planning import _words as study
from sangesan.execution.work.services.words import checked as work
from sangesan.foundation.errors import UserError

ROOMS = {
    "focus": lambda text: _said(text, "内容", 60, "text"),
    "analysis": lambda text: analysis(text, "内容", 60),
    "meetings": lambda text: meetings(text, "内容", 60, needed=True),
    "publicity": lambda text: publicity(text, "内容", 60),
    "rectification": lambda text: rectification(text, what="内容", longest=60, needed=True),
    "study": lambda text: study(text, "内容", 60, "text", needed=True),
    "work": lambda text: work(text, "内容", 60),
}


@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("text", ["", "\u200b \u3000\u2060", "断\x00了", "乱\ufffd码", "半\ud83d个", "字" * 61])
def test_nothing_too_much_and_what_cannot_be_kept_is_refused_everywhere(room, text):
    with pytest.raises(UserError, match="没有保存"):
        ROOMS[room](text)


@pytest.mark.parametrize("room", ROOMS)
def test_signs_that_nobody_sees_are_left_out_everywhere(room):
    assert ROOMS[room](" 更换\u200b风筒\u202e ") == "更换风筒"
