"""Keeping the database in step with the code (升级): a backup first, then the migrations."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from sangesan.foundation.errors import UserError

from . import backup


def pending() -> list[str]:
    """Return the migrations not yet applied (待升级), as `app.name`."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def ailment() -> UserError | None:
    """Return what is wrong with the database (数据库不能用的原因), or None when it is in step with the code."""
    try:
        there, waiting = backup.built(), pending()
    except DatabaseError as fault:
        return UserError("数据库不能用", why=str(fault).strip().splitlines()[0],
                         next="请核对 SANGESAN_DATABASE_URL，看数据库是否启动")
    if not there:
        return UserError("还没有数据库", why=f"数据目录 {settings.DATA} 里没有建过库",
                         next="请先运行 sangesan run（或 init、demo），或把 SANGESAN_DATA 指到原来的目录")
    if waiting:
        return UserError("数据库比程序旧", why=f"有 {len(waiting)} 项升级没有做",
                         next="请运行 sangesan run，它先备份再升级")
    return None


def bring_up(say: Callable[[str], None]) -> None:
    """Bring the database up to the code (升级数据库), and say what is done."""
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
