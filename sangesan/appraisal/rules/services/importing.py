"""Bringing rules in (导入办法): from the library, from a version, from the enterprise's own workbook."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation.errors import Conflict, UserError
from sangesan.foundation.sheets.tables import Table
from sangesan.method.authority import Scope

from .. import queries, workbook
from ..library import START
from ..models import RuleSet
from ..queries import PERIOD
from .drafting import discard, draft, require


@transaction.atomic
def begin(*, scope: Scope, source: str = "library") -> RuleSet:
    """Begin a draft (起草) from the library or from the last version; there is one draft at a time."""
    require(scope)
    last = RuleSet.objects.filter(code=PERIOD).order_by("-version").first()
    if last is not None and queries.state_of(last) == "draft":
        raise Conflict(_("没有新的草案"), why=_("已经有一份草案"), next=_("请先改好、提交或废弃它"))
    content = queries.content_of(last) if source == "last" and last is not None else START
    return draft(code=PERIOD, version=last.version + 1 if last else 1, **content)


@transaction.atomic
def take(*, scope: Scope, tables: dict[str, Table], name: str, right_only: bool = False) -> RuleSet:
    """Make the draft of a workbook (导入草案), all its rows, or the right ones only; it takes the draft's place."""
    require(scope)
    wrong = sum(len(table.wrong) for table in tables.values())
    if wrong and not right_only:
        raise UserError(_("没有导入"), why=_("有 %d 行不对") % wrong,
                        next=_("请改好后再传，或只导入正确的行"), code="rows")
    last = RuleSet.objects.filter(code=PERIOD).order_by("-version").first()
    base = queries.content_of(last) if last is not None else START
    if last is not None and queries.state_of(last) == "draft":
        version = last.version
        discard(rule_set=last.pk)
    else:
        version = last.version + 1 if last else 1
    # What a workbook says nothing of stays as it was; indicators all of whose rows are wrong are not nothing.
    told = "指标" in tables and bool(tables["指标"].rows)
    found = {key: value for key, value in workbook.content(tables).items() if value or (key == "indicators" and told)}
    return draft(code=PERIOD, version=version, **base | found | {"name": name[:60] or str(base["name"])})


@transaction.atomic
def change(*, scope: Scope, rule_set: int, indicator: str, said: dict[str, Any] | None) -> RuleSet:
    """Change one indicator of a draft (修改指标), add it, or with None take it out."""
    require(scope)
    row = queries.draft_row(rule_set, _("没有保存"))
    content = queries.content_of(row)
    there = {i["code"]: i for i in content["indicators"]}
    if said is None:
        there.pop(indicator, None)
    else:
        there[indicator] = there.get(indicator, {}) | said | {"code": indicator}
    discard(rule_set=row.pk)
    return draft(code=row.code, version=row.version, **content | {"indicators": list(there.values())})
