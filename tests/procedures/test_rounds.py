"""Rounds (巡查): one that fails stops none of the others, and all that failed is told by its name."""

from __future__ import annotations

import pytest

from sangesan.feedback.triage import services as triage
from sangesan.organization.notices import services as notices
from sangesan.procedures import rounds

pytestmark = pytest.mark.django_db


def test_a_round_that_fails_stops_no_other_and_is_told_by_name(monkeypatch):
    rang = []

    def torn() -> int:
        raise OSError("no room")

    monkeypatch.setattr(triage, "suggest_due", torn)
    monkeypatch.setattr(notices, "announce", lambda: rang.append(1))
    with pytest.raises(ExceptionGroup) as told:
        rounds.run()
    assert rang and [(type(fault), fault.__notes__) for fault in told.value.exceptions] == [(OSError, ["提出分办建议"])]
