"""Keeping the database in step with the code (升级): a backup first, then the migrations."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from sangesan.foundation.errors import UserError
from sangesan.procedures import covering

from . import backup, keyring

SAID = {
    "file is not a database": "数据库文件已损坏，或者不是本系统的数据库",
    "database disk image is malformed": "数据库文件已损坏",
    "Connection refused": "这个主机和端口上没有数据库在运行",
    "does not exist": "没有这个库，或者没有这个用户",
    "authentication failed": "用户名或口令不对",
    "timeout expired": "五秒钟没有回应",
    "could not translate host name": "找不到这台主机",
    "failed to resolve host": "找不到这台主机",
}
"""What a database says in English, in words for whoever runs this one."""


def pending() -> list[str]:
    """Return the migrations not yet applied (待升级), as `app.name`."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def unusable() -> UserError | None:
    """Return why the database can't be used at all (数据库打不开的原因), or None when it can."""
    if connection.vendor != "sqlite":
        return _unreachable()
    path, why, next = Path(connection.settings_dict["NAME"]), "", "请核对权限，用建库时的那个用户运行"
    if not os.access(path if path.exists() else path.parent, os.W_OK) or not os.access(path.parent, os.W_OK):
        why = f"{path.parent} 不能写入"
    else:
        try:
            backup.built()
        except DatabaseError as fault:
            why = SAID.get(_cause(fault), f"{path} 打不开（{_cause(fault)}）")
            next = "请运行 sangesan restore 从备份恢复，或把 SANGESAN_DATA 指到别的目录"
    return UserError("数据库不能用", why=why, next=next) if why else None


def _unreachable() -> UserError | None:
    """Return why PostgreSQL can't be reached (连不上的原因): straight, for a pool only says that it waited."""
    import psycopg

    given = connection.get_connection_params()
    try:
        psycopg.connect(**{name: given[name] for name in ("dbname", "user", "password", "host", "port")
                           if given.get(name)}, connect_timeout=5).close()
    except psycopg.OperationalError as fault:
        said = str(fault)
        why = next((words for mark, words in SAID.items() if mark in said), _cause(fault))
        return UserError("数据库不能用", why=why, next="请核对 SANGESAN_DATABASE_URL，看数据库是否启动")
    return None


def _cause(fault: Exception) -> str:
    return (str(fault).strip().splitlines() or [""])[0]


def ailment() -> UserError | None:
    """Return what is wrong with the database (数据库不能用的原因), or None when it is in step with the code."""
    if (fault := unusable()) is not None:
        return fault
    there, waiting = backup.built(), pending()
    if not there:
        return UserError("还没有数据库", why=f"数据目录 {settings.DATA} 里没有建过库",
                         next="请先运行 sangesan run（或 init、demo），或把 SANGESAN_DATA 指到原来的目录")
    if waiting:
        return UserError("数据库比程序旧", why=f"有 {len(waiting)} 项升级没有做",
                         next="请运行 sangesan run，它先备份再升级")
    return None


def bring_up(say: Callable[[str], None]) -> None:
    """Bring the database up to the code (升级数据库), and say what is done."""
    if (fault := unusable()) is not None:
        raise fault
    keyring.lay()
    waiting = pending()
    if not waiting:
        return
    if backup.built():
        say(f"数据库有 {len(waiting)} 项升级。先备份到 {backup.save()}")
        call_command("migrate", verbosity=0, interactive=False)
        say("数据库升级完成。")
    else:
        say("正在建立数据库……")
        call_command("migrate", verbosity=0, interactive=False)
        covering.begin_anew()
