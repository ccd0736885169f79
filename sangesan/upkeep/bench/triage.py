"""Triage help (分办辅助): how good on letters of a given folder, how fast, how large.

The letters are nobody's to ship: their folder is named by `--letters` or SANGESAN_LETTERS. Without
it the demo's own texts measure speed and size, and quality is left out in so many words.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from sangesan.foundation.sheets.stream import open_stream
from sangesan.method.triage import Said, keeping
from sangesan.method.triage.training import Letter, train
from sangesan.upkeep.demo.texts import FOLDER, spoken
from sangesan.upkeep.letters import read

from .figures import Figure

FILES = ("labelled_tokens.csv", "labelled.csv")
READ = 5_000


def measure(folder: Path | None) -> Iterator[Figure]:
    """Measure training and suggesting (测量) on each labelled file of a folder."""
    found = [(name, folder / name) for name in FILES if folder and (folder / name).is_file()]
    for name, path in found:
        rows = [row for row in read(open_stream(path), labelled=True) if not row.fault]
        yield from one(name.removesuffix(".csv"), [Letter(r.said, r.category, r.group) for r in rows])
    if not found:
        sys.stderr.write("没有来信数据（--letters 或 SANGESAN_LETTERS），只测速度和大小，不测质量。\n")
        yield from one("demo", demo_letters(), quality=False)


def one(name: str, letters: list[Letter], *, quality: bool = True) -> Iterator[Figure]:
    """Measure one set of letters (一组来信): cross-validated quality, seconds, letters a second, bytes."""
    since, count = time.perf_counter(), len(letters)
    model, found = train(letters)
    yield Figure(f"triage.{name}.train", time.perf_counter() - since, "s", count)
    if quality:
        for word in ("macro_f1", "accuracy", "top_two", "calibration_error", "coverage", "threshold"):
            yield Figure(f"triage.{name}.{word}", getattr(found, word), "", count)
    yield Figure(f"triage.{name}.model", len(keeping.packed(model)) / 1e6, "MB", len(model.features.idf))
    some = [letter.said for letter in islice(cycle(letters), READ)]
    model.probabilities(some[:10])
    since = time.perf_counter()
    done = sum(1 for _suggestion in model.suggest(some))
    yield Figure(f"triage.{name}.suggested", done / (time.perf_counter() - since), "1/s", done)


def demo_letters() -> list[Letter]:
    """Return the demo's texts as letters, each several times (示范矿文本)."""
    names = sorted(path.stem for path in FOLDER.glob("*.csv"))
    return [Letter(Said(w.text, w.title), w.category) for name in names for w in spoken(name) for _ in range(5)]
