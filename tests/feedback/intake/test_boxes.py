"""Boxes (意见箱): two persons open, count alike, and enter every slip; an empty box is fine."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from sangesan.feedback.intake.models import Box, Opening, Slip
from sangesan.feedback.intake.queries import boxes as queries
from sangesan.feedback.intake.services import boxes as services
from sangesan.feedback.matters.models import Submission
from sangesan.feedback.sealed.models import SealedMatter
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.models import Fact
from sangesan.method.authority import Role
from tests.builders import hire, small_mine
from tests.sealing import founded
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]
KEY = "k" * 32


@pytest.fixture
def mine(noon):
    mine = small_mine()
    for code, number in (("second", "3001"), ("third", "3002")):
        hire(mine, code, f"分办员{number}", "XF", Role.TRIAGE, number)
    return mine


@pytest.fixture
def box(mine):
    return services.hang(scope=mine.scope("triage"), code="BOX1", place="澡堂门口", unit=mine.units["QSL"].pk)


def opened(mine, slips=2):
    opening = services.open_box(scope=mine.scope("triage"), box="BOX1", slips=slips)
    return services.confirm(scope=mine.scope("second"), opening=opening.pk, slips=slips)


def test_a_box_is_opened_by_two_persons_who_count_alike(mine, box):
    opening = services.open_box(scope=mine.scope("triage"), box="BOX1", slips=3)
    with pytest.raises(UserError, match="同一个人"):
        services.confirm(scope=mine.scope("triage"), opening=opening.pk, slips=3)
    with pytest.raises(UserError, match="不一样"):
        services.confirm(scope=mine.scope("second"), opening=opening.pk, slips=2)
    assert not Fact.objects.filter(kind="box.opened").exists()
    services.confirm(scope=mine.scope("second"), opening=opening.pk, slips=3)
    assert json.loads(Fact.objects.get(kind="box.opened").body.content)["quantity"] == 3
    with pytest.raises(Conflict):
        services.confirm(scope=mine.scope("third"), opening=opening.pk, slips=3)


def test_the_database_too_refuses_one_person_for_both(mine, box):
    with pytest.raises(IntegrityError), transaction.atomic():
        Opening.objects.create(box=box, day="2026-11-24", slips=1, first=7, second=7)


def test_nothing_is_entered_before_the_second_person_has_counted(mine, box):
    opening = services.open_box(scope=mine.scope("triage"), box="BOX1", slips=1)
    with pytest.raises(Conflict):
        services.enter(scope=mine.scope("triage"), opening=opening.pk, number=1, key=KEY, text="话")
    with pytest.raises(Conflict):
        services.open_box(scope=mine.scope("second"), box="BOX1", slips=0)
    with pytest.raises(Conflict):
        services.recount(scope=mine.scope("second"), opening=opening.pk)
    services.recount(scope=mine.scope("triage"), opening=opening.pk)
    assert services.open_box(scope=mine.scope("triage"), box="BOX1", slips=2).slips == 2


def test_each_slip_is_entered_once_by_either_of_the_two(mine, box):
    opening = opened(mine)
    services.enter(scope=mine.scope("triage"), opening=opening.pk, number=1, key=KEY, text="食堂菜凉")
    again = services.enter(scope=mine.scope("triage"), opening=opening.pk, number=1, key=KEY, text="食堂菜凉")
    assert again.fresh is False
    with pytest.raises(Conflict, match="没有登记"):
        services.enter(scope=mine.scope("second"), opening=opening.pk, number=1, key="m" * 32, text="另一张")
    assert Submission.objects.count() == 1, "what can't be entered leaves no matter behind"
    services.enter(scope=mine.scope("second"), opening=opening.pk, number=2, key="m" * 32, text="另一张")
    with pytest.raises(Forbidden):
        services.enter(scope=mine.scope("third"), opening=opening.pk, number=2, key="t" * 32, text="第三人")
    for number in (0, 3, -1):
        with pytest.raises(Conflict):
            services.enter(scope=mine.scope("second"), opening=opening.pk, number=number, key="z" * 32, text="多")
    assert set(Submission.objects.values_list("channel", "mode")) == {("box", "anonymous")}
    assert Slip.objects.count() == 2


@pytest.mark.chapter("V4")
def test_a_slip_that_accuses_goes_into_the_mailbox_alone_and_counts_as_entered(mine, box):
    hire(mine, "inspector", "纪检监察员", "QSL", Role.INSPECTOR, "1021")
    founded(mine, codes=("inspector",))
    opening = opened(mine)
    page = signed_in(mine.persons["second"]).post(f"/w/boxes/BOX1/{opening.pk}/", {
        "key": KEY, "number": 2, "text": "检举一件事", "mode": "anonymous", "kind": "accusation"})
    assert page.status_code == 200 and SealedMatter.objects.get().number in page.content.decode()
    assert not Submission.objects.exists() and Slip.objects.get().said is None
    assert queries.left(opening) == [1]


def test_a_slip_that_waits_to_be_entered_stays_on_the_list_however_long(mine, box):
    first, second = opened(mine, slips=1), opened(mine, slips=1)
    Opening.objects.filter(pk=first.pk).update(day=first.day - timedelta(days=200))
    assert queries.rows(mine.scope("triage"))[0].unentered.pk == first.pk, "the oldest first"
    services.enter(scope=mine.scope("triage"), opening=first.pk, number=1, key=KEY, text="食堂菜凉")
    assert queries.rows(mine.scope("triage"))[0].unentered.pk == second.pk
    services.enter(scope=mine.scope("triage"), opening=second.pk, number=1, key="m" * 32, text="澡堂水凉")
    assert queries.rows(mine.scope("triage"))[0].unentered is None


def test_an_empty_box_is_a_record_like_any_other(mine, box):
    opening = opened(mine, slips=0)
    page = signed_in(mine.persons["triage"]).get(f"/w/boxes/BOX1/{opening.pk}/").content.decode()
    assert "这次没有信条" in page and json.loads(Fact.objects.get(kind="box.opened").body.content)["quantity"] == 0


@pytest.mark.parametrize("slips", [-1, 501, True, None, 10**30])
def test_a_count_that_cannot_be_is_refused(mine, box, slips):
    with pytest.raises(UserError):
        services.open_box(scope=mine.scope("triage"), box="BOX1", slips=slips)
    assert not Opening.objects.exists()


@pytest.mark.parametrize("parts", [{"code": "箱"}, {"code": "a/b"}, {"code": "x" * 21}, {"code": "BOX1"}, {"place": ""},
                                   {"every": 0}, {"every": 93}])
def test_a_box_that_cannot_be_is_refused(mine, box, parts):
    with pytest.raises(UserError):
        said = {"code": "B2", "place": "食堂", "unit": mine.units["QSL"].pk} | parts
        services.hang(scope=mine.scope("triage"), **said)
    assert Box.objects.count() == 1


def test_the_boxes_of_others_are_not_there(mine, box):
    opening = opened(mine)
    chief = signed_in(mine.persons["chief"])
    assert chief.get("/w/boxes/").status_code == 403
    for path in ("/w/boxes/BOX1/", f"/w/boxes/BOX1/{opening.pk}/", "/w/boxes/NONE/"):
        assert chief.get(path).status_code == chief.post(path, {"slips": 1}).status_code == 404
    for path in ("confirm", "recount"):
        assert chief.post(f"/w/boxes/BOX1/{opening.pk}/{path}/", {"slips": 1}).status_code == 404
    triage = signed_in(mine.persons["triage"])
    assert triage.get(f"/w/boxes/OTHER/{opening.pk}/").status_code == 404
    assert triage.get("/w/boxes/BOX1/" + "9" * 30 + "/").status_code == 404
    with pytest.raises(NotFound):
        services.open_box(scope=mine.scope("chief"), box="BOX1", slips=1)
    with pytest.raises(Forbidden):
        services.hang(scope=mine.scope("chief"), code="B3", place="食堂", unit=mine.units["ZC1"].pk)


def test_the_page_of_an_opening_takes_a_slip_and_shows_its_receipt_once(mine, box):
    opening = opened(mine, slips=1)
    client = signed_in(mine.persons["second"])
    address = f"/w/boxes/BOX1/{opening.pk}/"
    answer = client.post(address, {"key": KEY, "text": "更衣箱锁坏了", "number": "1", "mode": "named", "name": "马六",
                                   "kind": "request"})
    assert answer.status_code == 200 and 'class="receipt"' in answer.content.decode()
    assert "信条都登记完了" in client.get(address).content.decode()


def test_of_a_slip_that_nobody_signed_whoever_enters_it_gets_no_receipt(mine, box):
    """With it they could rate the answer, and read what the inspectors write to the speaker."""
    opening = opened(mine, slips=1)
    answer = signed_in(mine.persons["second"]).post(f"/w/boxes/BOX1/{opening.pk}/", {
        "key": KEY, "text": "更衣箱锁坏了", "number": "1", "mode": "anonymous", "kind": "request"}).content.decode()
    assert Submission.objects.get().matter.number in answer and 'class="receipt"' not in answer
    assert "没有留名，回执没有人可交" in answer and "打印回执单" not in answer


def test_the_second_person_counts_without_knowing_what_the_first_one_found(mine, box):
    opening = services.open_box(scope=mine.scope("triage"), box="BOX1", slips=37)
    shown = {who: [signed_in(mine.persons[who]).get(path).content.decode()
                   for path in (f"/w/boxes/BOX1/{opening.pk}/", "/w/boxes/BOX1/")] for who in ("triage", "second")}
    assert "37" in shown["triage"][0] and not any(">37<" in page or "37 张" in page for page in shown["second"])
    services.confirm(scope=mine.scope("second"), opening=opening.pk, slips=37)
    log = signed_in(mine.persons["second"]).get("/w/boxes/BOX1/").content.decode()
    assert ">37<" in log and all(mine.persons[who].name in log for who in ("triage", "second")), "and who they were"


@pytest.mark.chapter("V4")
def test_a_slip_about_a_leader_is_done_with_once_the_two_have_handed_it_up(mine, box):
    hire(mine, "inspector", "纪检监察员", "QSL", Role.INSPECTOR, "1021")
    founded(mine, codes=("inspector",))
    opening, client = opened(mine), signed_in(mine.persons["second"])
    said = {"key": KEY, "number": 1, "text": "矿长收红包", "mode": "anonymous", "kind": "accusation"}
    page = f"/w/boxes/BOX1/{opening.pk}/"
    refused = client.post(page, said)
    assert refused.status_code == 422 and 'name="sent_up"' in refused.content.decode()
    done = client.post(page, said | {"sent_up": "on"})
    assert done.status_code == 200 and "内容没有保存" in done.content.decode() and queries.left(opening) == [2]
    assert not (Submission.objects.exists() or SealedMatter.objects.exists()) and Slip.objects.get().said is None
    client.post(page, {**said, "key": "m" * 32, "number": 2, "text": "检举一件事", "sent_up": "on"})
    assert SealedMatter.objects.exists(), "what the mine may take is taken all the same"


def test_a_slip_sent_again_by_the_same_page_is_one_slip_with_the_same_receipt(mine, box):
    opening = opened(mine)
    said = {"key": KEY, "number": "1", "text": "食堂菜凉", "mode": "named", "name": "马六", "kind": "request"}
    page = f"/w/boxes/{box.code}/{opening.pk}/"
    first, again = (signed_in(mine.persons["triage"]).post(page, said) for _n in range(2))
    assert (first.status_code, again.status_code) == (200, 200) and Slip.objects.count() == 1
    assert re.search(r'class="receipt">([^<]+)', first.content.decode())[1] in again.content.decode()
    taken = signed_in(mine.persons["second"]).post(page, said | {"key": "m" * 32, "text": "另一张"})
    assert taken.status_code == 409 and "第 1 张已经登记过" in taken.content.decode()
