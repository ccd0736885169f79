"""What a procedure hangs here (由流程挂接): answers for the pre-shift sheet, for they lie in another system."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Answer:
    """A question of workers and what it was answered (给职工的答复), finished text."""

    question: str
    answer: str


Source = Callable[[date, int], list[Answer]]
_answers: list[Source] = []


def hang(source: Source) -> None:
    """Hang the source of answers (挂答复来源): `source(day, most)` gives what was out on a day, newest first."""
    _answers[:] = [source]


def answers(day: date, most: int) -> list[Answer]:
    """Return the answers of a day (当日答复), none when nothing is hung."""
    return [one for source in _answers for one in source(day, most)][:most]
