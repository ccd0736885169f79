"""Backup and restore (备份与恢复) of the database and its files; the secrets are kept apart (contracts.md)."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.sqlite import placing
from sangesan.ledger.facts import stubs

from . import erased, shelves, vault

KEPT_DAYS = 90
"""How long a backup is kept (备份保留天数), at most: what was erased is gone from every copy by then."""


def folder() -> Path:
    """Return where backups stand (备份目录), by default in the data directory; better on another disk."""
    path = Path(settings.BACKUPS)
    if path == Path(settings.DATA) / "backups":
        path.mkdir(mode=0o700, exist_ok=True)
    return path


def apart() -> bool:
    """Return whether backups stand on another disk (是否异盘存放) than the data."""
    return folder().is_dir() and folder().stat().st_dev != Path(settings.DATA).stat().st_dev


def built() -> bool:
    """Return whether a database was ever set up here (是否已建库)."""
    return "django_migrations" in connection.introspection.table_names()


def save(target: Path | None = None) -> Path:
    """Write a consistent copy of the database, and of the files it names (备份), while others go on working.

    Return its path; the files stand in a folder beside it. Their copy is taken last: a row is never
    there before its file.

    Where a backup key was made (`vault`), the copy is sealed and nothing readable stays behind.
    """
    if not built():
        raise UserError("没有备份", why=f"数据目录 {settings.DATA} 里还没有数据库", next="请核对 SANGESAN_DATA")
    to = vault.public()
    target = target or _unused()
    files, undone = shelves.beside(target), shelves.undone(target)
    if target.exists() or files.exists():
        raise UserError(f"没有备份到 {target}", why="这个文件已经存在", next="请换一个文件名")
    if not (target.parent.is_dir() and os.access(target.parent, os.W_OK)):
        raise UserError(f"没有备份到 {target}", why=f"文件夹 {target.parent} 不存在或不能写入",
                        next="请先建好文件夹，或换一个位置")
    partial = (Path(settings.DATA) if to else target.parent) / f"{target.name}.part"
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    shutil.rmtree(undone, ignore_errors=True)
    try:
        _copy_to(partial)
        _readable(partial)
        _placed(partial)
        if to:
            vault.seal(partial, target.with_name(target.name + ".part"), to)
            partial.unlink()
            partial = target.with_name(target.name + ".part")
        _to_disk(partial)
        shelves.keep(undone, to)
        undone.rename(files)
        partial.rename(target)
    except BaseException:
        shutil.rmtree(undone, ignore_errors=True)
        raise
    finally:
        partial.unlink(missing_ok=True)
    erased.keep()
    erased.lay_beside(target)
    _noted().write_text(f"{clock.wall().isoformat()}\n{target.resolve()}\n")
    return target


def _copy_to(partial: Path) -> None:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as live, \
                closing(sqlite3.connect(partial)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    else:
        tool("pg_dump", f"--dbname={connection.settings_dict['NAME']}", "--format=custom", f"--file={partial}")


def _readable(partial: Path) -> None:
    """Read the copy before it counts as a backup (核对备份): a copy of a damaged disk is none."""
    if connection.vendor != "sqlite":
        tool("pg_restore", "--list", str(partial))
    elif not _sound(partial):
        raise UserError("没有备份", why="写出的副本读不通，数据库或磁盘可能有损坏",
                        next="请运行 sangesan doctor，并检查磁盘")


def _placed(partial: Path) -> None:
    """Write the copy anew in the order of its keys (重写副本): pages of SQLite tell who wrote before whom."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(partial, isolation_level=None)) as copy:
            placing.anew(copy)


def _noted() -> Path:
    return Path(settings.DATA) / "last-backup"


def named(stem: str) -> Path:
    """Return the place of a backup in the folder (备份文件), by the engine and whether a key was made."""
    ending = (".sqlite3" if connection.vendor == "sqlite" else ".dump") + vault.ENDING * (vault.public() is not None)
    return folder() / f"sangesan-{stem}{ending}"


def _unused() -> Path:
    """Return a name by the present moment (备份文件名) that nothing bears yet."""
    stem = f"{clock.local(clock.wall()):%Y%m%d-%H%M%S}"
    names = (named(f"{stem}{more}") for more in ("", *(f"-{n}" for n in range(2, 100))))
    return next(path for path in names if not path.exists())


def bring_back(source: Path, say: Callable[[str], None] = lambda line: None) -> int:
    """Replace the database by a backup (恢复); the database of now is saved first, or put aside when it is damaged.

    A backup of an older version is brought up to this one. What has been erased since is erased again;
    returns how much that was. The stubs of seals made since the backup are set aside, for those seals are
    gone with the database of now.
    """
    if connection.vendor == "sqlite":
        check(source)
    try:
        if built():
            save()
    except (UserError, DatabaseError, sqlite3.DatabaseError):
        if connection.vendor != "sqlite":
            raise
        say(f"现有的数据库备份不了，原样另存在 {_put_aside()}。")
    known = erased.listed()
    name = connection.settings_dict["NAME"]
    connection.close()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(source)) as kept, closing(sqlite3.connect(name, timeout=20)) as live:
            kept.backup(live)
    else:
        _replace(name, source)
    in_step()
    stubs.set_aside()
    again = erased.replay(known)
    stubs.keep()
    return again


_EMPTY = """DO $$ DECLARE name text; BEGIN
FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema()
LOOP EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', name); END LOOP; END $$"""


def _replace(name: str, source: Path) -> None:
    """Put a backup in the place of all tables (整库替换), in one transaction.

    Tables that a newer version added are in no older backup: left standing, its steps could not be done again.
    """
    handle, script = tempfile.mkstemp(dir=settings.DATA, prefix="opened-")
    os.close(handle)
    try:
        tool("pg_restore", "--clean", "--if-exists", f"--file={script}", str(source))
        tool("psql", f"--dbname={name}", "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
             f"--command={_EMPTY}", f"--file={script}")
    finally:
        Path(script).unlink(missing_ok=True)


def in_step() -> None:
    """Bring a database that was just restored up to the code (恢复后升级): an older one can't be read or erased."""
    call_command("migrate", verbosity=0, interactive=False)


def _put_aside() -> Path:
    """Rename a database nobody can copy (损坏的库另存), with what SQLite keeps beside it, and return where it is."""
    connection.close()
    path = Path(connection.settings_dict["NAME"])
    aside = path.with_name(f"{path.name}.damaged-{clock.local(clock.wall()):%Y%m%d-%H%M%S}")
    for end in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            Path(f"{path}{end}").rename(f"{aside}{end}")
    return aside


def expire(days: int = KEPT_DAYS) -> int:
    """Remove backups older than ninety days (清除过期备份) from the folder, and return how many.

    The list of what was erased is brought up to date as well, and what a fall left behind goes.
    """
    erased.keep()
    _sweep()
    limit, gone = clock.wall() - timedelta(days=days), 0
    for path in made():
        if datetime.fromtimestamp(path.stat().st_mtime, clock.LOCAL) < limit:
            shelves.remove(path)
            gone += 1
    return gone


def _sweep() -> None:
    """Remove what fallen backups and restores left behind (清理残件): nothing that was erased may lie for ever."""
    yesterday = clock.wall().timestamp() - timedelta(days=1).total_seconds()
    data = Path(settings.DATA)
    files = [*data.glob("opened-*"), *data.glob("sangesan-*.part"), *folder().glob("sangesan-*.part")]
    for path in [path for path in files if path.is_file()] + shelves.left_over(folder()):
        if path.stat().st_mtime < yesterday:
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def made() -> list[Path]:
    """Return the backups in the folder (现有备份)."""
    endings = (".sqlite3", ".dump", vault.ENDING)
    return [p for p in folder().glob("sangesan-*") if p.suffix in endings] if folder().is_dir() else []


def check(source: Path) -> None:
    """Refuse a file that is no sound database of this product."""
    if not _sound(source):
        raise UserError("没有恢复", why=f"{source} 不是本系统完好的备份", next="请换一份备份再试")


def _sound(source: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as kept:
            sound = kept.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            ours = kept.execute("SELECT count(*) FROM sqlite_master WHERE name='facts_fact'").fetchone()[0]
    except sqlite3.DatabaseError:
        return False
    return bool(sound and ours)


def tool(name: str, *arguments: str) -> None:
    """Run a tool of PostgreSQL on our server; the password travels in the environment."""
    at = settings.DATABASES["default"]
    environment = os.environ | {
        name: str(at[key]) for name, key in
        [("PGHOST", "HOST"), ("PGPORT", "PORT"), ("PGUSER", "USER"), ("PGPASSWORD", "PASSWORD")] if at.get(key)
    }
    try:
        done = subprocess.run([name, *arguments], env=environment, capture_output=True, text=True,  # noqa: S603
                              check=False)
    except FileNotFoundError:
        raise UserError(f"没有找到 {name}", why="备份 PostgreSQL 需要它的客户端工具",
                        next="请安装 postgresql-client 再试") from None
    if done.returncode:
        raise UserError(f"{name} 没有完成", why=done.stderr.strip().splitlines()[-1] if done.stderr else "原因不明")


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def last() -> Path | None:
    """Return the newest backup (最近的备份) that is still where it was written."""
    noted = [Path(_noted().read_text().splitlines()[1])] if _noted().exists() else []
    return max((path for path in made() + noted if path.exists()), key=lambda path: path.stat().st_mtime, default=None)


def age() -> datetime | None:
    """Return when the newest backup was made (最近备份), wherever it was written to; None when never."""
    known = [datetime.fromtimestamp(p.stat().st_mtime, clock.LOCAL) for p in made()]
    if _noted().exists():
        known.append(datetime.fromisoformat(_noted().read_text().splitlines()[0]))
    return max(known, default=None)
