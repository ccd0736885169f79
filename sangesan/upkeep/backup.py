"""Backup and restore (备份与恢复) of the database; the secrets are kept apart (contracts.md)."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click
from django.conf import settings
from django.db import connection

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError


def folder() -> Path:
    """Return where backups stand (备份目录)."""
    path = Path(settings.DATA) / "backups"
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def built() -> bool:
    """Return whether a database was ever set up here (是否已建库)."""
    return "django_migrations" in connection.introspection.table_names()


def save(target: Path | None = None) -> Path:
    """Write a consistent copy of the database (备份), while others go on working; return its path."""
    if not built():
        raise UserError("没有备份", why=f"数据目录 {settings.DATA} 里还没有数据库", next="请核对 SANGESAN_DATA")
    target = target or _unused()
    if target.exists():
        raise UserError(f"没有备份到 {target}", why="这个文件已经存在", next="请换一个文件名")
    if not (target.parent.is_dir() and os.access(target.parent, os.W_OK)):
        raise UserError(f"没有备份到 {target}", why=f"文件夹 {target.parent} 不存在或不能写入",
                        next="请先建好文件夹，或换一个位置")
    partial = target.with_name(target.name + ".part")
    partial.unlink(missing_ok=True)
    partial.touch(mode=0o600)
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as live, \
                closing(sqlite3.connect(partial)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
    else:
        _postgres("pg_dump", "--format=custom", f"--file={partial}")
    _to_disk(partial)
    partial.rename(target)
    return target


def _unused() -> Path:
    """Return a name by the present moment (备份文件名) that nothing bears yet."""
    ending = ".sqlite3" if connection.vendor == "sqlite" else ".dump"
    stem = f"sangesan-{clock.local(clock.wall()):%Y%m%d-%H%M%S}"
    names = (folder() / f"{stem}{more}{ending}" for more in ("", *(f"-{n}" for n in range(2, 100))))
    return next(path for path in names if not path.exists())


def bring_back(source: Path) -> None:
    """Replace the database by a backup (恢复); the database of now is saved first."""
    if connection.vendor == "sqlite":
        _check(source)
        if built():
            save()
        connection.close()
        with closing(sqlite3.connect(source)) as kept, \
                closing(sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=20)) as live:
            kept.backup(live)
    else:
        if built():
            save()
        connection.close()
        _postgres("pg_restore", "--clean", "--if-exists", "--single-transaction", str(source))


def _check(source: Path) -> None:
    """Refuse a file that is no sound database of this product."""
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as kept:
            sound = kept.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            ours = kept.execute("SELECT count(*) FROM sqlite_master WHERE name='facts_fact'").fetchone()[0]
    except sqlite3.DatabaseError:
        sound, ours = False, 0
    if not (sound and ours):
        raise UserError("没有恢复", why=f"{source} 不是本系统完好的备份", next="请换一份备份再试")


def _postgres(tool: str, *arguments: str) -> None:
    """Run a tool of PostgreSQL on our database; the password travels in the environment."""
    at = settings.DATABASES["default"]
    environment = os.environ | {
        name: str(at[key]) for name, key in
        [("PGHOST", "HOST"), ("PGPORT", "PORT"), ("PGUSER", "USER"), ("PGPASSWORD", "PASSWORD")] if at.get(key)
    }
    try:
        done = subprocess.run([tool, f"--dbname={at['NAME']}", *arguments], env=environment,  # noqa: S603
                              capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise UserError(f"没有找到 {tool}", why="备份 PostgreSQL 需要它的客户端工具",
                        next="请安装 postgresql-client 再试") from None
    if done.returncode:
        raise UserError(f"{tool} 没有完成", why=done.stderr.strip().splitlines()[-1] if done.stderr else "原因不明")


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def age() -> datetime | None:
    """Return when the newest backup was made (最近备份), or None."""
    made = [p.stat().st_mtime for p in folder().iterdir() if p.suffix in (".sqlite3", ".dump")]
    return datetime.fromtimestamp(max(made), clock.LOCAL) if made else None


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), required=False, metavar="备份文件")
def backup(target: Path | None) -> None:
    """备份数据库；不写文件名时存入数据目录的 backups。密钥目录 secrets 请另行备份。"""
    click.echo(f"已备份到 {save(target)}")


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="备份文件")
@click.confirmation_option(prompt="恢复会替换现在的数据（现有数据先自动备份）。请先停止服务。继续吗？", help="不再询问")
def restore(source: Path) -> None:
    """用备份文件替换现在的数据库；恢复前先备份现有数据。"""
    bring_back(source)
    click.echo(f"已从 {source} 恢复。")
