"""What is typed, made tidy (文字整理)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sangesan.foundation.errors import UserError
from sangesan.method.texts import kept, unfit


def checked(text: str, what: str, longest: int, code: str = "") -> str:
    """Return a text as it is kept (整理文字). Raises UserError when empty, too long, or not to be kept."""
    text = "\n".join(" ".join(line.split()) for line in kept(text or "").splitlines() if line.strip())
    if not text:
        raise refused(_("%s没有写") % what, _("请写几个字"), code)
    if len(text) > longest:
        raise refused(_("%(what)s有 %(n)d 个字，最多 %(most)d 个字") % {"what": what, "n": len(text), "most": longest},
                      _("请写短一些"), code)
    if unfit(text):
        raise refused(_("%s里有不能保存的字符") % what, _("请删去特殊字符"), code)
    return text


def refused(why: str, next: str = "", code: str = "") -> UserError:
    """Return the refusal of a change (没有保存)."""
    return UserError(_("没有保存"), why=why, next=next, code=code)
