"""`sangesan trial` on the command line (试算): a file or standard input, one clear line when it is wrong."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.test_cli import call

MANUAL = Path(__file__).parents[2] / "docs/operating/trial.md"
CASE = {"link": {"default": {"mode": "blend", "share": "0.3"}},
        "units": [{"id": "mine", "parent": None, "level": "mine", "own": "96.00"}]}


def test_a_case_is_answered_from_a_file_and_from_standard_input(tmp_path, capsys, monkeypatch):
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE))
    assert call("trial", str(file)) == 0
    told = capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(file.read_bytes())))
    assert call("trial", "-") == 0
    assert capsys.readouterr().out == told
    assert json.loads(told)["units"]["mine"]["final"] == "96.00"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"a": 1, "a": 2}', b"\xff\xfe", b'{"link": 0.3}', b"[" * 99999,
                                  b'{"a\\nb": 1}', b'{"a\\nb": 1, "a\\nb": 2}', b'{"' + b"k" * 999 + b'": 1}',
                                  json.dumps(CASE).replace('"96.00"', "9" * 5000).encode(),
                                  json.dumps(CASE).replace('"96.00"', "NaN").encode(),
                                  json.dumps(CASE | {"colour": "red"}).encode(),
                                  json.dumps(CASE | {"units": [{"id": "a"}]}).encode()])
def test_an_unreadable_case_ends_with_two_and_one_line(tmp_path, capsys, body):
    file = tmp_path / "case.json"
    file.write_bytes(body)
    assert call("trial", str(file)) == 2
    told = capsys.readouterr()
    assert told.out == "" and len(told.err.strip().splitlines()) == 1


@pytest.mark.parametrize("number", ["96", "96.00", "-1", "9" * 5000, "NaN"])
def test_a_bare_number_is_refused_by_its_place_whether_it_has_a_point_or_not(tmp_path, capsys, number):
    file = tmp_path / "case.json"
    file.write_text(json.dumps(CASE).replace('"96.00"', number))
    assert call("trial", str(file)) == 2
    assert "单位 mine的 own 须是写成文字的小数" in capsys.readouterr().err


def test_the_case_of_the_manual_is_answered_as_it_says(tmp_path, capsys):
    case, answer = (part.partition("```")[0] for part in MANUAL.read_text().split("```json\n")[1:])
    file = tmp_path / "case.json"
    file.write_text(case)
    assert call("trial", str(file)) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told.pop("rule_hash")) == 64
    assert told == json.loads(answer)
