"""Files of steps (办理附件): rebuilt as those of speakers are, kept with the matter, read by whoever reads it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock, files, pictures
from sangesan.foundation.errors import UserError
from sangesan.foundation.ids import random_id
from sangesan.method.authority import Scope

from ..models import Matter, StepFile
from ..signals import handed_in
from .enclosing import Document, said
from .photos import discard, shelve

MOST = 3
"""Files of one step (一步附件上限)."""
_DOCUMENTS = (b"%PDF", b"PK", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Kept:
    """What was handed in with a step, not yet stored (待存附件): files, and the inspectors whom they name."""

    files: Sequence[Document] = ()
    shut: Sequence[int] = ()


def develop(sent: Sequence[bytes]) -> Kept:
    """Rebuild what was sent with a step (洗净附件), by what it holds, whatever it is called.

    Its words are looked through while they can be read, as those of a speaker's documents are, and not kept.
    Raises UserError naming the one that can't be kept. Takes seconds: call it outside a transaction.
    """
    if len(sent) > MOST:
        raise files.NoDocument(_("一次最多 %d 个附件") % MOST, _("请少选几个"))
    made = [_developed(place, data) for place, data in enumerate(sent, start=1)]
    words = said(made)
    named = {pk for _room, found in handed_in.send(StepFile, words=words) for pk in found} if words.strip() else ()
    return Kept(made, sorted(named))


def _developed(place: int, data: bytes) -> Document:
    try:
        if data.startswith(_DOCUMENTS):
            clean = files.rebuild(data)
            return Document(secrets.token_hex(16), clean.content, clean.kind, clean.pages, clean.words)
        drawn = pictures.rebuild(data, _("请附 JPG、PNG、WebP 照片，或者 PDF、Word（docx）文件"))
        return Document(secrets.token_hex(16), drawn.content, "jpg", 0)
    except UserError as fault:
        raise files.NoDocument(_("第 %(n)d 个：%(why)s") % {"n": place, "why": fault.why}, fault.next) from fault


def step(do: Callable[..., Any], *, scope: Scope, number: str, action: str, kept: Kept,
         **given: Any) -> None:
    """Take a step with what was handed in for it (带附件办理): both, or neither."""
    if not kept.files:
        do(scope=scope, number=number, **given)
        return
    shelve(kept.files, day=clock.today())
    try:
        with transaction.atomic():
            do(scope=scope, number=number, **given)
            matter = Matter.objects.values_list("pk", flat=True).get(number=number)
            StepFile.objects.bulk_create(
                StepFile(pk=random_id(), matter_id=matter, action=action, name=one.name, kind=one.kind,
                         size=len(one.content), pages=one.pages, at=clock.now(), person=scope.person,
                         post=scope.posts[0].code if scope.posts else "", shut=kept.shut) for one in kept.files)
    except BaseException:
        discard(kept.files)
        raise
