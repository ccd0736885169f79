"""The result of a unit that ended within the period can be objected to, decided and become final like any other."""

from datetime import date

import pytest

from sangesan.appraisal.publication import queries, services
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden
from sangesan.ledger.facts import queries as ledger
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.method.omissions import OMITTED
from sangesan.organization.people.models import Person, Post
from sangesan.organization.units.models import Coverage, Kind, Line, Unit
from sangesan.organization.units.queries import heir_of
from sangesan.organization.units.queries.ended import heirs
from sangesan.organization.units.services import close_unit, merge_units
from tests.appraisal.publication.test_appeals import WHY, mine
from tests.builders import START, hire, unit
from tests.facts import at, overdue
from tests.periods import IN, finals, in_force, month

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1c")]
__all__ = ["mine"]
SIXTEENTH = date(2026, 10, 16)
WORDS = "十月十二日当天已经答复，登记晚了"


@pytest.fixture
def merged(mine):
    """综采二队 had an overdue matter and went into 综采一队 on the 16th, its posts and coverage with it (合并)."""
    in_force()
    mine.units["ZB2"] = unit("ZB2", "综采二队党支部", Kind.BRANCH, mine.units["DW"], Line.PARTY)
    Coverage.objects.create(branch=mine.units["ZB2"], unit=mine.units["ZC2"], since=START)
    hire(mine, "chief2", "综采二队队长", "ZC2", Role.CHIEF, "1093", head=True)
    hire(mine, "secretary2", "综采二队党支部书记", "ZB2", Role.SECRETARY, "1094", line=Line.PARTY, head=True)
    mine.wrong = overdue("ZC2", "2026-AAAAA4", day=IN)
    mine.posts["chief2"].appointments.update(until=SIXTEENTH)
    Post.objects.filter(code="chief2").update(until=SIXTEENTH)
    Person.objects.filter(unit=mine.units["ZC2"]).update(unit=mine.units["ZC1"])
    merge_units(olds=[mine.units["ZC2"]], new=mine.units["ZC1"], actor=SYSTEM, day=SIXTEENTH)
    return services.publish_period(scope=mine.scope("assessor"), run=month().pk)


def objected(mine, run, post, about=None):
    return services.file(scope=mine.scope(post), run=run.pk, code="ZC2", indicator="answers", text=WORDS,
                         about=about or mine.wrong)


@pytest.mark.parametrize("post", ["chief", "secretary2"])
def test_whoever_took_over_or_covered_it_to_the_end_objects_and_a_decider_of_the_mine_reaches_it(mine, merged, post):
    assert queries.statement_for(mine.scope(post), merged.pk, "ZC2").may_object
    made = objected(mine, merged, post)
    assert [one.unit for one in ledger.entries(subject=made.subject)] == ["QSL/CM/ZC2/"]
    assert queries.waiting(mine.scope("cadre")) == [made] and queries.opener(mine.scope(post), made.number) == made
    services.decide(scope=mine.scope("cadre"), number=made.number, upheld=True, reason=WHY,
                    remedy={mine.wrong: "taken_back"})
    last = queries.standing(merged).replaced
    assert finals(merged)["ZC2"] == 9_500 and finals(last).get("ZC2") in (None, 10_000)
    with clock.at(at(date(2026, 12, 20))):
        assert queries.final(last)


@pytest.mark.parametrize("post", ["logistics", "correspondent", "leader"])
def test_nobody_else_objects_for_a_unit_that_ended(mine, merged, post):
    with pytest.raises(Forbidden):
        objected(mine, merged, post)
    assert not queries.statement_for(mine.scope(post), merged.pk, "ZC2").may_object


def test_whoever_took_over_is_asked_to_record_what_is_missing_and_may_look(mine, merged):
    hire(mine, "worker", "综采一队承办人", "ZC1", Role.HANDLER, "1095")
    made = objected(mine, merged, "chief", OMITTED)
    assert queries.opener(mine.scope("worker"), made.number) == made
    assert queries.opener(mine.scope("handler"), made.number) is None


def test_who_took_over_is_found_through_several_endings_or_above(mine, merged):
    units, ends = mine.units, date(2026, 10, 20)
    for code in ("HQ", "ZC1J"):
        close_unit(unit=units[code], actor=SYSTEM, day=ends)
    merge_units(olds=[units["ZC1"]], new=units["LZ"], actor=SYSTEM, day=ends)
    assert heirs(date(2026, 10, 19)) == {units["ZC2"].pk: units["ZC1"].pk}
    found = {"ZC2": "LZ", "ZC1": "LZ", "ZC1J": "LZ", "HQ": "QSL"}
    assert heirs(ends) == {units[old].pk: units[new].pk for old, new in found.items()}
    assert all(heir_of(Unit.objects.get(code=old), ends) == units[new] for old, new in found.items())
