"""Signed pages that take longer than one waits (整理签字页): rebuilt file by file after the answer, with progress.

What was sent never touches the disk as it came, so it waits in the memory of this process. Whoever
falls takes it along; the row that is left says that the pages are to be sent again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.pictures import Picture
from sangesan.foundation.soon import soon
from sangesan.method.authority import Scope

from .. import queries
from ..models import Arrival, Scan
from . import scanning

MANY = 4
"""Sendings that one process holds at a time (同时整理), each of at most fifty megabytes."""


@dataclass
class Held:
    """What was sent (原件), in memory only, and what of it is rebuilt."""

    scope: Scope
    scan: Scan
    sent: list[bytes]
    pages: list[Picture] = field(default_factory=list)


log = logging.getLogger(__name__)
_held: dict[int, Held] = {}


def take_scan(*, scope: Scope, code: str, slug: str, year: int, section: str, sent: Sequence[bytes]) -> Arrival | None:
    """Take signed pages (收签字页): one photo is added at once, more are rebuilt in the background."""
    if len(sent) == 1 and not sent[0].startswith(b"%PDF"):
        scanning.add_scan(scope=scope, code=code, slug=slug, year=year, section=section, sent=sent)
        return None
    scan = scanning.begun(scope, code, slug, year, section, sent)
    if len(_held) >= MANY:
        raise UserError(_("没有附上"), why=_("正在整理的签字页较多"), next=_("请过一会儿再附"), status=429, code="scan")
    with transaction.atomic():
        Arrival.objects.filter(unit=scan.unit, book=slug, year=year, person=scope.person).exclude(why="").delete()
        made = Arrival.objects.create(unit=scan.unit, book=slug, year=year, person=scope.person, files=len(sent),
                                      moved_at=clock.now())
    _held[made.pk] = Held(scope, scan, list(sent))
    soon(develop)
    return made


def develop() -> int:
    """Rebuild one file of each sending (整理一轮) and return how many are left; other work comes in between."""
    for pk, one in list(_held.items()):
        try:
            one.pages += scanning.developed([one.sent.pop(0)])
            Arrival.objects.filter(pk=pk).update(done=F("done") + 1, moved_at=clock.now())
            if not one.sent:
                _settle(pk, one)
        except UserError as fault:
            _refused(pk, str(fault))
        except Exception:  # whatever befalls one sending, the others arrive, and none arrives in part
            log.exception("signed pages: sending %s", pk)
            _refused(pk, _("系统故障，请重新附上"))
    if _held:
        soon(develop)
    return len(_held)


def _settle(pk: int, one: Held) -> None:
    scanning.few(one.pages)
    with transaction.atomic():
        scanning.kept(one.scope, one.scan, one.pages)
        Arrival.objects.filter(pk=pk).delete()
    _held.pop(pk)


def _refused(pk: int, why: str) -> None:
    _held.pop(pk, None)
    Arrival.objects.filter(pk=pk).update(why=why[:200])


def forget() -> None:
    """Drop what was refused or broke off more than a day ago (清理未附成的)."""
    Arrival.objects.filter(moved_at__lt=clock.now() - queries.ADAY).delete()
