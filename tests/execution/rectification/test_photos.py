"""Photo evidence (整改照片): of what was found and what was done, without what a phone adds, for those who may see."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from sangesan.execution.rectification import queries, services
from sangesan.execution.rectification.models import Finding, Photo
from sangesan.foundation.errors import NotFound, UserError
from sangesan.ledger.evidence.models import Evidence
from tests.execution.rectification.inspected import checked_mine, found, inspected
from tests.files import jpeg, png
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1d")]


@pytest.fixture
def mine(noon):
    return checked_mine()


def words():
    return "\n".join(bytes(row.content).decode() for row in Evidence.objects.all())


def test_photos_of_both_steps_are_kept_as_pixels_and_bound_to_their_facts(mine):
    one = found(mine, photos=[jpeg(), png()])
    services.done(scope=mine.scope("chief"), finding=one.pk, text="已换新风筒", photos=[jpeg(orientation=6)])
    rows = list(Photo.objects.all())
    assert [row.of for row in rows] == ["found", "found", "done"]
    for row in rows:
        content = bytes(row.content)
        assert b"SECRET" not in content and not Image.open(io.BytesIO(content)).getexif()
        assert row.digest in words()
    assert Image.open(io.BytesIO(bytes(rows[2].content))).size == (48, 64)


@pytest.mark.parametrize("sent", [[b""], [b"<svg onload=x>"], [b"%PDF-1.7"], [b"MZ" * 50], [jpeg()] * 5,
                                  [jpeg()[:200]]])
def test_what_is_no_photo_or_too_many_is_refused_and_nothing_is_kept(mine, sent):
    with pytest.raises(UserError):
        found(mine, photos=sent)
    assert not Finding.objects.exists() and not Photo.objects.exists()
    one = found(mine, mark="g" * 32)
    with pytest.raises(UserError):
        services.done(scope=mine.scope("chief"), finding=one.pk, photos=sent)
    assert not Photo.objects.exists() and queries.detail_of(mine.scope("chief"), one.pk).state == "open"


def test_only_who_sees_the_finding_sees_its_photos(mine):
    one = found(mine, photos=[jpeg()])
    pk, at = Photo.objects.get().pk, f"/w/findings/{one.pk}/photos/{Photo.objects.get().pk}/"
    shown = signed_in(mine.persons["chief"]).get(at)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert "sandbox" in shown["Content-Security-Policy"] and shown["X-Content-Type-Options"] == "nosniff"
    for who in ("logistics", "admin", "correspondent"):
        assert signed_in(mine.persons[who]).get(at).status_code == 404
    other = found(mine, mark="h" * 32)
    for finding, photo in ((other.pk, pk), (one.pk, pk + 1), (one.pk, 2**70)):
        with pytest.raises(NotFound):
            queries.photo_for(mine.scope("chief"), finding, photo)


def test_they_are_sent_with_the_forms_of_the_pages(mine):
    inspection, safety = inspected(mine), signed_in(mine.persons["safety"])
    form = {"text": "风筒漏风", "key": "p" * 24, "photos": SimpleUploadedFile("a.jpg", jpeg(), "image/jpeg")}
    assert safety.post(f"/w/inspections/{inspection.pk}/", form).status_code == 302
    one = Finding.objects.get()
    bad = {"text": "漏风二处", "key": "q" * 24, "photos": SimpleUploadedFile("a.jpg", b"<html>", "image/jpeg")}
    assert safety.post(f"/w/inspections/{inspection.pk}/", bad).status_code == 422 and Finding.objects.count() == 1
    chief = signed_in(mine.persons["chief"])
    sent = {"text": "换好了", "photos": SimpleUploadedFile("b.jpg", jpeg(), "image/jpeg")}
    assert chief.post(f"/w/findings/{one.pk}/done/", sent).status_code == 302
    assert [row.of for row in one.photos.all()] == ["found", "done"]
    assert chief.get(f"/w/findings/{one.pk}/").content.decode().count("<img") == 2
