"""Benchmarks (测速): each still runs on today's tables, tried with a handful of rows; no figure is judged here."""

from __future__ import annotations

import math

import pytest

from sangesan.upkeep.bench import assess, lists, nightly, search, work
from sangesan.upkeep.demo import play

SMALL = {"search": (search.measure, 60), "nightly": (nightly.measure, 3),
         "duties": (work.measure, 2), "assess": (assess.measure, 200)}

FEW = {lists: {"LIVED": 2, "TURNS": 2}, search: {"ASKED": 6}, work: {"TURNS": 2}, assess: {"UNITS": 40, "LATE": 3}}
SCENES = 60
"""So much of the demo is lived before the mass is made (先演几幕): the demo's own test plays all of it."""


@pytest.mark.engine("sqlite")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", SMALL)
def test_a_benchmark_still_runs_on_the_tables_as_they_are(name, settings, monkeypatch):
    settings.ALLOWED_HOSTS = ["*"]
    for module, some in FEW.items():
        for constant, few in some.items():
            monkeypatch.setattr(module, constant, few)
    lived = play.scenes
    monkeypatch.setattr(play, "scenes", lambda plan: lived(plan)[:SCENES])
    measure, count = SMALL[name]
    figures = list(measure(count))
    assert figures and all(math.isfinite(figure.value) and figure.value >= 0 for figure in figures)
    assert len({figure.name for figure in figures}) == len(figures)
