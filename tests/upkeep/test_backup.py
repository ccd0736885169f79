"""Backup, restore and the step to a new version (备份、恢复、升级)."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from secrets import token_hex

import pytest
from click.testing import CliRunner
from django.core.management import call_command
from django.db import connection, transaction

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.evidence.queries import text_of
from sangesan.ledger.facts import queries as facts
from sangesan.ledger.facts import verify
from sangesan.ledger.facts.services import erase_body, record
from sangesan.method.facts import SYSTEM, UnitOpened
from sangesan.organization.units.models import Unit
from sangesan.upkeep import backing, backup, doctor, schema, vault
from sangesan.upkeep.backing import restore
from tests.builders import small_mine
from tests.databases import needs_tools


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


@pytest.mark.django_db(transaction=True)
@pytest.mark.engine("sqlite")  # PostgreSQL's files are its own
def test_a_damaged_database_is_put_aside_and_the_backup_comes_back(tmp_path, noon):
    small_mine()
    before, kept, told = Unit.objects.count(), backup.save(tmp_path / "kept"), []
    live = Path(connection.settings_dict["NAME"])
    connection.close()
    live.write_bytes(b"half of a power cut" * 500)
    backup.bring_back(kept, told.append)
    assert Unit.objects.count() == before
    assert [p.read_bytes()[:4] for p in live.parent.glob(f"{live.name}.damaged-*") if p.name in told[0]] == [b"half"]


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_a_new_version_backs_up_migrates_and_says_so(noon):
    call_command("migrate", "jobs", "zero", verbosity=0)
    call_command("migrate", "speakers", "0003", verbosity=0)  # what the list of erasures asks came later
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


@pytest.fixture
def key(settings, tmp_path):
    """A data directory of its own with a backup key (备份钥匙); gives the private half as written down."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    settings.BACKUPS = settings.DATA / "backups"
    return vault.make()


def scratch(tmp_path):
    return str(tmp_path / "scratch.sqlite3") if connection.vendor == "sqlite" else f"scratch_{token_hex(6)}"


@pytest.fixture
def scratched(tmp_path):
    name = scratch(tmp_path)
    yield name
    if connection.vendor == "postgresql":
        backup.tool("dropdb", "--if-exists", "--force", name)


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_with_a_key_no_readable_copy_stays_behind(key, tmp_path, noon):
    small_mine()
    kept = backup.save()
    assert vault.is_sealed(kept) and kept.suffix == ".sealed" and "综采一队".encode() not in kept.read_bytes()
    left = [p for p in (tmp_path / "data").rglob("*") if p.is_file()]
    assert {p.name for p in left} == {kept.name, ".key", "backup.pub", "erased.json", "last-backup"}
    assert not any(key.replace("-", "") in p.read_bytes().decode("latin-1") for p in left)


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_a_sealed_backup_is_proven_in_a_scratch_database(key, tmp_path, scratched, noon):
    small_mine()
    with transaction.atomic():
        record(UnitOpened(subject="units/QSL", occurred_at=noon, unit_kind="mine"), actor=SYSTEM)
    kept, count = backup.save(), Unit.objects.count()
    Unit.objects.create(code="LATER", name="后来的", kind="office", opened="2026-01-01")
    written = tmp_path / "paper"
    written.write_text(key.lower().replace("-", " "))
    done = CliRunner().invoke(restore, [str(kept), "--into", scratched, "--key", str(written)])
    assert done.exit_code == 0 and "台账完好：1 条" in done.output, done.output
    assert Unit.objects.filter(code="LATER").exists() and Unit.objects.count() == count + 1
    assert not list((tmp_path / "data").glob("opened-*"))


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_another_key_or_a_changed_bit_opens_nothing(key, tmp_path, noon):
    small_mine()
    kept = backup.save()
    with pytest.raises(UserError, match="没有打开"):
        vault.unseal(kept, tmp_path / "out", vault.hpke.generate()[0])
    with pytest.raises(UserError, match="没有打开"):
        vault.heard(key[:-1] + ("A" if key[-1] != "A" else "B"))
    for cut in (kept.read_bytes()[:-1], kept.read_bytes()[:-5] + b"xxxxx"):
        kept.write_bytes(cut)
        with pytest.raises(UserError, match="没有打开"):
            vault.unseal(kept, tmp_path / "out", vault.heard(key))


def test_pieces_can_neither_be_left_out_nor_cut_off(tmp_path, monkeypatch):
    monkeypatch.setattr(vault, "_PIECE", 10)
    private, to = vault.hpke.generate()
    (tmp_path / "plain").write_bytes(bytes(range(25)))
    vault.seal(tmp_path / "plain", tmp_path / "sealed", to)
    vault.unseal(tmp_path / "sealed", tmp_path / "again", private)
    assert (tmp_path / "again").read_bytes() == bytes(range(25))
    whole, head = (tmp_path / "sealed").read_bytes(), len(vault.MARK) + 113
    for wrong in (whole[:head + 52], whole[:head] + whole[head + 26:], whole[:head]):
        (tmp_path / "sealed").write_bytes(wrong)
        with pytest.raises(UserError, match="没有打开"):
            vault.unseal(tmp_path / "sealed", tmp_path / "again", private)


def test_a_second_key_does_not_take_the_place_of_the_first(key):
    with pytest.raises(UserError, match="没有生成钥匙"):
        vault.make()


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_what_was_erased_does_not_come_back_with_an_old_backup(key, tmp_path, scratched, noon):
    small_mine()
    with transaction.atomic():
        fact = record(UnitOpened(subject="units/QSL", occurred_at=noon, unit_kind="mine"), actor=SYSTEM, words="理由")
    digest = str(facts.fact(fact).content["words"])
    old = backup.save()
    erase_body(fact, reason="retention")
    with backing.opened(old, _written(tmp_path, key)) as (plain, _private):
        assert "重新清除 1 项" in backing.prove(plain, scratched)
        assert backup.bring_back(plain) == 1
    assert facts.fact(fact) is None and text_of(digest) is None
    assert not verify.verify([])


def _written(tmp_path, key):
    (tmp_path / "paper").write_text(key)
    return tmp_path / "paper"


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_backups_go_after_ninety_days_and_nothing_else_does(key, noon):
    small_mine()
    with clock.at(clock.wall()):
        new, old = backup.save(), backup.save()
    other = backup.folder() / "notes.txt"
    other.write_text("不是备份")
    long_ago = clock.wall().timestamp() - 91 * 86400
    for path in (old, other):
        os.utime(path, (long_ago, long_ago))
    assert backup.expire() == 1
    assert new.exists() and other.exists() and not old.exists()


def looked_at(word):
    return next(doctor.Finding(word, *look()) for name, look in doctor.CHECKS if str(name) == word)


@needs_tools
@pytest.mark.django_db(transaction=True)
def test_the_check_up_knows_of_a_backup_wherever_it_went(key, tmp_path, settings, noon):
    small_mine()
    found = looked_at("备份")
    assert not found.well
    backup.save(tmp_path / "elsewhere.sqlite3")
    found = looked_at("备份")
    assert found.well and "已加密" in found.said and "同一块盘" in found.said
    settings.BACKUPS = tmp_path / "unplugged"
    found = looked_at("备份")
    assert not found.well and "接上那块盘" in found.next
