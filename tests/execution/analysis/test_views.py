"""Pages of analyses and discussions (月分析与座谈页面): two fields, papers, rights, bad input, bounded queries."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sangesan.execution.analysis.models import Analysis, Discussion, Point
from sangesan.foundation import clock
from sangesan.procedures import drafts
from tests.builders import small_mine, unit
from tests.duties import owed
from tests.meetings import committee, held
from tests.signing import signed_in
from tests.talks import drafted, of, spoke, talk

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S2a")]


@pytest.fixture
def mine(noon):
    return committee(small_mine())


def test_the_author_types_two_fields_and_picks_the_meeting(mine):
    duty = owed(mine, "ZB1", "party", kind="analysis", subject="routines/YFX", title="月分析", hours=24 * 12)
    spoke(6, "pay")
    drafted()
    it = of(mine, "ZB1")
    with clock.at(date(2026, 12, 3)):
        secretary = signed_in(mine.persons["secretary"])
        assert f"/w/analyses/of/{duty.pk}/" in secretary.get("/w/todo/").content.decode()
        home = secretary.get(f"/w/analyses/of/{duty.pk}/")["Location"]
        page = secretary.get(home)
        assert "劳动报酬：6 件" in page.content.decode() and list(page.context["form"].fields) == ["causes", "advice"]
        secretary.post(home, {"causes": "工资条看不懂", "advice": "班前会讲一次"})
        meeting = held(mine, by="secretary", unit="ZB1", series="committee", chair="secretary").subject
        assert secretary.post(f"{home}finish/", {"meeting": "meetings/9"}).status_code == 422
        assert secretary.post(f"{home}finish/", {"meeting": meeting}).status_code == 302
        it.refresh_from_db()
        assert it.meeting == meeting and "看会议纪要" in secretary.get(home).content.decode()


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_word_and_pdf_are_given_and_written_in_the_audit_log(mine, form):
    spoke(6, "pay")
    drafted()
    found, secretary = talk(mine), signed_in(mine.persons["secretary"])
    for path in (f"/w/analyses/{of(mine, 'ZB1').pk}/paper.", f"/w/discussions/{found.pk}/paper."):
        answer = secretary.get(f"{path}{form}")
        assert answer.status_code == 200 and answer.content[:2] in (b"PK", b"%P")
        assert secretary.get(f"{path}exe").status_code == 404


def test_another_s_pages_are_not_there(mine):
    drafted()
    found, it = talk(mine), of(mine, "ZB1")
    for who in ("secretary2", "correspondent", "handler", "admin"):
        client = signed_in(mine.persons[who])
        for path in (f"analyses/{it.pk}/", f"analyses/{it.pk}/paper.pdf", f"discussions/{found.pk}/",
                     f"discussions/{found.pk}/paper.pdf"):
            assert client.get(f"/w/{path}").status_code == 404
        for path in (f"analyses/{it.pk}/", f"analyses/{it.pk}/finish/", f"discussions/{found.pk}/",
                     f"discussions/{found.pk}/close/", f"discussions/{found.pk}/answer/"):
            given = {"causes": "x", "advice": "x", "point": "1", "text": "x"}
            assert client.post(f"/w/{path}", given).status_code == 404
        assert "综采一队党支部" not in client.get("/w/analyses/?month=2026-11").content.decode()
    reader = signed_in(mine.persons["leader"])
    assert reader.get(f"/w/analyses/{it.pk}/").status_code == 200
    for path, given in ((f"analyses/{it.pk}/", {"causes": "x", "advice": "x"}), (f"discussions/{found.pk}/close/", {})):
        assert reader.post(f"/w/{path}", given).status_code == 404
    it.refresh_from_db()
    assert it.causes == "" and not Discussion.objects.get().closed_at


def test_a_discussion_is_written_down_by_numbers_and_its_points_by_one(mine):
    secretary = signed_in(mine.persons["secretary"])
    form = secretary.get("/w/discussions/").context["form"]
    given = {"key": form.initial["key"], "unit": mine.units["ZB1"].pk, "day": "2026-11-24", "n_front": "5",
             "n_women": "2"}
    home = secretary.post("/w/discussions/", given)["Location"]
    assert secretary.post("/w/discussions/", given)["Location"] == home
    assert secretary.post(home, {"text": "热饭", "road": "spot", "answer": "留到两点"}).status_code == 302
    assert secretary.post(home, {"text": "", "road": "spot"}).status_code == 422
    secretary.post(f"{home}close/")
    shown = secretary.get(home).content.decode()
    assert "一线职工 5 人、女职工 2 人" in shown and "留到两点" in shown and Point.objects.count() == 1
    assert Discussion.objects.get().closed_at


@pytest.mark.parametrize("parts", [
    {"day": "昨天"}, {"n_front": "-1"}, {"n_front": "9999999"}, {"n_women": ""}, {"unit": "1"}, {"unit": "x"},
    {"day": ""},
])
def test_bad_input_is_refused_and_nothing_is_kept(mine, parts):
    secretary = signed_in(mine.persons["secretary"])
    given = {"key": "k" * 24, "unit": mine.units["ZB1"].pk, "day": "2026-11-24", "n_front": "5", "n_women": "2"} | parts
    answer = secretary.post("/w/discussions/", given)
    assert answer.status_code in (403, 422) and "Traceback" not in answer.content.decode()
    assert not Discussion.objects.exists()
    for query in ("?month=x", "?month=9999-99", "?month=0001-01", "?month=9999-12"):
        assert secretary.get(f"/w/analyses/{query}").status_code == 200
        assert secretary.get(f"/w/discussions/{query}").status_code == 200
    assert secretary.get(f"/w/analyses/{10**30}/").status_code == 404


def test_queries_do_not_grow_with_branches_and_points(mine):
    client = signed_in(mine.persons["leader"])

    def asked(path):
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    drafted()
    found = talk(mine)
    pages = ("/w/analyses/?month=2026-11", "/w/discussions/", f"/w/analyses/{of(mine, 'ZB1').pk}/",
             f"/w/discussions/{found.pk}/")
    few = [asked(path) for path in pages]
    for n in range(8):
        made = unit(f"ZB9{n}", f"支部 {n}", "branch", mine.units["DW"], "party")
        mine.units[made.code] = made
        Point.objects.create(discussion=found, place=n + 1, text="热饭", road="spot")
    drafts.analyses(date(2026, 12, 3))
    assert Analysis.objects.count() == 10 and [asked(path) for path in pages] == few and max(few) <= 40
