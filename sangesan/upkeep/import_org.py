"""The organisation from a workbook on the command line (导入组织): exit 1 when a row was wrong."""

from __future__ import annotations

from pathlib import Path

import click

from sangesan.method.facts import SYSTEM
from sangesan.organization.roster import queries, services

from . import schema


@click.command("import-org")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False,
                metavar="文件.xlsx")
@click.option("--right-rows-only", is_flag=True, help="只导入正确的行；不加此项时有一行错就全部不导入")
@click.option("--errors", type=click.Path(dir_okay=False, path_type=Path), metavar="文件.xlsx",
              help="把带“错误原因”列的工作簿写到这个文件")
@click.option("--template", type=click.Path(dir_okay=False, path_type=Path), metavar="文件.xlsx", help="只写出空白模板")
def import_org(file: Path | None, right_rows_only: bool, errors: Path | None, template: Path | None) -> None:
    """导入单位、人员、岗位、任职：一个工作簿四张表；先检查，全部正确才导入。"""
    if template:
        template.write_bytes(queries.template())
        click.echo(f"模板已写到 {template}")
        return
    if file is None:
        raise click.UsageError("请给出工作簿文件，或者用 --template 写出模板")
    schema.bring_up(click.echo)
    tables = queries.read(file)
    plan = queries.plan_today(tables)
    for sheet, counts in plan.counts().items():
        said = (f"{word} {counts[effect.value]}" for effect, word in queries.EFFECT_NAMES.items())
        click.echo(f"{sheet}：{'，'.join(said)}")
    if plan.wrong and errors:
        errors.write_bytes(queries.faults_of(tables))
        click.echo(f"错误原因已写到 {errors}")
    if not plan.wrong or right_rows_only:
        services.take_read(tables=tables, actor=SYSTEM, right_rows_only=right_rows_only, name=file.name)
        click.echo(f"已导入 {plan.working} 行。")
    if plan.wrong:
        _say_wrong(plan, right_rows_only)
        raise click.exceptions.Exit(1)


def _say_wrong(plan: queries.Plan, right_rows_only: bool) -> None:
    for sheet, change in plan.wrong[:20]:
        click.echo(f"{sheet} 第 {change.row.line} 行：{'；'.join(change.row.faults)}")
    done = "其余的行已导入" if right_rows_only else "一行也没有导入"
    click.echo(f"有 {len(plan.wrong)} 行有错，{done}。", err=True)
