"""What runs inside a scratch database (库内测速): `python -m sangesan.upkeep.bench.inside WORK …`."""

from __future__ import annotations

import sys
from datetime import date

import django


def mine() -> None:
    """Load the demo's organisation (装入组织)."""
    from sangesan.upkeep.demo import load

    load.prepare(until=date(2026, 11, 21))


def people() -> None:
    """Import the demo's 3,000 people (导入三千人) and say how long it took."""
    from django.db import connection

    from .figures import Figure, say, timed

    say([Figure("import_people.3000", timed(mine), "s", 3000, connection.vendor)])


def demo() -> None:
    """Play a year (装入一年) and say how long it took."""
    from django.db import connection

    from sangesan.upkeep.demo import load, play

    from .figures import Figure, say, timed

    plan = load.prepare(days=load.YEAR)
    steps = len(play.scenes(plan))
    say([Figure("demo.year", timed(lambda: play.play(plan)), "s", steps, connection.vendor)])


def lists(count: str) -> None:
    """Measure lists and details (列表与详情) among so many matters."""
    from . import lists as work
    from .figures import say

    say(work.measure(int(count)))


def search(count: str) -> None:
    """Measure search (检索) among so many matters."""
    from . import search as work
    from .figures import say

    say(work.measure(int(count)))


def nightly(units: str) -> None:
    """Measure the closing of a day (日终结账) for so many units."""
    from . import nightly as work
    from .figures import say

    say(work.measure(int(units)))


def assess(count: str) -> None:
    """Measure a year's assessment (年度核算) from so many facts."""
    from . import assess as work
    from .figures import say

    say(work.measure(int(count)))


def handbook() -> None:
    """Measure handbooks (手册): one of sixty pages, and thirty in the background."""
    from . import handbook as work
    from .figures import say

    say(work.measure())


def work(wanted: str, units: str = "5000") -> None:
    """Measure duties or completeness (应办、完成情况) for so many units."""
    from . import work as working
    from .figures import say

    say(figure for figure in working.measure(int(units)) if figure.name.startswith(wanted))


if __name__ == "__main__":
    django.setup()
    works = (mine, people, demo, lists, search, nightly, assess, handbook, work)
    {work.__name__: work for work in works}[sys.argv[1]](*sys.argv[2:])
