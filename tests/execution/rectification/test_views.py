"""Pages of inspection and rectification (督察整改页面): one screen each, nothing for strangers, no query per row."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.execution.rectification import queries, services
from sangesan.execution.rectification.models import Figure, Finding, Verdict
from sangesan.foundation import clock
from tests.execution.rectification.inspected import checked_mine, found, inspected
from tests.execution.rectification.test_checklists import HEAD, kept, sheet
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1d")]


@pytest.fixture
def mine(noon):
    return checked_mine()


def test_every_page_opens_and_says_what_is_there(mine):
    made = kept(mine)
    finding = found(mine, measure="换风筒")
    client = signed_in(mine.persons["safety"])
    for path, said in (("/w/findings/", "风筒漏风三处"), ("/w/findings/?unit=ZC1&state=late", "这里没有问题"),
                       ("/w/inspections/", "综采一队"), ("/w/inspections/new/?unit=ZC1&form=check", "登记检查"),
                       ("/w/inspections/uninspected/", "一通三防"), ("/w/inspections/checklists/", "2 项，30 天看一次"),
                       ("/w/inspections/figures/", "还没有导入"), (f"/w/findings/{finding.pk}/", "换风筒"),
                       (f"/w/inspections/{finding.inspection.pk}/", "写一个问题")):
        answer = client.get(path)
        assert answer.status_code == 200 and said in answer.content.decode(), path
    client.post(f"/w/inspections/checklists/{made.pk}/stop/")
    assert "一通三防" not in client.get("/w/inspections/uninspected/").content.decode()


def test_what_is_refused_comes_back_with_its_words(mine):
    client = signed_in(mine.persons["safety"])
    answer = client.post("/w/inspections/new/", {"form": "walk", "unit": "ZC1", "day": "2025-11-24", "key": "k" * 32,
                                                 "seen": "巷道整洁"})
    assert answer.status_code == 422 and "太早" in answer.content.decode() and "巷道整洁" in answer.content.decode()
    pk = inspected(mine).pk
    answer = client.post(f"/w/inspections/{pk}/", {"text": "", "measure": "重新挂牌", "key": "m" * 32})
    assert answer.status_code == 422 and "重新挂牌" in answer.content.decode()
    many = SimpleUploadedFile("表.xlsx", sheet([(f"第{i}项", "") for i in range(500)]))
    answer = client.post("/w/inspections/checklists/", {"title": "大表", "kind": "team", "every": 30, "workbook": many})
    assert answer.status_code == 422 and "500 项，最多 200 项" in answer.content.decode()


def test_figures_are_taken_in_on_their_page(mine):
    client = signed_in(mine.persons["safety"])
    rows = sheet([("2026-11-23", "ZC1", 5, 4, 1)], HEAD, "隐患三违")
    answer = client.post("/w/inspections/figures/", {"workbook": SimpleUploadedFile("数.xlsx", rows)}, follow=True)
    assert "新增 3" in answer.content.decode() and Figure.objects.count() == 3
    answer = client.post("/w/inspections/figures/", {"workbook": SimpleUploadedFile("数.xlsx", b"nothing")})
    assert answer.status_code == 422 and Figure.objects.count() == 3


def test_the_findings_of_others_are_not_there(mine):
    finding = found(mine)
    services.done(scope=mine.scope("chief"), finding=finding.pk)
    said = {"text": "好", "passed": "yes", "post": "night", "due": "2026-12-01", "why": "other", "agreed": "yes"}
    for code in ("handler", "admin", "correspondent", "day"):
        client = signed_in(mine.persons[code])
        assert client.get(f"/w/findings/{finding.pk}/").status_code == 404
        assert client.get(f"/w/inspections/{finding.inspection.pk}/").status_code == 404
        for step in ("done", "verify", "name", "ask", "decide"):
            assert client.post(f"/w/findings/{finding.pk}/{step}/", said).status_code == 404, (code, step)
        assert "风筒漏风" not in client.get("/w/findings/").content.decode()
        assert client.get(f"/w/findings/{10**25}/").status_code == 404
    for code in ("handler", "correspondent", "admin"):
        assert signed_in(mine.persons[code]).get("/w/inspections/figures/").status_code == 403
    assert not Finding.objects.get().verdicts.exists()


def test_the_list_asks_the_same_questions_however_many_findings_there_are(mine):
    client = signed_in(mine.persons["safety"])
    services.done(scope=mine.scope("chief"), finding=found(mine).pk)

    def asked():
        with CaptureQueriesContext(connection) as seen:
            client.get("/w/findings/")
        return len(seen)

    client.get("/w/findings/")
    before = asked()
    pk = Finding.objects.get().inspection.pk
    for n in range(6):
        one = services.find(scope=mine.scope("safety"), inspection=pk, text="问题", key=f"{n}" * 32,
                            unit=("ZC1", "ZC2")[n % 2])
        if n % 2 == 0:
            services.done(scope=mine.scope("chief"), finding=one.pk)
    assert asked() == before


def test_every_number_of_open_findings_opens_to_exactly_its_findings(mine):
    for n, days in enumerate((0, 6, 7, 8, 25, 30, 31, 45)):
        with clock.at(clock.now() - timedelta(days=days)):
            services.find(scope=mine.scope("safety"), text="问题", key=f"{n}" * 32, unit="ZC1",
                          inspection=inspected(mine, key=f"{n}" * 31 + "i").pk)
    row = queries.open_by_unit(mine.scope("safety"))[0]
    page = signed_in(mine.persons["safety"]).get("/w/findings/").content.decode()
    assert row.ages == [3, 3, 2] and row.total == 8
    for age, count in enumerate(row.ages):
        assert f'?unit=ZC1&amp;age={age}#list">{count}<' in page
        assert len(queries.listed(mine.scope("safety"), unit="ZC1", age=age)) == count
    assert f'?unit=ZC1&amp;state=late#list">{row.late}<' in page
    assert len(queries.listed(mine.scope("safety"), state="late", unit="ZC1")) == row.late > 0


def test_what_was_sent_back_is_put_right_again_in_the_same_words_from_the_same_page(mine):
    """The same form is a second press until the finding stands otherwise."""
    finding = found(mine)
    chief, safety = (signed_in(mine.persons[code]) for code in ("chief", "safety"))
    token = {"csrfmiddlewaretoken": "x" * 64}
    for turn in (1, 2):
        for _press in range(2):
            chief.post(f"/w/findings/{finding.pk}/done/", {"text": "已修好"} | token)
        assert queries.detail_of(mine.scope("safety"), finding.pk).verifies
        for _press in range(2):
            safety.post(f"/w/findings/{finding.pk}/verify/", {"text": "还漏", "passed": "no"} | token)
        assert Verdict.objects.filter(passed=False).count() == turn
