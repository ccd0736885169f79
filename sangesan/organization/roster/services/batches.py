"""Imports (导入): a workbook is uploaded, looked at, taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, UserError
from sangesan.foundation.sheets.tables import Table, parse
from sangesan.ledger.facts.services import record
from sangesan.method.facts import Actor, OrganizationImported

from ..models import Batch
from ..queries.batches import UNDO_WITHIN, tables_of
from ..queries.changes import Effect, Plan
from ..queries.planning import plan
from ..queries.sheets import SHEETS
from .taking import Taking


class WrongRows(UserError):
    """Some rows are wrong and nothing was taken in (有错误行); `plan` holds them."""

    code = "wrong_rows"

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        first = "；".join(
            _("“%(sheet)s”第 %(line)s 行：%(fault)s")
            % {"sheet": sheet, "line": each.row.line, "fault": each.row.faults[0]}
            for sheet, each in plan.wrong[:3]
        )
        super().__init__(_("没有导入，一行也没有改动"),
        why=_("有 %(len)s 行有错，%(first)s") % {"len": len(plan.wrong), "first": first},
                         next=_("请改正后再导入，或者选择“只导入正确的行”"))


@transaction.atomic
def upload(*, file_name: str, data: bytes, actor: Actor) -> Batch:
    """Keep a workbook for preview (上传); raises UnreadableFile before anything is stored."""
    drop_old()
    batch = Batch(file_name=file_name[-120:], workbook=data, by=actor.slug, uploaded_at=clock.now())
    batch.counts = plan(tables_of(batch), clock.today()).counts()
    batch.save()
    return batch


@transaction.atomic
def take(*, batch: Batch, actor: Actor, right_rows_only: bool = False) -> Batch:
    """Take an uploaded workbook in (导入): all rows or none, or only the right ones."""
    claimed = Batch.objects.filter(pk=batch.pk, state=Batch.State.DRAFT).update(state=Batch.State.TAKEN)
    if not claimed:
        raise Conflict(_("没有导入"), why=_("这次导入已经处理过了"), next=_("请刷新页面查看结果"))
    return _take(batch, tables_of(batch), clock.today(), actor, right_rows_only)


def take_tables(
    *, tables: Mapping[str, Sequence[Sequence[Any]]], actor: Actor, day: date | None = None,
    right_rows_only: bool = False, name: str = "",
) -> Batch:
    """Take rows in without a file (按行导入): by sheet name a header and its rows, as in the template."""
    sheets = {sheet.name: sheet for sheet in SHEETS}
    read = {key: parse(sheets[key], rows[0], rows[1:]) for key, rows in tables.items() if rows}
    return take_read(tables=read, actor=actor, day=day, right_rows_only=right_rows_only, name=name)


@transaction.atomic
def take_read(
    *, tables: dict[str, Table], actor: Actor, day: date | None = None, right_rows_only: bool = False, name: str = "",
) -> Batch:
    """Take sheets in that were read before (导入已读的表)."""
    batch = Batch.objects.create(file_name=name, by=actor.slug, uploaded_at=clock.now(), state=Batch.State.TAKEN)
    return _take(batch, tables, day or clock.today(), actor, right_rows_only)


def _take(batch: Batch, tables: dict[str, Table], day: date, actor: Actor, right_rows_only: bool) -> Batch:
    found = plan(tables, day)
    if found.wrong and not right_rows_only:
        raise WrongRows(found)
    batch.journal = Taking(found, day, actor).run().data()
    batch.counts = found.counts() | {"faults": _faults(found)}
    done = {sheet: len(found.of(sheet, Effect.NEW, Effect.CHANGED)) for sheet in ("单位", "人员", "岗位", "任职")}
    batch.fact = record(OrganizationImported(
        subject=f"imports/{batch.pk}", occurred_at=clock.now(), quantity=sum(done.values()), units=done["单位"],
        people=done["人员"], posts=done["岗位"], appointments=done["任职"]), actor=actor)
    batch.state, batch.taken_at = Batch.State.TAKEN, clock.now()
    batch.save()
    return batch


def _faults(found: Plan) -> dict[str, dict[str, list[str]]]:
    faults: dict[str, dict[str, list[str]]] = {}
    for sheet, change in found.wrong:
        faults.setdefault(sheet, {})[str(change.row.line)] = change.row.faults
    return faults


@transaction.atomic
def drop(*, batch: Batch) -> None:
    """Drop an upload that was not taken in (放弃上传); nothing rests on it."""
    if not Batch.objects.filter(pk=batch.pk, state=Batch.State.DRAFT).delete()[0]:
        raise Conflict(_("没有放弃"), why=_("这次导入已经处理过了"), next=_("请刷新页面查看结果"))


def drop_old() -> int:
    """Clear workbooks and journals that can't be used any more (清除过期内容); both hold names."""
    limit = clock.now() - UNDO_WITHIN
    Batch.objects.filter(state=Batch.State.DRAFT, uploaded_at__lt=limit).delete()
    old = Batch.objects.exclude(state=Batch.State.DRAFT).filter(uploaded_at__lt=limit - UNDO_WITHIN)
    return old.exclude(workbook=None, journal={}).update(workbook=None, journal={})
