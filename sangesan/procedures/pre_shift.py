"""The pre-shift sheet across systems (班前会一页纸): answers that are out for everybody go to the crews.

What is handed over is finished text, looked at by two people before it was published; no matter, no unit.
"""

from __future__ import annotations

from datetime import date

from sangesan.execution.publicity.roads import Answer
from sangesan.feedback.pulse.queries import page


def answers(day: date, most: int) -> list[Answer]:
    """Return the newest answers that were out on a day (当日已公开的答复)."""
    rows = [one for one in page().rows if one.published_on <= day]
    return [Answer(one.question, one.answer) for one in rows[:most]]
