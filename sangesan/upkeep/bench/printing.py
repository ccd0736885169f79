"""Printing (印制): how long a document takes, and how long it keeps another thread waiting."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from sangesan.foundation.print import engine

from .figures import Figure, spans, timed

CHAPTERS = 70
TIMES = 5


def measure() -> Iterator[Figure]:
    """Set a page and sixty-odd pages with tables (一页与六十页), each time with other words."""
    engine.pdf("official", book(0, 1))
    one = [timed(lambda turn=turn: engine.pdf("official", book(turn, 1))) for turn in range(20)]
    yield from spans("print.one_page", one, "typst")
    gaps, done = [], threading.Event()
    watch = threading.Thread(target=_tick, args=(gaps, done))
    watch.start()
    many = [timed(lambda turn=turn: engine.pdf("official", book(turn, CHAPTERS))) for turn in range(TIMES)]
    done.set()
    watch.join()
    yield from spans("print.sixty_pages_with_tables", many, "typst")
    yield Figure("print.longest_wait_of_another_thread", max(gaps) * 1000, "ms", len(gaps), "typst")
    yield Figure("print.sixty_pages.size", len(engine.pdf("official", book(0, CHAPTERS))) / 1000, "kB", 1, "typst")


def book(turn: int, chapters: int) -> dict:
    """Return a document of so many chapters (长文), different at each turn."""
    blocks = []
    for n in range(chapters):
        blocks += [{"kind": "h1", "text": f"第{n + 1}章"}, {"text": f"第{turn}次排版，各单位按职责办理。" * 12},
                   {"kind": "table", "head": ["序号", "内容", "时限"],
                    "rows": [[str(line), f"第{turn}次第{line}项", "2026-11-22"] for line in range(12)]}]
    return {"org": "测速", "number": f"测〔2026〕{turn}号", "title": "测速文件", "blocks": blocks}


def _tick(gaps: list[float], done: threading.Event) -> None:
    last = time.monotonic()
    while not done.is_set():
        time.sleep(0.001)
        now = time.monotonic()
        gaps.append(now - last)
        last = now
