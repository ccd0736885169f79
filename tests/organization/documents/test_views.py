"""The pages of templates, issuers and the register."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sangesan.organization.documents import shipped
from sangesan.organization.documents.models import Issuer, Template
from tests.builders import small_mine
from tests.feedback.matters import papers
from tests.organization.documents import words
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
TOP = "/w/documents/"


def sent(content: bytes, name: str = "模板.docx") -> dict:
    return {"kind": "accepted", "file": SimpleUploadedFile(name, content)}


def test_a_template_goes_from_upload_to_use_on_the_page(noon):
    mine = small_mine()
    client = signed_in(mine.persons["triage"])
    assert client.post(f"{TOP}issuer/", {"name": "青石岭矿信访办公室", "letters": "青矿信"}).status_code == 302
    assert client.post(f"{TOP}issuer/", {"name": "别的", "letters": "青矿信"}).status_code == 422
    assert client.post(f"{TOP}templates/", sent(shipped.template())).status_code == 302
    pk = Template.objects.get().pk
    trial = client.get(f"{TOP}templates/{pk}/trial/")
    assert "某矿信〔2026〕1号" in words.text(trial.content) and "{{" not in words.text(trial.content)
    assert client.get(f"{TOP}templates/{pk}/").content == shipped.template()
    assert client.post(f"{TOP}templates/{pk}/use/").status_code == 302
    assert client.post(f"{TOP}templates/{pk}/use/").status_code == 409
    assert "在用" in client.get(TOP).content.decode()
    assert client.post(f"{TOP}templates/{pk}/retire/").status_code == 302
    assert client.get(f"{TOP}templates/default/").content.startswith(b"PK")
    assert Issuer.objects.count() == 1


@pytest.mark.parametrize(("content", "said"), [
    (b"no word file", ".docx"), (words.holding("{{ 身份证 }}"), "身份证"), (words.holding("{{ 标题.x }}"), "不支持"),
    (b"", ""), (words.changed({"word/vbaProject.bin": b"x"}), "宏"),
])
def test_a_bad_template_is_refused_in_plain_words_and_nothing_is_kept(noon, content, said):
    mine = small_mine()
    answer = signed_in(mine.persons["triage"]).post(f"{TOP}templates/", sent(content))
    assert answer.status_code == 422 and said in answer.content.decode() and not Template.objects.exists()


def test_the_register_shows_numbers_and_no_matter(noon):
    mine = small_mine()
    said, made = papers.issued(mine, "accepted")
    page = signed_in(mine.persons["triage"]).get(f"{TOP}register/").content.decode()
    assert made.number in page and said.number not in page and papers.REQUEST not in page
    for year in ("2025", "x", "99999999999999999999", "²⁰²⁶", ""):
        assert signed_in(mine.persons["triage"]).get(f"{TOP}register/", {"year": year}).status_code == 200


@pytest.mark.parametrize("post", ["chief", "leader", "admin", "assessor", "correspondent"])
def test_the_pages_are_shut_to_who_keeps_no_templates(noon, post):
    mine = small_mine()
    client = signed_in(mine.persons[post])
    for path in (TOP, f"{TOP}register/", f"{TOP}templates/default/", f"{TOP}templates/1/", f"{TOP}templates/1/trial/"):
        assert client.get(path).status_code == 403, path
    for path in (f"{TOP}issuer/", f"{TOP}templates/", f"{TOP}templates/1/use/", f"{TOP}templates/1/retire/"):
        assert client.post(path, {"name": "机关", "letters": "机"}).status_code in (403, 422), path
