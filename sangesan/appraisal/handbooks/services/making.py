"""Making what was ordered (印制), in the background, piece by piece: a fall loses no more than the piece at hand.

A piece is claimed by an update, so two hands never make the same one; a claim that nobody kept is
free again after a while. Each is made with what its person may read now.
"""

from __future__ import annotations

import logging
import re
import secrets
import shutil
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.soon import soon
from sangesan.method import books
from sangesan.organization.people.queries import scope_of

from .. import queries
from ..models import Order, Piece
from . import pieces

STALE, TRIES = timedelta(minutes=5), 3
TURN = 5
"""Seconds of one turn (一轮): other work that waits comes in between."""
log = logging.getLogger(__name__)


def make() -> int:
    """Make pieces for a turn (印制一轮) and return how many; what is left is asked for again."""
    until, made = time.monotonic() + TURN, 0
    while time.monotonic() < until and (piece := _claimed()) is not None:
        _make(piece)
        made += 1
    for order in Order.objects.filter(state=Order.State.WAITING).order_by("pk"):
        if not order.pieces.filter(state=Piece.State.WAITING).exists():
            _bind(order)
    if made and Piece.objects.filter(_free()).exists():
        soon(make)
    return made


def _free() -> Q:
    return Q(state=Piece.State.WAITING) & (Q(claimed_at=None) | Q(claimed_at__lt=clock.now() - STALE))


def _claimed() -> Piece | None:
    """Claim the next piece (领一件), the oldest order first."""
    while True:
        piece = Piece.objects.filter(_free()).order_by("order", "place").first()
        if piece is None:
            return None
        if piece.tries >= TRIES:  # whoever made it fell with it each time
            _settle(piece, Piece.State.FAILED, _given_up())
            continue
        mine = Piece.objects.filter(pk=piece.pk, state=Piece.State.WAITING, claimed_at=piece.claimed_at)
        if mine.update(claimed_at=clock.now(), tries=F("tries") + 1):
            return Piece.objects.select_related("order", "unit").get(pk=piece.pk)


def _make(piece: Piece) -> None:
    try:
        content = pieces.made(scope_of(piece.order.person), piece)
        _write(_file(piece), content)
        _settle(piece, Piece.State.MADE)
    except UserError as fault:
        _settle(piece, Piece.State.FAILED, str(fault))
    except Exception:  # whatever befalls one piece, the others are made
        log.exception("copies: piece %s of order %s", piece.place, piece.order_id)
        if piece.tries >= TRIES:
            _settle(piece, Piece.State.FAILED, _given_up())
        else:
            Piece.objects.filter(pk=piece.pk).update(claimed_at=None)


def _settle(piece: Piece, state: str, why: str = "") -> None:
    Piece.objects.filter(pk=piece.pk, state=Piece.State.WAITING).update(state=state, why=why[:200])


def _given_up() -> str:
    return _("系统故障，试了 %d 次") % TRIES


def _bind(order: Order) -> None:
    """Bind the pieces into one file (打包); the order is done, or failed when no piece could be made.

    Two hands may come to it at once: each binds a file of its own, and only whose update counts puts it in place.
    """
    there = [row for row in order.pieces.select_related("unit")
             if row.state == Piece.State.MADE and _file(row).is_file()]
    spare = queries.file_of(order).with_suffix(f".{secrets.token_hex(4)}.part")
    try:
        if there:
            _zip(order, there, spare)
        with transaction.atomic():
            mine = Order.objects.filter(pk=order.pk, state=Order.State.WAITING).update(
                state=Order.State.DONE if there else Order.State.FAILED, done_at=clock.now(),
                size=spare.stat().st_size if there else 0)
            if mine and there:
                spare.rename(queries.file_of(order))
    except FileNotFoundError:
        return  # another hand bound it meanwhile, and the pieces are gone
    finally:
        spare.unlink(missing_ok=True)
    for row in there if mine else ():
        _file(row).unlink(missing_ok=True)


def _zip(order: Order, rows: list[Piece], target: Path) -> None:
    now, folders = clock.local(clock.now()).timetuple()[:6], _folders(rows)
    with ZipFile(target, "w", ZIP_STORED) as bound:
        for row in rows:
            name = f"{_inside(order.word.replace(' ', ''))}/{folders[row.unit_id]}/{_name(row)}"
            bound.writestr(ZipInfo(name, now), _file(row).read_bytes())


def _folders(rows: list[Piece]) -> dict[int, str]:
    """Return the folder of each branch (各支部文件夹); branches of one name are told apart by their codes."""
    units = {row.unit_id: row.unit for row in rows}
    often = Counter(_inside(unit.name) for unit in units.values())
    return {pk: _inside(unit.name) + (f" {unit.code}" if often[_inside(unit.name)] > 1 else "")
            for pk, unit in units.items()}


def _inside(name: str) -> str:
    """Return a name that is one folder and no more (文件夹名), wherever it is unpacked."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "-", name).strip(". ") or "-"


def _name(piece: Piece) -> str:
    """Return the name of a piece in the package (包内文件名)."""
    if piece.what in books.BOOKS:
        ending = "docx" if piece.order.kind == Order.Kind.WORD else "pdf"
        return f"{list(books.BOOKS).index(piece.what) + 1} {books.BOOKS[piece.what]}.{ending}"
    return f"4 {_('按指标佐证')}.pdf" if piece.what == "evidence" else f"5 {_('缺项清单')}.xlsx"


def _file(piece: Piece) -> Path:
    return queries.shelf() / piece.order.number / f"{piece.place}.piece"


def _write(target: Path, content: bytes) -> None:
    """Write a file whole or not at all (整份写入)."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    spare = target.with_suffix(".part")
    spare.write_bytes(content)
    spare.rename(target)


def discard(order: Order) -> None:
    """Take the files of an order away (撤掉印件)."""
    shutil.rmtree(queries.shelf() / order.number, ignore_errors=True)
