"""The list of facts (台账条目一览), drawn from the code: who writes each kind, and who reads it.

A writer makes the fact, a reader names its class or its kind. `docs/facts.md` holds the result,
and a test keeps it true; `python -m sangesan.method.facts.document` writes it anew.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from . import KINDS, Fact, term

ROOT = Path(__file__).resolve().parents[3]
PLACE = ROOT / "docs" / "facts.md"
COMMON = {f.name for f in fields(Fact)}
HEAD = """# Facts: what the ledger keeps

Drawn from the code by `python -m sangesan.method.facts.document`; a test keeps it true. Every fact has
kind, day, subject, unit path, line, occurred_at, recorded_at, actor, quantity, reason and reverses; words
that belong to it are evidence, and `words` holds their digest. No free text, no names. Facts of the
stream *speaker* keep the day only, and are recorded and sealed once a day in shuffled batches. A page
shows single facts of the feedback system only after it has asked the door of their subject.

| kind | 条目 | own fields | stream | written by | read by |
|---|---|---|---|---|---|
"""


def document(root: Path = ROOT) -> str:
    """Return the whole document (全文) for the code under a folder."""
    writers, readers = _mentions(root / "sangesan")
    rows = []
    for kind in sorted(KINDS):
        name = KINDS[kind].__name__
        own = ", ".join(f.name for f in fields(KINDS[kind]) if f.name not in COMMON) or "–"
        made = sorted(writers[name])
        read = sorted((readers[name] | readers[kind]) - writers[name])
        cells = [f"`{kind}`", term(kind), own, KINDS[kind].stream, _rooms(made), _rooms(read)]
        rows.append("| " + " | ".join(cells) + " |")
    return HEAD + "\n".join(rows) + "\n"


def _rooms(modules: list[str]) -> str:
    return ", ".join(modules) or "–"


def _mentions(package: Path) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return class name → rooms that make it, and class name or kind → rooms that name it."""
    writers: dict[str, set[str]] = defaultdict(set)
    readers: dict[str, set[str]] = defaultdict(set)
    classes = {cls.__name__ for cls in KINDS.values()}
    for file in sorted(package.rglob("*.py")):
        if file.is_relative_to(package / "method" / "facts") or "migrations" in file.parts:
            continue
        if file.is_relative_to(package / "upkeep"):  # a bench invents facts in a database of its own
            continue
        if file == package / "method" / "ruling.py":  # it names what no rule may read
            continue
        room = ".".join(file.relative_to(package).with_suffix("").parts[:2])
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and (made := set(_names(node.func)) & classes):
                writers[made.pop()].add(room)
            elif isinstance(node, ast.Name | ast.Attribute):
                for name in set(_names(node)) & classes:
                    readers[name].add(room)
            elif isinstance(node, ast.Constant) and node.value in KINDS:
                readers[node.value].add(room)
    return writers, readers


def _names(node: ast.AST) -> Iterator[str]:
    """Return the last name of a name or a dotted name (名字)."""
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr


if __name__ == "__main__":
    PLACE.write_text(document(), "utf-8")
