"""A proof on its own (存证证明): checked by command, by browser, away from the server; any change is found."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from sangesan.ledger.facts import proofs, queries
from sangesan.ledger.facts.chain import Deposit, read_deposit
from sangesan.ledger.facts.services import seal
from sangesan.upkeep.verify import verify
from tests.facts import answered

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(noon):
    facts = [answered("HQ", f"2026-AAAAA{n}") for n in range(5)]
    seal()
    return json.loads(proofs.written(queries.proof_of(facts[3])))


def test_a_proof_holds_and_agrees_with_the_board(held):
    roots = read_deposit("\n".join(map(str, queries.published())))
    assert proofs.problems(proofs.read(json.dumps(held)), roots) == []
    assert json.loads(held["body"])["subject"] == "matters/2026-AAAAA3"


@pytest.mark.parametrize("field", "body salt commitment root signed signature digest key path".split())
def test_any_change_in_a_proof_is_found(held, field):
    changed = held[field]
    if field == "path":
        changed = [changed[0][::-1], *changed[1:]]
    elif field in ("body", "signed"):
        changed = changed.replace("2026", "2027", 1)
    else:
        changed = ("0" if changed[0] != "0" else "1") + changed[1:]
    assert proofs.problems(held | {field: changed})


@given(index=st.integers(-3, 9), size=st.integers(-3, 9))
@settings(max_examples=40)
def test_no_other_place_in_the_seal_passes(index, size):
    body = {"form": proofs.FORM, "body": "{}", "salt": "00" * 32, "commitment": "00" * 32, "index": index,
            "size": size, "path": [], "root": "00" * 32, "signed": "{}", "signature": "00" * 64, "digest": "00" * 32,
            "key": "00" * 32}
    assert proofs.problems(body)


def test_a_seal_that_was_never_deposited_is_found(held):
    assert proofs.problems(held, [Deposit(1, "ab" * 32)])


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"form": "sangesan-proof-1"}', "\x00", '{"form": "x"}'])
def test_what_is_no_proof_is_said_to_be_none(text):
    with pytest.raises(ValueError):
        proofs.read(text)


def test_the_command_checks_a_proof_without_the_ledger(held, tmp_path):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(held))
    bad.write_text(json.dumps(held | {"body": held["body"].replace("answered", "received")}))
    roots = tmp_path / "roots.txt"
    roots.write_text("\n".join(map(str, queries.published())))
    run = CliRunner().invoke
    assert run(verify, ["--proof", str(good), "--root", str(roots)]).exit_code == 0
    assert run(verify, ["--proof", str(bad)]).exit_code == 1
