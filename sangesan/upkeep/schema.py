"""Keeping the database in step with the code (升级): a backup first, then the migrations."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from . import backup


def pending() -> list[str]:
    """Return the migrations not yet applied (待升级), as `app.name`."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def bring_up(say: Callable[[str], None]) -> None:
    """Bring the database up to the code (升级数据库), and say what is done."""
    waiting = pending()
    if not waiting:
        return
    if "django_migrations" in connection.introspection.table_names():
        say(f"数据库有 {len(waiting)} 项升级。先备份到 {backup.save()}")
        call_command("migrate", verbosity=0, interactive=False)
        say("数据库升级完成。")
    else:
        say("正在建立数据库……")
        call_command("migrate", verbosity=0, interactive=False)
