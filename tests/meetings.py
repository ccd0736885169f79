"""Meetings for tests (造会议): called, written down and closed through the services."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sangesan.execution.meetings import services
from sangesan.execution.meetings.models import Meeting
from sangesan.execution.meetings.services.preparing import Decision
from sangesan.foundation import clock
from tests.builders import Mine, hire
from tests.builders import unit as make_unit


def committee(mine: Mine) -> Mine:
    """Give the small mine a second branch and a secretary of the committee (党委、两个支部)."""
    from sangesan.method.authority import Role
    from sangesan.organization.units.models import Kind, Line

    mine.units["ZB2"] = make_unit("ZB2", "综采二队党支部", Kind.BRANCH, mine.units["DW"], Line.PARTY)
    hire(mine, "secretary2", "综采二队党支部书记", "ZB2", Role.SECRETARY, "2011", head=True, line="party")
    hire(mine, "party", "党委书记", "DW", Role.LEADER, "2012", head=True, line="party")
    return mine


def called(mine: Mine, *, by: str = "cadre", unit: str = "DW", series: str = "secretaries",
           begins: datetime | None = None, **parts: Any) -> Meeting:
    """Call a meeting (加开会议), an hour ago if not said otherwise."""
    return services.call(scope=mine.scope(by), unit=mine.units[unit].pk, series=series,
                         begins=begins or clock.now() - timedelta(hours=1), **parts)


def written(mine: Mine, meeting: Meeting, *, by: str = "cadre", decisions: tuple = (), **parts: Any) -> Meeting:
    """Write a meeting down (记录): one conclusion, an end half an hour later, decisions as (text, post, days)."""
    begins = parts.pop("begins", meeting.begins)
    given = {"begins": begins, "ended": begins + timedelta(minutes=30),
             "conclusions": ["各支部本周把班前会的答复念到班组"]} | parts
    said = [Decision(text, mine.posts[post].pk, clock.today() + timedelta(days=days)) for text, post, days in decisions]
    return services.prepare(scope=mine.scope(by), meeting=meeting.pk, decisions=said, **given)


def held(mine: Mine, *, by: str = "cadre", **parts: Any) -> Meeting:
    """Hold a meeting from call to minutes (开一次会)."""
    calling = {k: parts.pop(k) for k in ("unit", "series", "begins", "name") if k in parts}
    meeting = called(mine, by=by, **calling)
    written(mine, meeting, by=by, **parts)
    return services.close(scope=mine.scope(by), meeting=meeting.pk)


def someday(day: date, hour: int = 9) -> datetime:
    """Return a moment of a day (某日某时)."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=clock.LOCAL)
