"""What stands beside the database (存件): photos, recordings, documents, the triage model and fonts, in each backup.

A backup has a folder of its files beside it. What a backup before holds unchanged is linked, not
copied, so that a copy of every day costs one copy of each file. Files have random names and are
never changed; where a backup key was made each is sealed to it, once.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from sangesan.foundation.errors import UserError

from . import vault

KEPT = ("files", "triage", "fonts")
"""Folders of the data directory that no night can make again (随备份保存的目录)."""
ENDING, UNDONE = ".files", ".part"
_KEY = ".key"


def beside(backup: Path) -> Path:
    """Return the folder of the files of a backup (备份的存件目录)."""
    return backup.with_name(backup.name + ENDING)


def present(root: Path | None = None) -> Iterator[Path]:
    """Return what there is to keep (现有存件), by its way from the data directory."""
    root = root or Path(settings.DATA)
    for name in KEPT:
        for path in sorted((root / name).rglob("*")) if (root / name).is_dir() else ():
            if path.is_file() and not path.is_symlink() and path.suffix != ".part":
                yield path.relative_to(root)


def keep(folder: Path, to: bytes | None) -> int:
    """Write the files of now into a new folder (备份存件), sealed when there is a key; return how many."""
    data, count = Path(settings.DATA), 0
    mark = hashlib.sha256(to or b"").hexdigest()
    before = _before(folder, mark)
    folder.mkdir(mode=0o700)
    (folder / _KEY).write_text(mark)
    for name in present():
        target = _in(folder, name, to is not None)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            seen = (data / name).stat()
            if not (before and _linked(_in(before, name, to is not None), target, seen)):
                _copied(data / name, target, to)
                os.utime(target, ns=(seen.st_atime_ns, seen.st_mtime_ns))
        except FileNotFoundError:
            continue  # what was cleared a moment ago is in no backup
        count += 1
    return count


def _before(folder: Path, mark: str) -> Path | None:
    """Return the newest folder of files beside this one (上一次的存件), sealed to the same key."""
    found = [path for path in folder.parent.glob(f"*{ENDING}") if path.is_dir() and path != folder
             and (path / _KEY).is_file() and (path / _KEY).read_text() == mark]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def _in(folder: Path, name: Path, sealed: bool) -> Path:
    return folder / (f"{name}{vault.ENDING}" if sealed else name)


def _linked(old: Path, target: Path, seen: os.stat_result) -> bool:
    try:
        kept = old.stat()
        if kept.st_mtime_ns != seen.st_mtime_ns or (old.suffix != vault.ENDING and kept.st_size != seen.st_size):
            return False
        os.link(old, target)
    except OSError:  # not there, or a disk that knows no links
        return False
    return True


def _copied(source: Path, target: Path, to: bytes | None) -> None:
    if to:
        vault.seal(source, target, to)
    else:
        shutil.copyfile(source, target)
    target.chmod(0o600)
    with target.open("rb") as file:
        os.fsync(file.fileno())


def bring_back(backup: Path, private: bytes | None) -> int:
    """Put back what is missing or other than in the backup (恢复存件); return how many.

    What came later is left: `procedures.forgetting` removes files that no row names.
    """
    folder, data, count = beside(backup), Path(settings.DATA), 0
    for kept in _held(folder):
        sealed = kept.suffix == vault.ENDING
        name = kept.relative_to(folder)
        target = data / (name.with_name(name.name.removesuffix(vault.ENDING)) if sealed else name)
        if target.is_file() and target.stat().st_mtime_ns == kept.stat().st_mtime_ns:
            continue
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        partial = target.with_name(target.name + ".part")
        if sealed:
            if private is None:
                raise UserError("没有恢复存件", why="存件是加密的，没有备份钥匙", next="请用 --key 给出备份钥匙")
            vault.unseal(kept, partial, private)
        else:
            shutil.copyfile(kept, partial)
        partial.chmod(0o600)
        os.utime(partial, ns=(kept.stat().st_atime_ns, kept.stat().st_mtime_ns))
        partial.replace(target)
        count += 1
    return count


def _held(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()
            and path != folder / _KEY and path.relative_to(folder).parts[0] in KEPT]


def lacking(backup: Path) -> int:
    """Return how many files that were there when a backup was made are not in it (缺少的存件).

    When a file came is asked of the disk: its own time says the day of what was said, and no hour.
    """
    folder, data = beside(backup), Path(settings.DATA)
    held = {str(path.relative_to(folder)).removesuffix(vault.ENDING) for path in _held(folder)}
    made = backup.stat().st_mtime if backup.exists() else 0
    return sum((data / name).stat().st_ctime < made for name in present() if str(name) not in held)


def undone(backup: Path) -> Path:
    """Return where files are gathered before they count as a backup (未完成的存件目录)."""
    return backup.with_name(backup.name + ENDING + UNDONE)


def left_over(folder: Path) -> list[Path]:
    """Return the folders of files in a folder whose backup was never finished, or is gone (残留的存件目录)."""
    return [path for path in folder.glob("sangesan-*") if path.is_dir() and (path / _KEY).is_file() and (
        path.suffix == UNDONE or (path.suffix == ENDING and not path.with_suffix("").exists()))]


def remove(backup: Path) -> None:
    """Remove a backup with its files (删除一份备份); files that another one links stay there."""
    backup.unlink()
    shutil.rmtree(beside(backup), ignore_errors=True)
