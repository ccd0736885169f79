"""Checklists (检查表): typed one item a line, or taken from a workbook; two hundred items at most."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.foundation.sheets.columns import Sheet, Text
from sangesan.foundation.sheets.workbooks import read_workbook
from sangesan.method.authority import Action, Scope
from sangesan.method.rectification import MOST_ITEMS
from sangesan.organization.units.models import Kind

from ..models import Checklist, Item
from .said import refused, words

KINDS = (Kind.TEAM, Kind.CREW, Kind.ENTERPRISE, Kind.CONTRACTOR, Kind.OFFICE)
SHEET = Sheet("检查表", (Text("检查内容", required=True, longest=200, width=40), Text("标准", longest=200, width=40)))


@transaction.atomic
def keep(*, scope: Scope, title: str, kind: str, every: int, lines: str = "", workbook: bytes = b"") -> Checklist:
    """Keep a checklist (建检查表); `lines` one item each, its standard after a bar, or an .xlsx. All or nothing."""
    home = scope.posts[0].unit if scope.posts and scope.can(Action.CHECK_WORK) else None
    if home is None:
        raise Forbidden(_("没有建检查表"), why=_("您的岗位不建检查表"))
    title = words(title, what=_("名称"), longest=60, needed=True, code="title")
    if kind not in KINDS:
        raise refused(_("没有选适用的单位类别"), _("请选一项"), "kind")
    if isinstance(every, bool) or not isinstance(every, int) or not 1 <= every <= 366:
        raise refused(_("检查间隔须是 1 到 366 天"), _("请改一下"), "every")
    items = list(_from_workbook(workbook) if workbook else _from_lines(lines))
    if not items:
        raise refused(_("检查表里没有检查项"), _("请每行写一项，或上传表格"), "lines")
    if len(items) > MOST_ITEMS:
        raise refused(_("检查表有 %(n)d 项，最多 %(most)d 项") % {"n": len(items), "most": MOST_ITEMS},
                      _("请按工作分成几张表"), "lines")
    try:
        with transaction.atomic():
            made = Checklist.objects.create(title=title, unit_id=home, kind=kind, every=every, since=clock.today())
    except IntegrityError:
        raise Conflict(_("没有建检查表"), why=_("已经有一张叫“%s”的检查表") % title, next=_("请换个名称，或先停用旧表"),
                       code="title") from None
    Item.objects.bulk_create([Item(checklist=made, number=n, text=text, standard=standard)
                              for n, (text, standard) in enumerate(items, start=1)])
    return made


@transaction.atomic
def stop(*, scope: Scope, checklist: int) -> Checklist:
    """Stop a checklist (停用检查表); what was inspected by it stays."""
    found = Checklist.objects.filter(pk=min(checklist, 2**62), until=None).first()
    if found is None or found.unit_id not in {post.unit for post in scope.posts}:
        raise Forbidden(_("没有停用"), why=_("由建表的单位停用"))
    found.until = clock.today()
    found.save(update_fields=["until"])
    return found


def _from_lines(lines: str) -> Iterable[tuple[str, str]]:
    for line in (lines or "").splitlines():
        text, _bar, standard = line.replace("｜", "|").partition("|")
        if text.strip():
            yield (words(text, what=_("检查内容"), longest=200, code="lines"),
                   words(standard, what=_("标准"), longest=200, code="lines"))


def _from_workbook(workbook: bytes) -> Iterable[tuple[str, str]]:
    table = read_workbook(workbook, [SHEET])[SHEET.name]
    if table.wrong:
        told = "；".join(f"{_('第 %d 行') % row.line}{'、'.join(row.faults)}" for row in table.wrong[:5])
        raise UserError(_("没有建检查表"), why=told, next=_("请改正后再上传"), code="workbook")
    return [(row["检查内容"], row["标准"] or "") for row in table.rows]
