"""Tables of execution as workbooks (导出): exactly what the page shows, marked with who took it, and logged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.sheets import giving
from sangesan.ledger.audit.services import note as audit
from sangesan.method.authority import Scope

from ..queries.lists import MOST, exported

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@transaction.atomic
def workbook(*, scope: Scope, subject: str, title: str, head: Sequence[Any], rows: Sequence[Sequence[Any]]) -> bytes:
    """Return a table that a scope sees as a workbook (导出表格), noted in the audit log."""
    post = scope.posts[0].title if scope.posts else ""
    marked = _("%(name)s（%(post)s）于 %(at)s 导出 %(n)d 行，仅供工作使用，不得外传") % {
        "name": scope.name, "post": post, "at": f"{clock.local(clock.now()):%Y-%m-%d %H:%M}", "n": len(rows)}
    audit("export.made", scope=scope, subject=subject, detail={"rows": len(rows)})
    return giving.workbook({title: [list(head), *rows]}, watermark=marked)


def export(*, scope: Scope, **chosen: Any) -> bytes:
    """Return the duties that a filter chooses as a workbook (导出应办清单), so many at most."""
    found = exported(scope, **chosen)
    rows = [[row.duty.origin.title, row.duty.unit.name, f"{row.duty.nominal:%F}", _at(row.duty.due), row.chip["word"]]
            for row in found]
    if len(rows) >= MOST:
        rows.append([_("不止这些，只导出前 %d 件，请按单位或月份分开导出") % MOST, "", "", "", ""])
    head = (_("要办的事"), _("单位"), _("应办日"), _("何时办完"), _("状态"))
    return workbook(scope=scope, subject="duties", title=_("应办清单"), head=head, rows=rows)


def _at(moment) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H:%M}"
