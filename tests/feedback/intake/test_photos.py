"""Photos come in as pixels only, and leave only through the permission query."""

from __future__ import annotations

import os
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sangesan.feedback.intake.services import submit
from sangesan.feedback.matters import services as handling
from sangesan.feedback.matters.models import Attachment, Matter, Submission
from sangesan.feedback.matters.queries.photos import shelf, where
from sangesan.feedback.matters.services.photos import sweep
from sangesan.feedback.sealed.models import SealedMatter
from sangesan.foundation import clock, uploads
from sangesan.method.authority import Role
from tests import files
from tests.builders import Mine, hire, small_mine
from tests.sealing import founded
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
REPORT, MAILBOX = "/w/report/", "/mailbox/leaders/"
KEY = "k" * 32


@pytest.fixture(autouse=True)
def empty_shelf(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA", tmp_path, raising=False)


@pytest.fixture
def mine() -> Mine:
    return small_mine()


@pytest.fixture
def correspondent(mine) -> Client:
    return signed_in(mine.persons["correspondent"])


def sent(*contents: bytes, name: str = "张大力 2026-11-20.jpg"):
    return [SimpleUploadedFile(name, content, content_type="text/html") for content in contents]


def report(client, *contents: bytes, **parts):
    return client.post(REPORT, {"key": KEY, "text": "架棚歪了", "unit": "ZC1", "photos": sent(*contents), **parts})


def on_disk() -> list:
    return [path for path in shelf().rglob("*") if path.is_file()]


def address(photo: Attachment) -> str:
    return f"/w/matters/{photo.submission.matter.number}/photos/{photo.pk}/"


def test_what_is_stored_holds_pixels_and_nothing_else(correspondent):
    assert report(correspondent, files.jpeg(), files.png() + b"<script>TAIL-SECRET</script>").status_code == 200
    assert Attachment.objects.count() == len(on_disk()) == 2
    for path in on_disk():
        content = path.read_bytes()
        assert content.startswith(b"\xff\xd8\xff") and b"SECRET" not in content and b"Exif" not in content
        assert "张大力" not in path.name and len(path.stem) == 32


def test_the_file_tells_the_day_and_no_hour(correspondent):
    report(correspondent, files.jpeg())
    for path in [*on_disk(), *shelf().glob("??")]:
        told = clock.local(clock.now()).fromtimestamp(path.stat().st_mtime, clock.LOCAL)
        assert (told.hour, told.minute, told.second) == (0, 0, 0) and told.date() == clock.today()


def test_whoever_has_the_matter_has_its_photos(mine, correspondent):
    report(correspondent, files.jpeg())
    photo = Attachment.objects.get()
    office = signed_in(mine.persons["triage"])
    answer = office.get(address(photo))
    assert answer.status_code == 200 and b"".join(answer.streaming_content) == where(photo.name).read_bytes()
    assert (answer["Content-Type"], answer["X-Content-Type-Options"], answer["Cache-Control"]) == (
        "image/jpeg", "nosniff", "no-store")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert address(photo) in office.get(f"/w/matters/{photo.submission.matter.number}/").content.decode()
    assert address(photo) in office.get("/w/triage/").content.decode()


def test_others_and_wrong_ids_get_the_same_nothing(mine, correspondent):
    report(correspondent, files.jpeg())
    submit(channel="leaders", mode="anonymous", text="另一件", key="o" * 32, photos=[files.png()], danger=True)
    ours, theirs = (Attachment.objects.get(submission__channel=c) for c in ("correspondent", "leaders"))
    crossed = f"/w/matters/{ours.submission.matter.number}/photos/{theirs.pk}/"
    for who in ("handler", "correspondent", "admin"):
        assert signed_in(mine.persons[who]).get(address(ours)).status_code == 404
    office = signed_in(mine.persons["triage"])
    for wrong in (crossed, address(ours).replace(str(ours.pk), str(2**70)), address(ours).replace(str(ours.pk), "0")):
        assert office.get(wrong).status_code == 404
    assert Client().get(address(ours)).status_code == 302
    where(ours.name).unlink()
    assert office.get(address(ours)).status_code == 404


def test_photos_of_a_joined_matter_are_seen_where_it_is_answered(mine, correspondent):
    report(correspondent, files.jpeg())
    photo = Attachment.objects.get()
    into = submit(channel="leaders", mode="named", text="架棚歪了两天", key="m" * 32, unit="ZC1", name="马六")
    scope = mine.scope("triage")
    for number in (into.number, photo.submission.matter.number):
        handling.grade(scope=scope, number=number, urgency=1, importance=1)
    handling.merge(scope=scope, number=photo.submission.matter.number, into=into.number)
    seen = f"/w/matters/{into.number}/photos/{photo.pk}/"
    office = signed_in(mine.persons["triage"])
    assert seen in office.get(f"/w/matters/{into.number}/").content.decode() and office.get(seen).status_code == 200


@pytest.mark.parametrize(("contents", "said"), [
    ([b""], "空"), ([b"<html>"], "不是照片"), ([b"%PDF-1.4"], "PDF"), ([files.jpeg(), b"MZ" * 99], "第 2 张"),
    ([files.jpeg()[:400]], "损坏"), ([files.jpeg()] * 7, "最多 6 张"),
    ([b"\xff\xd8\xff" + b"0" * 9_000_000], "超过 8 MB"),
    ([files.jpeg_header(60_000, 60_000)], "第 1 张"),
])
def test_what_is_no_photo_is_refused_and_nothing_is_kept(correspondent, contents, said):
    answer = report(correspondent, *contents)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and "架棚歪了" in page
    assert not Submission.objects.exists() and not on_disk()


@pytest.mark.parametrize("name", [
    "../../etc/passwd.jpg", "a" * 300 + ".jpg", "\u202egpj.exe", "a\nb.jpg", ".htaccess", "x.php"])
def test_a_name_means_nothing(correspondent, name):
    assert report(correspondent, photos=sent(files.jpeg(), name=name)).status_code == 200
    assert [path.suffix for path in on_disk()] == [".jpg"]


def test_after_another_fault_the_page_says_to_choose_the_photos_again(correspondent):
    answer = report(correspondent, files.jpeg(), text="")
    assert answer.status_code == 422 and "照片没有保存，请重新选一次" in answer.content.decode() and not on_disk()


def test_sent_twice_they_are_kept_once_and_other_photos_are_another_report(correspondent):
    report(correspondent, files.jpeg())
    assert report(correspondent, files.jpeg()).status_code == 200
    assert Matter.objects.count() == len(on_disk()) == 1
    again = report(correspondent, files.png())
    assert again.status_code == 409 and Matter.objects.get().number in again.content.decode()
    assert "附的是另一些照片或文件" in again.content.decode()
    assert Matter.objects.count() == len(on_disk()) == 1


@pytest.mark.parametrize("page", ["/mailbox/leaders/", "/discipline/"])
def test_photos_chosen_again_after_a_lost_answer_lead_to_the_letter_that_arrived(mine, client, page):
    """They need not be the same bytes: the receipt of the first is shown, and no token for a second letter."""
    hire(mine, "inspector", "纪检监察员", "QSL", Role.INSPECTOR, "1021")
    founded(mine, codes=("inspector",))
    said = {"key": "k" * 32, "text": "食堂的菜凉", "mode": "anonymous"}
    first, again = (client.post(page, said | {"photos": sent(photo)}) for photo in (files.jpeg(), files.png((40, 30))))
    receipts = {re.search(r'class="receipt">([^<]+)', one.content.decode())[1] for one in (first, again)}
    assert (first.status_code, again.status_code, len(receipts)) == (200, 409, 1)
    assert "没有保存" in again.content.decode() and 'name="key"' not in again.content.decode()
    assert Matter.objects.count() + SealedMatter.objects.count() == 1
    other = client.post(page, said | {"text": "另一件事", "photos": sent(files.png())})
    assert other.status_code == 409 and 'class="receipt"' not in other.content.decode(), "other words get no receipt"


def test_a_flood_of_bytes_is_refused(correspondent, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 20_000)
    assert report(correspondent, b"x" * 30_000).status_code == 413
    assert not Submission.objects.exists()


def test_nothing_sent_is_spooled_to_disk(correspondent, monkeypatch):
    monkeypatch.setattr("tempfile.NamedTemporaryFile", None)
    monkeypatch.setattr("tempfile.TemporaryFile", None)
    assert report(correspondent, files.jpeg(size=(3000, 2500)) + b"\x00" * 4_000_000).status_code == 200


def test_files_without_a_submission_are_swept_when_their_day_is_over(correspondent):
    report(correspondent, files.jpeg())
    yesterday = (clock.now() - timedelta(days=1)).timestamp()
    lost, torn, fresh = where("ab" * 16), where("cd" * 16).with_suffix(".part"), where("ef" * 16)
    for path in (lost, torn, fresh):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    for path in (lost, torn, *[p for p in on_disk() if p != fresh]):
        os.utime(path, (yesterday, yesterday))
    assert sweep(day=clock.today()) == 2 and sweep(day=clock.today()) == 0
    assert set(on_disk()) == {fresh, where(Attachment.objects.get().name)}


@pytest.mark.parametrize("mode", ["named", "confidential"])
def test_whoever_signs_a_letter_leaves_a_name_or_a_contact(mine, client, mode):
    said = {"key": KEY, "mode": mode, "text": "路灯坏了"}
    answer = client.post(MAILBOX, said, headers={"Origin": "http://testserver"})
    assert answer.status_code == 422 and "请填姓名或联系方式" in answer.content.decode()
    answer = client.post(MAILBOX, said | {"contact": "13900000000"}, headers={"Origin": "http://testserver"})
    assert answer.status_code == 200


def test_a_letter_to_the_leaders_carries_photos_without_a_name(mine, client):
    answer = client.post(MAILBOX, {"key": KEY, "mode": "anonymous", "text": "路灯坏了", "photos": sent(files.webp())},
                         headers={"Origin": "http://testserver"})
    assert answer.status_code == 200 and not answer.cookies
    assert Attachment.objects.get().submission.mode == "anonymous" and b"SECRET" not in on_disk()[0].read_bytes()
