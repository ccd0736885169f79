"""Commands of the procedures (命令): close a day, compute a run again."""

from __future__ import annotations

from datetime import datetime

import click

from sangesan.appraisal.scoring.services import NoRun, Recomputed
from sangesan.appraisal.scoring.services import recompute as compute_again
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError

from . import nightly as closing


@click.command()
@click.argument("day", metavar="日期", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--early", is_flag=True, help="提前结账：今天还没有过完也结")
def nightly(day: datetime, early: bool) -> None:
    """给某一天结账。重复执行不会重复记账；日期写作 2026-11-22。"""
    if not closing.EARLIEST <= day.date() <= clock.today():
        raise UserError("没有结账", why="这一天还没有到，或者早得没有企业", next="请写 2000 年以后、今天以前的日期")
    running = not closing.over(day.date())
    if running and not early:
        raise UserError("没有结账", why="今天还没有过完，还没做的事会被当成没做，月末还会提前出当月结果",
                        next="请等夜里自动结账，或明天再结；确实要提前结，请加 --early")
    for word, given in closing.run(day.date()).items():
        click.echo(f"{word}：{said(given)}")
    if running:
        click.echo("这是提前结账：今天以后发生的，由下一次结账补记、更正。")


@click.command()
@click.argument("run", metavar="核算编号", type=int)
def recompute(run: int) -> None:
    """按当时的台账、办法和组织复算一次核算；与公布的结果不一致时退出码为 1。"""
    try:
        result = compute_again(run)
    except NoRun as fault:
        raise UserError("没有复算", why=f"没有编号为{run}的核算", next="编号见考核结果页的地址") from fault
    click.echo(f"{result.run} 核算摘要 {result.expected}")
    if not result.agrees:
        click.echo(f"复算不一致：{differing(result)}。请运行 sangesan verify，查明是哪一处。", err=True)
        raise click.exceptions.Exit(1)
    click.echo("复算一致。")


def differing(result: Recomputed) -> str:
    """Return what of a run is not as it was (哪里不一致): what it rests on, its stored rows, or its digest alone."""
    if result.computed == result.stored:
        return f"台账复算和库中各行都是 {result.stored}，只有核算记下的摘要不同，摘要被改动过"
    found = []
    if result.computed != result.expected:
        found.append(f"按台账复算得 {result.computed}，台账、办法或组织快照被改动过")
    if result.stored != result.expected:
        found.append(f"库中各行结果为 {result.stored}，结果被改动过")
    return "；".join(found)


def said(given: object) -> str:
    """Return in a word what a step gave (步骤结果)."""
    match given:
        case bool():
            return "已核定" if given else "当年日历尚未核定，结果暂不公布"
        case int():
            return f"{given} 条"
        case tuple():
            return "、".join(map(said, given))
        case None:
            return "无"
        case list():
            return f"{len(given)} 项"
        case _:
            return str(given)
