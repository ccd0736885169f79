"""Forms of the company above (上级报表模板): uploaded after an inspection, retired, never edited."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.audit.services import note as audit
from sangesan.method.authority import Scope

from .. import spreadsheet
from ..models import Form
from ..queries import filled
from .inspecting import names_in, refused, unpacked
from .settings import allowed, plain

MOST = 200
"""Names of one form (字段个数上限)."""


def keep_form(*, scope: Scope, name: str, content: bytes) -> Form:
    """Keep a form (上传报表模板); one of the same name is retired. What can't be filled in is refused saying why."""
    allowed(scope)
    name = plain(name)
    ending = name.rpartition(".")[2].lower()
    if ending not in ("docx", "xlsx"):
        raise refused(_("只收 Word（.docx）和 Excel（.xlsx）"), _("旧格式请另存为 .docx 或 .xlsx 再上传"))
    fields = _fields(content, ending)
    if not fields:
        raise refused(_("模板里没有任何字段"), _("请在要填的地方写上 {{ 字段名 }}，字段名见字段表"))
    if len(fields) > MOST:
        raise refused(_("模板里的字段超过 %d 个") % MOST, _("请分成几份上传"))
    _try(Form(ending=ending, content=content, fields=fields))
    try:
        with transaction.atomic():
            Form.objects.filter(name=name, retired_at=None).update(retired_at=clock.now())
            made = Form.objects.create(name=name, ending=ending, content=content, fields=fields,
                                       uploaded_at=clock.now(), uploaded_by=scope.person)
            audit("template.uploaded", scope=scope, detail={"paper": "form", "template": made.pk})
    except IntegrityError:
        raise Conflict(_("没有上传"), why=_("别人刚刚上传了同名的模板"), next=_("请刷新后再传")) from None
    return made


def _try(form: Form) -> None:
    """Fill a form in with nothing (试填), so that what breaks is told now and not when the report is due."""
    try:
        filled(form, {})
    except Exception as fault:  # whatever a file does to its reader, its sender is told
        raise refused(_("文件内部写法不正常"), _("请用 Word 或 Excel 另存一份再上传")) from fault


def _fields(content: bytes, ending: str) -> list[str]:
    if ending == "docx":
        return names_in(unpacked(content))
    parts = unpacked(content, spreadsheet.MAIN, ending)
    try:
        return spreadsheet.names(parts)
    except spreadsheet.Unreadable as fault:
        raise refused(_("表格里的括号没有写对：%s") % str(fault)[:80],
                      _("请写成 {{ 字段名 }}，两边各两个花括号，中间只有字段名")) from fault


@transaction.atomic
def retire_form(*, scope: Scope, pk: int) -> None:
    """Retire a form (停用报表模板)."""
    allowed(scope)
    if not Form.objects.filter(pk=pk, retired_at=None).update(retired_at=clock.now()):
        raise Conflict(_("没有停用"), why=_("这份模板已经停用"))
    audit("template.retired", scope=scope, detail={"template": pk})


def fill_form(*, scope: Scope, form: Form, values: Mapping[str, str | int | float]) -> bytes:
    """Return a form filled in (填报), and note who took it."""
    content = filled(form, values)
    audit("document.taken", scope=scope, subject=f"forms/{form.pk}", detail={"form": form.ending})
    return content
