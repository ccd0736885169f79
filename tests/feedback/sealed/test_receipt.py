"""The receipt of a sealed letter (密封件回执): proof, large type and the kiosk, as for every other speaker."""

from __future__ import annotations

import json
import re

import pytest
from django.test import Client

from sangesan.feedback.sealed import services
from sangesan.foundation import clock
from sangesan.ledger.facts import proofs
from sangesan.ledger.facts.services import seal
from sangesan.upkeep.demo.holders import open_box
from tests.builders import small_mine
from tests.feedback.sealed.test_letters import MARK, answered, wrote
from tests.sealing import founded

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V3")]


@pytest.fixture
def box(noon):
    return founded(small_mine())


def page(receipt, path="/receipt/", **more):
    return Client().post(path, {"code": receipt, **more})


def test_whoever_wrote_to_the_inspectors_holds_a_proof_after_the_night_that_tells_no_word(box):
    said, other = wrote(name="马六", about="材料员"), wrote()
    assert 'action="/receipt/proof/"' in page(said.receipt).content.decode()
    assert "还没有封存" in page(said.receipt, "/receipt/proof/").content.decode()
    services.record_speakers(clock.today())
    seal()
    shown = page(said.receipt, "/receipt/proof/").content.decode()
    assert f"纪检监察信箱 {said.number}" in shown and "封里。" in shown
    given = page(said.receipt, "/receipt/proof/", file="1")
    proof = proofs.read(given.content.decode())
    assert proofs.problems(proof) == [] and json.loads(proof["body"])["subject"] == f"discipline/{said.number}"
    for kept in (MARK, "马六", "材料员", other.number, said.receipt):
        assert kept not in given.content.decode() + given["Content-Disposition"]


def test_the_receipt_and_its_proof_stand_in_large_type_without_a_cookie(box):
    said = wrote()
    for path in ("/receipt/", "/receipt/proof/"):
        shown = page(said.receipt, f"{path}?large=1")
        assert 'data-size="large"' in shown.content.decode() and not shown.cookies
        assert f'action="{path}?large=0"' in shown.content.decode()  # and back
    assert 'action="/discipline/add/?large=1"' in page(said.receipt, "/receipt/?large=1").content.decode()


def test_who_seals_words_of_despair_sees_whom_to_ring_for_no_carer_can_read_them(box):
    words = "队长天天逼我，我不想活了"
    sent = Client().post("/discipline/", {"key": "k" * 32, "mode": "anonymous", "text": words}).content.decode()
    assert "12356" in sent and "您的回执号" in sent
    receipt = re.search(r'class="receipt">([^<]+)<', sent)[1]
    assert "12356" in page(receipt, "/discipline/add/", text=words).content.decode()
    assert "12356" not in page(receipt, "/discipline/add/", text="还有一张条子").content.decode()


def test_at_the_kiosk_a_sealed_receipt_shows_how_it_stands_and_the_answer(box):
    said = wrote()
    open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    answered(box, said.number, "take_up", "已受理，由专人核查")
    shown = page(said.receipt, "/kiosk/receipt/").content.decode()
    assert "已受理，由专人核查" in shown and "核查中" in shown
    assert MARK not in shown and "<textarea" not in shown and said.receipt not in shown
