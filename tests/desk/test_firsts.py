"""First pages and first steps (首页与第一步): every step opens for whom it guides."""

from __future__ import annotations

import pytest

from config.menu import MENU, allowed
from sangesan.desk import firsts
from sangesan.method.authority import Role
from sangesan.organization.people.queries import scope_of
from tests.builders import person, post, small_mine
from tests.signing import signed_in

BELOW = {Role.SECRETARY, Role.CHIEF, Role.CREW_LEADER, Role.CORRESPONDENT}



@pytest.fixture
def appointed(noon, request):
    """Somebody who holds one post of a role and nothing else (只任一岗的人)."""
    mine, role = small_mine(), Role(request.param)
    held = person("2001", "新任者", mine.units["ZC1"])
    post("new", "新岗位", mine.units["ZC1" if role in BELOW else "QSL"], role, held)
    return held


@pytest.mark.django_db
@pytest.mark.parametrize("appointed", sorted(Role), indirect=True)
def test_each_kind_of_post_has_first_steps_that_open_and_a_first_page(appointed):
    client, scope = signed_in(appointed), scope_of(appointed)
    steps = {address for guide in firsts.guides(scope) for _word, _why, address in guide.steps}
    assert steps and (firsts.page_of(scope) != firsts.HELP or scope.posts[0].role == Role.MEMBER)
    for address in steps | {firsts.page_of(scope)}:
        assert client.get(address, follow=True).status_code == 200, address


@pytest.mark.django_db
@pytest.mark.parametrize("appointed", sorted(Role), indirect=True)
def test_each_entry_of_a_menu_opens_for_whom_it_is_shown(appointed):
    client, scope = signed_in(appointed), scope_of(appointed)
    for _word, items in MENU:
        for item in (one for one in items if allowed(one, scope)):
            assert client.get(item.url, follow=True).status_code == 200, item.url
