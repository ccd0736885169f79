"""The list leaves the house as a workbook (导出): exactly as filtered, always covered, always logged."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.sheets import giving
from sangesan.ledger.audit.services import note as audit
from sangesan.method.authority import Scope

from .. import queries
from ..words import ACCUSATION

MOST = 20_000
"""Rows of one workbook; who needs more narrows the list."""


@transaction.atomic
def export(*, scope: Scope, filters: queries.Filters) -> bytes:
    """Return the list of matters as a workbook (导出事项) and note it in the audit log.

    No words of speakers, no names, no accusations; titles are covered once more. Every printed
    page and the sheet itself say who took it out, and when.
    """
    rows = queries.shown(scope, filters).exclude(kind=ACCUSATION).select_related("unit", "lead")
    found = list(rows.order_by("-received_day", "-pk")[: MOST + 1])
    now, cover = clock.local(clock.now()), queries.masker()
    head = [_("编号"), _("标题"), _("等级"), _("状态"), _("发生单位"), _("主办单位"), _("渠道"), _("类别"),
            _("收到日期"), _("办理时限"), _("答复时间")]
    cells = [[m.number, cover(m.title), m.grade, str(m.state_name), m.unit.name, m.lead.name if m.lead else "",
              str(m.channel_name), str(m.category_name), m.received_day, _at(m.due_at), _at(m.answered_at)]
             for m in found[:MOST]]
    post = scope.posts[0].title if scope.posts else ""
    marked = _("%(name)s（%(post)s）于 %(at)s 导出 %(n)d 件，仅供工作使用，不得外传") % {
        "name": scope.name, "post": post, "at": f"{now:%Y-%m-%d %H:%M}", "n": len(cells)}
    if len(found) > MOST:
        marked += _("；符合条件的不止这些，只导出最近 %d 件") % MOST
    audit("export.made", scope=scope, subject="matters", detail={"rows": len(cells)})
    return giving.workbook({_("事项"): [head, *cells]}, watermark=marked)


def _at(moment) -> str:
    return f"{clock.local(moment):%Y-%m-%d %H:%M}" if moment else ""
