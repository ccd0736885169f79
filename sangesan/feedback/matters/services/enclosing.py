"""Documents (文件) of what was said: rebuilt apart, shelved beside the photos. Never of the anonymous."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sangesan.foundation.errors import UserError
from sangesan.foundation.files import NoDocument, rebuild
from sangesan.foundation.files.pdf import WORDS
from sangesan.foundation.ids import random_id

from ..models import Enclosure
from ..words import ANONYMOUS

MOST = 3
"""Documents of one submission (文件个数上限)."""


@dataclass(frozen=True)
class Document:
    """A document not yet stored (待存文件): rebuilt, with a random name; its `words` are only looked through."""

    name: str
    content: bytes
    kind: str
    pages: int
    words: str = ""

    @property
    def ending(self) -> str:
        return f".{self.kind}"


def develop(sent: Sequence[bytes], *, mode: str) -> list[Document]:
    """Rebuild what was sent (洗净文件). Raises UserError naming the one that can't be kept.

    A letterhead, a stamp, a way of filling in a form tell who wrote; the anonymous are asked for photos.
    """
    if sent and mode == ANONYMOUS:
        raise UserError(_("没有提交"), why=_("匿名反映只能附照片，文件里常带着能认出作者的痕迹"),
                        next=_("请把要紧的地方拍成照片，或换一种署名方式"), code="document")
    if len(sent) > MOST:
        raise NoDocument(_("一次最多 %d 个文件") % MOST, _("请少选几个"))
    made = []
    for place, data in enumerate(sent, start=1):
        try:
            clean = rebuild(data)
        except NoDocument as fault:
            raise NoDocument(_("第 %(n)d 个：%(why)s") % {"n": place, "why": fault.why}, fault.next) from fault
        made.append(Document(secrets.token_hex(16), clean.content, clean.kind, clean.pages, clean.words))
    return made


def said(documents: Sequence[Document]) -> str:
    """Return what is looked through of some documents (审读文字): no more than of one alone.

    Each has its part, and what a short one leaves goes to the longer ones.
    """
    found, left = [], WORDS
    for place, words in enumerate(sorted((one.words for one in documents), key=len)):
        found.append(words[:left // (len(documents) - place)])
        left -= len(found[-1])
    return "\n".join(found)


def rows(documents: Sequence[Document], *, submission: int) -> list[Enclosure]:
    """Return the rows to be stored with the submission (文件记录)."""
    return [Enclosure(pk=random_id(), submission_id=submission, name=one.name, kind=one.kind, size=len(one.content),
                      pages=one.pages) for one in documents]
