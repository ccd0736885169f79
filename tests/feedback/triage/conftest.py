"""What the tests of triage help share (分办辅助测试公用): a place for the model, and an empty shelf."""

from __future__ import annotations

import pytest

from sangesan.feedback.triage import queries, shelf


@pytest.fixture
def at(noon, tmp_path, monkeypatch):
    monkeypatch.setattr(queries, "place", lambda: tmp_path / "triage" / "model")
    monkeypatch.setattr(shelf, "_shelf", None)
    return tmp_path / "triage" / "model"
