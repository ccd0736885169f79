"""Triage help on the command line (分办辅助命令): train a model, suggest for a file of letters."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import click

from sangesan.foundation.errors import UserError
from sangesan.foundation.sheets.stream import open_stream
from sangesan.method.triage import Model, Suggestion, keeping
from sangesan.method.triage.model import TOGETHER
from sangesan.method.triage.quality import Quality

from .letters import Row, columns_of, read

SHOWN = 1_000
ADDED = ("category", "probability", "second", "abstained")
_FILE = click.Path(dir_okay=False, path_type=Path)
_READ = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("train-triage")
@click.option("--input", "source", type=_READ, metavar="文件.csv",
              help="已归类的来信：title、text、category 或 tokens、category；不填就用本系统里已确认的事项")
@click.option("--model", type=_FILE, metavar="模型文件",
              help="与 --input 同用：模型写到这个文件；用本系统的事项训练时放进数据目录，马上启用")
@click.option("--accuracy", default=0.95, show_default=True, type=click.FloatRange(0.5, 0.999),
              help="给出建议时要达到的准确率，达不到就不作建议")
def train_triage(source: Path | None, model: Path | None, accuracy: float) -> None:
    """训练分办模型。CSV 可以是 UTF-8 或 GB18030；可加 group 列标出近似的来信；有错的行会列出并跳过。"""
    if source is None:
        return _own(model, accuracy)
    if model is None:
        raise UserError("没有训练", why="没有给出模型文件", next="请用 --model 指定模型写到哪里")
    from sangesan.method.triage import training

    _writable(model, "没有训练", source)
    rows = list(read(open_stream(source), labelled=True))
    letters = [training.Letter(r.said, r.category, r.group) for r in rows if not r.fault]
    wrong = Wrong()
    for row in rows:
        wrong.add(row)
    if not all(letter.group for letter in letters):
        letters = training.grouped(letters)
    try:
        made, quality = training.train(letters, wanted=accuracy)
        version = _save(made, model)
    except training.TooFew as fault:
        wrong.named()
        raise UserError("没有训练", why=too_few(fault, "来信"),
                        next=f"至少要 {training.FEWEST} 封，两个以上类别，"
                        f"每类 {training.LEAST} 封，相同的算一封") from None
    click.echo(f"{len(made.categories)} 类。" + report(quality))
    click.echo(f"模型已写入 {model}（{version}，{model.stat().st_size / 1e6:.1f} MB）。")
    if not quality.coverage:
        click.echo("请注意：用它分办，每封都会写明把握不足（abstained 为 1），category 只供参考。\n"
                   "请增加已归类的来信（每类几十封以上），核对归类是否一致，合并容易混的类别，"
                   f"或者用 --accuracy 降低要求（现在是 {accuracy:.0%}），再训练一次。", err=True)
    wrong.told()


def too_few(fault: BaseException | None, what: str) -> str:
    """Say which was missing (缺的是什么): letters, categories, or enough of them in each that are not all alike."""
    from sangesan.method.triage import training

    if not isinstance(fault, training.TooFew):
        return f"可用的{what}太少"
    if fault.given < training.FEWEST:
        return f"可用的{what}只有 {fault.given} 封"
    if fault.named < 2:
        return f"可用的{what}有 {fault.given} 封，但是只有一个类别"
    if fault.kept < 2:
        return (f"可用的{what}有 {fault.given} 封、{fault.named} 个类别，但是满 {training.LEAST} 封而且不全相同的类别"
                f"只有 {fault.kept} 个")
    return f"够数的类别里，互不相同的{what}只有 {fault.unlike} 封"


def _own(model: Path | None, accuracy: float) -> None:
    """Train from the confirmed matters of this data directory (用已确认的事项训练) and say what it is in use for."""
    from sangesan.feedback.triage import services

    if model is not None:
        raise UserError("没有训练", why="用本系统的事项训练时，模型放在数据目录里",
                        next="请去掉 --model，或者加上 --input")
    try:
        quality, version = services.train_own(wanted=accuracy)
    except services.NotEnough as fault:
        raise UserError("没有训练", why=too_few(fault.__cause__, "已派单事项"),
                        next="等事项多一些再训练，或者用 --input 给出已归类的来信") from None
    except (keeping.Unusable, OSError) as fault:
        raise UserError("没有写出模型", why=str(fault), next="请核对数据目录的权限和磁盘空间") from fault
    click.echo(report(quality))
    if not version:
        click.echo("没有启用：这个模型一封也建议不了，原来的模型继续使用。", err=True)
    elif not quality.coverage:
        click.echo(f"模型已启用（{version}），但一律不作建议：没有一档把握达到要求的准确率。"
                   "事项多一些会自动再训练。", err=True)
    else:
        click.echo(f"模型已启用（{version}）：对其中 {quality.coverage:.1%} 作建议，其余写明把握不足。")
        return
    raise click.exceptions.Exit(1)


@click.command()
@click.option("--model", required=True, type=_READ, metavar="模型文件", help="train-triage 写出的模型")
@click.option("--input", "source", required=True, type=_READ, metavar="文件.csv", help="来信：title、text 或 tokens")
@click.option("--output", "target", required=True, type=_FILE, metavar="文件.csv", help="结果写到哪里")
def triage(model: Path, source: Path, target: Path) -> None:
    """给来信提出类别建议。

    结果保留原有的列和行，后面加 category（建议的类别）、probability（概率）、second（第二可能）、
    abstained（1 表示把握不足，不作建议，category 仅供参考）。原来就有的同名列改名为 category_given 等。
    有错的行照样写出，建议留空（比列名多的格子写在这四列后面），并在最后列出行号和原因，退出码为 1。
    """
    ready = _load(model)
    stream = open_stream(source)
    columns_of(stream.header, labelled=False)
    _writable(target, "没有开始", source, model)
    wrong = Wrong()
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8" if stream.plain else "utf-8-sig", newline="") as file:
            sheet = csv.writer(file, lineterminator="\n")
            sheet.writerow(_kept(stream.header) + list(ADDED))
            for row, suggestion in suggested(ready, read(stream, labelled=False)):
                sheet.writerow([*row.cells, *_cells(suggestion), *row.beyond])
                wrong.add(row)
        os.replace(draft, target)
    except OSError as fault:
        raise UserError("没有写出结果", why=f"写不了 {target}", next="请核对目录、权限和磁盘空间") from fault
    finally:
        draft.unlink(missing_ok=True)
    wrong.told()


@dataclass
class Wrong:
    """The wrong rows of a file (有错的行): the first of them in words, all of them counted."""

    count: int = 0
    lines: list[str] = field(default_factory=list)

    def add(self, row: Row) -> None:
        self.count += bool(row.fault)
        if row.fault and len(self.lines) < SHOWN:
            self.lines.append(f"第 {row.line} 行：{row.fault}")

    def named(self) -> None:
        """Name them (列出有错的行)."""
        for line in self.lines:
            click.echo(line, err=True)

    def told(self) -> None:
        """Name them and leave with exit code 1 when there are any (有错即退出码 1)."""
        self.named()
        if self.count:
            click.echo(f"有 {self.count} 行有错，其余的行已处理。", err=True)
            raise click.exceptions.Exit(1)


def suggested(model: Model, rows: Iterable[Row]) -> Iterator[tuple[Row, Suggestion | None]]:
    """Yield rows with what the model says of them (逐行建议), a batch at a time; None for a wrong row."""
    waiting = iter(rows)
    while batch := list(islice(waiting, TOGETHER)):
        given = model.suggest(row.said for row in batch if not row.fault)
        for row in batch:
            yield row, None if row.fault else next(given)


def _kept(header: list[str]) -> list[str]:
    """Return the names of a file's own columns (原有列名): those that are added get another, none twice."""
    names: list[str] = []
    for name in header:
        kept = name
        while kept in ADDED or kept != name and kept in header + names:
            kept += "_given"
        names.append(kept)
    return names


def report(quality: Quality) -> str:
    """Return a model's quality in a few lines (质量说明)."""
    sure = (f"概率低于 {quality.threshold:.3f} 时不作建议；其余 {quality.coverage:.1%} 的来信达到要求的准确率。"
            if quality.coverage else "没有一档把握达到要求的准确率：这个模型一律不作建议（覆盖率 0%）。")
    return (f"{quality.letters} 封来信。五折交叉验证（近似的来信分在同一边）：\n"
            f"准确率 {quality.accuracy:.3f}，macro-F1 {quality.macro_f1:.3f}，前两类命中 {quality.top_two:.3f}，"
            f"校准误差 {quality.calibration_error:.3f}。\n{sure}")


def _cells(suggestion: Suggestion | None) -> list[str]:
    if suggestion is None:
        return ["", "", "", "1"]
    return [suggestion.category, f"{suggestion.probability:.4f}", suggestion.second, str(int(suggestion.abstained))]


def _writable(target: Path, what: str, *sources: Path) -> None:
    """Refuse to write over what is read, or over a device (不覆盖正在读的文件和设备): it would be gone.

    Where there is no place to write is said at once, and not after minutes of training.
    """
    if not os.access(target.parent, os.W_OK):
        raise UserError(what, why=f"写不了 {target}", next="请核对目录、权限和磁盘空间")
    if target.exists() and any(target.samefile(source) for source in sources):
        raise UserError(what, why=f"{target} 是正在读的文件，写出来会盖掉它", next="请换一个文件名")
    if target.exists() and not target.is_file():
        raise UserError(what, why=f"{target} 不是普通文件", next="请换一个文件名")


def _load(path: Path) -> Model:
    try:
        return keeping.load(path)
    except keeping.Unusable as fault:
        raise UserError("模型不能用", why=str(fault), next="请用 train-triage 重新训练") from fault
    except OSError as fault:
        raise UserError("模型不能用", why=f"打不开 {path}", next="请核对文件名和权限") from fault


def _save(model: Model, path: Path) -> str:
    try:
        return keeping.save(model, path)
    except keeping.Unusable as fault:
        raise UserError("没有写出模型", why=str(fault), next="请合并一些类别再训练") from fault
    except OSError as fault:
        raise UserError("没有写出模型", why=f"写不了 {path}", next="请核对目录、权限和磁盘空间") from fault
