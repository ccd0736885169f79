"""Backup, restore and the step to a new version (备份、恢复、升级)."""

from __future__ import annotations

import shutil
import sqlite3
import stat
from contextlib import closing

import pytest
from django.core.management import call_command
from django.db import connection

from sangesan.foundation.errors import UserError
from sangesan.organization.units.models import Unit
from sangesan.upkeep import backup, schema
from tests.builders import small_mine

needs_tools = pytest.mark.skipif(
    connection.vendor == "postgresql" and not shutil.which("pg_dump"), reason="PostgreSQL's client is not installed"
)


@pytest.fixture(autouse=True)
def at_the_copy(settings):
    """Backups go by the settings; a test that commits works on a copy."""
    before = settings.DATABASES["default"]["NAME"]
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"]
    yield
    settings.DATABASES["default"]["NAME"] = before


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_what_was_backed_up_comes_back(tmp_path, noon):
    small_mine()
    kept = backup.save(tmp_path / "kept")
    before = Unit.objects.count()
    Unit.objects.create(code="LATER", name="后来的", kind="office", opened="2026-01-01")
    backup.bring_back(kept)
    assert Unit.objects.count() == before and not Unit.objects.filter(code="LATER").exists()


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_a_backup_is_for_its_owner_alone_and_never_overwrites(tmp_path):
    kept = backup.save(tmp_path / "kept")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with pytest.raises(UserError, match="已经存在|没有备份"):
        backup.save(kept)


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_said_plainly(tmp_path):
    with pytest.raises(UserError, match="没有备份到"):
        backup.save(tmp_path / "absent" / "kept")


@pytest.mark.django_db(transaction=True)
@pytest.mark.engine("sqlite")  # PostgreSQL's own tools check theirs
def test_a_file_that_is_no_backup_changes_nothing(tmp_path, noon):
    small_mine()
    before = Unit.objects.count()
    strange, empty = tmp_path / "strange", tmp_path / "empty.sqlite3"
    strange.write_bytes(b"not a database at all" * 100)
    with closing(sqlite3.connect(empty)) as made:
        made.execute("CREATE TABLE other(x)")
    for wrong in (strange, empty):
        with pytest.raises(UserError, match="没有恢复"):
            backup.bring_back(wrong)
    assert Unit.objects.count() == before


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_a_new_version_backs_up_migrates_and_says_so(noon):
    call_command("migrate", "jobs", "zero", verbosity=0)
    assert schema.pending()
    told: list[str] = []
    schema.bring_up(told.append)
    assert schema.pending() == [] and "先备份到" in told[0] and "升级完成" in told[-1]
    assert [p for p in backup.folder().iterdir() if p.name in told[0]]


@pytest.mark.django_db
def test_a_database_in_step_is_left_alone():
    told: list[str] = []
    schema.bring_up(told.append)
    assert told == []
