"""The audit log: who may read it, what it may hold, every event has a word."""

import re
from pathlib import Path

import pytest
from django.db import transaction
from django.test import RequestFactory

from sangesan.foundation.errors import Forbidden
from sangesan.ledger.audit import queries, views
from sangesan.ledger.audit.events import EVENTS, NOUNS, OF_LETTERS
from sangesan.ledger.audit.models import AuditEntry
from sangesan.ledger.audit.services import note
from sangesan.method.authority import NOBODY, Action, Grant, HeldPost, Role, Scope
from tests.builders import small_mine

POST = HeldPost("auditor", "审计管理员", Role.AUDITOR, 1, "QSL/", "administration")
AUDITOR = Scope(person=7, name="钱明", posts=(POST,), grants=frozenset({Grant(Action.AUDIT, 1)}))
SOURCE = Path(__file__).parents[3] / "sangesan"


def open_page(scope, address="/w/audit/"):
    request = RequestFactory().get(address)
    request.scope = scope
    return views.log(request).content.decode()


@pytest.mark.django_db
def test_the_auditor_reads_who_did_what(noon):
    note("identity.opened", scope=AUDITOR, subject="matters/2026-K7Q4MX", detail={"reason": "call_back"})
    page = open_page(AUDITOR)
    assert "查看身份" in page and "审计管理员" in page and "钱明" in page and "事项 2026-K7Q4MX" in page
    assert "matters/2026-K7Q4MX" not in page, "the auditor reads of matters, and opens none"


@pytest.mark.django_db
def test_of_two_lists_of_matters_the_auditor_cannot_tell_that_one_row_is_kept_from_somebody(noon):
    """Nor how many accusations an inspector reads; of anything else the count stands as it is."""
    for rows, said in ((0, "不到十行"), (1, "不到十行"), (232, "几百行"), (40, "几十行"), (1_000, "上千行")):
        note("export.made", scope=AUDITOR, subject="matters", detail={"rows": rows})
        assert f"行数 {said}" in (page := open_page(AUDITOR)) and f"行数 {rows}" not in page
    note("export.made", scope=AUDITOR, subject="pay/2026-AAAAAA", detail={"rows": 233})
    assert "行数 233" in open_page(AUDITOR)


@pytest.mark.django_db
def test_it_speaks_of_people_by_post_and_name_and_never_by_number(noon):
    mine = small_mine()
    chief, admin = mine.persons["chief"], mine.scope("admin")
    note("device.new", account=chief.pk, subject=f"accounts/{chief.pk}")
    note("account.deactivated", scope=admin, subject=f"accounts/{chief.pk}")
    note("person.placed", scope=admin, subject=f"people/{chief.pk}", detail={"before": "ZC1", "unit": "HQ"})
    AuditEntry.objects.create(event="device.new", at=noon, person=chief.pk, name=chief.work_number)
    page = open_page(AUDITOR)
    assert page.count("综采一队队长") == 4 and page.count("张大力") == 4 and page.count("本人账号") == 1
    assert "系统管理员" in page and "原单位 综采一队 · 新单位 后勤科" in page
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert not re.search(rf"accounts/|people/|\b{chief.work_number}\b", table)


@pytest.mark.django_db
def test_a_page_asks_once_for_all_names(noon, django_assert_max_num_queries):
    mine = small_mine()
    for code, one in mine.persons.items():
        note("device.new", account=one.pk, subject=f"accounts/{one.pk}")
        note("export.made", scope=mine.scope(code), subject="matters", detail={"rows": 3})
    with django_assert_max_num_queries(9):
        assert "事项列表" in open_page(AUDITOR)


@pytest.mark.django_db
def test_nobody_else_reads_it(noon):
    note("export.made")
    assert queries.visible(NOBODY).count() == 0
    with pytest.raises(Forbidden):
        open_page(NOBODY)


@pytest.mark.django_db
def test_pages_follow_one_another_without_loss(noon):
    for n in range(120):
        note("export.made", detail={"rows": n})
    note("device.new")
    seen, after = [], 0
    while True:
        rows, after = queries.page(AUDITOR, event="export.made", after=after)
        seen += [r.detail["rows"] for r in rows]
        if not after:
            break
    assert seen == list(range(119, -1, -1))
    assert "更早的记录" in open_page(AUDITOR) and "回到最新" in open_page(AUDITOR, "/w/audit/?after=50")
    assert "没有审计记录" in open_page(AUDITOR, "/w/audit/?after=999999999999999999")
    assert open_page(AUDITOR, "/w/audit/?after=x&event=nothing")


@pytest.mark.django_db
def test_no_auditor_learns_from_a_number_or_a_count_that_there_are_accusations(noon):
    """Every page is to the letter what it is without them, the addresses of the next ones as well."""
    def pages():
        asked = ["", "?after=50", *(f"?event={event}" for event in (*OF_LETTERS, "export.made"))]
        found = [open_page(AUDITOR, f"/w/audit/{more}") for more in asked]
        return [page.partition('<form class="filters"')[2].partition("</main>")[0] for page in found]

    def work(*events):
        for n in range(60):
            note("export.made", detail={"rows": n})
            for event in events:
                note(event, scope=AUDITOR, subject=f"{'matters' if event[0] == 'm' else 'discipline'}/2026-K7Q4MX")
        found = pages()
        transaction.set_rollback(True)
        return found

    with transaction.atomic():
        without = work()
    with transaction.atomic():
        assert work(*OF_LETTERS) == without and "更早的记录" in without[0]
    assert "2026-K7Q4MX" not in "".join(without) and "纪检件" not in "".join(without)


def test_every_event_of_a_letter_is_among_those_for_inspectors_alone():
    """What is noted about `discipline/NUMBER` has that subject alone; keys are told to auditors."""
    call = re.compile(r'\b(?:note|audit)\(\s*"(discipline\.[a-z_]+)"[^#]{0,60}?subject=matter\.subject')
    noted = {event for file in SOURCE.rglob("*.py") for event in call.findall(file.read_text())}
    assert noted == set(OF_LETTERS) - {"matter.accused"}


@pytest.mark.django_db
@pytest.mark.parametrize("parts", [{"subject": "张三 的意见"}, {"detail": {"reason": "他说"}}, {"detail": {"n": 1.5}}])
def test_it_keeps_slugs_and_integers_only(parts):
    with pytest.raises(ValueError, match="slugs"):
        note("export.made", **parts)
    assert AuditEntry.objects.count() == 0


def test_every_event_noted_in_the_code_has_a_word():
    call = re.compile(r'\b(?:note|audit)\(\s*"([a-z_]+\.[a-z_.]+)"')
    noted = {event for file in SOURCE.rglob("*.py") for event in call.findall(file.read_text())}
    assert noted <= set(EVENTS), f"add to ledger/audit/events.py: {noted - set(EVENTS)}"


def test_every_noun_an_entry_is_about_has_a_word():
    call = re.compile(r'\b(?:note|audit)\([^#]{0,120}?subject=f?"([a-z]+)')
    nouns = {noun for file in SOURCE.rglob("*.py") for noun in call.findall(file.read_text())}
    assert nouns and nouns <= set(NOUNS), f"add to ledger/audit/events.py: {nouns - set(NOUNS)}"
