"""What is typed about meetings (输入的文字): plain, short, without signs that cannot be kept."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sangesan.foundation.errors import UserError
from sangesan.method.texts import kept, unfit


def checked(text: str, what: str, longest: int, *, needed: bool = False) -> str:
    """Return text fit to be kept (校验文字). Raises UserError saying what is wrong with it."""
    text = " ".join(kept(text or "").split())
    if needed and not text:
        raise UserError(_("没有保存"), why=_("%s是空的") % what, next=_("请写几个字"))
    if len(text) > longest:
        said = {"what": what, "n": len(text), "most": longest}
        raise UserError(_("没有保存"), why=_("%(what)s有 %(n)d 个字，最多 %(most)d 个字") % said, next=_("请写短一些"))
    if unfit(text):
        raise UserError(_("没有保存"), why=_("%s里有不能保存的字符") % what, next=_("请删去特殊字符"))
    return text
