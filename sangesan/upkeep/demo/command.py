"""`sangesan demo` (装入示范矿)."""

from __future__ import annotations

from datetime import datetime

import click

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.jobs import queries as jobs
from sangesan.foundation.jobs import services as progress

from .. import schema
from . import box, load, play


@click.command()
@click.option("--year", is_flag=True, help="装入一整年，默认最近一个季度")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="装到哪一天为止，默认昨天")
@click.option("--quiet", is_flag=True, help="不逐步报告进度")
def demo(year: bool, until: datetime | None, quiet: bool) -> None:
    """装入示范矿“青石岭矿”：组织和事项都经由系统的正常手续产生；中断后再运行会接着装。"""
    day = until.date() if until else None
    if day and day >= clock.today():
        raise UserError("没有装入示范矿", why="截止日期须在今天以前", next="请改一下 --until")
    schema.bring_up(click.echo)
    plan = load.prepare(until=day, days=load.YEAR if year else load.QUARTER)
    if day and plan.until != day:
        raise UserError("没有再次装入", why=f"这个数据目录的示范矿到 {plan.until} 为止", next="请换一个空的数据目录")
    try:
        count = play.play(plan, (lambda *_: None) if quiet else _say)
    except Exception as fault:
        progress.fail(play.NAME, f"装入中断：{fault}"[:200])
        raise
    click.echo(f"{jobs.of(play.NAME).note}：{plan.since} 至 {plan.until}，共 {count} 步。")
    click.echo(box.said())


def _say(done: int, total: int, day) -> None:
    click.echo(f"正在装入示范矿：{day}，已完成 {done} / {total} 步", err=True)
