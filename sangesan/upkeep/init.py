"""A real, empty enterprise on the command line (新建企业): its first administrators and their invitations."""

from __future__ import annotations

import os
import sys

import click
from django.db import transaction

from sangesan.foundation.errors import UserError
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.accounts.services import invite_first
from sangesan.organization.people.models import ROLE_NAMES
from sangesan.organization.roster.services import found

from . import schema

ASKED = {Role.SYSTEM_ADMIN: "system", Role.SECURITY_ADMIN: "security", Role.AUDITOR: "auditor"}
KINDS = ("mine", "group", "enterprise")


@click.command()
@click.option("--name", help="企业名称，例如 青石岭矿")
@click.option("--code", help="企业编码，字母和数字，例如 QSL")
@click.option("--kind", type=click.Choice(KINDS), default="mine", help="mine 矿（默认）、group 集团、enterprise 其他")
@click.option("--system", nargs=2, metavar="工号 姓名", help="系统管理员：维护组织、看运行状况")
@click.option("--security", nargs=2, metavar="工号 姓名", help="安全管理员：邀请、重设、停用账号")
@click.option("--auditor", nargs=2, metavar="工号 姓名", help="审计管理员：看审计日志；三员必须是三个人")
@click.option("--address", default="", help="员工打开系统的网址，写在邀请链接里，默认本机")
def init(name: str, code: str, kind: str, address: str, **given: tuple[str, str] | None) -> None:
    """新建一个空的企业：根单位、三名管理员、工作日历；打印三名管理员的邀请链接。"""
    _answerable({"name": name, "code": code, **given})
    schema.bring_up(click.echo)
    name, code = name or _ask("企业名称", "--name"), code or _ask("企业编码", "--code")
    administrators = {role: given[option] or _ask_person(role, option) for role, option in ASKED.items()}
    with transaction.atomic():
        people = found(code=code, name=name, kind=kind, administrators=administrators, actor=SYSTEM)
        slips = {role: invite_first(person) for role, person in people.items()}
    base = (address or f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip("/")
    click.echo(f"已新建“{name}”。请把邀请链接分别交给本人，各人自己设密码：")
    for role, slip in slips.items():
        click.echo(f"  {ROLE_NAMES[role]} {people[role].name}：{base}/w/invitation/{slip.code.replace('-', '')}/")
    click.echo("下一步：系统管理员登录后在“组织”里导入单位、人员、岗位、任职，安全管理员再邀请其他人。")


def _ask_person(role: Role, option: str) -> tuple[str, str]:
    word = ROLE_NAMES[role]
    return _ask(f"{word}工号", f"--{option}"), _ask(f"{word}姓名", f"--{option}")


def _answerable(given: dict[str, object]) -> None:
    """Refuse before anything is made (先看能否问答) when something is missing and nobody can answer."""
    missing = [f"--{option}" for option, value in given.items() if not value]
    if missing and not sys.stdin.isatty():
        raise UserError("没有新建企业", why=f"缺少 {'、'.join(missing)}，而这里没有终端可以问答", next=(
            "请把它们写在命令里，例如：sangesan init --name 青石岭矿 --code QSL --system 1001 王强"
            " --security 1002 李敏 --auditor 1003 张军"))


def _ask(word: str, option: str) -> str:
    return click.prompt(f"{word}（{option}）")
