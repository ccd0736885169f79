"""The permission query and authority agree on every object (可见即有权)."""

from __future__ import annotations

import random
from datetime import date

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Concern, Matter
from sangesan.method.authority import Action, Grant, HeldPost, Role, Scope, may
from tests.builders import heard, person, post, small_mine

pytestmark = pytest.mark.django_db


def world(mine, chance):
    codes = list(mine.units)
    post("inspector", "纪检监察员", mine.units["QSL"], Role.INSPECTOR, person("1099", "钱守正", mine.units["QSL"]))
    mine.persons["union"] = person("3098", "许工会", mine.units["QSL"])
    mine.posts["union"] = post("union", "工会干事", mine.units["CM"], Role.UNION, mine.persons["union"])
    triage, union = mine.scope("triage"), mine.scope("union")
    for n in range(24):
        said = heard(text=f"第{n}件", unit=chance.choice(codes[:8]), mode=chance.choice(["named", "anonymous"]),
                     channel=chance.choice(["leaders", "leaders", "union"]))
        matter = Matter.objects.get(number=said.number)
        if chance.random() < 0.4:
            Concern.objects.create(matter=matter, post=chance.choice(list(mine.posts)))
        if chance.random() < 0.2:
            Concern.objects.create(matter=matter, person=chance.choice(list(mine.persons.values())).pk)
        if matter.release_at is None and queries.visible(triage).filter(pk=matter.pk).exists():
            if chance.random() < 0.2:
                services.accuse(scope=triage, number=said.number)
            elif chance.random() < 0.5:
                services.grade(scope=triage, number=said.number, urgency=1, importance=2)
                services.dispatch(scope=triage, number=said.number, lead=mine.units[chance.choice(codes[:8])].pk)
        elif queries.visible(union).filter(pk=matter.pk).exists() and chance.random() < 0.5:
            services.grade(scope=union, number=said.number, urgency=1, importance=2)
            services.dispatch(scope=union, number=said.number, lead=mine.units[chance.choice(codes[:8])].pk)


def scopes(mine, chance):
    yield from (mine.scope(code) for code in mine.posts)
    units = [u.pk for u in mine.units.values()]
    for _n in range(20):
        held = chance.choice(list(mine.posts.values()))
        held_by = [Action.SEE, Action.SEE, Action.INSPECT, Action.HANDLE, Action.HEAR_UNION]
        grants = {Grant(chance.choice(held_by), chance.choice(units), chance.choice(["", "", "union"]))
                  for _ in range(chance.randint(0, 3))}
        yield Scope(
            person=chance.choice(list(mine.persons.values())).pk,
            posts=(HeldPost(held.code, held.title, Role(held.role), held.unit_id, "", ""),),
            grants=frozenset(grants),
            superiors=frozenset(chance.sample(list(mine.posts), chance.randint(0, 2))),
            stands_for=frozenset(one.pk for one in chance.sample(list(mine.persons.values()), chance.randint(0, 1))),
        )


@pytest.mark.parametrize("seed", range(4))
def test_what_is_visible_is_exactly_what_authority_allows(noon, seed):
    chance, mine = random.Random(seed), small_mine()
    world(mine, chance)
    everything = list(Matter.objects.all())
    for scope in scopes(mine, chance):
        seen = set(queries.visible(scope).values_list("pk", flat=True))
        judged = {
            m.pk for m in everything
            if may(scope, queries.thing_of(m).keeper or Action.SEE, queries.thing_of(m))
        }
        assert seen == judged
        listed = {m.pk for m in queries.page(scope, limit=100).rows}
        assert listed == seen
        assert {m.pk for m in queries.shown(scope)} == seen
        assert {task.matter.pk for task in queries.todo(scope)} <= seen


def test_pages_follow_each_other_without_gap_or_double(noon):
    mine = small_mine()
    for n in range(23):
        heard(text=f"第{n}件", unit="ZC1")
    scope, after, seen = mine.scope("triage"), "", []
    while True:
        page = queries.page(scope, after=after, limit=5)
        seen += [m.number for m in page.rows]
        after = page.after
        if not after:
            break
    assert len(seen) == len(set(seen)) == page.total == 23


@pytest.mark.parametrize("n", [3, 12])
def test_no_page_asks_once_per_row(noon, django_assert_max_num_queries, n):
    mine = small_mine()
    triage = mine.scope("triage")
    for i in range(n):
        said = heard(text=f"第{i}件", unit="ZC1")
        if i % 2:
            services.grade(scope=triage, number=said.number, urgency=2, importance=2)
            services.dispatch(scope=triage, number=said.number, lead=mine.units["ZC1"].pk)
    for scope in (triage, mine.scope("secretary")):
        with django_assert_max_num_queries(6):
            [m.unit.name for m in queries.page(scope).rows]
        with django_assert_max_num_queries(12):
            [t.matter.unit.name for t in queries.todo(scope)]
        with django_assert_max_num_queries(1):
            [m.unit.name for m in queries.triage_queue(scope)]
        with django_assert_max_num_queries(3):
            queries.figures(scope, date(2026, 1, 1))
            queries.open_by_unit(scope)
