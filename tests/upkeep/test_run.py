"""The one command (启动): when the demo mine belongs into the database."""

from __future__ import annotations

import pytest

from sangesan.foundation.jobs import services as progress
from sangesan.upkeep import run
from sangesan.upkeep.demo import load
from tests.builders import small_mine

pytestmark = pytest.mark.django_db


@pytest.fixture
def marker(tmp_path, monkeypatch):
    monkeypatch.setattr(load, "marker", lambda: tmp_path / "demo")
    return tmp_path / "demo"


def test_an_empty_database_gets_the_demo(marker):
    assert run.wants_demo()


def test_a_real_enterprise_never_gets_it(marker, noon):
    small_mine()
    assert not run.wants_demo()


def test_a_demo_that_broke_off_goes_on_and_a_whole_one_rests(marker, noon):
    small_mine()
    marker.touch()
    assert run.wants_demo()
    progress.begin("demo", "示范矿", 9)
    assert run.wants_demo()
    progress.finish("demo")
    assert not run.wants_demo()
