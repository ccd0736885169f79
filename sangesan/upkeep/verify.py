"""Verification of the ledger on the command line (台账核验): exit 1 and the first bad fact named."""

from __future__ import annotations

from pathlib import Path

import click

from sangesan.foundation.errors import UserError
from sangesan.ledger.facts import queries
from sangesan.ledger.facts import verify as ledger
from sangesan.ledger.facts.chain import read_deposit


@click.command()
@click.option("--root", "deposit", type=click.Path(path_type=Path), metavar="文件",
              help="与寄存在外面的每日总根比对（公开页“每日总根”的文本）")
def verify(deposit: Path | None) -> None:
    """核验台账：逐条、逐封、签名、封存链和触发器；有一处不符即以 1 结束。"""
    deposited = []
    if deposit is not None:
        try:
            deposited = read_deposit(deposit.read_text("utf-8-sig"))
        except (OSError, ValueError) as fault:
            raise UserError("没有核验", why=f"读不了寄存文件 {deposit}（{fault}）",
                            next="请用公开页下载的文本，每行是“日期 封号 摘要”") from fault
    problems = ledger.verify(deposited)
    for problem in problems[1:20]:
        click.echo(str(problem))
    if problems:
        click.echo(f"台账不符：{problems[0]}（共 {len(problems)} 处）", err=True)
        raise click.exceptions.Exit(1)
    compared = f"，与 {len(deposited)} 个寄存的根相符" if deposited else ""
    click.echo(f"台账完好：{queries.total()} 条，{queries.seals().count()} 封{compared}。")
