"""Similar matters (相似): how fast among very many, how much memory, how right on letters of a folder.

Right is measured twice on letters whose issue is known (`hot_issues.csv`): is an earlier letter of
the same issue among the five likest, and do the pairs drawn together as a topic of thirty days
belong together. Letters that carry no issue count against whatever is drawn to one that does.
"""

from __future__ import annotations

import csv
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from sangesan.method.triage.likeness import Likeness
from sangesan.method.triage.topics import LIKELY, SURE, clusters

from . import search
from .figures import Figure, spans, timed

COUNT, ASKED = 1_000_000, 400
DAYS, KEPT, FEW = 30, 12, 5
RECENT = 15_000
"""Texts that came since the lists were made (新近文本), to be looked through as well."""
Letter = tuple[date, str, str, bool]


def measure(folder: Path | None, count: int = COUNT) -> Iterator[Figure]:
    """Measure speed and memory among so many texts (测速), quality where letters with issues are given."""
    yield from quality(folder)
    chance, clauses = random.Random(11), search._clauses()  # noqa: S311 - figures, no secret
    letters = [row[1] for row in read(folder)]

    def text() -> str:
        own = search.text(chance, clauses)
        return f"{own}，{chance.choice(letters)[:chance.randint(40, 300)]}" if letters else own

    index, since = Likeness(), time.perf_counter()
    index.fill((key, text()) for key in range(count))
    yield Figure(f"similar.{count}.filled", time.perf_counter() - since, "s", count)
    yield Figure(f"similar.{count}.memory", index.size / 1e6, "MB", count)
    asked = [text() for _ in range(ASKED)]
    yield from spans(f"similar.{count}.one", [timed(lambda one=one: index.like(one, KEPT + 1)) for one in asked], "")
    for key in range(RECENT):
        index.add(count + key, text())
    index.like(asked[0], KEPT + 1)
    yield from spans(f"similar.{count}.one_with_{RECENT}_recent",
                     [timed(lambda one=one: index.like(one, KEPT + 1)) for one in asked], "")


def read(folder: Path | None) -> list[Letter]:
    """Return day, text, issue and whether two sources agree (来信与所属话题), oldest first."""
    path = folder / "hot_issues.csv" if folder else None
    if path is None or not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted((date.fromisoformat(row["received_at"][:10]), f"{row['title']}\n{row['text']}", row["issue"],
                   row["issue_level"] == "core") for row in rows)


def quality(folder: Path | None) -> Iterator[Figure]:
    """Measure whether the likest are the same issue, and whether topics are pure (质量)."""
    letters = read(folder)
    if not letters:
        sys.stderr.write("没有带话题的来信（--letters 或 SANGESAN_LETTERS），只测速度和内存，不测质量。\n")
        return
    index, found, asked, known = Likeness(), 0, 0, set()
    for place, (_day, text, issue, agreed) in enumerate(letters):
        if agreed and issue in known:
            likest = index.like(text, 5, 0.01)
            asked, found = asked + 1, found + any(letters[key][2] == issue for key, _mark in likest)
        known |= {issue} if agreed else set()
        index.add(place, text)
    yield Figure("similar.top_five", found / max(1, asked), "", asked)
    for name, least in (("likely", LIKELY), ("sure", SURE)):
        yield from _topics(letters, least, name)


def _topics(letters: list[Letter], least: int, name: str) -> Iterator[Figure]:
    right = wrong = whole = topics = 0
    day = letters[0][0] + timedelta(days=DAYS)
    while day <= letters[-1][0] + timedelta(days=DAYS):
        window = [key for key, row in enumerate(letters) if day - timedelta(days=DAYS) <= row[0] < day]
        groups = clusters(window, _pairs(letters, window, day, least))
        issues = Counter(letters[key][2] for key in window if letters[key][2])
        whole += sum(n * (n - 1) // 2 for n in issues.values())
        topics += sum(len(group) >= FEW for group in groups)
        for left, right_ in (pair for group in groups for pair in combinations(group, 2)):
            here, there = letters[left][2], letters[right_][2]
            right, wrong = right + (here == there != ""), wrong + (here != there)
        day += timedelta(days=DAYS)
    yield Figure(f"similar.{name}.pair_precision", right / max(1, right + wrong), "", right + wrong)
    yield Figure(f"similar.{name}.pair_recall", right / max(1, whole), "", whole)
    yield Figure(f"similar.{name}.topics", topics, "", len(letters))


def _pairs(letters: list[Letter], window: list[int], day: date, least: int) -> Iterator[tuple[int, int]]:
    index = Likeness()
    index.know(row[1] for row in letters if row[0] < day - timedelta(days=DAYS))
    index.fill((key, letters[key][1]) for key in window)
    for key in window:
        likest = [row for row in index.like(letters[key][1], KEPT + 1) if row[0] != key][:KEPT]
        yield from ((key, other) for other, mark in likest if 1000 * mark >= least)
