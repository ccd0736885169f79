"""The dated unit tree (单位树)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sangesan.foundation import clock
from sangesan.ledger.facts.models import Fact
from sangesan.method.facts import SYSTEM
from sangesan.method.turns import read
from sangesan.organization.units import queries, services
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import rota
from sangesan.organization.units.services import TreeError

pytestmark = pytest.mark.django_db
LONG_AGO, TODAY = date(2020, 1, 1), date(2026, 11, 20)
slow = settings(max_examples=25, deadline=None,
                suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture(autouse=True)
def stopped_clock():
    with clock.at(TODAY):
        yield


def unit(code, parent=None, kind="team", **parts):
    parts.setdefault("day", LONG_AGO)
    return services.open_unit(code=code, name=parts.pop("name", code), kind=kind, parent=parent, actor=SYSTEM, **parts)


@pytest.fixture
def mine():
    root = unit("QSL", kind="mine")
    for shaft in ("BB", "DJ"):
        below = unit(shaft, root, "shaft")
        for team in ("CM", "JJ"):
            unit(f"{shaft}-{team}", below)
    return root


def by(code):
    return Unit.objects.get(code=code)


def test_a_unit_has_a_path_and_a_place_in_the_tree(mine):
    assert queries.path_of(by("BB-CM").pk, TODAY) == "QSL/BB/BB-CM/"
    assert [(n.unit.code, n.depth, n.below) for n in queries.tree(TODAY)][:3] == [
        ("QSL", 0, 2), ("BB", 1, 2), ("BB-CM", 2, 0)
    ]
    assert set(queries.subtree(by("BB").pk, TODAY)) == {by(c).pk for c in ("BB", "BB-CM", "BB-JJ")}


def test_units_of_one_name_are_told_with_what_stands_above_them(mine):
    for team in ("BB-CM", "DJ-CM"):
        unit(f"{team}-N", by(team), "crew", name="零点班")
    named = {code: name for code, (_place, name) in queries.named(TODAY).items()}
    assert (named["BB-CM-N"], named["DJ-CM-N"], named["BB-CM"]) == ("BB-CM 零点班", "DJ-CM 零点班", "BB-CM")


@pytest.mark.chapter("N3")
def test_a_unit_that_moves_leaves_its_past_where_it_was(mine):
    services.move_unit(unit=by("BB-CM"), parent=by("DJ"), actor=SYSTEM)
    assert queries.path_of(by("BB-CM").pk, TODAY) == "QSL/DJ/BB-CM/"
    assert queries.path_of(by("BB-CM").pk, TODAY - timedelta(days=1)) == "QSL/BB/BB-CM/"
    assert Fact.objects.filter(kind="unit.moved").count() == 1


def test_a_unit_deep_down_under_long_codes_moves_too(mine):
    above = by("BB-CM")
    for n in range(4):
        above = unit(f"BB-CM-CHANG-BIANMA-DE-DANWEI-{n}", above)
    services.move_unit(unit=above, parent=by("DJ"), actor=SYSTEM)
    assert len(queries.path_of(above.pk, TODAY - timedelta(days=1))) > 100
    assert Fact.objects.filter(kind="unit.moved").count() == 1


def test_a_ring_is_refused_and_named(mine):
    with pytest.raises(TreeError, match="BB → BB-CM → BB"):
        services.move_unit(unit=by("BB"), parent=by("BB-CM"), actor=SYSTEM)


def test_a_ring_that_would_close_on_a_later_day_is_refused(mine):
    services.move_unit(unit=by("DJ"), parent=by("BB-CM"), actor=SYSTEM, day=date(2027, 1, 1))
    with pytest.raises(TreeError, match="一圈"):
        services.move_unit(unit=by("BB"), parent=by("DJ-CM"), actor=SYSTEM)


def test_the_past_of_the_tree_cannot_be_moved(mine):
    with pytest.raises(TreeError, match="过去"):
        services.move_unit(unit=by("BB-CM"), parent=by("DJ"), actor=SYSTEM, day=TODAY - timedelta(days=1))


def test_a_unit_with_units_below_is_not_closed(mine):
    with pytest.raises(TreeError, match="BB-CM、BB-JJ"):
        services.close_unit(unit=by("BB"), actor=SYSTEM)


def test_a_closed_unit_stands_until_that_day(mine):
    services.close_unit(unit=by("BB-CM"), actor=SYSTEM)
    assert by("BB-CM") not in queries.standing(TODAY)
    assert by("BB-CM") in queries.standing(TODAY - timedelta(days=1))
    assert queries.path_of(by("BB-CM").pk, TODAY - timedelta(days=1)) == "QSL/BB/BB-CM/"


def test_a_merger_keeps_the_old_rows_under_the_old_unit(mine):
    crew = unit("CM1", by("BB-CM"), "crew")
    services.merge_units(olds=[by("BB-CM")], new=by("BB-JJ"), actor=SYSTEM)
    assert queries.path_of(crew.pk, TODAY) == "QSL/BB/BB-JJ/CM1/"
    assert [s.new.code for s in by("BB-CM").successors.all()] == ["BB-JJ"]


def test_shares_of_a_split_make_a_whole(mine):
    with pytest.raises(TreeError, match="百分之百"):
        services.split_unit(old=by("BB-CM"), shares=[(by("BB-JJ"), 4000)], actor=SYSTEM)
    services.split_unit(old=by("BB-CM"), shares=[(by("BB-JJ"), 4000), (by("DJ-JJ"), 6000)], actor=SYSTEM)
    assert by("BB-CM").closed == TODAY


@pytest.mark.chapter("N3")
def test_a_branch_hangs_in_its_line_and_covers_teams(mine):
    committee = unit("DW", mine, "committee", line="party")
    branch = unit("DZ1", committee, "branch", line="party")
    services.cover(branch=branch, unit=by("BB-CM"), actor=SYSTEM)
    services.cover(branch=branch, unit=by("BB-CM"), actor=SYSTEM)
    assert queries.covered(branch.pk, TODAY) == [by("BB-CM").pk]
    assert [n.unit.code for n in queries.tree(TODAY, "party")] == ["QSL", "DW", "DZ1"]
    with pytest.raises(TreeError, match="覆盖"):
        unit("DZ2", by("BB-CM"), "branch", line="party")
    with pytest.raises(TreeError, match="不是党组织"):
        services.cover(branch=by("BB"), unit=by("BB-CM"), actor=SYSTEM)


@pytest.mark.parametrize("code", ["", "A/B", "A B", "甲?"])
def test_a_code_that_could_not_stand_in_a_path_is_refused(code):
    with pytest.raises(TreeError, match="编码"):
        unit(code)


def test_a_unit_is_found_by_name_code_and_initials(mine):
    team = unit("CM2", by("BB"), name="综采二队")
    for words in ("综采", "cm2", "zced"):
        assert queries.find(words, TODAY) == [team]
    assert queries.find(" ", TODAY) == []


def test_what_was_entered_today_and_ends_today_stays_as_one_day(mine):
    branch = unit("DZ1", unit("DW", mine, "committee", line="party"), "branch", line="party")
    row = services.cover(branch=branch, unit=by("BB"), actor=SYSTEM)
    services.uncover(branch=branch, unit=by("BB"), actor=SYSTEM)
    row.refresh_from_db()
    assert (row.since, row.until) == (TODAY, TODAY + timedelta(days=1))


def test_a_crew_that_rotates_is_on_the_shift_of_the_day_and_rests_in_its_turn(mine):
    services.put_on_shift(unit=by("BB"), turns=read("早班 6:00-14:00、夜班 22:00-6:00、轮休"), days=7, day=LONG_AGO)
    services.put_on_shift(unit=by("DJ"), turns=read("零点班"), day=LONG_AGO)
    since = LONG_AGO + timedelta(days=7 * 3 * 100)
    for after, said in ((0, "早班 6:00–14:00"), (6, "早班 6:00–14:00"), (7, "夜班 22:00–6:00"), (14, "轮休"),
                        (21, "早班 6:00–14:00")):
        found = rota.shifts(since + timedelta(days=after))
        assert {unit: str(row.turn) for unit, row in found.items()} == {
            by("BB").pk: said, by("DJ").pk: "零点班 0:00–8:00"}


def test_the_last_rota_of_a_day_holds(mine):
    for said in ("零点班、四点班、检修班", "四点班、零点班"):
        services.put_on_shift(unit=by("BB"), turns=read(said), days=10, day=TODAY)
    assert rota.shifts(TODAY, [by("BB").pk])[by("BB").pk].pattern == "四点班"
    turns, since = rota.from_here(rota.rotas(TODAY + timedelta(days=13))[by("BB").pk], TODAY + timedelta(days=13))
    assert ([turn.name for turn in turns], since) == (["零点班", "四点班"], TODAY + timedelta(days=10))


codes = st.sampled_from(["BB", "DJ", "BB-CM", "BB-JJ", "DJ-CM", "DJ-JJ"])


@slow
@given(st.lists(st.tuples(codes, codes, st.integers(0, 40)), max_size=12))
def test_moves_never_change_a_past_path_and_never_make_a_ring(mine, moves):
    days = [TODAY - timedelta(days=n) for n in (1, 30, 365)]
    pks = list(Unit.objects.values_list("pk", flat=True))
    before = {day: queries.paths_of(pks, day) for day in days}
    for child, parent, later in moves:
        try:
            services.move_unit(unit=by(child), parent=by(parent), actor=SYSTEM, day=TODAY + timedelta(days=later))
        except TreeError:
            continue
    assert {day: queries.paths_of(pks, day) for day in days} == before
    for later in range(42):
        day = TODAY + timedelta(days=later)
        assert len(queries.tree(day)) == len(pks), "a ring would hide units from the tree"
        assert all(steps[0].code == "QSL" for steps in queries.lineages(pks, day).values())
