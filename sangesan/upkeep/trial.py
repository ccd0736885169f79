"""`sangesan trial` (试算): one case from a file or standard input, answered as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

import click

from sangesan.foundation.errors import UserError
from sangesan.method.trial import BadCase, shown, tried

MOST = 64 * 2**20
"""A case of fifty thousand units is a tenth of this."""


@dataclass(frozen=True)
class Bare:
    """A bare number (裸数): all numbers of a case are decimal strings, so whoever reads it says where it stands."""

    number: str


@click.command()
@click.argument("case", metavar="试算文件|-", type=click.File("rb"))
def trial(case: BinaryIO) -> None:
    """按文件里的办法、单位和奖金试算一次，不碰数据库；“-”表示从标准输入读。"""
    body = case.read(MOST + 1)
    if len(body) > MOST:
        raise UserError("没有试算", why=f"文件超过 {MOST >> 20} MB", next="请核对文件")
    try:
        given = json.loads(body, object_pairs_hook=_once, parse_int=Bare, parse_float=Bare, parse_constant=Bare)
        answer = tried(given)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as fault:
        raise UserError("没有试算", why="文件不是完好的 JSON（UTF-8）", next="请核对文件") from fault
    except BadCase as fault:
        raise UserError("没有试算", why=str(fault), next="请改好再试") from fault
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1))


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key written twice (重复的键): nobody could say which one holds."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise BadCase(f"{shown(key)} 在同一处写了两次")
        found[key] = value
    return found
