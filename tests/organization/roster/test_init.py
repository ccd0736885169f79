"""`sangesan init` (新建企业): an empty enterprise and its administrators."""

import re

import pytest
from click.testing import CliRunner
from django.test import Client

from sangesan.foundation.errors import Conflict, UserError
from sangesan.method.authority import Action
from sangesan.organization.calendar.models import Day
from sangesan.organization.people.models import Person
from sangesan.organization.people.queries import scope_of
from sangesan.organization.units.models import Unit
from sangesan.upkeep import schema
from sangesan.upkeep.init import init

pytestmark = pytest.mark.django_db
WHO = ["--system", "1001", "王一", "--security", "1002", "李二", "--auditor", "1003", "张三"]


def run(*options):
    return CliRunner().invoke(init, ["--name", "红旗矿", "--code", "HQ", *options])


def test_an_empty_enterprise_has_its_root_and_three_administrators():
    done = run(*WHO)
    assert done.exit_code == 0, done.output
    assert Unit.objects.get().name == "红旗矿"
    can = {p.work_number: scope_of(p) for p in Person.objects.all()}
    assert can["1001"].can(Action.EDIT_ORGANIZATION) and not can["1001"].can(Action.INVITE)
    assert can["1002"].can(Action.INVITE) and can["1003"].can(Action.AUDIT)
    assert not any(scope.can(Action.SEE) for scope in can.values())
    assert Day.objects.count() in (730, 731)


def test_each_administrator_gets_a_link_that_opens():
    links = re.findall(r"http://127\.0\.0\.1:8000(/w/invitation/\w+/)", run(*WHO).output)
    assert len(set(links)) == 3
    assert Client().get(links[0], follow=True).status_code == 200


def test_a_second_enterprise_is_refused():
    run(*WHO)
    again = run(*WHO)
    assert isinstance(again.exception, Conflict)
    assert "红旗矿" in str(again.exception)
    assert Unit.objects.count() == 1


def test_where_nobody_can_answer_all_that_is_missing_is_said_and_nothing_is_made(monkeypatch):
    """Without a terminal it never waits at a prompt, and makes no database first."""
    monkeypatch.setattr(schema, "bring_up", lambda say: pytest.fail("something was made"))
    done = run("--system", "1001", "王一")
    said = str(done.exception)
    assert isinstance(done.exception, UserError) and said.startswith("没有新建企业：缺少 --security、--auditor")
    assert "例如：sangesan init --name" in said
    assert not Unit.objects.exists()


def test_one_person_is_not_two_administrators():
    done = run("--system", "1001", "王一", "--security", "1001", "王一", "--auditor", "1003", "张三")
    assert "工号 1001 已是" in str(done.exception)
    assert not Unit.objects.exists()
