"""Verification of the ledger on the command line (台账核验): exit 1 and the first bad fact named."""

from __future__ import annotations

from pathlib import Path

import click

from sangesan.foundation.errors import UserError
from sangesan.ledger.facts import proofs, queries
from sangesan.ledger.facts import verify as ledger
from sangesan.ledger.facts.chain import Deposit, read_deposit


@click.command()
@click.option("--root", "deposit", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件",
              help="与寄存在外面的每日总根比对（公开页“每日总根”的文本）")
@click.option("--proof", "proof", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件",
              help="只核对反映人手里的一份存证证明，不读台账；可与 --root 同用")
def verify(deposit: Path | None, proof: Path | None) -> None:
    """核验台账：逐条、逐封、签名、封存链和触发器；有一处不符即以 1 结束。"""
    deposited = []
    if deposit is not None:
        try:
            deposited = read_deposit(deposit.read_text("utf-8-sig"))
        except (OSError, ValueError) as fault:
            raise UserError("没有核验", why=f"读不了寄存文件 {deposit}（{fault}）",
                            next="请用公开页下载的文本，每行是“日期 封号 摘要”") from fault
    if proof is not None:
        _check(proof, deposited)
        return
    problems = ledger.verify(deposited)
    for problem in problems[1:20]:
        click.echo(str(problem))
    if problems:
        click.echo(f"台账不符：{problems[0]}（共 {len(problems)} 处）", err=True)
        raise click.exceptions.Exit(1)
    compared = f"，与 {len(deposited)} 个寄存的根相符" if deposited else ""
    click.echo(f"台账完好：{queries.total()} 条，{queries.seals().count()} 封{compared}。")


def _check(path: Path, deposited: list[Deposit]) -> None:
    """Check one proof (核对存证证明) without reading the ledger."""
    try:
        proof = proofs.read(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as fault:
        raise UserError("没有核对", why=f"读不了证明文件 {path}（{fault}）", next="请用回执页下载的证明文件") from fault
    if problems := proofs.problems(proof, deposited):
        click.echo(f"证明不符：{'；'.join(problems)}", err=True)
        raise click.exceptions.Exit(1)
    compared = "，与寄存的总根相符" if deposited else "；再与公开栏上的总根对一下"
    click.echo(f"证明完整：第 {proof['number']} 封（{proof['day']}），总根 {proof['digest']}{compared}。")
