"""Command line (命令行): one table of commands, each loaded only when it is called.

Exit codes (contracts.md): 0 done, 1 a check found something or an import had a wrong row,
2 wrong usage or unreadable input; one clear line on stderr.

A new command is a click command somewhere in `upkeep` or `procedures` and a line in COMMANDS.
A command that found something ends with `raise click.exceptions.Exit(1)`; one that cannot read
its input raises `UserError`.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TextIO

import click
from django.db import DatabaseError

from sangesan.foundation.errors import UserError

COMMANDS: list[tuple[str, str, str]] = [
    # name, where it lives, one sentence of help, in the order of `--help`
    ("init", "sangesan.upkeep.init:init", "新建一个空的企业和它的三名管理员"),
    ("run", "sangesan.upkeep.run:run", "启动网页和后台任务，首次运行时自动建库"),
    ("verify", "sangesan.upkeep.verify:verify", "核验台账，有改动即指出第一条"),
    ("import-org", "sangesan.upkeep.import_org:import_org", "从一个工作簿导入单位、人员、岗位、任职"),
    ("import-letters", "sangesan.upkeep.import_letters:import_letters", "导入来信登记簿（CSV），重复导入不增加"),
    ("letterbox", "sangesan.upkeep.letterbox:letterbox", "在矿外启动只能投递的外部信箱"),
    ("letterbox-export", "sangesan.upkeep.letterbox:letterbox_export", "在矿外把信箱里的信导出到文件"),
    ("letterbox-setup", "sangesan.upkeep.letterbox_taking:letterbox_setup", "在矿内写出外部信箱的设置文件"),
    ("letterbox-take", "sangesan.upkeep.letterbox_taking:letterbox_take", "在矿内收下外部信箱的文件，或去网址取信"),
    ("letterbox-answers", "sangesan.upkeep.letterbox_taking:letterbox_answers", "在矿内把密封的答复送到外部信箱"),
    ("letterbox-import", "sangesan.upkeep.letterbox:letterbox_import", "在矿外把矿内导出的答复装进信箱"),
    ("nightly", "sangesan.procedures.commands:nightly", "给某一天结账：登记超期、核算、挂钩、封存、公布"),
    ("recompute", "sangesan.procedures.commands:recompute", "按当时的台账、办法和组织复算一次核算，不一致则报错"),
    ("trial", "sangesan.upkeep.trial:trial", "试算一个 JSON 文件里的办法、单位和奖金，不碰数据库"),
    ("demo", "sangesan.upkeep.demo.command:demo", "装入示范矿“青石岭矿”，中断后再运行会接着装"),
    ("train-triage", "sangesan.upkeep.triage:train_triage", "训练分办模型，并说明它有多准"),
    ("triage", "sangesan.upkeep.triage:triage", "给一个文件里的来信提出类别建议"),
    ("bench", "sangesan.upkeep.bench.command:bench", "测速，每项数据一行 JSON"),
    ("doctor", "sangesan.upkeep.doctor:doctor", "体检：数据库、台账、任务、日历、磁盘、备份、密钥"),
    ("backup", "sangesan.upkeep.backing:backup", "备份数据库到文件"),
    ("restore", "sangesan.upkeep.backing:restore", "用备份文件恢复数据库"),
]


OUTSIDE = ("letterbox", "letterbox-export", "letterbox-import")
"""Commands of the outside letterbox: they know another folder and no database."""


class Commands(click.Group):
    """The table above as a click group (命令表)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name, _, _ in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = next((place for name, place, _ in COMMANDS if name == cmd_name), None)
        if place is None:
            return None
        import django

        if cmd_name in OUTSIDE:
            os.environ["DJANGO_SETTINGS_MODULE"] = "config.letterbox"
        django.setup()
        module, attribute = place.split(":")
        command = getattr(import_module(module), attribute)
        command.options_metavar = "[选项]"
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]):
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            raise click.UsageError(f"没有“{args[0]}”这个命令，sangesan --help 列出全部命令", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help) for name, _, help in COMMANDS])


class ChineseFormatter(click.HelpFormatter):
    """Help pages with Chinese headings (帮助页)."""

    WORDS = {"Options": "选项", "Commands": "命令", "Arguments": "参数", "Show this message and exit.": "显示本说明"}
    PARTS = {"[%Y-%m-%d]": "年-月-日", "INTEGER RANGE": "整数", "FLOAT RANGE": "小数", "TEXT": "文字", "FILE": "文件",
             "[required]": "[必填]", "[default: ": "[默认 "}
    """What click itself writes beside an option (选项的类型与默认值)."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix="用法：")

    def write_heading(self, heading: str) -> None:
        super().write_heading(self.WORDS.get(heading, heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(self._said(first), self._said(self.WORDS.get(second, second))) for first, second in rows],
                         col_max, col_spacing)

    def _said(self, text: str) -> str:
        for part, word in self.PARTS.items():
            text = text.replace(part, word)
        return text


click.Context.formatter_class = ChineseFormatter


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]},
             options_metavar="[选项]", subcommand_metavar="命令 [参数]…")
def sangesan() -> None:
    """三个三：企业党建与思想政治工作的闭环系统。除矿外的信箱外，命令都作用于同一个数据目录（SANGESAN_DATA）。"""


def main(args: list[str] | None = None) -> None:
    """Run one command (执行命令) and leave with its exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    for stream in (sys.stdout, sys.stderr):
        _speak(stream)
    try:
        result = sangesan.main(args, prog_name="sangesan", standalone_mode=False)
    except UserError as fault:
        _say(str(fault))
        sys.exit(2)
    except click.ClickException as fault:
        _say(in_chinese(fault))
        sys.exit(2)
    except OSError as fault:
        if not fault.filename and fault.errno not in REFUSALS:
            raise
        _say(f"没有办成：{refused(fault)}。请核对路径、权限和磁盘空间。")
        sys.exit(2)
    except DatabaseError as fault:
        from sangesan.upkeep.schema import ailment

        if (reason := ailment()) is None:
            raise
        _say(str(reason))
        raise SystemExit(2) from fault
    except (click.Abort, KeyboardInterrupt):
        _say("已中断。")
        sys.exit(130)
    sys.exit(result if isinstance(result, int) else 0)


REFUSALS = {
    errno.EACCES: "没有权限读写", errno.EPERM: "没有权限读写", errno.EROFS: "是只读的", errno.ENOSPC: "所在的磁盘满了",
    errno.ENOENT: "不存在", errno.ENOTDIR: "不是文件夹", errno.EEXIST: "已经存在，而且不是文件夹",
    errno.EISDIR: "是一个文件夹",
}


def refused(fault: OSError) -> str:
    """Return which file or folder could not be used, and why (文件不能用的原因).

    >>> refused(PermissionError(errno.EACCES, "Permission denied", "/srv/data"))
    '/srv/data 没有权限读写'
    """
    return f"{fault.filename or '写结果的地方'} {REFUSALS.get(fault.errno, '不能读写')}"


def in_chinese(fault: click.ClickException) -> str:
    """Return what is wrong with the call in one line of Chinese (用法错误)."""
    name = ""
    if isinstance(fault, click.BadParameter) and fault.param is not None:
        option = isinstance(fault.param, click.Option)
        name = max(fault.param.opts, key=len) if option else fault.param.human_readable_name
    match fault:
        case click.NoSuchOption():
            return f"没有选项 {fault.option_name}。加 --help 查看用法。"
        case click.MissingParameter():
            return f"缺少参数 {name}。加 --help 查看用法。"
        case click.BadParameter() if "is a directory" in fault.message:
            return f"参数 {name} 所指的是一个文件夹，要写文件名。"
        case click.BadParameter() if isinstance(fault.param and fault.param.type, (click.Path, click.File)):
            return f"参数 {name} 所指的文件不存在或不能读取。"
        case click.BadParameter() if isinstance(fault.param and fault.param.type, click.DateTime):
            return f"参数 {name} 的值不对：没有这一天，或者写法不对。日期写作 2026-11-22。"
        case click.BadParameter() if isinstance(fault.param and fault.param.type, click.Choice):
            return f"参数 {name} 的值不对：可以写 {'、'.join(fault.param.type.choices)}。"
        case click.BadParameter() if isinstance(fault.param and fault.param.type, click.types.IntParamType):
            return f"参数 {name} 的值不对：须是一个整数，而且不超出范围。加 --help 查看用法。"
        case click.BadParameter() if isinstance(fault.param and fault.param.type, click.FloatRange):
            least, most = fault.param.type.min, fault.param.type.max
            return f"参数 {name} 的值不对：须是 {least:g} 到 {most:g} 之间的数。加 --help 查看用法。"
        case click.BadParameter():
            return f"参数 {name} 的值不对（{fault.message}）。加 --help 查看用法。"
        case click.UsageError() if "extra argument" in fault.message:
            return "用法不对：参数写多了。加 --help 查看用法。"
        case click.UsageError() if fault.message.isascii():
            return f"用法不对（{fault.message}）。加 --help 查看用法。"
    return f"{fault.message}。"


def _speak(stream: TextIO) -> None:
    """Let a stream take Chinese (输出编码): one without any gets UTF-8, a rare character a question mark."""
    if isinstance(stream, io.TextIOWrapper):
        try:
            "三个三".encode(stream.encoding)
        except UnicodeEncodeError:
            stream.reconfigure(encoding="utf-8")
        else:
            stream.reconfigure(errors="replace")


def _say(line: str) -> None:
    click.echo(line, err=True)


if __name__ == "__main__":
    main()
