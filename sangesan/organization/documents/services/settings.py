"""Issuers and Word templates (发文机关与模板): uploaded as drafts, put in force, retired, never edited."""

from __future__ import annotations

import re

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.audit.services import note as audit
from sangesan.method.authority import Action, Scope

from ..models import Issuer, Template
from ..words import KINDS
from .inspecting import inspect

LETTERS = re.compile(r"[\u4e00-\u9fffA-Za-z]{1,12}")


def allowed(scope: Scope) -> None:
    """Raise Forbidden for whoever keeps no templates (能否维护模板)."""
    if not scope.can(Action.DOCUMENTS):
        raise Forbidden(_("没有办成"), why=_("您的岗位不维护公文模板"))


@transaction.atomic
def name_issuer(*, scope: Scope, name: str, letters: str, contact: str = "", pk: int = 0) -> Issuer:
    """Name an issuer (设置发文机关), or change its contact; a name and letters that were used stay."""
    allowed(scope)
    name, letters, contact = name.strip(), letters.strip(), contact.strip()
    if not 2 <= len(name) <= 40 or not LETTERS.fullmatch(letters) or len(contact) > 80:
        raise UserError(_("没有保存"), why=_("机关名称 2 到 40 个字，机关代字 1 到 12 个汉字或字母"),
                        next=_("例如 青石岭矿信访办公室、青矿信"))
    try:
        with transaction.atomic():
            if not pk:
                return Issuer.objects.create(name=name, letters=letters, contact=contact, unit_id=scope.posts[0].unit)
            found = Issuer.objects.filter(pk=pk).first()
            if found is None:
                raise NotFound()
            found.contact = contact
            found.save(update_fields=["contact"])
            return found
    except IntegrityError:
        raise Conflict(_("没有保存"), why=_("已有同名的机关或同样的机关代字"), next=_("请换一个")) from None


@transaction.atomic
def upload(*, scope: Scope, kind: str, name: str, content: bytes) -> Template:
    """Keep an uploaded template as a draft (上传模板), after it was inspected."""
    allowed(scope)
    if kind not in KINDS:
        raise UserError(_("没有上传"), why=_("没有选择文种"), next=_("请选择一种文书"))
    inspect(content)
    last = Template.objects.filter(kind=kind).aggregate(last=Max("version"))["last"] or 0
    try:
        with transaction.atomic():
            made = Template.objects.create(kind=kind, version=last + 1, name=plain(name), content=content,
                                           uploaded_at=clock.now(), uploaded_by=scope.person)
    except IntegrityError:
        raise Conflict(_("没有上传"), why=_("别人刚刚上传了同一文种的模板"), next=_("请刷新后再传")) from None
    audit("template.uploaded", scope=scope, detail={"paper": kind, "version": made.version})
    return made


def plain(name: str) -> str:
    """Return a file's name without path and odd signs (文件名)."""
    bare = re.split(r"[\\/]", name)[-1]
    return "".join(c for c in bare if c.isprintable() and c not in "\u202a\u202b\u202d\u202e")[:120]


@transaction.atomic
def put_in_force(*, scope: Scope, pk: int) -> Template:
    """Put a draft in force (启用); what was in force until now is retired and kept."""
    allowed(scope)
    found = Template.objects.filter(pk=pk, state="draft").first()
    if found is None:
        raise Conflict(_("没有启用"), why=_("只有草稿可以启用"), next=_("请刷新页面看最新情况"))
    Template.objects.filter(kind=found.kind, state="in_force").update(state="retired")
    try:
        with transaction.atomic():
            claimed = Template.objects.filter(pk=pk, state="draft").update(state="in_force", in_force_at=clock.now())
    except IntegrityError:
        claimed = 0
    if not claimed:
        raise Conflict(_("没有启用"), why=_("别人刚刚启用了同一文种的模板"), next=_("请刷新页面看最新情况"))
    audit("template.in_force", scope=scope, detail={"paper": found.kind, "version": found.version})
    return found


@transaction.atomic
def retire(*, scope: Scope, pk: int) -> None:
    """Retire a template (停用): the shipped one, or the general one, takes its place."""
    allowed(scope)
    if not Template.objects.filter(pk=pk).exclude(state="retired").update(state="retired"):
        raise Conflict(_("没有停用"), why=_("这份模板已经停用"))
    audit("template.retired", scope=scope, detail={"template": pk})
