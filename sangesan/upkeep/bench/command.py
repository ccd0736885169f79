"""`sangesan bench NAME` (测速): one JSON line for each figure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import click
from django.conf import settings

from . import figures, intake, printing, submissions
from .places import engines, scratch

LISTS, CLOSINGS = (100_000, 1_000_000), (200, 5_000)
FACTS = int(os.environ.get("SANGESAN_BENCH_FACTS", "10000000"))
"""From how many facts a year is assessed (核算条数)."""


def _submissions() -> None:
    figures.say(submissions.measure())


def _among(work: str, *counts: int) -> None:
    """Measure in databases that are made once and kept for the next time (留用库)."""
    for count in counts:
        keep = Path(settings.DATA) / "bench" / f"{'year' if work == 'assess' else 'lists'}-{count}"
        ready = keep / "ready"
        if keep.exists() and not ready.exists():
            shutil.rmtree(keep)
        with scratch("sqlite", keep) as place:
            click.echo(place.inside(work, count), nl=False)
            ready.touch()


def _lists() -> None:
    _among("lists", *LISTS)


def _search() -> None:
    _among("search", LISTS[-1])
    if "postgresql" in engines():
        with scratch("postgresql") as place:
            click.echo(place.inside("search", LISTS[-1]), nl=False)


def _assess() -> None:
    _among("assess", FACTS)


def _nightly() -> None:
    for engine in engines():
        for units in CLOSINGS:
            with scratch(engine) as place:
                click.echo(place.inside("nightly", units), nl=False)


def _inside(work: str) -> Callable[[], None]:
    def run() -> None:
        for engine in engines():
            with scratch(engine) as place:
                click.echo(place.inside(work), nl=False)
    return run


def _work(wanted: str) -> Callable[[], None]:
    def run() -> None:
        for engine in engines():
            with scratch(engine) as place:
                click.echo(place.inside("work", wanted), nl=False)
    return run


def _triage() -> None:
    from . import triage

    folder = os.environ.get("SANGESAN_LETTERS", "")
    figures.say(triage.measure(Path(folder) if folder else None))


def _similar() -> None:
    from . import similar

    folder = os.environ.get("SANGESAN_LETTERS", "")
    figures.say(similar.measure(Path(folder) if folder else None))


NAMES: dict[str, Callable[[], None]] = {
    "submissions": _submissions, "intake": lambda: figures.say(intake.measure()), "lists": _lists,
    "search": _search, "nightly": _nightly, "assess": _assess,
    "duties": _work("duties"), "completeness": _work("completeness"),
    "import-people": _inside("people"), "demo": _inside("demo"), "handbook": _inside("handbook"),
    "print": lambda: figures.say(printing.measure()),
    "triage": _triage, "similar": _similar,
}


@click.command(epilog=f"名称：{'、'.join([*NAMES, 'all'])}")
@click.argument("name", type=click.Choice([*NAMES, "all"]), metavar="名称")
@click.option("--letters", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="目录",
              help="已归类来信所在的目录（labelled_tokens.csv、labelled.csv），也可用环境变量 SANGESAN_LETTERS")
def bench(name: str, letters: Path | None) -> None:
    """测速，每项数据一行 JSON；都在临时库里进行。"""
    if letters:
        os.environ["SANGESAN_LETTERS"] = str(letters)
    for each in NAMES if name == "all" else [name]:
        NAMES[each]()
