"""A crew leader passes a notice on with one tap on the phone (传达), and axe finds nothing on the pages."""

from __future__ import annotations

from datetime import date

import pytest

from sangesan.execution.publicity import services
from sangesan.execution.publicity.models import Handing
from tests.publicities import crews, planned, table

from .test_report import accessible, sign_in

# The steps themselves are proved in their rooms, on each engine.
pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.django_db(transaction=True), pytest.mark.chapter("P1a")]


def test_a_crew_passes_a_notice_on_with_one_tap(phone):
    mine = crews()
    plan = planned(mine, units=("ZB1",))
    services.pass_on(scope=mine.scope("secretary"), campaign=plan.pk, unit=mine.units["ZB1"].pk)
    post = services.post(scope=mine.scope("crew"), unit="ZC1J", month=date(2026, 10, 1),
                         workbook=table(("3001", "检修班班长", 22.5, 236, 480.5)))
    sign_in(phone, mine.persons["crew"])
    for path in ("publicity/", "publicity/sheet/", "openness/", f"openness/{post.pk}/", "talks/", "talks/new/",
                 f"publicity/{plan.pk}/"):
        phone.goto(f"/w/{path}")
        accessible(phone)
    phone.get_by_role("button", name="班前会上讲了").click()
    phone.get_by_text("已登记传达").wait_for()
    assert Handing.objects.get(unit__code="ZC1J").passed_at
