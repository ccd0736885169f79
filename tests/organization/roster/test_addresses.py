"""Addresses for reminders (提醒地址) come with the people of a workbook, and go with an undone import."""

from datetime import date

import pytest

from sangesan.foundation import clock
from sangesan.method.facts import SYSTEM
from sangesan.organization.people.models import Person
from sangesan.organization.roster import services
from sangesan.organization.roster.models import Batch
from sangesan.organization.roster.services.batches import WrongRows
from tests.organization.roster.workbooks import PEOPLE, tables

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stopped_clock():
    with clock.at(date(2026, 11, 20)):
        yield


def take(**parts):
    return services.take_tables(tables=tables(**parts), actor=SYSTEM)


def test_addresses_for_reminders_come_with_the_people_and_go_with_an_undone_import():
    head = [*PEOPLE[0], "企业微信账号", "钉钉账号", "邮箱"]
    take()
    batch = take(人员=[head, ["1001", "王强", "ZC1", "", "", "wangqiang", "ding1", "wq@mine.example"]])
    person = Person.objects.get(work_number="1001")
    assert (person.wecom, person.dingtalk, person.email) == ("wangqiang", "ding1", "wq@mine.example")
    take(人员=[head, ["1001", "王强大", "ZC1", "", "", "", "", ""]])
    assert Person.objects.get(work_number="1001").wecom == "wangqiang", "what is left empty stays"
    services.undo(batch=Batch.objects.latest("pk"), actor=SYSTEM)
    services.undo(batch=batch, actor=SYSTEM)
    assert Person.objects.get(work_number="1001").wecom == ""


@pytest.mark.parametrize(("column", "said"), [
    (5, "wang|li"), (5, "a,b"), (6, "丁"), (7, "not an address"), (7, "a@b"), (5, "x" * 65),
])
def test_an_address_that_can_not_be_one_is_refused(column, said):
    row = ["1001", "王强", "ZC1", "", "", "", "", ""]
    row[column] = said
    with pytest.raises(WrongRows):
        take(人员=[[*PEOPLE[0], "企业微信账号", "钉钉账号", "邮箱"], row], 任职=None, 岗位=None)
    assert not Person.objects.exists()


def test_a_journal_from_before_a_new_field_is_still_undone():
    take()
    batch = take(人员=[PEOPLE[0], ["1001", "王强大", "ZC1", "", ""]])
    for part in ("before", "after"):
        batch.journal[part]["people"] = {pk: values[:5] for pk, values in batch.journal[part]["people"].items()}
    batch.save()
    services.undo(batch=batch, actor=SYSTEM)
    assert Person.objects.get(work_number="1001").name == "王强"
