"""Weekly plans and daily reports (周作业计划、每日述职): which week, when it is checked, what a report may hold.

A plan is drafted from what a unit has to do anyway; nobody types it again. A line that was not
done goes over to the next week and says how often it did. Numbers may be changed here.

>>> week_of(date(2026, 11, 29)), friday(date(2026, 11, 23))
(datetime.date(2026, 11, 23), datetime.date(2026, 11, 27))
>>> openly(2), openly(0)
('已转入 2 次', '')
"""

from __future__ import annotations

from datetime import date, timedelta

from .words import word

MOST_LINES = 40
LONGEST_LINE, LONGEST_REASON, LONGEST_SENTENCE = 120, 100, 200
SOURCES = {"routine": word("制度"), "decision": word("会议决定"), "assigned": word("交办"), "carried": word("上周转入"),
           "own": word("自己添的")}
"""Where a line comes from (来源); goals follow once there are any."""
TOLD = {
    "duty.done": word("按时办结"), "duty.late": word("补办"), "meeting.held": word("开会"),
    "visit.made": word("走访联系点"),
    "matter.answered": word("答复职工事项"), "decision.taken": word("会议定下"), "study.held": word("组织学习"),
}
"""What a daily report tells of (述职内容), counted from the day's own facts."""
UNITS = {"meeting.held": word("次"), "visit.made": word("次"), "study.held": word("次")}


def week_of(day: date) -> date:
    """Return the Monday of a day's week (所在周)."""
    return day - timedelta(days=day.weekday())


def next_week(day: date) -> date:
    """Return the week a plan is made for (计划周): this one until Thursday, the next from Friday on.

    >>> next_week(date(2026, 11, 26)), next_week(date(2026, 11, 27))
    (datetime.date(2026, 11, 23), datetime.date(2026, 11, 30))
    """
    return week_of(day) + timedelta(days=7 if day.weekday() >= 4 else 0)


def friday(week: date) -> date:
    """Return the day on which a plan is checked (对账日)."""
    return week + timedelta(days=4)


def plannable(week: date, today: date) -> bool:
    """Return whether a week may still be planned (可否计划): this one and the next, no other.

    >>> plannable(date(2026, 11, 16), date(2026, 11, 24)), plannable(date(2026, 11, 30), date(2026, 11, 24))
    (False, True)
    """
    return week.weekday() == 0 and week_of(today) <= week <= week_of(today) + timedelta(days=7)


def openly(carried: int) -> str:
    """Return how often a line was carried over (转入次数), said openly."""
    return word("已转入 %(carried)s 次") % {"carried": carried} if carried else ""


def told(counts: dict[str, int]) -> str:
    """Return the sentence a day makes by itself (述职草稿), in the order of the table; nothing for an empty day.

    >>> told({"meeting.held": 1, "duty.done": 3})
    '按时办结 3 件，开会 1 次'
    """
    return "，".join(f"{said} {counts[kind]} {UNITS.get(kind, word('件'))}"
                     for kind, said in TOLD.items() if counts.get(kind))
