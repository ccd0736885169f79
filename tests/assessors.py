"""Two assessors (两名考核员): what one enters by hand for a month the other checks."""

from __future__ import annotations

from datetime import date

from sangesan.appraisal.rules import library
from sangesan.appraisal.rules import services as rules
from sangesan.method.authority import Role
from tests.builders import Mine, person, post, small_mine

SINCE, UNTIL = date(2026, 10, 1), date(2026, 10, 31)
MONTH = {"since": SINCE, "until": UNTIL}
LIFE = {**MONTH, "indicator": "organisation_life", "unit": "ZB1", "how": "points", "points": -200,
        "words": "十月支委会记录与签到不符，见督察单 12 号"}


def assessed_mine() -> Mine:
    """Return the small mine with a second assessor and the shipped rules in force for 2026 (有办法的矿)."""
    mine = small_mine()
    second = person("2001", "钱守正", mine.units["DW"])
    mine.persons["second"] = second
    mine.posts["second"] = post("second", "考核员二", mine.units["DW"], Role.ASSESSOR, second, line="party")
    made = rules.draft(code="period", version=1, **library.START)
    rules.put_in_force(rule_set=made.pk, since=date(2026, 1, 1))
    return mine
