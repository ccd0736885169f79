"""Files stay small and in their place (文件): the giants of other houses began as exceptions."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from .tree import CHINESE, ROOT, files, shown

PYTHON = files(".py", "sangesan", "config", "tests", "docs")
OURS = [p for p in PYTHON if "migrations" not in p.parts]
TEMPLATES = files(".html", "sangesan")
NAMES_WITHOUT_MEANING = {"utils", "common", "core", "helpers", "base", "misc", "lib"}
# Django asks a database backend for this name.
ASKED_FOR = {"sangesan/foundation/sqlite/base.py", "sangesan/method/facts/base.py"}


def lines(path) -> int:
    return len(path.read_text().splitlines())


def limit(path) -> int:
    if path.suffix == ".html":
        return 150
    return 200 if path.name == "forms.py" or "sangesan/method/" in shown(path) else 300


@pytest.mark.parametrize("kind", ["python", "templates"])
def test_no_file_is_longer_than_a_reader_holds(kind):
    long = {shown(p): lines(p) for p in (OURS if kind == "python" else TEMPLATES) if lines(p) > limit(p)}
    assert not long, f"split these by noun or verb: {long}"


def test_a_view_is_short():
    long = []
    for path in OURS:
        if path.name != "views.py" and path.parent.name != "views":
            continue
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                body = [n for n in node.body if not (isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))]
                size = body[-1].end_lineno - body[0].lineno + 1 if body else 0
                if size > 20:
                    long.append(f"{shown(path)}:{node.name} {size}")
    assert not long, f"a view has no ifs about the trade; these are over 20 lines: {long}"


def test_no_name_without_meaning():
    named = {shown(p) for p in OURS if p.stem in NAMES_WITHOUT_MEANING or p.parent.name in NAMES_WITHOUT_MEANING}
    assert named <= ASKED_FOR


def test_every_module_says_what_it_is_and_in_the_words_of_the_trade():
    silent = [
        shown(p) for p in OURS
        if p.read_text().strip() and not (ast.get_docstring(ast.parse(p.read_text())) or "").strip()
    ]
    assert not silent


def test_migrations_import_nothing_of_ours():
    ours = re.compile(r"^\s*(from|import) (sangesan|config)", re.M)
    wrong = [shown(p) for p in PYTHON if "migrations" in p.parts and ours.search(p.read_text())]
    assert not wrong, f"use .value in choices and defaults: {wrong}"


def test_tables_are_fetched_by_name_only_in_migrations():
    wrong = [shown(p) for p in OURS if shown(p).startswith("sangesan/") and "get_model(" in p.read_text()]
    assert not wrong


def test_only_the_clock_knows_the_time():
    asks = re.compile(r"(datetime\.now|timezone\.now|utcnow|date\.today|datetime\.today|time\.time)\(")
    wrong = [shown(p) for p in files(".py", "sangesan") if asks.search(p.read_text())]
    assert wrong == ["sangesan/foundation/clock.py"], "ask sangesan.foundation.clock"


def test_nothing_tells_of_the_machine_it_was_written_on():
    told = re.compile(r"(?<!\w)/work/|/opt/|/tmp/plan|/root/")
    wrong = [shown(p) for ending in (".py", ".md", ".html", ".toml", ".txt", ".in", "Makefile")
             for p in files(ending) if told.search(p.read_text()) and p.name != "test_files.py"]
    assert not wrong


def test_the_foundation_holds_no_word_of_the_trade():
    trade = re.compile(r"事项|矿长|支部|考核|台账|信访|班组")
    wrong = [shown(p) for p in files("", "sangesan/foundation")
             if p.suffix in (".py", ".html") and trade.search(p.read_text())]
    assert not wrong, f"trade words in {wrong}"
    assert CHINESE.search((ROOT / "sangesan/foundation/__init__.py").read_text())


def test_nothing_of_a_data_folder_is_in_the_repository():
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    strayed = [name for name in kept if "secrets" in Path(name).parts or "sqlite3" in Path(name).name]
    assert not strayed, f"keys and databases stay with the enterprise: {strayed}"


def test_the_proof_is_a_script_that_can_be_read_to_its_end():
    script = ROOT / ".ci" / "run"
    assert not subprocess.run(["sh", "-n", script], capture_output=True, text=True, check=False).stderr
    said = [line for line in script.read_text().splitlines() if line.startswith("make ")]
    assert said == ["make check", "make test"]
