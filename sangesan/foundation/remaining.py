"""Time left (剩余时间), said as people say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from . import clock

SOON = timedelta(hours=24)


@dataclass(frozen=True)
class Said:
    """Words and tone (说法与色调)."""

    words: str
    tone: str


def span(length: timedelta) -> str:
    """Write a length of time (时长) in its two largest units, never with a zero one; from three days on in days.

    >>> span(timedelta(hours=1, minutes=20)), span(timedelta(minutes=35)), span(timedelta(days=2))
    ('1 小时 20 分', '35 分钟', '2 天')
    """
    minutes = int(length.total_seconds()) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        hours = hours if days < 3 else 0
        return _("%(d)s 天 %(h)s 小时") % {"d": days, "h": hours} if hours else _("%(d)s 天") % {"d": days}
    if hours:
        return _("%(h)s 小时 %(m)s 分") % {"h": hours, "m": minutes} if minutes else _("%(h)s 小时") % {"h": hours}
    return _("%(m)s 分钟") % {"m": max(minutes, 1)}


def say(due: datetime | date, *, now: datetime, met: bool = False) -> Said:
    """Say how a deadline stands (时限说法); a day's deadline runs to its last minute, and is late by whole days."""
    if isinstance(due, datetime):
        left = late = due - now
    else:
        left = datetime.combine(due + timedelta(days=1), time(0), tzinfo=clock.LOCAL) - now
        late = due - clock.local(now).date()
    if met:
        return Said(_("按时"), "ok") if late >= timedelta() else Said(_("晚 %(t)s") % {"t": span(-late)}, "bad")
    if late < timedelta():
        return Said(_("已超 %(t)s") % {"t": span(-late)}, "bad")
    return Said(_("剩 %(t)s") % {"t": span(left)}, "warn" if left < SOON else "")
