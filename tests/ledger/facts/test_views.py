"""The public page of the ledger: roots of the days and nothing that tells how many spoke."""

import re

import pytest
from click.testing import CliRunner
from django.test import Client

from sangesan.ledger.facts import queries, services
from sangesan.ledger.facts.chain import read_deposit
from sangesan.ledger.facts.verify import verify
from sangesan.method.facts import SPEAKER, MatterRated
from sangesan.upkeep.verify import verify as command
from tests.ledger.tampering import for_a_moment


@pytest.fixture
def sealed(db, noon):
    entry = MatterRated(subject="matters/2026-K7Q4MX", occurred_at=noon, rating="basic")
    services.record_batch([(entry, SPEAKER)] * 3)
    services.seal()


def test_the_board_shows_the_root_and_no_subject_or_size(sealed):
    page = Client().get("/ledger/")
    assert page.status_code == 200 and not page.cookies
    text = re.sub(r"<[^>]+>|\s", "", page.content.decode())
    assert queries.published()[0].digest in text
    assert "K7Q4MX" not in text


def test_an_empty_board_says_so(db):
    assert "还没有封存的台账" in Client().get("/ledger/").content.decode()


def test_the_text_of_roots_is_what_verification_takes(sealed):
    text = Client().get("/ledger/roots.txt").content.decode()
    assert len(read_deposit(text)) == 1
    assert verify(read_deposit(text)) == []


def test_the_command_names_the_first_bad_fact_and_ends_with_1(sealed, tmp_path):
    deposit = tmp_path / "roots.txt"
    deposit.write_bytes(Client().get("/ledger/roots.txt").content)
    fine = CliRunner().invoke(command, ["--root", str(deposit)])
    assert fine.exit_code == 0, fine.output
    assert "台账完好：3 条，1 封，与 1 个寄存的根相符" in fine.output
    with for_a_moment() as cursor:
        first = next(queries.entries()).id
        cursor.execute("UPDATE facts_body SET line = 'party' WHERE fact_id = %s", [first])
        bad = CliRunner().invoke(command, [])
        assert bad.exit_code == 1
        assert f"第 {first} 条" in bad.output
