"""A period is paid once: whoever comes again is told by whom it was done, when, and where to look."""

import base64
from datetime import date

import pytest

from sangesan.appraisal.pay import queries, services
from sangesan.appraisal.pay.models import Pool
from sangesan.appraisal.publication import services as publication
from sangesan.appraisal.scoring import services as scoring
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from tests.appraisal.pay.test_pay import FOUR, corrected, decided, mine, october, shared
from tests.facts import at, closed, reopened
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["decided", "mine", "october"]


def test_whoever_shares_out_again_is_told_by_whom_it_was_done_when_and_where_to_look(mine, october):
    with clock.at(at(date(2026, 11, 24), 10)):
        pool = shared(mine, october)
    client = signed_in(mine.persons["assessor"])
    for page in (f"/w/pay/share/{october.pk}/", f"/w/pay/share/{october.pk}/roster/"):
        again = client.get(page)
        assert again.status_code == 409
        for said in ("2026-11-24 10:00", f"{mine.persons['payroll'].name}（工资员）", pool.number, "已分配"):
            assert said in again.content.decode()
    told = {"amount": 1, "file": base64.b64encode(FOUR).decode()}
    assert client.post(f"/w/pay/share/{october.pk}/out/", told).status_code == 409
    assert client.get("/w/pay/share/999999/").status_code == 404
    later = corrected(mine)
    assert client.get(f"/w/pay/share/{later.pk}/").status_code == 409, "what is corrected is topped up"


def test_a_result_that_was_corrected_is_not_paid_by_and_says_so(mine, october):
    corrected(mine)
    assert "已经更正" in queries.payable(mine.scope("payroll"), october.pk).why
    with pytest.raises(Conflict) as fault:
        shared(mine, october)
    assert "已经更正" in str(fault.value) and not Pool.objects.exists()


def test_w19_a_second_correction_counts_what_the_first_has_topped_up(mine, october):
    pool = shared(mine, october)
    corrected(mine)
    with clock.at(at(date(2026, 12, 1))):
        assert services.adjust(scope=mine.scope("payroll"), number=pool.number)
    before = {row.pk: row.total for row in queries.lines(pool)}
    for n in range(8):
        closed("ZC2", f"2026-BBBBB{n}", day=date(2026, 10, 11))
    reopened("ZC2", "2026-BBBBB9", day=date(2026, 10, 13))  # 100.00 to 90.00: more than at first
    with clock.at(at(date(2026, 12, 2))):
        assert scoring.revise_periods(date(2026, 12, 1))
        publication.publish(date(2026, 12, 1))
    with clock.at(at(date(2026, 12, 9))):
        assert queries.corrected(pool, queries.lines(pool)) == "same"
        with pytest.raises(Conflict, match="没有补发"):
            services.adjust(scope=mine.scope("payroll"), number=pool.number)
    assert {row.pk: row.total for row in queries.lines(pool)} == before
