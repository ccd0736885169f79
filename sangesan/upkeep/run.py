"""The one command (启动): database, static files, web and jobs together."""

from __future__ import annotations

import fcntl
import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO

import click
from django.conf import settings
from django.db import connection, connections

from sangesan.foundation.errors import UserError
from sangesan.foundation.jobs import queries as jobs
from sangesan.organization.units.models import Unit

from . import processes, schema, static, timetable
from .demo import ACCOUNTS, PASSWORD, box, load

HOST = "127.0.0.1"
SLOW = 150
"""After so many looks for the first page it is said that it takes longer (半分钟没有应答)."""


@click.command()
@click.option("--host", envvar="HOST_ADDRESS", default=HOST, help="监听地址，默认只限本机")
@click.option("--port", envvar="PORT", default=8000, type=click.IntRange(1, 65535), help="端口（PORT），默认 8000")
@click.option("--demo/--no-demo", default=True, help="数据库为空时装入示范矿，默认装入")
def run(host: str, port: int, demo: bool) -> None:
    """启动网页和后台任务；首次运行时建库并装入示范矿，升级后先备份再升级数据库。"""
    held = alone(Path(settings.DATA) / "running", f"http://{_shown(host)}:{port}")
    _free(host, port)
    schema.bring_up(_say)
    static.gather()
    timetable.install()
    children = [
        processes.Child("网页服务", web(host, port, connection.vendor)),
        processes.Child("后台任务", [sys.executable, "-m", "django", "qcluster"]),
    ]
    if demo and wants_demo():
        _say("示范矿接着上次装入……" if Unit.objects.exists() else "正在装入示范矿的组织（约三千人）……")
        load.prepare()
        children.append(processes.Child("示范矿", [sys.executable, "-m", "sangesan", "demo", "--quiet"], once=True))
    connections.close_all()
    os.environ["PYTHONUNBUFFERED"] = "1"
    with held:
        raise SystemExit(processes.keep(children, _say, started=lambda: _announce(host, port)))


def alone(place: Path, address: str) -> IO[str]:
    """Hold the data directory (占用数据目录) while the file given back is open; Linux lets go when we die.

    Two on one directory would each run the jobs, and the younger might migrate under the elder's feet.
    """
    held = place.open("a+")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.seek(0)
        with held:
            raise UserError("没有启动", why=f"这个数据目录的系统已经在运行（{held.read().strip()}）",
                            next="请直接打开它；要重新启动，先在它的窗口按 Ctrl+C 停止") from None
    held.truncate(0)
    held.write(address)
    held.flush()
    return held


def web(host: str, port: int, engine: str) -> list[str]:
    """Return the command of the web server; SQLite writes one at a time, so one worker serves it best."""
    workers = "1" if engine == "sqlite" else str(min(4, os.cpu_count() or 1))
    return [
        sys.executable, "-m", "granian", "--interface", "rsgi", "--host", host, "--port", str(port),
        "--workers", workers, "--backlog", "1024", "--http", "1", "--no-ws",
        "--log-level", "error", "--respawn-failed-workers", "config.wsgi:serving",
    ]


def wants_demo() -> bool:
    """Return whether the demo mine belongs here: nobody has set up an enterprise, or it is not whole yet."""
    begun = jobs.of("demo")
    whole = begun is not None and begun.state == "done"
    return not Unit.objects.exists() or (load.marker().exists() and not whole)


def _free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise UserError(f"没有启动：{host}:{port} 不能使用", why="端口已被别的程序占用，或者本机没有这个地址",
                            next="请换一个端口，例如 PORT=8080 make run") from None


def _announce(host: str, port: int) -> None:
    """Say where it stands as soon as the first page answers, without holding up the watch."""
    threading.Thread(target=_greet, args=(f"http://{_shown(host)}:{port}",), daemon=True).start()


def _shown(host: str) -> str:
    return HOST if host in ("0.0.0.0", "::") else host  # noqa: S104


def _greet(address: str) -> None:
    tries = 0
    while not _answers(address):
        tries += 1
        time.sleep(0.2)
        if tries == SLOW:
            _say("网页还在启动，机器忙的时候要几分钟，好了就在这里写出网址……")
    _say(f"\n三个三 已启动（数据目录 {settings.DATA}）\n"
         f"  职工入口  {address}/\n  工作台    {address}/w/\n  接口说明  {address}/api/v1/openapi.json")
    if load.marker().exists():
        _say(f"\n示范账号（密码都是 {PASSWORD}）：")
        for number, who, _password in ACCOUNTS:
            _say(f"  {number}  {who}")
        _say(f"  {box.said()}")
    _say("\n按 Ctrl+C 停止。")


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address + "/healthz", timeout=5).close()  # noqa: S310
    except urllib.error.HTTPError:  # it answers; what ails it stands on the health page
        return True
    except OSError:
        return False
    return True


def _say(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()
