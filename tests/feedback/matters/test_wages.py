"""Wages of contractors' workers (外委人员工资): never handed to the contractor without the labour office."""

from __future__ import annotations

import pytest

from sangesan.feedback.matters import services
from sangesan.foundation.errors import UserError
from sangesan.organization.units.models import Kind
from tests.builders import heard, small_mine, unit

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]


@pytest.mark.parametrize("parts", [{"unit": "WW1"}, {"unit": "ZC1", "extra": {"group": "contractor"}}])
def test_owed_wages_always_go_through_the_labour_office(noon, parts):
    mine = small_mine()
    contractor = unit("WW1", "外委项目部", Kind.CONTRACTOR, mine.units["CM"])
    triage = mine.scope("triage")
    number = heard("三个月没发工资", category="pay", **parts).number
    services.grade(scope=triage, number=number, urgency=2, importance=2)
    with pytest.raises(UserError, match="劳动工资主管科室"):
        services.dispatch(scope=triage, number=number, lead=contractor.pk)
    services.dispatch(scope=triage, number=number, lead=mine.units["LZ"].pk, supporting=[contractor.pk])
