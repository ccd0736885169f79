"""Posters (海报): only where many pass, none for accusations, the first line is for the danger."""

from __future__ import annotations

import pytest
from pypdfium2 import PdfDocument

from sangesan.feedback.intake.services import posters
from sangesan.foundation.errors import UserError
from tests.builders import small_mine
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]
SAID = {"channel": "leaders", "place": "副井口", "passers": 300, "paper": "a4"}


@pytest.fixture
def mine(noon):
    return small_mine()


def test_a_poster_is_a_pdf_that_begins_with_the_danger_and_tells_no_place(mine, monkeypatch):
    made = {}
    monkeypatch.setattr(posters, "pdf", lambda name, data: made.update(data) or b"%PDF")
    posters.poster(scope=mine.scope("triage"), address="https://xf.mine.local", **SAID)
    assert made["kicker"] == "井下险情先打调度电话，有权停止作业撤人" and made["paper"] == "a4"
    assert made["code"] == "https://xf.mine.local/mailbox/leaders/" and "副井口" not in made["code"] + made["qr"]


@pytest.mark.parametrize("paper", ["a4", "a5"])
@pytest.mark.parametrize("house", [
    "https://xf.mine.local", "http://letters.office-3.qingshiling.mine.example.local:8110"])
def test_the_address_that_is_printed_can_be_copied(mine, house, paper):
    """Breaks that nobody sees stood in it: what was copied out of the file opened nothing."""
    made = posters.poster(scope=mine.scope("triage"), address=house, **SAID | {"paper": paper})
    shown = PdfDocument(made)[0].get_textpage().get_text_range()
    assert f"{house}/mailbox/leaders/" in "".join(shown.splitlines()), shown.encode("unicode_escape")


@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_the_page_gives_a_pdf(mine, paper):
    answer = signed_in(mine.persons["triage"]).post("/w/posters/", SAID | {"paper": paper})
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    assert f"leaders-{paper}.pdf" in answer["Content-Disposition"], "a file for each size"


@pytest.mark.parametrize("parts", [
    {"passers": 50}, {"passers": 0}, {"passers": -1}, {"channel": "discipline"}, {"channel": "letter"},
    {"channel": "x"}, {"place": ""}, {"place": "长" * 31}, {"paper": "a3"}, {"place": "\x00"},
])
def test_what_must_not_hang_is_refused(mine, parts):
    with pytest.raises(UserError):
        posters.poster(scope=mine.scope("triage"), address="https://x", **SAID | parts)
    answer = signed_in(mine.persons["triage"]).post("/w/posters/", SAID | parts)
    assert answer.status_code == 422 and not answer.content.startswith(b"%PDF")


def test_whoever_keeps_no_register_makes_no_poster(mine):
    assert signed_in(mine.persons["chief"]).post("/w/posters/", SAID).status_code == 403


def test_an_address_that_only_this_machine_knows_is_warned_of_before_it_hangs(mine):
    office = signed_in(mine.persons["triage"])
    pages = {host: office.get("/w/posters/", headers={"Host": host}).content.decode()
             for host in ("127.0.0.1:8000", "localhost", "xf.mine.local")}
    assert ["手机扫了打不开" in page for page in pages.values()] == [True, True, False]
    assert "以 http://xf.mine.local/ 开头" in pages["xf.mine.local"]


def test_a_poster_of_the_reception_day_speaks_of_booking(mine, monkeypatch):
    made = {}
    monkeypatch.setattr(posters, "pdf", lambda name, data: made.update(data) or b"%PDF")
    for channel, said in (("reception_day", "约好给您回执"), ("union", "写完给您回执")):
        posters.poster(scope=mine.scope("triage"), address="https://xf.mine.local/", **SAID | {"channel": channel})
        assert said in made["lines"][1]
    assert made["code"] == "https://xf.mine.local/mailbox/union/"
