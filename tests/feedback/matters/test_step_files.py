"""What staff hand in with a step (办理附件): cleaned as a speaker's files are, and read by whoever reads the matter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter, Message, Review, StepFile
from sangesan.feedback.matters.queries.photos import where
from sangesan.feedback.matters.services import filing
from sangesan.feedback.matters.services import photos as album
from sangesan.feedback.matters.services.clearing import _erase
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from tests import documents, files
from tests.builders import hire, small_mine
from tests.feedback.matters.roads import handled
from tests.feedback.matters.test_above import asked, passed
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2b")]


@pytest.fixture
def mine(noon):
    return small_mine()


def upload(data: bytes, name: str = "../复函 张大力.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="text/html")


def noted(mine, *sent: bytes, who: str = "handler", said=None, text: str = "见附件"):
    """Take down a note with files through the page (报进展附文件)."""
    said = said or handled(mine)
    client = signed_in(mine.persons[who])
    done = client.post(f"/w/matters/{said.number}/note/", {"text": text, "files": [upload(one) for one in sent]})
    return said, client, done


def shelved() -> set:
    return {path for path in (settings.DATA / "files").glob("*/*") if path.is_file()}


def test_the_decision_of_the_unit_above_is_handed_in_as_it_came(mine):
    hire(mine, "party", "党委书记", "QSL", Role.LEADER, "3090")
    said = asked(mine)
    passed(mine, said)
    client = signed_in(mine.persons["triage"])
    assert 'enctype="multipart/form-data"' in client.get(f"/w/matters/{said.number}/").content.decode()
    done = client.post(f"/w/matters/{said.number}/upper_uphold/", {
        "day": f"{clock.today()}", "text": "维持（信复9号）",
        "files": [upload(documents.pdf(2)), upload(files.jpeg())]})
    assert done.status_code == 302 and Review.objects.get().outcome == "uphold"
    reasons = [fact.content["reason"] for fact in history(f"matters/{said.number}")
               if fact.kind == "matter.second_review"]
    assert reasons == ["passed_up", "uphold"]
    kept = StepFile.objects.order_by("kind")
    assert [(one.kind, one.pages, one.action, one.post) for one in kept] == [
        ("jpg", 0, "upper_uphold", "triage"), ("pdf", 2, "upper_uphold", "triage")]
    page = client.get(f"/w/matters/{said.number}/").content.decode()
    assert "办理附件" in page and page.count("/step-files/") == 2 and "张大力" not in page


def test_what_is_kept_has_no_author_no_position_and_no_name_of_its_own(mine):
    said, client, done = noted(mine, documents.word(), files.png())
    assert done.status_code == 302 and Message.objects.filter(kind="note").count() == 1
    for one in StepFile.objects.all():
        data = where(one.name, one.ending).read_bytes()
        assert len(data) == one.size and b"SECRET" not in data and documents.AUTHOR.encode() not in data
        given = client.get(f"/w/matters/{said.number}/step-files/{one.pk}/")
        assert given.status_code == 200 and "sandbox" in given["Content-Security-Policy"]
        assert given["X-Content-Type-Options"] == "nosniff" and "no-store" in given["Cache-Control"]
        assert given["Content-Type"] == ("image/jpeg" if one.drawn else given["Content-Type"]) and "html" not in given[
            "Content-Type"]
        assert given["Content-Disposition"].startswith("inline" if one.drawn else "attachment")


@pytest.mark.parametrize(("sent", "why"), [
    ((b"<html><script>alert(1)</script></html>",), "照片"), ((b"MZ\x90\x00" + b"\x00" * 99,), "照片"),
    ((b"",), ""), ((documents.pdf()[:-40],), "PDF"), ((files.png(),) * 4, "最多 3 个")])
def test_what_cannot_be_kept_is_refused_and_the_step_with_it(mine, sent, why):
    before = shelved()
    _said, _client, done = noted(mine, *sent)
    page = done.content.decode()
    assert done.status_code == 422 and why in page and "见附件" in page
    assert not Message.objects.filter(kind="note").exists() and not StepFile.objects.exists() and shelved() == before


def test_a_step_that_fails_leaves_no_file_and_says_to_choose_it_again(mine):
    before = shelved()
    said, _client, done = noted(mine, files.png(), text="")
    assert done.status_code == 422 and "请重新选一次" in done.content.decode()
    def refuse(**_parts):
        raise UserError("没有办成")
    with pytest.raises(UserError):
        filing.step(refuse, scope=mine.scope("handler"), number=said.number, action="note",
                    kept=filing.develop([files.png()]))
    assert not StepFile.objects.exists() and shelved() == before


def test_a_file_where_none_is_asked_for_is_refused_in_words(mine):
    said = handled(mine)
    done = signed_in(mine.persons["handler"]).post(f"/w/matters/{said.number}/extend/", {
        "days": "3", "reason": "等配件", "files": [upload(files.png())]})
    assert done.status_code == 422 and "这里不收这样的附件" in done.content.decode()
    assert not Matter.objects.get().extensions.exists()


def test_a_file_is_read_by_whoever_reads_the_matter_and_looks_absent_to_others(mine):
    said, _client, _done = noted(mine, files.png())
    one = StepFile.objects.get()
    address = f"/w/matters/{said.number}/step-files/{one.pk}/"
    for code, seen in (("triage", 200), ("handler", 200), ("leader", 200), ("assessor", 404), ("admin", 404)):
        assert signed_in(mine.persons[code]).get(address).status_code == seen, code
    other = handled(mine)
    triage = signed_in(mine.persons["triage"])
    for address in (f"/w/matters/{other.number}/step-files/{one.pk}/",
                    f"/w/matters/{said.number}/step-files/{2**70}/", f"/w/matters/{said.number}/step-files/1/"):
        assert triage.get(address).status_code == 404, address
    services.concern(scope=mine.scope("triage"), number=said.number, posts=["handler"])
    gone = signed_in(mine.persons["handler"])
    assert gone.get(f"/w/matters/{said.number}/step-files/{one.pk}/").status_code == 404
    receipt = triage.post("/receipt/", {"code": said.receipt}).content.decode()
    assert "step-files" not in receipt, "a speaker reads what is told, not what staff filed"


def test_pressed_twice_it_is_filed_once(mine):
    said = handled(mine)
    client, address = signed_in(mine.persons["handler"]), f"/w/matters/{said.number}/note/"
    for _ in range(2):
        assert client.post(address, {"text": "见附件", "csrfmiddlewaretoken": "x" * 64,
                                     "files": [upload(files.png())]}).status_code == 302
    assert StepFile.objects.count() == 1 == Message.objects.filter(kind="note").count()


def test_files_stay_while_their_matter_does_and_go_with_it(mine):
    noted(mine, files.png())
    one = StepFile.objects.get()
    album.sweep(day=clock.today() + timedelta(days=1))
    assert where(one.name, one.ending).is_file(), "the sweep knows them"
    _erase([Matter.objects.get().pk])
    assert not StepFile.objects.exists()
    album.sweep(day=clock.today() + timedelta(days=1))
    assert not where(one.name, one.ending).exists()


def test_nothing_is_rebuilt_for_whoever_may_not_take_the_step(mine, monkeypatch):
    said, rebuilt = handled(mine), []
    monkeypatch.setattr(filing, "develop", lambda sent: rebuilt.append(len(sent)) or filing.Kept())
    sent = {"text": "见附件"}
    for who, number, answer in (("assessor", said.number, 404), ("handler", "2026-AAAAAA", 404),
                                ("leader", said.number, 403)):
        done = signed_in(mine.persons[who]).post(f"/w/matters/{number}/note/", sent | {
            "files": [upload(documents.pdf()) for _ in range(3)]})
        assert (done.status_code, rebuilt) == (answer, []), who
    assert not Message.objects.filter(kind="note").exists() and not StepFile.objects.exists()
    signed_in(mine.persons["handler"]).post(f"/w/matters/{said.number}/note/", sent | {
        "files": [upload(documents.pdf())]})
    assert rebuilt == [1] and Message.objects.filter(kind="note").count() == 1
