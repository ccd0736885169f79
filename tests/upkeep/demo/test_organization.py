"""The demo mine is as large and as complete as a real one."""

from collections import Counter

from sangesan.method.authority import SEPARATED, Role
from sangesan.upkeep.demo import people, units


def test_the_mine_has_the_size_it_must_have():
    mine = people.mine()
    kinds = Counter((unit.line, unit.kind) for unit in mine.units)
    assert kinds["party", "branch"] == 30
    assert 140 <= kinds["administration", "crew"] <= 160
    assert 2900 <= len(mine.people) <= 3100
    assert Counter(post.role for post in mine.posts)["correspondent"] == 110


def test_it_is_the_same_for_the_same_seed():
    assert people.mine(7) == people.mine(7)
    assert people.mine(7).people != people.mine(8).people


def test_every_parent_stands_before_its_children_and_codes_are_unique():
    seen = set()
    for unit in units.units():
        assert not unit.parent or unit.parent in seen
        assert unit.code not in seen
        assert all(code in seen for code in unit.covers)
        seen.add(unit.code)


def test_posts_are_unique_with_one_head_and_a_known_role():
    posts = people.mine().posts
    assert len({post.code for post in posts}) == len(posts)
    heads = Counter((post.unit, post.line) for post in posts if post.head)
    assert set(heads.values()) == {1}
    assert all(post.role in set(Role) for post in posts)


def test_every_kind_of_user_has_an_account_and_no_two_share_a_person():
    mine = people.mine()
    held = {number: code for number, code, _ in mine.held}
    assert {held[number] for number, *_ in people.ACCOUNTS} == {code for _, code, *_ in people.ACCOUNTS}
    roles = {post.code: post.role for post in mine.posts}
    assert {roles[code] for _, code, *_ in people.ACCOUNTS} >= set(SEPARATED) | {"leader", "triage", "secretary"}
    assert len({number for number, *_ in mine.people}) == len(mine.people)


def test_every_team_and_office_lies_under_exactly_one_party_branch():
    rows = units.units()
    covered = Counter(code for row in rows if row.line == "party" and row.kind == "branch" for code in row.covers)
    wanted = {row.code for row in rows if row.size}
    assert set(covered) == wanted
    assert set(covered.values()) == {1}
