"""Documents (文件) come with the named and the confidential, cleaned; from the anonymous only photos are taken."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core import serializers
from django.core.files.uploadedfile import SimpleUploadedFile

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Concern, Enclosure, Matter, Submission
from sangesan.feedback.matters.services import enclosing
from sangesan.feedback.matters.services import photos as album
from sangesan.feedback.matters.services.enclosing import Document
from sangesan.foundation.errors import UserError
from sangesan.foundation.print.engine import pdf
from sangesan.method.authority import Role
from tests import documents
from tests.builders import heard, hire, small_mine
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a"), pytest.mark.usefixtures("read_at_once")]


@pytest.fixture
def mine(noon):
    return small_mine()


@pytest.fixture
def kept(mine):
    return heard("合同和工资条附上", unit="ZC1", documents=[documents.word(), documents.pdf(2)])


def shelved() -> list:
    return [path for path in (settings.DATA / "files").glob("*/*") if path.suffix in (".pdf", ".docx", ".part")]


def test_documents_are_kept_without_author_under_random_names(kept):
    rows = list(Enclosure.objects.order_by("kind"))
    assert [(row.kind, row.pages) for row in rows] == [("docx", 0), ("pdf", 2)]
    for row in rows:
        data = album.where(row.name, row.ending).read_bytes()
        assert documents.AUTHOR.encode() not in data and len(data) == row.size


@pytest.mark.parametrize("mode", ["confidential", "named"])
def test_both_modes_that_leave_a_name_may_send_them(mine, mode):
    heard("附合同", unit="ZC1", mode=mode, documents=[documents.pdf()])
    assert Enclosure.objects.count() == 1


def test_the_anonymous_are_asked_for_photos_and_nothing_stays(mine):
    before = len(shelved())
    with pytest.raises(UserError, match="只能附照片"):
        heard("附合同", unit="ZC1", mode="anonymous", documents=[documents.pdf()])
    assert not Matter.objects.exists() and len(shelved()) == before


def test_one_bad_document_refuses_the_whole_and_is_named(mine):
    with pytest.raises(UserError, match="第 2 个：文件里有宏"):
        heard("附合同", documents=[documents.pdf(), documents.word(macro=True)])
    with pytest.raises(UserError, match="最多 3 个"):
        heard("附合同", documents=[documents.pdf()] * 4)
    assert not Matter.objects.exists()


def test_the_same_letter_with_another_document_is_told_that_this_one_is_not_kept(mine):
    heard("附合同", key="k" * 20, documents=[documents.pdf()])
    with pytest.raises(UserError, match="另一些照片或文件"):
        heard("附合同", key="k" * 20, documents=[documents.pdf(2)])


def test_whoever_reads_the_words_may_save_the_document_and_nobody_else(kept, mine, client):
    row = Enclosure.objects.get(kind="pdf")
    address = f"/w/matters/{kept.number}/files/{row.pk}/"
    assert client.get(address).status_code == 302, "without a session"
    client = signed_in(mine.persons["triage"])
    answer = client.get(address)
    assert answer.status_code == 200 and answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("attachment")
    page = client.get(f"/w/matters/{kept.number}/").content.decode()
    assert address in page and "2 页" in page
    other = heard("另一件", unit="ZC1")
    assert client.get(f"/w/matters/{other.number}/files/{row.pk}/").status_code == 404
    assert client.get(f"/w/matters/{kept.number}/files/{2**70}/").status_code == 404
    assert signed_in(mine.persons["handler"]).get(address).status_code == 404


def test_a_public_form_takes_them_and_shows_what_is_wrong(mine, client):
    said = {"key": "k" * 24, "text": "合同附上", "mode": "named", "name": "马六",
            "documents": SimpleUploadedFile("../../合同.pdf", documents.pdf())}
    assert client.post("/mailbox/leaders/", said).status_code == 200
    assert Enclosure.objects.count() == 1
    said |= {"key": "j" * 24, "documents": SimpleUploadedFile("x.pdf", b"<html>")}
    answer = client.post("/mailbox/leaders/", said)
    assert answer.status_code == 422 and "这不是 PDF 或 Word" in answer.content.decode()
    said |= {"key": "i" * 24, "mode": "anonymous", "documents": SimpleUploadedFile("x.pdf", documents.pdf())}
    assert "只能附照片" in client.post("/mailbox/leaders/", said).content.decode()
    assert Matter.objects.count() == 1


def test_what_was_shelved_for_nothing_is_swept_and_the_rest_stays(kept, noon):
    rows = set(Enclosure.objects.values_list("name", flat=True))
    album.shelve([album.Photo("f" * 32, b"left over", 1, 1)], day=date(2026, 11, 20))
    album.sweep(day=noon.date() + timedelta(days=2))
    assert {path.stem for path in shelved()} >= rows and not album.where("f" * 32).exists()


def test_an_accusation_takes_its_documents_along_for_inspectors_only(kept, mine):
    hire(mine, "inspector", "纪检监察员", "QSL", Role.INSPECTOR, "1107")
    services.accuse(scope=mine.scope("triage"), number=kept.number)
    assert Matter.objects.get(number=kept.number).sealed


def _paper(kind: str, words: str) -> bytes:
    return documents.word(words=words) if kind == "docx" else pdf("poster", {
        "paper": "A4", "title": words, "kicker": "", "lines": [], "qr": "", "code": "", "footer": []})


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_whom_a_document_names_does_not_read_the_letter_and_its_words_are_kept_nowhere(mine, kind):
    sent = {"unit": "ZC1", "documents": [_paper(kind, "反映张大力记号八八，矿长王安民也知情")]}
    said, other = heard("材料附上", **sent), heard("材料附上", unit="ZC1", documents=[_paper(kind, "工资条")])
    triage = mine.scope("triage")
    assert not reads(mine, "leader", said) and reads(mine, "leader", other) and reads(mine, "triage", said)
    with pytest.raises(UserError, match="没有派单"):
        services.judge(scope=triage, number=said.number, urgency=1, importance=2, lead=mine.units["ZC1"].pk)
    services.judge(scope=triage, number=said.number, urgency=1, importance=2, lead=mine.units["HQ"].pk)
    assert reads(mine, "secretary", said) and not reads(mine, "chief", said)
    assert "记号八八" not in serializers.serialize("json", [*Matter.objects.all(), *Submission.objects.all(),
                                                         *Enclosure.objects.all()])


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("words", ["食堂晚上没有热饭", "向领导反映过食堂没有热饭，请尽快处理"])
@pytest.mark.parametrize("of", [
    "信访接待安排", "值班表，下井要带好定位卡，严禁违章指挥", "反腐败工作会议纪要，要求及时处理隐患"])
def test_a_list_or_minutes_that_name_many_keep_the_letter_from_nobody(mine, words, of):
    """With a list of those who receive attached, nobody was left who might triage it, and nobody was told."""
    listed = f"{of}：" + "、".join(f"{one.name}（{code}）" for code, one in mine.persons.items())
    said = heard(words, unit="ZC1", documents=[_paper("docx", listed)])
    assert not Concern.objects.exists() and reads(mine, "triage", said) and reads(mine, "leader", said)


def test_what_a_short_document_leaves_is_read_of_the_long_one():
    short, long = (Document("a", b"", "docx", 0, words) for words in ("见附件", "一" * 5_990 + "王安民"))
    assert "王安民" in enclosing.said([short, long]) and enclosing.said([]) == ""
    assert len(enclosing.said([long, long, long])) == 6_002


def test_a_document_whose_words_cannot_be_read_is_kept_all_the_same(mine):
    heard("附合同", unit="ZC1", documents=[documents.pdf()])
    assert Enclosure.objects.count() == 1 and not Matter.objects.get().concerns.exists()


def reads(mine, code, said) -> bool:
    return queries.visible(mine.scope(code)).filter(number=said.number).exists()
