"""A backup comes back on another day, by another version, on another machine (恢复): and what was erased stays so."""

from __future__ import annotations

import json
import shutil
import stat
from secrets import token_hex

import pytest
from click.testing import CliRunner
from django.core.management import call_command
from django.db import connection

from sangesan.feedback.matters import services as matters
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.speakers.models import Identity
from sangesan.foundation.errors import UserError
from sangesan.upkeep import backup, erased, keyring, schema, vault
from sangesan.upkeep.backing import restore
from tests.builders import heard, small_mine
from tests.databases import needs_tools

pytestmark = [
    needs_tools,
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


def on_another_machine(data):
    """Lose all that stands beside the database here, and what this one knows, as on a machine set up anew."""
    Identity.objects.update(erased=None)
    for path in data.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    (data / "secrets").mkdir(mode=0o700)


@pytest.mark.parametrize("first", ["secrets", "database"])
def test_another_machine_erases_again_what_the_copy_of_the_secrets_names(data, tmp_path, noon, first):
    said, name = named()
    paper, single, secrets = tmp_path / "paper", tmp_path / "stick", tmp_path / "keys"
    paper.write_text(vault.make())
    single.mkdir()
    old = backup.save(single / "old")
    (single / "erased.json").unlink()  # one backup was carried here alone
    matters.erase_name(code=said.receipt)
    assert keyring.save(secrets) > 0 and sealed() == b""
    on_another_machine(data)
    told = {}
    for what in (first, *({"secrets", "database"} - {first})):
        told[what] = (run("--secrets", "--key", paper, secrets) if what == "secrets"
                      else run(old, "--yes", "--key", paper))
        if what == first == "database":
            assert sealed() == name, "nothing here knows of it yet"
    assert sealed() == b"" and "重新清除 1 项" in told["database" if first == "secrets" else "secrets"]
    assert (data / "secrets" / "django").is_file() and not (data / "secrets" / "erased.json").exists()


def test_the_list_lies_in_the_folder_of_backups_for_the_older_ones_there(data, tmp_path, scratched, noon):
    said, _name = named()
    folder = tmp_path / "disk"
    folder.mkdir()
    old = backup.save(folder / "old")
    matters.erase_name(code=said.receipt)
    backup.save(folder / "new")
    assert stat.S_IMODE((folder / "erased.json").stat().st_mode) == 0o600
    on_another_machine(data)
    assert "重新清除 1 项" in run(old, "--into", scratched)
    (data / "erased.json").unlink()
    assert "重新清除 1 项" in run(old, "--yes") and sealed() == b""


def test_a_list_that_can_t_be_read_is_said_and_nothing_is_changed(data, tmp_path, noon):
    old = backup.save(tmp_path / "old")
    for wrong in ('{"facts/1": "', '["facts/1"]', '{"facts/x": "ab"}', '{"identities/1": 5}'):
        (tmp_path / "erased.json").write_text(wrong)
        small = CliRunner().invoke(restore, [str(old), "--yes"])
        assert isinstance(small.exception, UserError) and "清除清单" in small.exception.why
    assert backup.made() == []


def test_a_list_of_many_years_goes_with_the_secrets(data, tmp_path, noon):
    paper, known = tmp_path / "paper", {f"facts/{n}": f"{n:064x}" for n in range(14_000)}
    paper.write_text(vault.make())
    erased.place().write_text(json.dumps(known))
    assert erased.place().stat().st_size > keyring.LARGEST
    keyring.save(tmp_path / "keys")
    on_another_machine(data)
    run("--secrets", "--key", paper, tmp_path / "keys")
    assert known.items() <= erased.listed().items()
