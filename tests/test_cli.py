"""The command line (命令行): exit codes, and one clear line when something is wrong."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from sangesan import cli
from sangesan.foundation.errors import UserError

ROOT = Path(__file__).resolve().parent.parent


def call(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        cli.main(list(arguments))
    return end.value.code


@pytest.fixture
def commands(monkeypatch):
    """Put a command of the test into the table."""

    @click.command()
    @click.argument("what")
    def try_out(what: str) -> None:
        if what == "found":
            raise click.exceptions.Exit(1)
        if what == "unreadable":
            raise UserError("没有读出", why="文件是空的", next="请换一个文件")
        if what == "unwritable":
            Path("/nowhere/at/all").write_text("")

    monkeypatch.setattr(cli, "COMMANDS", [("try", f"{__name__}:try_out", "试")])
    monkeypatch.setattr(cli, "import_module", lambda _: type("module", (), {"try_out": try_out}))


@pytest.mark.parametrize(("arguments", "code", "line"), [
    (["try", "fine"], 0, ""),
    (["try", "found"], 1, ""),
    (["try", "unreadable"], 2, "没有读出：文件是空的。请换一个文件。\n"),
    (["try", "unwritable"], 2, "没有办成：/nowhere/at/all 不存在。请核对路径、权限和磁盘空间。\n"),
    (["try"], 2, "缺少参数 WHAT。加 --help 查看用法。\n"),
    (["try", "x", "--nothing"], 2, "没有选项 --nothing。加 --help 查看用法。\n"),
    (["nonsense"], 2, "没有“nonsense”这个命令，sangesan --help 列出全部命令。\n"),
])
def test_every_end_has_its_code_and_one_clear_line(commands, capsys, arguments, code, line):
    assert call(*arguments) == code
    assert capsys.readouterr().err == line


def test_help_speaks_chinese_and_names_every_command(capsys):
    assert call("--help") == 0
    told = capsys.readouterr().out
    assert "用法：" in told and "命令:" in told
    assert all(name in told for name, _, _ in cli.COMMANDS)


def test_the_help_of_a_command_says_kinds_and_defaults_in_chinese():
    inside = [cli.sangesan.get_command(None, name) for name, _, _ in cli.COMMANDS if name not in cli.OUTSIDE]
    for command in inside:
        told = click.Context(command, info_name=command.name).get_help()
        assert not re.search(r"\b(TEXT|FILE|INTEGER|FLOAT|RANGE|required|default|Options)\b", told), told


@pytest.mark.parametrize("command", [["verify"], ["doctor"], ["backup"], ["nightly", "2026-01-05"]])
def test_a_folder_without_a_database_is_named_and_no_trace_is_shown(tmp_path, command):
    said = refused(command, SANGESAN_DATA=str(tmp_path / "new"))
    assert "还没有" in said and "SANGESAN_DATA" in said


def refused(command: list[str], **environment: str) -> str:
    """Return the one line with which a command that can't begin ends in 2 (一行说明)."""
    apart = {k: v for k, v in os.environ.items() if k not in ("SANGESAN_DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    done = subprocess.run([sys.executable, "-m", "sangesan", *command], capture_output=True, text=True, check=False,
                          cwd=ROOT, env=apart | environment)
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    return done.stderr


INIT = "init --name 测试矿 --code CSK --system 1 甲 --security 2 乙 --auditor 3 丙".split()


@pytest.mark.parametrize(("url", "reason"), [
    ("nonsense", "不是 PostgreSQL 的地址"),
    ("postgres://postgres@127.0.0.1:1/x", "没有数据库在运行"),
])
def test_a_database_that_is_not_there_is_named_at_once(tmp_path, url, reason):
    assert reason in refused(INIT, SANGESAN_DATA=str(tmp_path), SANGESAN_DATABASE_URL=url)


def test_a_folder_that_is_none_and_a_database_that_is_damaged_are_named(tmp_path):
    (tmp_path / "file").touch()
    assert "file 已经存在，而且不是文件夹" in refused(["verify"], SANGESAN_DATA=str(tmp_path / "file"))
    (tmp_path / "sangesan.sqlite3").write_text("no database at all " * 90)
    assert "已损坏" in refused(["verify"], SANGESAN_DATA=str(tmp_path))


@pytest.mark.parametrize(("encoding", "shown"), [("latin-1", "utf-8"), ("ascii", "utf-8"), ("gbk", "gbk")])
def test_a_terminal_without_chinese_is_spoken_to_all_the_same(encoding, shown):
    done = subprocess.run([sys.executable, "-m", "sangesan", "nonsense"], capture_output=True, check=False, cwd=ROOT,
                          env=os.environ | {"PYTHONIOENCODING": encoding})
    assert done.returncode == 2 and "没有“nonsense”这个命令" in done.stderr.decode(shown)


@pytest.mark.parametrize(("arguments", "line"), [
    (["nightly", "2026-02-30"], "参数 日期 的值不对：没有这一天，或者写法不对。日期写作 2026-11-22。\n"),
    (["recompute", "abc"], "参数 核算编号 的值不对：须是一个整数，而且不超出范围。加 --help 查看用法。\n"),
    (["train-triage", "--accuracy", "2"],
     "参数 --accuracy 的值不对：须是 0.5 到 0.999 之间的数。加 --help 查看用法。\n"),
    (["train-triage", "--accuracy", "多"],
     "参数 --accuracy 的值不对：须是 0.5 到 0.999 之间的数。加 --help 查看用法。\n"),
    (["backup", "/"], "参数 备份文件 所指的是一个文件夹，要写文件名。\n"),
    (["verify", "--root", "/nowhere"], "参数 --root 所指的文件不存在或不能读取。\n"),
    (["verify", "x"], "用法不对：参数写多了。加 --help 查看用法。\n"),
])
def test_a_wrong_value_is_named_without_a_word_of_english(capsys, arguments, line):
    assert call(*arguments) == 2
    assert capsys.readouterr().err == line
