"""The documents tell the truth (文档): the map of the chapter, the glossary, the notices, the links."""

from __future__ import annotations

import re
from collections import Counter

from docs import notices
from sangesan.cli import COMMANDS
from sangesan.upkeep.demo.people import ACCOUNTS, PASSWORD

from .tree import ROOT, files, shown

CHAPTER = (
    "N1 N2 N3 N4 N5 N6 N7 P1 P1a P1b P1c P1d P1e P2 P2a P2b P3 P3a S1 S2a S2b S2c S2d S2e S3a S3b S3c S3d S3e O1 "
    "V1 V2 V3 V4 V5 V6 V7 V8"
).split()
STATES = {"built", "begun", "not built yet"}
MARK = re.compile(r"pytest\.mark\.chapter\(([^)]*)\)")


def rows(name: str) -> list[list[str]]:
    """Return the cells of the tables of a document, without heads and rules."""
    found = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in (ROOT / name).read_text().splitlines() if line.startswith("|")
    ]
    rules = [i for i, cells in enumerate(found) if all(re.fullmatch(r":?-+:?", cell) for cell in cells)]
    left_out = {*rules, *(i - 1 for i in rules)}
    return [cells for i, cells in enumerate(found) if i not in left_out]


def chapter() -> dict[str, dict[str, str]]:
    return {r[0]: dict(zip(("asks", "state", "code", "tests"), r[1:], strict=True)) for r in rows("docs/chapter.md")}


def marked() -> dict[str, set[str]]:
    """Return which test files carry which id of the chapter."""
    found: dict[str, set[str]] = {}
    for path in files(".py", "tests"):
        if path.name != "test_docs.py":
            for inside in MARK.findall(path.read_text()):
                found.setdefault(shown(path), set()).update(re.findall(r"\w+", inside))
    return found


def test_the_map_names_every_row_of_the_chapter_once_and_in_order():
    assert [r[0] for r in rows("docs/chapter.md")] == CHAPTER
    assert {entry["state"] for entry in chapter().values()} <= STATES


def test_what_the_map_points_at_exists():
    lost = []
    for name, entry in chapter().items():
        paths = re.findall(r"`([^`]+)`", entry["code"] + entry["tests"])
        lost += [f"{name}: {path}" for path in paths if not (ROOT / path).exists()]
        if entry["state"] != "not built yet" and not re.search(r"`[^`]+`", entry["tests"]):
            lost.append(f"{name} is {entry['state']} without a test")
        if entry["state"] == "not built yet" and re.search(r"`tests/", entry["tests"]):
            lost.append(f"{name} has a test but is said not to be built")
    assert not lost


def test_every_test_the_map_points_at_carries_the_id_of_its_row():
    carried = marked()
    wrong = [
        f"{name}: {path}" for name, entry in chapter().items()
        for path in re.findall(r"`([^`]+)`", entry["tests"]) if name not in carried.get(path, set())
    ]
    assert not wrong, f'mark a test there with @pytest.mark.chapter("…"): {wrong}'


def test_every_mark_stands_in_the_map():
    said = chapter()
    wrong = [f"{path}: {name}" for path, names in marked().items() for name in names
             if name not in said or path not in said[name]["tests"]]
    assert not wrong, f"add these to docs/chapter.md: {wrong}"


def test_the_glossary_has_one_meaning_for_a_term_and_the_code_uses_it():
    terms = rows("docs/glossary.md")
    names, chinese = [t[0] for t in terms], [t[1] for t in terms]
    assert names == sorted(names) and max(Counter(names).values()) == 1
    assert [c for c, n in Counter(chinese).items() if n > 1] == []
    code = "\n".join(p.read_text() for p in files(".py", "sangesan")).lower()
    unused = [n for n in names if not re.search(rf"(?<![a-z]){re.escape(n).replace(' ', '[_ ]')}", code)]
    assert not unused


def test_every_room_of_the_tree_stands_in_the_architecture():
    drawn = (ROOT / "docs/architecture.md").read_text()
    rooms = {p.parent.name for p in files("__init__.py", "sangesan")
             if len(p.relative_to(ROOT / "sangesan").parts) in (2, 3) and "method" not in p.parts}
    inner = {"migrations", "templatetags", "services", "queries", "models", "views", "sqlite", "channels", "bench"}
    assert not [r for r in sorted(rooms - inner) if not re.search(rf"\b{r}\b", drawn)]


def test_the_notices_name_what_is_pinned():
    said = {r[0]: r[1] for r in rows("THIRD_PARTY.md") if len(r) == 3}
    assert said == notices.pins("requirements.txt") | notices.pins("requirements-dev.txt"), "run `make notices`"


def test_the_pins_hold_hashes_and_no_address():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert "://" not in text and "index-url" not in text
        for block in re.split(r"\n(?=\S)", text.strip()):
            assert "--hash=sha256:" in block, block


def test_the_same_version_runs_and_is_tested():
    run, every = notices.pins("requirements.txt"), notices.pins("requirements-dev.txt")
    assert run.items() <= every.items()


def test_links_between_documents_lead_somewhere():
    broken = []
    for path in files(".md"):
        for target in re.findall(r"\]\(([^)#\s]+)", path.read_text()):
            if "://" not in target and not target.endswith(".png") and not (path.parent / target).exists():
                broken.append(f"{shown(path)} → {target}")
    assert not broken


def test_commands_named_in_documents_exist():
    words = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    commands = {name for name, _, _ in COMMANDS}
    wrong = []
    for path in files(".md"):
        text = path.read_text()
        wrong += [f"{shown(path)}: make {w}" for w in re.findall(r"`make ([a-z-]+)", text) if w not in words]
        wrong += [f"{shown(path)}: sangesan {w}" for w in re.findall(r"`(?:\.venv/bin/)?sangesan ([a-z][a-z-]*)", text)
                  if w not in commands]
    assert not wrong


def test_every_command_loads_and_says_what_it_does():
    from click.testing import CliRunner

    from sangesan.cli import sangesan

    for name, _, help in COMMANDS:
        told = CliRunner().invoke(sangesan, [name, "--help"])
        assert told.exit_code == 0 and help, f"{name}: {told.output}"


def test_the_readme_names_the_demo_accounts():
    said = [tuple(r) for r in rows("README.md") if r[0].isdigit()]
    assert said == [(number, who, first) for number, _, who, first in ACCOUNTS]
    assert PASSWORD in (ROOT / "README.md").read_text()


EXAMPLES = [*(f"W{n}" for n in range(1, 5)), "W4b", *(f"W{n}" for n in range(5, 30)), "R1", "R2", "R3"]


def proving(path: str) -> set[str]:
    """Return the ids of worked examples that tests of a file carry in their names (所证算例)."""
    found = set()
    for name in re.findall(r"^def test_(\w+)", (ROOT / path).read_text(), re.MULTILINE):
        while part := re.match(r"([wr]\d+b?)_", name, re.IGNORECASE):
            found.add(part[1][0].upper() + part[1][1:].lower())
            name = name[part.end():]
    return found


def test_every_worked_example_is_proved_by_the_tests_the_list_names_and_no_other():
    listed = {r[0]: re.findall(r"`([^`]+)`", r[2]) for r in rows("docs/worked-examples.md")}
    assert list(listed) == EXAMPLES
    there = {shown(path): proving(shown(path)) for path in files(".py", "tests")}
    unproved = [f"{one}: {path}" for one, paths in listed.items() for path in paths if one not in there.get(path, ())]
    assert not unproved and all(listed.values())
    assert {one for found in there.values() for one in found} <= set(EXAMPLES)
