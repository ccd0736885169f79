"""Merging and splitting a unit (合并、分设): who goes along, what ends, and what stays where it was."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from sangesan.foundation import clock
from sangesan.ledger.audit.models import AuditEntry
from sangesan.method.facts import SYSTEM
from sangesan.method.turns import read
from sangesan.organization.people import queries as people
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.people.services import merge_unit
from sangesan.organization.units import queries as units
from sangesan.organization.units.models import Shift, Succession, Unit
from sangesan.organization.units.services import TreeError, cover, put_on_shift
from tests.builders import Role, person, post, small_mine
from tests.feedback.matters.test_merging import together
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
TODAY, YESTERDAY = date(2026, 11, 24), date(2026, 11, 23)


@pytest.fixture(autouse=True)
def at(noon):
    with clock.at(TODAY):
        yield


@pytest.fixture
def mine():
    return small_mine()


def page(mine, way, who="admin"):
    return signed_in(mine.persons[who]), reverse(f"organization:{way}_unit", args=["ZC1"])



def test_a_merged_unit_s_people_and_units_go_along_and_its_posts_end(mine):
    client, address = page(mine, "merge")
    shown = client.get(address).content.decode()
    assert "随之撤销的岗位" in shown and "综采一队队长" in shown and "综采一队检修班" in shown
    answer = client.post(address, {"into": "ZC2", "sure": "on"})
    assert answer.status_code == 302
    chief, old, new = mine.persons["chief"], Unit.objects.get(code="ZC1"), Unit.objects.get(code="ZC2")
    assert Person.objects.get(pk=chief.pk).unit == new and not Person.objects.filter(unit=old).exists()
    assert old.closed == TODAY and Succession.objects.get(old=old).new == new
    crew = Unit.objects.get(code="ZC1J")
    assert units.path_of(crew.pk, TODAY).endswith("ZC2/ZC1J/")
    assert units.path_of(crew.pk, YESTERDAY).endswith("ZC1/ZC1J/")
    assert not Post.objects.filter(unit=old, until=None).exists()
    assert not Appointment.objects.filter(post__unit=old, until=None).exists()
    assert people.scope_of(chief).posts == ()
    assert AuditEntry.objects.filter(event="person.placed", subject=f"people/{chief.pk}").exists()


def test_whoever_looked_after_the_old_unit_looks_after_the_other(mine):
    branch = Unit.objects.get(code="ZB1")
    assert Unit.objects.get(code="ZC1").pk in units.covered(branch.pk, TODAY)
    client, address = page(mine, "merge")
    client.post(address, {"into": "ZC2", "sure": "on"})
    assert Unit.objects.get(code="ZC2").covered_by.filter(until=None).exists()


@pytest.mark.parametrize("sent, said", [
    ({"into": "ZC2"}, "请核对后勾选"), ({"into": "ZC1J", "sure": "on"}, "就在"),
    ({"into": "ZC1", "sure": "on"}, "就在"),
    ({"into": "ZB1", "sure": "on"}, "不在一条线上"), ({"into": "没有的队", "sure": "on"}, "没有“没有的队”这个单位"),
])
def test_what_can_not_be_merged_changes_nothing(mine, sent, said):
    client, address = page(mine, "merge")
    answer = client.post(address, sent)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert Unit.objects.get(code="ZC1").closed is None and not Succession.objects.exists()


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.INSPECTOR, Role.CARER])
@pytest.mark.parametrize("way", ["merge", "split"])
def test_no_post_of_one_person_s_own_trust_ends_with_its_unit(mine, way, role):
    post("trusted", "专人岗位", mine.units["ZC1"], role)
    client, address = page(mine, way)
    sent = {"into": "ZC2", "code_1": "ZC11", "name_1": "甲", "code_2": "ZC12", "name_2": "乙", "sure": "on",
            "unit:ZC1J": "0", **_everybody("0")}
    answer = client.post(address, sent)
    assert answer.status_code == 422 and "“专人岗位”的职责只能由本人履行" in answer.content.decode()
    assert Unit.objects.get(code="ZC1").closed is None and Post.objects.get(code="trusted").until is None
    assert not Unit.objects.filter(code="ZC11").exists()


def test_a_merge_that_fails_half_way_leaves_nothing_done(mine, monkeypatch):
    monkeypatch.setattr("sangesan.organization.units.services.close_unit", _refused)
    with pytest.raises(TreeError):
        merge_unit(scope=mine.scope("admin"), old=mine.units["ZC1"], into=mine.units["ZC2"])
    assert Person.objects.filter(unit=mine.units["ZC1"]).exists() and Post.objects.filter(
        unit=mine.units["ZC1"], until=None).exists()


@pytest.mark.engine("postgresql")  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_of_two_merges_across_at_once_one_is_refused_and_nobody_lands_in_a_closed_unit(mine):
    person("2001", "钱小平", mine.units["LZ"])
    scope, one, two = mine.scope("admin"), mine.units["HQ"], mine.units["LZ"]
    found = together(lambda: merge_unit(scope=scope, old=one, into=two),
                     lambda: merge_unit(scope=scope, old=two, into=one))
    assert sum(isinstance(what, TreeError) for what in found) == 1, found
    assert Unit.objects.filter(closed=None, code__in=["HQ", "LZ"]).count() == 1
    assert not Person.objects.exclude(unit__closed=None).exists()


def _refused(**_parts):
    raise TreeError("没有撤销单位")


def test_a_split_sends_each_where_it_was_put_and_covers_the_new_units(mine):
    client, address = page(mine, "split")
    assert "综采一队检修班（ZC1J）归" in client.get(address).content.decode()
    number = mine.persons["chief"].work_number
    answer = client.post(address, {"code_1": "ZC11", "name_1": "综采一队甲", "code_2": "ZC12", "name_2": "综采一队乙",
                                   **_everybody("0"), f"person:{number}": "1", "unit:ZC1J": "1", "sure": "on"})
    assert answer.status_code == 302, answer.content.decode()
    one, two = (Unit.objects.get(code=code) for code in ("ZC11", "ZC12"))
    assert Person.objects.get(work_number=number).unit == two
    assert units.parent_of(Unit.objects.get(code="ZC1J").pk, TODAY) == two
    assert units.parent_of(one.pk, TODAY) == Unit.objects.get(code="CM")
    rows = Succession.objects.filter(old__code="ZC1")
    assert {row.new for row in rows} == {one, two} and sum(row.share for row in rows) == 10_000
    branch = Unit.objects.get(code="ZB1")
    assert {one.pk, two.pk} <= set(units.covered(branch.pk, TODAY))
    assert Unit.objects.get(code="ZC1").closed == TODAY


def test_a_unit_is_split_into_three_and_each_part_works_its_shift(mine):
    put_on_shift(unit=mine.units["ZC1"], turns=read("零点班"), day=YESTERDAY)
    client, address = page(mine, "split")
    sent = {f"{what}_{n}": f"ZC1{n}" for n in (1, 2, 3) for what in ("code", "name")}
    number = mine.persons["chief"].work_number
    answer = client.post(address, {**sent, **_everybody("0"), f"person:{number}": "2", "unit:ZC1J": "1", "sure": "on"})
    assert answer.status_code == 302, answer.content.decode()
    third = Unit.objects.get(code="ZC13")
    assert Person.objects.get(work_number=number).unit == third and Succession.objects.filter(new=third).exists()
    shifts = Shift.objects.filter(unit__code__in=["ZC11", "ZC12", "ZC13"], until=None)
    assert {(row.pattern, row.since) for row in shifts} == {("零点班", TODAY)} and shifts.count() == 3
    assert not Shift.objects.filter(unit__code="ZC1", until=None).exists()


def test_each_part_of_a_branch_looks_after_what_it_was_given(mine):
    cover(branch=mine.units["ZB1"], unit=mine.units["ZC2"], actor=SYSTEM, day=YESTERDAY)
    client, address = signed_in(mine.persons["admin"]), reverse("organization:split_unit", args=["ZB1"])
    everybody = {f"person:{p.work_number}": "0" for p in Person.objects.filter(unit__code="ZB1")}
    answer = client.post(address, {"code_1": "ZB11", "name_1": "一支部", "code_2": "ZB12", "name_2": "二支部",
                                   "cover:ZC1": "0", "cover:ZC2": "1", **everybody, "sure": "on"})
    assert answer.status_code == 302, answer.content.decode()
    for branch, team in (("ZB11", "ZC1"), ("ZB12", "ZC2")):
        assert units.covered(Unit.objects.get(code=branch).pk, TODAY) == [mine.units[team].pk]


@pytest.mark.parametrize("more, said", [
    ({"unit:ZC1J": "3"}, "新单位四没有填"), ({"code_3": "ZC13"}, "编码和名称要一起填"),
    ({"unit:ZC1J": "9"}, "没有这个选项"), ({"code_3": "ZC11", "name_3": "丙"}, "编码 ZC11 已经有了"),
])
def test_a_part_that_is_not_whole_changes_nothing(mine, more, said):
    client, address = page(mine, "split")
    whole = {"code_1": "ZC11", "name_1": "甲", "code_2": "ZC12", "name_2": "乙", "unit:ZC1J": "0", "sure": "on"}
    answer = client.post(address, {**whole, **_everybody("0"), **more})
    assert answer.status_code == 422 and said in answer.content.decode(), answer.content.decode()
    assert not Unit.objects.filter(code="ZC11").exists()


def _everybody(place):
    return {f"person:{p.work_number}": place for p in Person.objects.filter(unit__code="ZC1")}


def test_a_split_with_a_code_that_is_taken_changes_nothing(mine):
    client, address = page(mine, "split")
    answer = client.post(address, {"code_1": "ZC11", "name_1": "甲", "code_2": "ZC2", "name_2": "乙", **_everybody("0"),
                                   "unit:ZC1J": "0", "sure": "on"})
    assert answer.status_code == 422 and "编码 ZC2 已经有了" in answer.content.decode()
    assert not Unit.objects.filter(code="ZC11").exists()


@pytest.mark.parametrize("way", ["merge", "split"])
def test_nobody_but_the_administrator_of_the_organisation_finds_the_page(mine, way):
    client, address = page(mine, way, "chief")
    assert client.get(address).status_code == 404 and client.post(address, {}).status_code == 404
