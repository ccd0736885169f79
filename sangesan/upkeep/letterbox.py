"""The outside letterbox on the command line (外部信箱): run it, export from it. Outside there is no database."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from sangesan.feedback.letterbox import answers, box, bundles, shelf
from sangesan.foundation.errors import UserError


@click.command()
@click.option("--setup", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="装入矿内给的设置文件")
@click.option("--host", envvar="HOST_ADDRESS", default="127.0.0.1", help="监听地址，默认只限本机")
@click.option("--port", envvar="PORT", default=8090, type=click.IntRange(1, 65535), help="端口（PORT），默认 8090")
@click.option("--only-setup", is_flag=True, help="只装入设置，不启动")
def letterbox(setup: Path | None, host: str, port: int, only_setup: bool) -> None:
    """在矿外启动只能投递的信箱；数据放在 SANGESAN_LETTERBOX 目录，不连主数据库。"""
    given = box.install(setup.read_bytes()) if setup else box.setup()
    box.lay()
    if only_setup:
        click.echo(f"已装入“{given.name}”的设置。")
        return
    click.echo(f"外部信箱（{given.name}）在 http://{host}:{port}/，按 Ctrl+C 停止。")
    sys.stdout.flush()
    os.execv(sys.executable, [  # noqa: S606
        sys.executable, "-m", "granian", "--interface", "rsgi", "--host", host, "--port", str(port), "--workers", "1",
        "--http", "1", "--no-ws", "--log-level", "error", "config.letterbox_wsgi:serving"])


@click.command("letterbox-export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="文件")
@click.option("--done", is_flag=True, help="这个文件矿内已经收下：从信箱里清除它的信件")
def letterbox_export(file: Path, done: bool) -> None:
    """把信箱里的信导出到一个文件；矿内收下以后，再用 --done 清除已收的信。"""
    if done:
        names = {letter.name for letter in bundles.read(file.read_bytes() if file.exists() else b"")}
        click.echo(f"已清除 {box.handed_over(names)} 件，还有 {len(box.waiting())} 件没有移交。")
        return
    if file.exists() or not file.absolute().parent.is_dir():
        raise UserError("没有导出", why=f"{file} 已经存在，或所在的文件夹不存在", next="请换一个新的文件名")
    letters = box.bundle()
    with open(file, "xb") as out:
        out.write(bundles.write(letters))
        out.flush()
        os.fsync(out.fileno())
    more = len(box.waiting()) - len(letters)
    click.echo(f"已导出 {len(letters)} 件到 {file}。" + (f"还有 {more} 件，清除后请再导出一次。" if more > 0 else ""))


@click.command("letterbox-import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件")
def letterbox_import(file: Path) -> None:
    """把矿内导出的答复装进信箱，代替上一批；写信的人凭回执号在信箱网页上看。"""
    with file.open("rb") as lines:
        count = sum(shelf.put(portion) for portion in answers.read(lines))
    click.echo(f"已装入 {count} 件的办理情况。")
