"""A backup holds the files beside the database too, and gives them back (存件随备份)."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import connection

from sangesan.feedback.matters.models import Attachment, Matter
from sangesan.feedback.matters.services import photos as album
from sangesan.feedback.matters.services.clearing import clear_old
from sangesan.feedback.matters.services.photos import Photo, shelve
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.upkeep import backup, daily, doctor, shelves, vault
from sangesan.upkeep.backing import restore
from tests.builders import heard, small_mine
from tests.databases import needs_tools

pytestmark = [needs_tools, pytest.mark.django_db(transaction=True)]
PHOTO, MODEL = "files/ab/ab12.jpg", "triage/model"


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    """A data directory of its own with a photo and a model on its shelves."""
    before = settings.DATABASES["default"]["NAME"]
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"]
    settings.DATA = tmp_path / "data"
    settings.BACKUPS = settings.DATA / "backups"
    (settings.DATA / "secrets").mkdir(parents=True, mode=0o700)
    (settings.DATA / "secrets" / "django").touch(mode=0o600)
    for name, said in ((PHOTO, b"a photo"), (MODEL, b"a model")):
        (settings.DATA / name).parent.mkdir(parents=True)
        (settings.DATA / name).write_bytes(said)
    yield settings.DATA
    settings.DATABASES["default"]["NAME"] = before


def photographed() -> Matter:
    """Say something, with the photo on the shelf."""
    small_mine()
    matter = Matter.objects.get(number=heard().number)
    rows = album.rows([Photo("ab12", b"a photo", 1, 1)], submission=matter.submissions.get().pk)
    Attachment.objects.bulk_create(rows)
    return matter


def in_backup(kept, name):
    return shelves.beside(kept) / name


def test_what_stood_beside_the_database_comes_back_with_it(data, noon):
    photographed()
    kept = backup.save()
    (data / PHOTO).unlink()
    (data / MODEL).write_bytes(b"spoilt")
    shelve([Photo("cd56", b"later", 1, 1)], day=clock.today())
    later = data / "files/cd/cd56.jpg"
    assert later.is_file()
    done = CliRunner().invoke(restore, [str(kept), "--yes"])
    assert done.exit_code == 0 and "放回存件 2 个" in done.output, done.output
    assert (data / PHOTO).read_bytes() == b"a photo" and (data / MODEL).read_bytes() == b"a model"
    assert not later.exists() and "清除没有记录的存件 1 个" in done.output, "no row of the restored database names it"
    again = CliRunner().invoke(restore, [str(kept), "--yes"])
    assert "放回存件 0 个" in again.output, again.output


def test_what_time_had_cleared_since_the_backup_is_cleared_again_at_once_with_its_files(data, noon):
    matter = photographed()
    Matter.objects.filter(pk=matter.pk).update(state="withdrawn")
    matter.submissions.update(recorded=True)
    kept = backup.save()
    with clock.at(noon + timedelta(days=4 * 366)):
        assert clear_old(clock.today()) == 1 and not (data / PHOTO).exists()
        done = CliRunner().invoke(restore, [str(kept), "--yes"])
        assert done.exit_code == 0 and "放回存件 1 个" in done.output, done.output
        assert not (data / PHOTO).exists() and not Attachment.objects.exists()
        assert Matter.objects.get(pk=matter.pk).cleared_on == clock.today()


def test_a_second_backup_links_what_the_first_holds_and_copies_what_is_new(data):
    first = backup.save()
    (data / "files/ab/cd34.jpg").write_bytes(b"new")
    (data / MODEL).write_bytes(b"learned since")
    second = backup.save()
    assert os.path.samefile(in_backup(first, PHOTO), in_backup(second, PHOTO))
    assert not os.path.samefile(in_backup(second, PHOTO), data / PHOTO), "what is spoilt here is not spoilt there"
    assert in_backup(first, MODEL).read_bytes() == b"a model"
    assert in_backup(second, MODEL).read_bytes() == b"learned since"
    assert in_backup(second, "files/ab/cd34.jpg").is_file()


def test_on_a_disk_without_links_files_are_copied(data, monkeypatch):
    first = backup.save()
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError("no links here")))
    second = backup.save()
    assert in_backup(second, PHOTO).read_bytes() == b"a photo"
    assert not os.path.samefile(in_backup(first, PHOTO), in_backup(second, PHOTO))


def test_a_backup_that_goes_takes_its_files_along_and_leaves_those_of_others(data, settings):
    first, second = backup.save(), backup.save()
    old = (clock.wall() - timedelta(days=backup.KEPT_DAYS + 1)).timestamp()
    os.utime(first, (old, old))
    assert backup.expire() == 1
    assert not shelves.beside(first).exists() and in_backup(second, PHOTO).read_bytes() == b"a photo"
    thinned = [backup.save(backup.named(f"daily-{day}")) for day in ("20260105", "20260106")]
    daily.thin(clock.wall().date().replace(year=2027))
    assert shelves.beside(thinned[0]).is_dir() and not shelves.beside(thinned[1]).exists()


def test_with_a_key_no_file_stays_readable_and_the_key_gives_it_back(data, tmp_path):
    photographed()
    key = vault.make()
    first, kept = backup.save(), backup.save()
    sealed = in_backup(kept, PHOTO + vault.ENDING)
    assert vault.is_sealed(sealed) and b"a photo" not in sealed.read_bytes()
    assert os.path.samefile(sealed, in_backup(first, PHOTO + vault.ENDING))
    (data / PHOTO).unlink()
    with pytest.raises(UserError, match="没有恢复存件"):
        shelves.bring_back(kept, None)
    written = tmp_path / "paper"
    written.write_text(key)
    done = CliRunner().invoke(restore, [str(kept), "--yes", "--key", str(written)])
    assert done.exit_code == 0 and (data / PHOTO).read_bytes() == b"a photo", done.output


def test_a_first_backup_with_a_key_links_nothing_readable(data):
    plain = backup.save()
    vault.make()
    kept = backup.save()
    assert in_backup(plain, PHOTO).is_file()
    assert not in_backup(kept, PHOTO).exists() and in_backup(kept, PHOTO + vault.ENDING).is_file()


def test_a_backup_whose_files_could_not_be_written_is_none(data, monkeypatch):
    monkeypatch.setattr(shelves, "_copied", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(OSError, match="No space left"):
        backup.save()
    assert not backup.made() and not list(backup.folder().iterdir())


def test_a_check_up_says_when_the_last_backup_lacks_files(data):
    kept = backup.save()
    assert "缺少" not in found().said + found().next
    in_backup(kept, PHOTO).unlink()
    assert not found().well and "1 个照片" in found().next


def test_a_photo_that_came_after_the_last_backup_is_not_missed_though_its_time_says_the_day_alone(data):
    backup.save()
    shelve([Photo("ab56", b"later", 1, 1)], day=clock.today() - timedelta(days=3))
    assert (data / "files/ab/ab56.jpg").is_file() and "缺少" not in found().said + found().next


def test_what_a_fall_in_the_middle_left_behind_stands_in_no_later_backup_s_way_and_goes(data, monkeypatch):
    name = backup.named("daily-20260105")
    shelves.undone(name).mkdir(parents=True)
    (shelves.undone(name) / ".key").write_text("")
    (shelves.undone(name) / "half").write_bytes(b"half a photo")
    kept = backup.save(name)
    assert not shelves.undone(name).exists() and not in_backup(kept, "half").exists()
    lost = backup.folder() / "sangesan-20260106.sqlite3.files"
    lost.mkdir()
    (lost / ".key").write_text("")
    plain, opened = data / "sangesan-20260106.dump.part", data / "opened-x"
    for path in (plain, opened):
        path.write_bytes(b"words that were erased since")
    assert backup.expire() == 0 and lost.is_dir() and plain.exists(), "it may be at work this moment"
    old = (clock.wall() - timedelta(days=2)).timestamp()
    for path in (lost, plain, opened, kept, shelves.beside(kept)):
        os.utime(path, (old, old))
    backup.expire()
    assert not (lost.exists() or plain.exists() or opened.exists()) and in_backup(kept, PHOTO).is_file()


def test_a_backup_without_its_files_says_that_they_did_not_come_back(data):
    kept = backup.save()
    shutil.rmtree(shelves.beside(kept))
    done = CliRunner().invoke(restore, [str(kept), "--yes"])
    assert done.exit_code == 0 and "没有恢复" in done.output, done.output


def found() -> doctor.Finding:
    return next(one for one in doctor.examine() if one.word == "备份")
