"""What was typed, checked (输入校验): words and the token of a form, which stores one row however often it comes."""

from __future__ import annotations

import hashlib
import re

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from sangesan.foundation.errors import UserError
from sangesan.method.authority import Scope
from sangesan.method.texts import kept, unfit

_KEY = re.compile(r"[\x21-\x7e]{16,200}")
SOURCE = re.compile(r"[a-z][a-z0-9\-]{0,39}")


def words(text: str, *, what: str, longest: int, needed: bool = False, code: str = "") -> str:
    """Return text fit to be kept (校验文字). Raises UserError saying what is wrong with it."""
    text = kept(text or "")
    if needed and not text:
        raise refused(_("没有写%s") % what, _("请写一句话"), code)
    if len(text) > longest:
        said = {"what": what, "n": len(text), "most": longest}
        raise refused(_("%(what)s有 %(n)d 个字，最多 %(most)d 个字") % said, _("请删减"), code)
    if unfit(text):
        raise refused(_("%s里有不能保存的字符") % what, _("请删去特殊字符"), code)
    return text


def digest(scope: Scope, key: str, *more: object) -> str:
    """Return the digest of a form's token (表单口令的摘要): the same form sent twice is one record."""
    if not _KEY.fullmatch(key):
        raise refused(_("表单已失效"), _("请刷新页面再登记"), "key")
    return hashlib.sha256(f"{scope.person}/{more}/{key}".encode()).hexdigest()


def refused(why: str, next: str, code: str = "") -> UserError:
    """Return the refusal of what can be mended (退回)."""
    return UserError(_("没有保存"), why=why, next=next, code=code)


def new(row: Model) -> bool:
    """Store a row unless the same form came twice at the same moment (重复提交); returns whether it is new."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True
