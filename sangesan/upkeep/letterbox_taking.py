"""Taking letters in from the outside letterbox (收外部信件): from a file, or fetched by us and by nobody else."""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable
from http.client import HTTPException
from pathlib import Path

import click

from sangesan.feedback.letterbox import answering, bundles, taking
from sangesan.foundation.errors import UserError

from . import schema

PATIENCE = 120


@click.command("letterbox-setup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="文件")
def letterbox_setup(file: Path) -> None:
    """写出外部信箱的设置文件：公钥、单位名单、取信口令。请当面交给外部信箱的管理人。"""
    schema.bring_up(click.echo)
    file.touch(mode=0o600)
    file.write_bytes(taking.setup())
    click.echo(f"已写到 {file}。里面有取信口令，请不要放在公开的地方。")


@click.command("letterbox-take")
@click.argument("source", metavar="文件或网址")
def letterbox_take(source: str) -> None:
    """收下外部信箱的信：导出的文件，或信箱的网址（由矿内去取，取后在信箱里清除）。"""
    schema.bring_up(click.echo)
    if source.startswith(("http://", "https://")):
        done = _fetched(source.rstrip("/") + "/handover/")
    else:
        done = [taking.take(bundles.read(_read(Path(source))))]
    new, later, known = (sum(getattr(one, name) for one in done) for name in ("new", "later", "known"))
    click.echo(f"新收 {new} 件，评价、补充和复查申请 {later} 件，以前收过 {known} 件。")
    if spoilt := frozenset().union(*(one.spoilt for one in done)):
        raise UserError(f"有 {len(spoilt)} 件没有收下", why="它们损坏了，或者不是交给本系统的；别的都已收下",
                        next="它们还在信箱或文件里，请保留下来，并核对信箱装的设置文件")


@click.command("letterbox-answers")
@click.argument("target", metavar="文件或网址")
def letterbox_answers(target: str) -> None:
    """送出答复：写到一个文件，或送到外部信箱的网址。每件只有持回执号的人能打开。"""
    schema.bring_up(click.echo)
    outward = target.startswith(("http://", "https://"))
    path = Path(target)
    if not outward and (path.exists() or not path.absolute().parent.is_dir()):
        raise UserError("没有导出", why=f"{path} 已经存在，或所在的文件夹不存在", next="请换一个新的文件名")
    with click.progressbar(length=answering.total(), label="密封答复", show_pos=True, file=sys.stderr) as bar:
        portions = answering.portions(tell=bar.update)
        count = _brought(target.rstrip("/") + "/answers/", portions) if outward else _written(path, portions)
    click.echo(f"已送到信箱，共 {count} 件。" if outward
               else f"已写到 {path}。请在矿外运行 sangesan letterbox-import 装入。")


def _brought(address: str, portions: Iterable[bytes]) -> int:
    return sum(_told(address, portion).get("answers", 0) for portion in portions)


def _written(path: Path, portions: Iterable[bytes]) -> int:
    with path.open("xb") as file:
        size = sum(file.write(portion) for portion in portions)
        file.flush()
        os.fsync(file.fileno())
    return size


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise UserError("一件也没有收下", why=f"{path} 不存在或不能读取", next="请核对文件名") from None


def _fetched(address: str) -> list[taking.Taken]:
    """Fetch until the box is empty (取信): what we have taken in is confirmed, then the next bundle."""
    done = []
    while letters := bundles.read(_ask(address)):
        done.append(taking.take(letters))
        arrived = [letter.name for letter in letters if letter.name not in done[-1].spoilt]
        left = _told(address, " ".join(arrived).encode())
        if not left.get("done") or left.get("waiting", 0) <= len(done[-1].spoilt):  # what is spoilt stays there
            break
    return done


def _ask(address: str, said: bytes | None = None) -> bytes:
    request = urllib.request.Request(address, said, {  # noqa: S310
        "Authorization": f"Bearer {taking.token()}", "Content-Type": "text/plain"})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            return answer.read(bundles.LARGEST + 2**20)
    except urllib.error.HTTPError as fault:
        why = "取信口令不对，请重新装入设置文件" if fault.code == 403 else f"信箱答复 {fault.code}"
        raise UserError("没有取信", why=why, next="请查看外部信箱") from None
    except (OSError, ValueError, HTTPException):
        raise UserError("没有取信", why=f"{address} 连不上，或没有答完", next="请核对网址，或改用文件移交") from None


def _told(address: str, said: bytes) -> dict[str, int]:
    """Return what the box answered to what we brought (信箱回话)."""
    try:
        return {name: int(count) for name, count in json.loads(_ask(address, said)).items()}
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise UserError("信箱没有回话", why=f"{address} 答的不是外部信箱的话",
                        next="请核对网址；已经收下的不会重复，可以再取") from None
