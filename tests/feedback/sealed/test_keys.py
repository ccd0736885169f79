"""Keys of the discipline mailbox (信箱钥匙): let in by two, proven by signatures, and everybody is told."""

from __future__ import annotations

import base64
import json

import pytest

from sangesan.feedback.sealed import queries, services
from sangesan.feedback.sealed.models import Approval, Key, SealedMatter, Wrap
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.audit.models import AuditEntry
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from sangesan.organization.people.models import Appointment
from sangesan.upkeep.demo.holders import Holder, open_box
from tests.builders import person, post, small_mine
from tests.feedback.sealed.test_letters import MARK, wrote
from tests.sealing import founded, with_inspectors
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def box(noon):
    mine = with_inspectors(small_mine())
    mine.persons["third"] = person("1023", "卫新", mine.units["QSL"])
    mine.posts["third"] = post("third", "纪检监察员", mine.units["QSL"], Role.INSPECTOR, mine.persons["third"])
    mine.persons["auditor"] = person("2002", "审计", mine.units["QSL"])
    mine.posts["auditor"] = post("auditor", "审计管理员", mine.units["QSL"], Role.AUDITOR, mine.persons["auditor"])
    return founded(mine)


def sent(holder: Holder, kind="inspector") -> str:
    made = holder.sent()
    return json.dumps({"kind": kind} | {k: v if isinstance(v, int) else base64.b64encode(v).decode()
                                        for k, v in made.items()})


def test_what_marks_whom_a_letter_shuts_out_is_keyed_with_the_box_not_with_a_letter(noon, settings, tmp_path):
    settings.DATA = tmp_path
    founded(with_inspectors(small_mine()))
    assert (tmp_path / "secrets" / "discipline-shut").exists() and not SealedMatter.objects.exists()


def approve(box, code, key):
    signer = Key.objects.get(person=box.mine.persons[code])
    return services.approve(scope=box.scope(code), key=key.pk, by=signer.pk, signature=box.holders[code].sign(key))


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("role", ["admin", "auditor", "leader", "triage"])
def test_who_is_no_inspector_adds_no_key_and_everybody_is_warned(box, role):
    answer = signed_in(box.mine.persons[role]).post("/w/discipline/keys/", sent(Holder.new()), "application/json")
    assert answer.status_code == 404 and Key.objects.count() == 3
    told = set(Notice.objects.filter(kind="sealed.key_refused").values_list("person__work_number", flat=True))
    assert told == {"1021", "1022", "1023", "2002"}
    assert AuditEntry.objects.filter(event="discipline.key_refused").exists()


@pytest.mark.chapter("V4")
def test_a_new_key_needs_two_and_opens_nothing_before(box):
    holder = Holder.new()
    key = services.ask(scope=box.scope("third"), **holder.sent())
    wrote()
    assert approve(box, "inspector", key).state == "waiting"
    wrote()
    assert not queries.visible(box.scope("third")).exists()
    assert approve(box, "second", key).state == "active"
    wrote()
    assert queries.visible(box.scope("third")).count() == 1
    assert Notice.objects.filter(kind="sealed.key_added", person=box.mine.persons["auditor"]).exists()


@pytest.mark.chapter("V4")
def test_a_row_written_past_the_pages_opens_nothing(box):
    forged = Holder.new()
    made = forged.sent()
    row = Key.objects.create(place=99, kind="inspector", person=box.mine.persons["third"], state="active",
                             asked_day=clock.today(), **made)
    signer = Key.objects.get(person=box.mine.persons["inspector"])
    for founding in (False, True):
        Key.objects.filter(pk=row.pk).update(founding=founding)
        Approval.objects.get_or_create(key=row, by=signer, defaults={"signature": b"x" * 64, "day": clock.today()})
        assert row.pk not in {line.key.pk for line in queries.trusted()}
    wrote()
    assert not Wrap.objects.filter(key=row).exists()


@pytest.mark.chapter("V4")
def test_another_root_is_not_believed(box):
    queries.keys.pin().write_text("0" * 64)
    assert not queries.trusted() and not queries.ready()


def test_nobody_signs_for_another_or_for_oneself(box):
    key = services.ask(scope=box.scope("third"), **Holder.new().sent())
    second = Key.objects.get(person=box.mine.persons["second"])
    with pytest.raises(Forbidden):
        services.approve(scope=box.scope("inspector"), key=key.pk, by=second.pk,
                         signature=box.holders["second"].sign(key))
    with pytest.raises(Forbidden):
        services.approve(scope=box.scope("third"), key=key.pk, by=key.pk, signature=b"x" * 64)
    with pytest.raises(UserError, match="核对不上"):
        services.approve(scope=box.scope("second"), key=key.pk, by=second.pk,
                         signature=box.holders["inspector"].sign(key))


def remove(box, by: str, whose: str) -> None:
    services.remove(scope=box.scope(by), key=Key.objects.get(person=box.mine.persons[whose]).pk)


@pytest.mark.chapter("V4")
def test_a_removed_key_opens_nothing_any_more_and_the_last_one_stays(box):
    said = wrote()
    open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    remove(box, "second", "second")
    assert not queries.visible(box.scope("second")).exists()
    assert not Wrap.objects.filter(key__person=box.mine.persons["second"]).exists()
    with pytest.raises(Conflict, match="再没有人"):
        remove(box, "inspector", "inspector")
    with pytest.raises(NotFound):
        remove(box, "admin", "inspector")


@pytest.mark.chapter("V4")
def test_nobody_learns_of_a_letter_about_themselves_by_trying_to_remove_who_reads_it(box):
    said = ""
    for about in ("", "纪检监察员钱守正"):
        said = about and wrote(about=about).number
        with pytest.raises(Forbidden, match="本人停用"):
            remove(box, "inspector", "second")
        page = signed_in(box.mine.persons["inspector"]).get("/w/discipline/keys/").content.decode()
        place = Key.objects.get(person=box.mine.persons["second"]).place
        assert f"/w/discipline/keys/{place}/remove/" not in page
    Appointment.objects.filter(person=box.mine.persons["second"]).update(until=clock.today())
    assert f"/w/discipline/keys/{place}/remove/" in (
        signed_in(box.mine.persons["inspector"]).get("/w/discipline/keys/").content.decode())
    remove(box, "inspector", "second")
    assert Wrap.objects.filter(matter__number=said, key__person=box.mine.persons["second"]).exists()


@pytest.mark.chapter("V4")
def test_a_reader_who_is_gone_is_no_other_reader(box):
    wrote()
    Appointment.objects.filter(person=box.mine.persons["second"]).update(until=clock.today())
    with pytest.raises(Conflict, match="再没有人"):
        remove(box, "inspector", "inspector")


@pytest.mark.parametrize("bad", [
    {"public": b"x" * 65}, {"salt": b""}, {"rounds": 1000}, {"rounds": "many"}, {"wrapped": b""}, {"signing": None}])
def test_a_key_that_is_none_is_refused(box, bad):
    with pytest.raises(UserError, match="没有收下钥匙"):
        services.ask(scope=box.scope("third"), **Holder.new().sent() | bad)


@pytest.mark.chapter("V4")
def test_a_letter_of_others_is_as_if_it_were_not_there_at_every_address(box):
    said = wrote(removed={box.mine.persons["second"].pk})
    for who in ("second", "third", "admin", "leader", "triage", "auditor"):
        client = signed_in(box.mine.persons[who])
        for number in (said.number, "2026-AAAAAA"):
            at = f"/w/discipline/{number}/"
            answers = [client.get(at), client.get(f"{at}files/0/"), client.post(f"{at}read/", "{}", "application/json"),
                       client.post(f"{at}open/", '{"wraps":{}}', "application/json"),
                       client.post(f"{at}hand-on/", '{"place":2,"wrap":""}', "application/json"),
                       client.post(f"{at}step/take_up/", "{}", "application/json")]
            assert {a.status_code for a in answers} == {404}, (who, number)
    page = signed_in(box.mine.persons["second"]).get("/w/discipline/").content.decode()
    assert said.number not in page


@pytest.mark.chapter("V4")
def test_no_page_of_the_server_holds_a_word_of_a_letter(box):
    said = wrote(about="掘进材料员", name="马六记号")
    client = signed_in(box.mine.persons["inspector"])
    pages = [client.get(at).content.decode() for at in (
        "/w/discipline/", f"/w/discipline/{said.number}/", "/w/discipline/opening/", "/w/discipline/keys/",
        "/w/discipline/keys/list/", "/w/notices/", "/w/matters/", "/w/todo/")]
    pages.append(client.post("/w/discipline/opening/box/", "{}", "application/json").content.decode())
    assert said.number in pages[0] and not any(MARK in p or "马六记号" in p or "掘进材料员" in p for p in pages)
    assert SealedMatter.objects.get().state == "received"
    assert client.post(f"/w/discipline/{said.number}/read/", "{}", "application/json").status_code == 409


def test_the_list_costs_the_same_for_any_number_of_letters(box, django_assert_max_num_queries):
    client = signed_in(box.mine.persons["inspector"])
    for n in range(12):
        wrote(f"第{n}件")
    with django_assert_max_num_queries(40):
        client.get("/w/discipline/")
