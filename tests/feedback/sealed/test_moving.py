"""An ordinary matter that turns out to be an accusation leaves into the box (转纪检): no word of it stays behind."""

from __future__ import annotations

import json
from secrets import token_hex

import pytest
from django.db import connection

from sangesan.feedback.intake.services import register
from sangesan.feedback.matters import queries as matters
from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Attachment, Matter, Message, StepFile, Submission
from sangesan.feedback.matters.queries.photos import where
from sangesan.feedback.matters.services import filing
from sangesan.feedback.sealed import queries
from sangesan.feedback.sealed import services as sealed
from sangesan.feedback.sealed.models import SealedMatter
from sangesan.feedback.speakers.models import Identity
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.upkeep.demo.holders import open_box, read
from tests.builders import heard, small_mine
from tests.feedback.matters.test_merging import together
from tests.files import jpeg
from tests.sealing import founded, with_inspectors
from tests.security.test_public_doors import kept
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
MARK = "队长克扣奖金记号八八"


@pytest.fixture
def box(noon):
    return founded(small_mine())


def handed_over(box, text=MARK, **parts):
    said = heard(text, unit="ZC1", **parts)
    services.accuse(scope=box.scope("triage"), number=said.number)
    return said


def opened(box):
    matter = SealedMatter.objects.get()
    key = open_box(box.scope("inspector"), box.holders["inspector"], box.paper, matter.number)
    matter.refresh_from_db()
    return json.loads(read(matter, key))


@pytest.mark.chapter("V4")
def test_an_accusation_found_in_triage_leaves_no_word_in_the_ordinary_tables(box):
    said = handed_over(box, mode="confidential", name="马六", contact="记号电话")
    assert not kept(MARK) and not kept("记号电话")
    assert Matter.objects.get(number=said.number).state == "sealed"
    assert not bytes(Identity.objects.get().sealed)
    letter = opened(box)
    assert (letter["text"], letter["name"], letter["contact"]) == (MARK, "马六", "记号电话")
    for code in box.mine.persons:
        assert not matters.visible(box.scope(code)).filter(number=said.number).exists()


@pytest.mark.chapter("V4")
def test_what_was_handed_in_with_its_steps_goes_along(box, django_capture_on_commit_callbacks):
    triage = box.scope("triage")
    with django_capture_on_commit_callbacks(execute=True):
        said = heard(MARK, unit="ZC1", photos=[jpeg()])
        services.grade(scope=triage, number=said.number, urgency=1, importance=1)
        filing.step(services.concern, scope=triage, number=said.number, action="concern",
                    kept=filing.develop([jpeg()]), posts=["handler"])
        path = where(StepFile.objects.get().name)
        assert path.is_file()
        services.accuse(scope=triage, number=said.number)
    assert not StepFile.objects.exists() and not path.exists()
    assert [one["name"] for one in opened(box)["files"]] == ["1.jpg", "2.jpg"]


@pytest.mark.chapter("V4")
def test_its_photos_go_along_and_their_files_are_gone(box, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        said = heard(MARK, unit="ZC1", photos=[jpeg()])
        path = where(Attachment.objects.get().name)
        assert path.is_file()
        services.accuse(scope=box.scope("triage"), number=said.number)
    assert not Attachment.objects.exists() and not path.exists()
    assert SealedMatter.objects.get().files.count() == 1 and opened(box)["files"][0]["name"] == "1.jpg"


@pytest.mark.chapter("V4")
def test_whom_the_matter_was_about_gets_no_key_of_the_letter(box):
    said = heard(MARK, unit="ZC1")
    services.concern(scope=box.scope("triage"), number=said.number, units=[box.mine.units["ZC1"].pk])
    services.accuse(scope=box.scope("triage"), number=said.number)
    matter = SealedMatter.objects.get()
    assert not queries.room.allowed(matter, box.mine.persons["chief"].pk)
    assert queries.room.allowed(matter, box.mine.persons["second"].pk)


@pytest.mark.chapter("V4")
def test_an_inspector_whom_a_matter_names_gets_no_key_of_the_letter_it_becomes(box):
    said = heard(MARK, unit="ZC1")
    services.reply(code=said.receipt, text="冯立言也收了钱")
    services.accuse(scope=box.scope("triage"), number=said.number)
    assert not queries.visible(box.scope("second")).exists() and queries.visible(box.scope("inspector")).exists()


@pytest.mark.chapter("V3")
def test_its_speaker_follows_it_with_the_old_receipt(box):
    said = handed_over(box)
    matter = SealedMatter.objects.get()
    assert queries.heard(said.receipt).matter == matter and not matter.bound
    sealed.add(code=said.receipt, text="再补充一句")
    matter.refresh_from_db()
    assert matter.bound and queries.heard(said.receipt).messages[0].mine


@pytest.mark.chapter("V4")
def test_an_accusation_by_letter_never_touches_the_ordinary_tables(box):
    said = register(scope=box.scope("triage"), channel="letter", text=MARK, key=token_hex(16), kind="accusation",
                    name="马六", register="信31")
    assert not Matter.objects.exists() and not Submission.objects.exists() and not kept(MARK)
    assert SealedMatter.objects.get().number == said.number and opened(box)["register"] == "信31"


@pytest.mark.parametrize("door", ["register/letter", "behalf"])
def test_who_registers_an_accusation_that_only_names_a_leader_answers_as_a_speaker_does(box, door):
    clerk, given = signed_in(box.mine.persons["triage"]), {
        "key": token_hex(16), "text": "材料员收回扣，矿长批的", "mode": "named", "name": "马六", "window": "crew",
        "kind": "accusation", "day": f"{clock.today()}"}
    asked = clerk.post(f"/w/{door}/", given)
    assert asked.status_code == 422 and 'name="not_upper"' in asked.content.decode()
    assert not SealedMatter.objects.exists()
    again = clerk.post(f"/w/{door}/", given | {"not_upper": "on", "kind": "x"}).content.decode()
    assert 'name="not_upper"' in again, "what was answered stays while something else is put right"
    assert clerk.post(f"/w/{door}/", given | {"not_upper": "on"}).status_code == 200
    assert opened(box)["text"] == given["text"] and not kept("材料员收回扣")


@pytest.mark.chapter("V4")
def test_before_the_box_is_founded_it_waits_for_inspectors_alone_and_moves_in_later(noon):
    mine = with_inspectors(small_mine())
    said = heard(MARK, unit="ZC1")
    services.accuse(scope=mine.scope("triage"), number=said.number)
    assert not matters.visible(mine.scope("triage")).exists()
    assert matters.visible(mine.scope("inspector")).exists()
    box = founded(mine)
    services.accuse(scope=mine.scope("inspector"), number=said.number)
    assert not kept(MARK) and opened(box)["text"] == MARK


def test_when_all_inspectors_are_meant_nothing_is_moved(box):
    said = heard(MARK, unit="ZC1")
    for code in ("inspector", "second"):
        services.concern(scope=box.scope("triage"), number=said.number, posts=[code])
    with pytest.raises(UserError, match="没有"):
        services.accuse(scope=box.scope("triage"), number=said.number)
    assert not SealedMatter.objects.exists() and connection.in_atomic_block


@pytest.mark.chapter("V4")
@pytest.mark.engine("postgresql")  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_a_word_added_at_the_moment_of_the_move_stays_in_no_ordinary_table(noon):
    box = founded(small_mine())
    for turn in range(6):
        said = heard(f"{MARK}{turn}", unit="ZC1")
        together(lambda said=said: services.accuse(scope=box.scope("triage"), number=said.number),
                 lambda said=said: services.reply(code=said.receipt, text="补充的话"))
        assert not Message.objects.exists() and Matter.objects.get(number=said.number).state == "sealed"
