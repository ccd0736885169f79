"""How far a matter has gone (走到哪一步): heard in the team, handled by the logistics office."""

from __future__ import annotations

from sangesan.feedback.matters import services
from tests.builders import heard


def dispatched(mine, **parts):
    said = heard(unit="ZC1", **parts)
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    return said


def handled(mine, **parts):
    said = dispatched(mine, **parts)
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    return said


def answered(mine, **parts):
    said = handled(mine, **parts)
    answer(mine, said.number)
    return said


def answer(mine, number):
    """The office that has it in hand answers (答复)."""
    services.draft(scope=mine.scope("handler"), number=number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=number)
