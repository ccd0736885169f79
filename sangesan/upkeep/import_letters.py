"""A registry of letters on the command line (导入来信登记簿): exit 1 when a row was wrong."""

from __future__ import annotations

from pathlib import Path

import click

from sangesan.feedback.intake import letters, registries
from sangesan.foundation.sheets.text import open_csv

from . import schema

SHOWN = 50


@click.command("import-letters")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件.csv")
@click.option("--right-rows-only", is_flag=True, help="只导入正确的行；不加此项时有一行错就全部不导入")
def import_letters(file: Path, right_rows_only: bool) -> None:
    """导入来信登记簿（CSV，UTF-8 或 GB18030）：received_at、channel、category、unit、title、text、contact。"""
    csv = open_csv(file)
    schema.bring_up(click.echo)
    found = letters.read(csv)
    for wrong in found.wrong[:SHOWN]:
        click.echo(f"第 {wrong.line} 行：{wrong.reason}", err=True)
    if found.wrong and not right_rows_only:
        click.echo(f"有 {len(found.wrong)} 行有错，一行也没有导入。", err=True)
        raise click.exceptions.Exit(1)
    done = registries.take(found)
    click.echo(f"新登记 {done.new} 件（其中历史件 {done.history} 件），已有 {done.known} 件，"
               f"有错 {len(found.wrong)} 行。")
    if found.wrong:
        click.echo(f"有 {len(found.wrong)} 行有错，其余的行已导入。", err=True)
        raise click.exceptions.Exit(1)
