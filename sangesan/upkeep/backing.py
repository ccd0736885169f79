"""Backup and restore on the command line (备份与恢复命令), and the proof of a backup in a scratch database."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from django.conf import settings
from django.db import connection

from sangesan.foundation.errors import UserError
from sangesan.ledger.facts import chain, queries
from sangesan.ledger.facts import verify as ledger
from sangesan.procedures import forgetting

from . import backup as keeping
from . import erased, keyring, schema, shelves, vault


@contextmanager
def opened(source: Path, key: Path | None) -> Iterator[tuple[Path, bytes | None]]:
    """Give a backup as it can be read, and the key (打开备份): a sealed one is opened as long as it is needed."""
    if not vault.is_sealed(source):
        yield source, None
        return
    typed = key.read_text() if key else click.prompt("请输入备份钥匙", hide_input=True)
    handle, name = tempfile.mkstemp(dir=settings.DATA, prefix="opened-")
    os.close(handle)
    try:
        private = vault.heard(typed)
        vault.unseal(source, Path(name), private)
        yield Path(name), private
    finally:
        Path(name).unlink(missing_ok=True)


def prove(source: Path, scratch: str) -> str:
    """Restore into a scratch database (试恢复), verify the ledger there, and say what was found.

    The database that is at work is not touched. Raises UserError when the ledger does not hold.
    """
    _fill(source, scratch)
    known = erased.keep() if keeping.built() else erased.listed()
    with _working_on(scratch):
        keeping.in_step()
        again, problems = erased.replay(known), ledger.verify([], with_stubs=False)
        total, seals = queries.total(), queries.seals().count()
    if problems:
        raise UserError(f"{source} 的台账不符", why=f"{problems[0]}（共 {len(problems)} 处）", next="请换一份备份再试")
    return f"台账完好：{total} 条，{seals} 封；重新清除 {again} 项。"


@contextmanager
def _working_on(name: str) -> Iterator[None]:
    """Let this process work on another database of the same server (换库)."""
    before = connection.settings_dict["NAME"]
    _turn_to(name)
    try:
        yield
    finally:
        _turn_to(before)


def _turn_to(name: str) -> None:
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
    connection.settings_dict["NAME"] = name


def _fill(source: Path, scratch: str) -> None:
    if connection.vendor == "sqlite":
        keeping.check(source)
        if Path(scratch).exists() or not Path(scratch).absolute().parent.is_dir():
            raise UserError("没有试恢复", why=f"{scratch} 已经存在，或所在的文件夹不存在", next="请换一个新的文件名")
        with closing(sqlite3.connect(source)) as kept, closing(sqlite3.connect(scratch)) as copy:
            kept.backup(copy)
        Path(scratch).chmod(0o600)
    else:
        keeping.tool("createdb", scratch)
        keeping.tool("pg_restore", f"--dbname={scratch}", "--single-transaction", str(source))


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), required=False, metavar="备份文件")
@click.option("--new-key", is_flag=True, help="生成备份钥匙并显示一次；此后的备份都加密")
@click.option("--secrets", "keys", is_flag=True, help="备份的不是数据库，是密钥目录；总是加密，须另放一处")
def backup(target: Path | None, new_key: bool, keys: bool) -> None:
    """备份数据库和照片、录音、文件；不写文件名时存入备份目录。有备份钥匙时加密。密钥用 --secrets 另行备份。"""
    if new_key:
        click.echo(f"备份钥匙（只显示这一次，这台机器上不留）：\n\n  {vault.make()}\n\n"
                   "请抄两份，分两处离线保管。丢了它，加密的备份谁也打不开。")
        return
    if keys:
        if target is None:
            raise UserError("没有备份密钥", why="没有写备份到哪个文件", next="请写一个与数据库备份不在一处的文件名")
        click.echo(f"已把 {keyring.save(target)} 个密钥备份到 {target}（已加密）。请与数据库的备份分开保管。")
        return
    path = keeping.save(target)
    click.echo(f"已备份到 {path}" + ("（已加密）" if vault.is_sealed(path) else "（没有加密，请存放在可靠的地方）"))
    click.echo(f"照片、录音和文件在 {shelves.beside(path)}，请与它放在一起。")


def _erased_again() -> int:
    """Erase again (重新清除) what the list that came with the secrets names, where the database was there before it."""
    if not keeping.built():
        return 0
    if schema.pending():
        schema.bring_up(click.echo)
    return erased.replay(erased.listed())


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="备份文件")
@click.option("--into", "scratch", metavar="新库", help="恢复到另一个新库里并核验台账，不动现在的数据")
@click.option("--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件",
              help="写着备份钥匙的文件；不给时在屏幕上输入")
@click.option("--secrets", "keys", is_flag=True, help="恢复的是密钥目录；现有的密钥改名留在旁边")
@click.option("--yes", is_flag=True, help="不再询问")
def restore(source: Path, scratch: str | None, key: Path | None, keys: bool, yes: bool) -> None:
    """用备份文件替换现在的数据库，放回照片、录音和文件；恢复前先备份现有数据，恢复后重放已做过的清除。"""
    if keys:
        with opened(source, key) as (plain, _private):
            count, aside = keyring.bring_back(plain)
        again = _erased_again()
        click.echo(f"已恢复 {count} 个密钥，原来的留在 {aside}" + (f"，重新清除 {again} 项" if again else "")
                   + "。请重新启动服务。")
        return
    if not scratch and not yes:
        click.confirm("恢复会替换现在的数据（现有数据先自动备份）。请先停止服务。继续吗？", abort=True)
    if (beside := erased.beside(source)).is_file():
        erased.learn(beside.read_bytes(), source=beside.parent)
    with opened(source, key) as (plain, private):
        if scratch:
            click.echo(f"已恢复到 {scratch}。{prove(plain, scratch)}")
            return
        again = keeping.bring_back(plain, click.echo)
        files = shelves.bring_back(source, private)
    swept = forgetting.again()
    click.echo(f"已从 {source} 恢复，放回存件 {files} 个" + (f"，重新清除 {again} 项" if again else "")
               + (f"，清除没有记录的存件 {swept} 个。" if swept else "。"))
    if not chain.signed_here():
        click.echo("这里的密钥不是做这份备份时用的：台账的签名核不了，回执查不到，密封的身份打不开。"
                   "请用 sangesan restore --secrets 把密钥也恢复。")
    if not shelves.beside(source).is_dir():
        click.echo(f"没有找到 {shelves.beside(source)}，照片、录音和文件没有恢复。")
