"""A paper about a leader whose file lies above is not entered: received, handed over, by whom and when, that is all."""

from __future__ import annotations

import json
from datetime import date

import pytest

from sangesan.feedback.intake.models import HandedUp
from sangesan.feedback.matters.models import Submission
from sangesan.feedback.sealed.models import SealedMatter
from sangesan.foundation import clock
from sangesan.ledger.facts.models import Fact
from sangesan.method.authority import Role
from tests.builders import hire, small_mine
from tests.feedback.intake.visits import DAY, announced
from tests.sealing import founded
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4")]
PAGE = "/w/register/handed-up/"
SAID = {"key": "k" * 32, "form": "letter", "received": "2026-11-20", "handed": "2026-11-23", "to": "集团纪委"}


@pytest.fixture
def mine(noon):
    mine = small_mine()
    hire(mine, "inspector", "纪检监察员", "QSL", Role.INSPECTOR, "1021")
    founded(mine, codes=("inspector",))
    return mine


def test_a_letter_that_may_not_be_entered_shows_where_its_way_up_is_noted(mine):
    office = signed_in(mine.persons["triage"])
    refused = office.post("/w/register/letter/", {"key": "m" * 32, "text": "矿长收红包", "mode": "anonymous",
                                                  "kind": "accusation", "day": "2026-11-20"})
    assert refused.status_code == 422 and "这一件不能录入" in refused.content.decode()
    assert office.post(PAGE, SAID).status_code == office.post(PAGE, SAID).status_code == 302
    line, fact = HandedUp.objects.get(), Fact.objects.get(kind="paper.handed_up")
    assert (line.received, line.handed, line.person) == (date(2026, 11, 20), date(2026, 11, 23),
                                                         mine.persons["triage"].pk)
    told = json.loads(fact.body.content)
    assert (told["received"], told["handed"], told["actor"]) == ("2026-11-20", "2026-11-23", "post:triage")
    assert not (Submission.objects.exists() or SealedMatter.objects.exists())


def test_nobody_but_who_handed_it_over_sees_the_line(mine):
    hire(mine, "second", "分办员", "XF", Role.TRIAGE, "3001")
    signed_in(mine.persons["triage"]).post(PAGE, SAID | {"handed": "2026-11-23", "received": "2026-11-02"})
    own, other = (signed_in(mine.persons[who]).get(PAGE).content.decode() for who in ("triage", "second"))
    assert "集团纪委</b>" in own and "超过五个工作日</span>" in own and "集团纪委</b>" not in other
    for who in ("leader", "chief", "inspector"):
        assert signed_in(mine.persons[who]).get(PAGE).status_code == 403, who


@pytest.mark.parametrize("parts", [
    {"handed": "2026-11-19"}, {"handed": "2026-12-31"}, {"received": "2026-12-31"}, {"received": "1900-01-01"},
    {"to": ""}, {"to": "\x00"}, {"to": "长" * 61}, {"form": "leaders"}, {"form": "x"}, {"key": "short"},
    {"handed": "x"}])
def test_what_cannot_be_is_refused_and_leaves_nothing(mine, parts):
    answer = signed_in(mine.persons["triage"]).post(PAGE, SAID | parts)
    assert answer.status_code == 422 and not HandedUp.objects.exists()


def test_no_browser_keeps_a_draft_of_what_others_said(mine):
    office, pages = signed_in(mine.persons["triage"]), {}
    for path in ("/w/register/letter/", "/w/register/visit/", "/w/behalf/"):
        pages[path] = office.get(path).content.decode()
    reception = announced(mine)
    with clock.at(DAY):
        office = signed_in(mine.persons["triage"])
        pages["visitor"] = office.get(f"/w/reception/{reception.pk}/").content.decode()
    for name, page in pages.items():
        form = next(one for one in page.split("<form")[1:] if 'name="text"' in one)
        assert "data-draft" not in form, name
    with_draft = signed_in(mine.persons["correspondent"]).get("/w/report/").content.decode()
    assert "data-draft" in with_draft, "one's own words stay in the tab until they are sent"
