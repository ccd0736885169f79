"""Calendar feed (日程订阅): whole days as other calendars read them, RFC 5545.

>>> print(feed("我的日程", [Event("a@x", date(2026, 11, 30), "确认周计划，12:00 前")],
...            datetime(2026, 11, 28, 1, 0)).decode().replace(chr(13), ""))
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//sangesan//CN
CALSCALE:GREGORIAN
METHOD:PUBLISH
X-WR-CALNAME:我的日程
BEGIN:VEVENT
UID:a@x
DTSTAMP:20261128T010000Z
DTSTART;VALUE=DATE:20261130
DTEND;VALUE=DATE:20261201
SUMMARY:确认周计划，12:00 前
TRANSP:TRANSPARENT
END:VEVENT
END:VCALENDAR
<BLANKLINE>
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

WIDTH = 75
"""Octets of a line, the end left out (RFC 5545, 3.1)."""


@dataclass(frozen=True)
class Event:
    """One entry of a day (一条日程); `uid` is the same whenever it is fetched."""

    uid: str
    day: date
    summary: str


def feed(name: str, events: Iterable[Event], now: datetime) -> bytes:
    """Return the feed as bytes (订阅内容); `now` is in UTC."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//sangesan//CN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
             f"X-WR-CALNAME:{escaped(name)}"]
    for event in events:
        lines += ["BEGIN:VEVENT", f"UID:{event.uid}", f"DTSTAMP:{now:%Y%m%dT%H%M%SZ}",
                  f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
                  f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
                  f"SUMMARY:{escaped(event.summary)}", "TRANSP:TRANSPARENT", "END:VEVENT"]
    return b"".join(folded(line) for line in [*lines, "END:VCALENDAR"])


def escaped(text: str) -> str:
    r"""Return a text as a value (转义).

    >>> escaped("甲;乙,丙\n丁")
    '甲\\;乙\\,丙\\n丁'
    """
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "")):
        text = text.replace(sign, written)
    return text


def folded(line: str) -> bytes:
    """Return a line cut after at most 75 octets, never inside a character (折行).

    >>> [len(part) for part in folded("SUMMARY:" + "周" * 60).split(b"\\r\\n")]
    [74, 73, 43, 0]
    """
    parts, part = [], b""
    for sign in line:
        octets = sign.encode()
        if len(part) + len(octets) > WIDTH:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part]) + b"\r\n"
