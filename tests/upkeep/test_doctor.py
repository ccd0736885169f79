"""The check-up (体检): it names what is wrong and what to do, to the administrator alone."""

from __future__ import annotations

from datetime import date

import pytest
from click.testing import CliRunner
from django.conf import settings

from sangesan.foundation import clock
from sangesan.foundation.jobs import services as progress
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as calendar
from sangesan.upkeep import doctor
from tests.builders import small_mine
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


def finding(word: str) -> doctor.Finding:
    return next(one for one in doctor.examine() if one.word == word)


def test_what_is_not_well_says_what_to_do(noon):
    assert all(one.well or one.next for one in doctor.examine())
    assert finding("台账保护").well and not finding("工作日历").well


def test_in_december_the_calendar_of_the_next_year_is_asked_for(noon):
    calendar.confirm(year=2026, actor=SYSTEM)
    assert finding("工作日历").well
    with clock.at(date(2026, 12, 1)):
        assert not finding("工作日历").well and "2027" in finding("工作日历").next
        calendar.confirm(year=2027, actor=SYSTEM)
        assert finding("工作日历").well


def test_work_that_broke_off_is_named():
    progress.begin("demo", "示范矿", 2)
    progress.fail("demo", "断电")
    assert not finding("后台任务").well and "示范矿" in finding("后台任务").said


def test_a_secret_that_others_can_read_is_found():
    secret = settings.DATA / "secrets" / "django"
    secret.chmod(0o644)
    assert not finding("密钥文件").well
    secret.chmod(0o600)
    assert finding("密钥文件").well


def test_the_command_ends_with_one_when_it_found_something():
    told = CliRunner().invoke(doctor.doctor)
    assert told.exit_code == 1 and "工作日历" in told.output


def test_the_page_is_the_system_administrators(noon):
    mine = small_mine()
    assert signed_in(mine.persons["admin"]).get("/w/health/").status_code == 200
    assert signed_in(mine.persons["leader"]).get("/w/health/").status_code == 403
