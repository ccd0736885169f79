"""An ordinary matter that turns out to be an accusation leaves into the box (转纪检): no word of it stays behind."""

from __future__ import annotations

import json
from secrets import token_hex

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
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
from sangesan.foundation.print.engine import pdf
from sangesan.upkeep.demo.holders import open_box, read
from tests import documents
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import handled
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


def printed(words: str) -> bytes:
    return pdf("poster", {"paper": "A4", "title": words, "kicker": "", "lines": [], "qr": "", "code": "", "footer": []})


def filed(box, said, *papers: bytes):
    """Grade a matter and correct its registration with papers (更正登记附文件)."""
    triage = box.scope("triage")
    services.grade(scope=triage, number=said.number, urgency=2, importance=2)
    filing.step(services.describe, scope=triage, number=said.number, action="describe", kept=filing.develop(papers),
                affected=3)


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("paper", [lambda words: documents.word(words=words), printed], ids=["docx", "pdf"])
def test_an_inspector_whom_only_a_paper_of_a_step_names_gets_no_key_of_the_letter_it_becomes(box, paper):
    said = heard(MARK, unit="ZC1")
    filed(box, said, jpeg(), paper("经核查，冯立言也收了钱"))
    assert list(StepFile.objects.values_list("shut", flat=True)) == [[box.mine.persons["second"].pk]] * 2
    assert not kept("冯立言也收了钱"), "whom it shuts out is kept, and no word of it"
    services.accuse(scope=box.scope("triage"), number=said.number)
    assert not queries.visible(box.scope("second")).exists() and queries.visible(box.scope("inspector")).exists()
    assert not queries.room.allowed(SealedMatter.objects.get(), box.mine.persons["second"].pk), "nor any later"


@pytest.mark.chapter("V4")
def test_a_paper_of_what_was_joined_to_a_matter_shuts_its_inspector_out_of_both_letters(box):
    first, second = heard("浴室的水是凉的", unit="ZC1"), heard(MARK, unit="ZC1")
    filed(box, first, documents.word(words="冯立言已到现场，由材料员领用"))
    filed(box, second, jpeg())
    services.merge(scope=box.scope("triage"), number=first.number, into=second.number)
    services.accuse(scope=box.scope("triage"), number=second.number)
    assert SealedMatter.objects.count() == 2 == queries.visible(box.scope("inspector")).count()
    assert not queries.visible(box.scope("second")).exists()


def regraded(box, said, reason: str):
    """Grade a matter and say once more why (定级后写明理由)."""
    services.grade(scope=box.scope("triage"), number=said.number, urgency=2, importance=2)
    services.regrade(scope=box.scope("triage"), number=said.number, urgency=2, importance=2, reason=reason)


@pytest.mark.chapter("V4")
@pytest.mark.parametrize(("words", "keeps"), [
    ("找冯立言核实，他说不用管", False), ("老冯收过他的烟", False), ("已口头告知纪检监察员", True)])
def test_an_inspector_whom_only_words_of_a_step_name_gets_no_key_and_none_of_later_words(box, words, keeps):
    """What a step says goes into the box with the letter, and is looked through as its papers are."""
    said = heard(MARK, unit="ZC1")
    regraded(box, said, words)
    services.accuse(scope=box.scope("triage"), number=said.number)
    matter, second = SealedMatter.objects.get(), box.mine.persons["second"].pk
    sealed.add(code=said.receipt, text="再补充一句")
    assert queries.visible(box.scope("inspector")).exists() and queries.visible(box.scope("second")).exists() is keeps
    assert queries.room.allowed(matter, second) is keeps


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("how", ["advice", "note"])
def test_an_inspector_whom_only_a_note_to_the_staff_names_gets_no_key_either(box, how):
    said = heard(MARK, unit="ZC1")
    services.grade(scope=box.scope("triage"), number=said.number, urgency=2, importance=2)
    words = "冯立言当时在场，请一并了解"
    if how == "advice":
        services.suggest(scope=box.scope("leader"), number=said.number, kind="account", text=words,
                         unit=box.mine.units["HQ"].pk)
    else:
        Message.objects.create(matter=Matter.objects.get(), kind="note", text=words, day=clock.today())
    services.accuse(scope=box.scope("triage"), number=said.number)
    assert queries.visible(box.scope("inspector")).exists() and not queries.visible(box.scope("second")).exists()


@pytest.mark.chapter("V4")
def test_words_of_a_step_in_what_was_joined_to_a_matter_count_for_both_letters(box):
    first, second = heard("浴室的水是凉的", unit="ZC1"), heard(MARK, unit="ZC1")
    for said, words in ((first, "冯立言说按常规办"), (second, "按常规办")):
        regraded(box, said, words)
    services.merge(scope=box.scope("triage"), number=first.number, into=second.number)
    services.accuse(scope=box.scope("triage"), number=second.number)
    assert SealedMatter.objects.count() == 2 and not queries.visible(box.scope("second")).exists()


def test_a_paper_of_a_step_makes_no_list_of_whom_it_names(box):
    said, hand = handled(box.mine), signed_in(box.mine.persons["handler"])
    for words in ("李文静已核实，抄送纪检监察员，纪委书记", "李文静已核实，冯立言在场"):
        sent = {"text": "见附件", "files": [SimpleUploadedFile("核查.docx", documents.word(words=words))]}
        assert hand.post(f"/w/matters/{said.number}/note/", sent).status_code == 302
    found = StepFile.objects.order_by("at", "pk").values_list("shut", flat=True)
    assert sorted(found) == [[], [box.mine.persons["second"].pk]], "an inspector's post is whom papers go to"


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
