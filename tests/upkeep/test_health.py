"""What a machine asks every minute (健康检查), and what runs by itself (时间表)."""

from __future__ import annotations

import traceback

import pytest
from django.utils.module_loading import import_string
from django_q.models import Schedule

from sangesan.foundation.jobs import services as progress
from sangesan.procedures import rounds
from sangesan.upkeep import health, timetable

pytestmark = pytest.mark.django_db


def test_a_sound_house_answers_ok(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200 and answer.json()["status"] == "ok"
    assert answer["Cache-Control"] == "no-store" and not answer.cookies


@pytest.mark.parametrize("part", ["append_only.missing", "shutil.disk_usage"])
def test_a_failing_part_answers_503(client, monkeypatch, part):
    class Full:
        free = 0

    monkeypatch.setattr(f"sangesan.upkeep.health.{part}", lambda *_: Full if "disk" in part else ["a trigger"])
    answer = client.get("/healthz")
    assert answer.status_code == 503 and answer.json()["status"] == "failing"


def test_the_work_under_way_is_told():
    progress.begin("demo", "示范矿", 200)
    progress.step("demo", 50, "一步")
    assert health.look()["jobs"] == [{"name": "demo", "state": "running", "percent": 25}]
    progress.finish("demo")
    assert health.look()["jobs"] == []


def test_the_timetable_is_written_once_and_forgets_what_is_gone():
    Schedule.objects.create(name="gone", func="x.y")
    timetable.install()
    timetable.install()
    assert sorted(Schedule.objects.values_list("name", flat=True)) == sorted(timetable.TIMETABLE)


def test_the_timetable_waits_while_the_demo_lives_through_its_days(monkeypatch):
    rang = []
    monkeypatch.setattr(rounds, "run", lambda: rang.append(1))
    progress.begin("demo", "示范矿", 2)
    timetable.tick("rounds")
    assert not rang
    progress.finish("demo")
    timetable.tick("rounds")
    assert rang


def test_the_queue_keeps_no_word_of_what_a_failed_job_was_reading(monkeypatch):
    def broken():
        raise ValueError("谁也不该看到的话")

    monkeypatch.setattr(timetable, "import_string", lambda _path: broken)
    with pytest.raises(timetable.Failed) as met:
        timetable.tick("nightly")
    kept = f"{met.value}{''.join(traceback.format_exception(met.value))}"  # as the queue keeps it
    assert "nightly: ValueError" in kept and "谁也不该" not in kept


@pytest.mark.parametrize("function", [function for function, _ in timetable.TIMETABLE.values()])
def test_what_stands_in_the_timetable_can_be_called(function):
    assert callable(import_string(function))
