"""The one command (启动): when the demo mine belongs into the database, and who shares connections."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import config
from sangesan.foundation.errors import UserError
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


def test_a_second_start_on_one_data_directory_is_told_where_the_first_is(tmp_path):
    with run.alone(tmp_path / "running", "http://127.0.0.1:8000"):
        with pytest.raises(UserError, match="没有启动") as told:
            run.alone(tmp_path / "running", "http://127.0.0.1:9000")
        assert "已经在运行（http://127.0.0.1:8000）" in told.value.why
    run.alone(tmp_path / "running", "http://127.0.0.1:9000").close()


def test_a_slow_machine_is_told_the_address_all_the_same(marker, monkeypatch):
    said, refusals = [], iter([False] * (2 * run.SLOW) + [True])
    monkeypatch.setattr(run.time, "sleep", lambda _seconds: None)
    monkeypatch.setattr(run, "_answers", lambda _address: next(refusals))
    monkeypatch.setattr(run, "_say", said.append)
    run._greet("http://127.0.0.1:8000")
    assert "还在启动" in said[0] and "职工入口  http://127.0.0.1:8000/" in said[1]


@pytest.mark.parametrize(("door", "pooled"), [("config.wsgi", "True"), ("django.core.management", "False")])
def test_only_what_serves_shares_connections_for_jobs_fork(tmp_path, door, pooled):
    asked = (f"import {door}; from django.conf import settings;"
             "print('pool' in settings.DATABASES['default']['OPTIONS'])")
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings", "SANGESAN_DATA": str(tmp_path),
        "SANGESAN_DATABASE_URL": "postgres://postgres@127.0.0.1/x"})
    assert told.stdout.strip() == pooled


def test_a_data_directory_set_to_nothing_is_the_usual_one_and_not_where_one_stands(tmp_path):
    house, elsewhere = tmp_path / "house", tmp_path / "elsewhere"
    shutil.copytree(Path(config.__file__).parent, house / "config")
    elsewhere.mkdir()
    told = subprocess.run([sys.executable, "-c", "from config import settings; print(settings.DATA)"], check=True,
                          capture_output=True, text=True, cwd=elsewhere, env=os.environ | {
        "SANGESAN_DATA": "", "PYTHONPATH": os.pathsep.join([str(house), *filter(None, sys.path)])})
    assert Path(told.stdout.strip()) == house / "data" and not list(elsewhere.iterdir())
