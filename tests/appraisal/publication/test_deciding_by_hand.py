"""Who may decide an objection to a line that was assessed by hand: nobody who had a hand in it."""

from datetime import date

import pytest

from sangesan.appraisal.publication import services
from sangesan.appraisal.scoring import services as scoring
from sangesan.foundation.errors import Forbidden
from sangesan.method.authority import Role
from tests.appraisal.publication.test_appeals import WHY, mine
from tests.builders import hire
from tests.facts import overdue
from tests.periods import END, IN, in_force, month

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1c")]
__all__ = ["mine"]


@pytest.mark.parametrize("how", ["points", "confirm"])
def test_who_assessed_the_line_by_hand_or_checked_it_does_not_decide_it(mine, how):
    hire(mine, "cadre2", "党委工作部副部长", "DW", Role.CADRE, "1091")
    in_force()
    overdue("ZC1", "2026-AAAAA4", day=IN)
    span = {"since": date(2026, 10, 1), "until": END, "indicator": "answers"}
    if how == "points":
        entry = scoring.enter(scope=mine.scope("assessor"), unit="ZC1", how="points", points=-100,
                              words="两件漏登，见值班记录", **span)
        scoring.check(scope=mine.scope("cadre"), entry=entry.pk, agreed=True)
    else:
        scoring.confirm_all(scope=mine.scope("assessor"), **span)
    made = month()
    services.publish_period(scope=mine.scope("assessor"), run=made.pk)
    number = services.file(scope=mine.scope("chief"), run=made.pk, code="ZC1", indicator="answers",
                           text="当天已经答复，登记晚了").number
    for who in ("assessor", "cadre") if how == "points" else ("assessor",):
        with pytest.raises(Forbidden):
            services.decide(scope=mine.scope(who), number=number, upheld=False, reason=WHY)
    services.decide(scope=mine.scope("cadre2"), number=number, upheld=False, reason=WHY)
