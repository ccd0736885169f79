"""Deciding about routines (起草、施行、停止): what cannot be is refused, what is in force is read-only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import Error, transaction

from sangesan.execution.routines import services
from sangesan.execution.routines.library import LIBRARY
from sangesan.execution.routines.models import Routine, Version
from sangesan.execution.routines.queries import cadence_of, state_of
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.method.facts import SYSTEM
from sangesan.method.rule_words import said
from tests.builders import small_mine
from tests.routines import WEEKLY, ruled

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


@pytest.mark.parametrize(("wrong", "why"), [
    ({"rule": "FREQ=MINUTELY"}, "太密"), ({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "永远"),
    ({"rule": "FREQ=DAILY;COUNT=1"}, "不认识"), ({"rule": "每周一"}, "不认识"), ({"title": " "}, "名称"),
    ({"rule": "FREQ=DAILY"}, "堆在一天"),
    ({"rule": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "policy": "previous"}, "堆在一天"),
    ({"unit_kinds": []}, "单位"), ({"grace": 99}, "天数"), ({"steps": ["一步"] * 13}, "步骤"),
])
def test_a_rule_that_cannot_be_is_refused_and_nothing_is_stored(mine, wrong, why):
    with pytest.raises(UserError) as fault:
        services.begin(code="AQR", kind="study", actor=SYSTEM, **(WEEKLY | wrong))
    assert why in str(fault.value) and not Routine.objects.exists()


@pytest.mark.parametrize("code", ["aqr", "A", "安全", "AQR/1", "A" * 30, "", "AQR\x00"])
def test_a_code_stands_in_addresses_and_facts(mine, code):
    with pytest.raises(UserError, match="编号"):
        services.begin(code=code, kind="study", actor=SYSTEM, **WEEKLY)


def test_a_version_in_force_is_read_only_in_the_database_too(mine):
    version = ruled()
    for change in (lambda: Version.objects.filter(pk=version.pk).update(title="改"), version.delete):
        with pytest.raises(Error), transaction.atomic():
            change()
    draft = services.save_draft(routine=version.routine, actor=SYSTEM, **(WEEKLY | {"title": "新的一版"}))
    again = services.save_draft(routine=version.routine, actor=SYSTEM, **(WEEKLY | {"title": "再改"}))
    assert again.number == draft.number == 2 and Version.objects.count() == 2
    assert Version.objects.get(number=1).title == "安全活动日"


def test_it_comes_into_force_today_or_later_and_says_who_decided(mine):
    draft = services.begin(code="AQR", kind="study", actor=SYSTEM, **WEEKLY)
    today = clock.today()
    for since, by in ((today - timedelta(days=1), "党委会"), (today, " ")):
        with pytest.raises(UserError, match="没有施行"):
            services.put_in_force(version=draft, since=since, decided_by=by, actor=SYSTEM)
    assert state_of(draft) == "draft"
    services.put_in_force(version=draft, since=today + timedelta(days=3), decided_by="党委会", actor=SYSTEM)
    fresh = Version.objects.get()
    assert state_of(fresh) == "waiting" and state_of(fresh, today + timedelta(days=3)) == "holds"
    with pytest.raises(Conflict):
        services.put_in_force(version=fresh, since=today, decided_by="党委会", actor=SYSTEM)


def test_the_library_comes_as_drafts_once_and_each_rule_can_be_said(mine):
    assert services.install(actor=SYSTEM) == len(LIBRARY) == Version.objects.filter(force=None).count()
    assert services.install(actor=SYSTEM) == 0
    words = {v.routine.code: said(cadence_of(v)) for v in Version.objects.select_related("routine")}
    assert words["ZGLH-B"] == "每周一，遇休息日顺延" and words["RSZ"] == "每个工作日"
    assert words["DY-DH"] == "每季度内任选一天" and words["DY-ZZ"] == "每年第四季度内任选一天"
    assert words["DY-ZT"] == "每月第二个周五，遇休息日顺延" and words["BQH"] == "每天"


def test_no_date_further_off_than_a_year_decides_anything(mine):
    version = services.begin(code="AQR", kind="study", actor=SYSTEM, **WEEKLY)
    for since in (date(9999, 12, 31), clock.today() + timedelta(days=367)):
        with pytest.raises(UserError, match="太远"):
            services.put_in_force(version=version, since=since, decided_by="党委会", actor=SYSTEM)
    services.put_in_force(version=version, since=clock.today(), decided_by="党委会", actor=SYSTEM)
    with pytest.raises(UserError, match="太远"):
        services.end(version=version, until=date(9999, 12, 31), actor=SYSTEM)
    assert not hasattr(Version.objects.get(), "end")
