"""The backup of every day, and the copy of the secrets that lies apart (每日备份、密钥备份)."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection

from sangesan.feedback.matters.queries.searching import INDEX
from sangesan.feedback.sealed.queries import keys
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.search import Entry
from sangesan.foundation.sqlite import placing
from sangesan.upkeep import backing, backup, daily, doctor, keyring, timetable, vault
from tests.builders import heard, small_mine
from tests.databases import needs_tools


@pytest.fixture(autouse=True)
def here(settings, tmp_path, monkeypatch):
    """A data directory of its own, and the afternoon of a day."""
    before = settings.DATABASES["default"]["NAME"]
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"]
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.BACKUPS = settings.DATA / "backups"
    monkeypatch.setattr(clock, "wall", lambda: datetime(2026, 11, 27, 6, tzinfo=UTC))
    yield
    settings.DATABASES["default"]["NAME"] = before


@pytest.fixture
def secrets(settings):
    folder = settings.DATA / "secrets"
    folder.mkdir(mode=0o700)
    for name in ("django", "body-1"):
        (folder / name).write_text(f"words of {name}")
        (folder / name).chmod(0o600)
    return folder


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_the_timetable_backs_up_once_a_day_and_not_in_the_first_hours(noon, monkeypatch):
    small_mine()
    timetable.tick("backup")
    assert [p.name[:23] for p in backup.made()] == ["sangesan-daily-20261127"]
    assert daily.run() is None
    monkeypatch.setattr(clock, "wall", lambda: datetime(2026, 11, 27, 17, 30, tzinfo=UTC))  # 01:30 of the next day
    assert daily.run() is None
    monkeypatch.setattr(clock, "wall", lambda: datetime(2026, 11, 27, 18, 30, tzinfo=UTC))
    assert daily.run() is not None and len(backup.made()) == 2


@pytest.mark.chapter("V3")
@pytest.mark.django_db(transaction=True)
@pytest.mark.engine("sqlite")
def test_no_place_in_the_file_tells_who_spoke_before_whom(noon):
    small_mine()
    numbers = [heard(f"食堂饭凉 {n}").number for n in range(12)]
    live = Path(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert _as_they_lie(live, numbers) == numbers  # what is to be hidden
    kept = daily.run()
    assert [_as_they_lie(file, numbers) for file in (kept, live)] == [sorted(numbers)] * 2
    assert Path(f"{live}-wal").stat().st_size == 0
    assert not [name for name in os.listdir(live.parent) if name.startswith("etilqs")]


@pytest.mark.chapter("V3")
@pytest.mark.django_db(transaction=True)
@pytest.mark.engine("sqlite")
def test_what_was_taken_out_of_search_by_day_is_in_no_copy_and_not_in_the_file_by_night(noon):
    INDEX.put([Entry(1, noon.date(), "绝无仅有词", ("1",)), Entry(2, noon.date(), "没有热水", ("1",))])
    INDEX.drop([1])
    live = Path(connection.settings_dict["NAME"])
    assert "仅有".encode() in _words(live)  # what is to be let go of
    kept = daily.run()
    assert ["仅有".encode() in _words(file) for file in (kept, live)] == [False, False]
    assert "热水".encode() in _words(kept)


def _words(file: Path) -> bytes:
    """Return what the index of words of matters holds on the disk."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as opened:
        return b"".join(block for (block,) in opened.execute("SELECT block FROM search_matters_fts_data"))


def _as_they_lie(file: Path, numbers: list[str]) -> list[str]:
    """Return numbers as they lie in the page of their index, from its end on: what came first lies there."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as opened:
        page, = opened.execute("SELECT rootpage FROM sqlite_master"
                               " WHERE name = 'sqlite_autoindex_matters_matter_1'").fetchone()
    held = file.read_bytes()[(page - 1) * 4096:page * 4096]
    return sorted(numbers, key=lambda number: held.index(number.encode()), reverse=True)


@pytest.mark.django_db
def test_a_file_too_large_to_be_written_anew_is_told_in_the_check_up(monkeypatch):
    monkeypatch.setattr(placing, "too_large", lambda: connection.vendor == "sqlite")
    well, said = doctor._database()[:2]
    assert well is (connection.vendor != "sqlite") and (well or "过大" in said)


@pytest.mark.django_db
def test_daily_copies_thin_out_to_one_a_week_and_others_stay():
    today = date(2026, 11, 27)
    for n in range(30):
        backup.named(f"daily-{today - timedelta(days=n):%Y%m%d}").touch()
    by_hand = backup.named("20261001-120000")
    by_hand.touch()
    daily.thin(today)
    kept = sorted(p.name[15:23] for p in backup.made() if p != by_hand)
    assert kept[-14:] == [f"{today - timedelta(days=n):%Y%m%d}" for n in range(13, -1, -1)]
    assert kept[:-14] == ["20261029", "20261102", "20261109"] and by_hand.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.engine("sqlite")
def test_a_copy_that_cannot_be_read_is_no_backup(monkeypatch, noon):
    def torn(partial):
        with closing(sqlite3.connect(partial)) as copy:
            copy.execute("CREATE TABLE half(x)")

    monkeypatch.setattr(backup, "_copy_to", torn)
    with pytest.raises(UserError, match="没有备份"):
        backup.save()
    assert not list(backup.folder().iterdir()) and backup.age() is None


@pytest.mark.django_db
def test_secrets_go_out_sealed_and_apart_or_not_at_all(secrets, tmp_path):
    with pytest.raises(UserError) as fault:
        keyring.save(tmp_path / "keys")
    assert "--new-key" in fault.value.next
    vault.make()
    with pytest.raises(UserError) as fault:
        keyring.save(backup.folder() / "keys")
    assert "一处" in fault.value.why
    assert keyring.save(tmp_path / "keys") == 2
    assert b"words of" not in (tmp_path / "keys").read_bytes()
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600


@pytest.mark.django_db
def test_secrets_come_back_and_those_of_now_are_set_aside(secrets, tmp_path, settings):
    paper = tmp_path / "paper"
    paper.write_text(vault.make())
    run = CliRunner()
    assert "2 个密钥" in run.invoke(backing.backup, ["--secrets", str(tmp_path / "keys")]).output
    (secrets / "body-1").write_text("another")
    said = run.invoke(backing.restore, ["--secrets", "--key", str(paper), str(tmp_path / "keys")]).output
    assert "已恢复 2 个密钥" in said and (secrets / "body-1").read_text() == "words of body-1"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700
    assert [p.read_text() for p in settings.DATA.glob("secrets-*/body-1")] == ["another"]


@pytest.mark.django_db
def test_the_pinned_fingerprint_of_the_inspectors_mailbox_travels_with_the_secrets(secrets, tmp_path):
    paper, run, pin = tmp_path / "paper", CliRunner(), keys.pin()
    paper.write_text(vault.make())
    back = ["--secrets", "--key", str(paper), str(tmp_path / "keys")]
    pin.write_text("a" * 64 + "\n")
    assert "3 个密钥" in run.invoke(backing.backup, ["--secrets", str(tmp_path / "keys")]).output
    pin.unlink()  # a machine set up anew
    assert "已恢复 3 个密钥" in run.invoke(backing.restore, back).output
    assert pin.read_text() == "a" * 64 + "\n" and stat.S_IMODE(pin.stat().st_mode) == 0o600
    assert {p.name for p in secrets.iterdir()} == {"django", "body-1"}


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_another_file_in_the_place_of_secrets_changes_nothing(secrets, tmp_path, noon):
    small_mine()
    with pytest.raises(UserError, match="没有恢复密钥"):
        keyring.bring_back(backup.save(tmp_path / "kept"))
    assert {p.name for p in secrets.iterdir()} == {"django", "body-1"}


@pytest.mark.django_db
def test_the_check_up_says_when_a_secret_is_newer_than_its_copy(secrets, tmp_path, settings):
    vault.make()
    assert "还没有" in doctor._secrets()[1]
    keyring.save(tmp_path / "keys")
    assert doctor._secrets()[0]
    (secrets / "seal").write_text("new")
    (secrets / "seal").chmod(0o600)
    os.utime(settings.DATA / "last-keys", (1, 1))
    assert not doctor._secrets()[0]
