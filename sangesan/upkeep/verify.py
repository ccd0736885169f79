"""Verification of the ledger on the command line (台账核验): exit 1 and the first bad fact named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from sangesan.appraisal.pay import queries as pay
from sangesan.appraisal.publication import queries as publication
from sangesan.appraisal.rules import queries as rules
from sangesan.appraisal.scoring import queries as scoring
from sangesan.feedback.grades import queries as grades
from sangesan.foundation.errors import UserError
from sangesan.ledger.facts import proofs, queries
from sangesan.ledger.facts import verify as ledger
from sangesan.ledger.facts.chain import Deposit, read_deposit
from sangesan.method.facts import term


@click.command()
@click.option("--root", "deposit", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件",
              help="与寄存在外面的每日总根比对（公开页“每日总根”的文本）")
@click.option("--proof", "proof", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="文件",
              help="只核对反映人手里的一份存证证明，不读台账；可与 --root 同用")
def verify(deposit: Path | None, proof: Path | None) -> None:
    """核验台账：逐条、逐封、签名、封存链和触发器，以及办法、核算、公布、兑现与台账是否一致；有一处不符即以 1 结束。"""
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
    problems = [*map(str, ledger.verify(deposited)), *results()]
    for problem in problems[1:20]:
        click.echo(problem)
    if problems:
        click.echo(f"台账不符：{problems[0]}（共 {len(problems)} 处）", err=True)
        raise click.exceptions.Exit(1)
    compared = f"，与 {len(deposited)} 个寄存的根相符" if deposited else ""
    click.echo(f"台账完好：{queries.total()} 条，{queries.seals().count()} 封{compared}。")


def results() -> Iterator[str]:
    """Return what of rules, results, publication and pay is stored otherwise than it was bound (结果不符)."""
    for version in rules.altered_versions():
        yield f"考核办法 {version} 与职代会决定、施行时定下的不符"
    for table in grades.altered_tables():
        yield f"分级表 {table.version} 与施行时定下的不符"
    for run in scoring.altered_runs():
        yield f"核算 {run.pk}（{run}）存的结果与台账记下的不符"
    for tree in scoring.altered_trees():
        yield f"组织快照 {tree.pk[:12]} 与核算时定下的不符"
    for entry in scoring.altered_entries():
        yield f"人工考核登记 {entry}（{entry.since} 至 {entry.until}）与台账第 {entry.fact} 条不符"
    for one in publication.altered_publications():
        yield f"核算 {one.run_id}（{one.run}）的公布时间与台账记下的不符"
    for appeal in publication.altered_appeals():
        yield f"考核异议 {appeal.number} 或它的裁定与台账记下的不符"
    for pool in pay.altered_pools():
        yield f"奖金分配 {pool.number} 与台账第 {pool.record} 条不符"
    for row in (*scoring.lost_runs(), *publication.lost(), *pay.lost_pools()):
        yield f"第 {row.id} 条（{term(row.kind)}）说到的记录不见了"


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
