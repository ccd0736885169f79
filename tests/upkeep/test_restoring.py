"""A backup comes back on another day, by another version, on another machine (恢复): and what was erased stays so."""

from __future__ import annotations

import shutil
from secrets import token_hex

import pytest
from click.testing import CliRunner
from django.core.management import call_command
from django.db import connection

from sangesan.feedback.matters import services as matters
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.speakers.models import Identity
from sangesan.upkeep import backup, schema
from sangesan.upkeep.backing import restore
from tests.builders import heard, small_mine

pytestmark = [
    pytest.mark.skipif(connection.vendor == "postgresql" and not shutil.which("pg_dump"),
                       reason="PostgreSQL's client is not installed"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    """A data directory of its own; backups go by the settings, and a test that commits works on a copy."""
    before = settings.DATABASES["default"]["NAME"]
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"]
    settings.DATA = tmp_path / "data"
    (settings.DATA / "secrets").mkdir(parents=True, mode=0o700)
    (settings.DATA / "secrets" / "django").touch(mode=0o600)
    settings.BACKUPS = settings.DATA / "backups"
    yield settings.DATA
    settings.DATABASES["default"]["NAME"] = before


@pytest.fixture
def scratched(tmp_path):
    name = str(tmp_path / "scratch.sqlite3") if connection.vendor == "sqlite" else f"scratch_{token_hex(6)}"
    yield name
    if connection.vendor == "postgresql":
        backup.tool("dropdb", "--if-exists", "--force", name)


def named():
    """Say something with a name; returns what the receipt is, and the sealed name."""
    small_mine()
    said = heard(mode="named", name="马六", contact="13800000000")
    return said, bytes(Identity.objects.get().sealed)


def sealed() -> bytes:
    return bytes(Identity.objects.get().sealed)


def run(*words):
    done = CliRunner().invoke(restore, [str(word) for word in words])
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


def older() -> None:
    """Take the database back to a version before tables and a column of now."""
    call_command("migrate", "speakers", "0003", verbosity=0)
    call_command("migrate", "jobs", "zero", verbosity=0)


def test_a_backup_of_an_older_version_is_brought_up_before_anything_is_erased_again(tmp_path, scratched, noon):
    said, name = named()
    older()
    old = backup.save(tmp_path / "old")
    call_command("migrate", verbosity=0)
    matters.erase_name(code=said.receipt)
    assert name and sealed() == b""
    assert "重新清除 1 项" in run(old, "--into", scratched)
    assert "重新清除 1 项" in run(old, "--yes")
    assert schema.pending() == [] and sealed() == b""
    assert Identity.objects.get().erased and Matter.objects.get().number == said.number
