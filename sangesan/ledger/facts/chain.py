"""The chain of seals (封存链) as verification sees it: numbers, links, signatures, deposited roots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation.append_only import as_bytes, as_text, stored

from . import signing


@dataclass(frozen=True)
class Link:
    """A seal as the database holds it (一封)."""

    number: int
    day: str
    stream: str
    size: int
    upto: int
    root: bytes
    previous: bytes
    signature: bytes
    digest: bytes


@dataclass(frozen=True)
class Deposit:
    """A root kept outside (寄存的根): number and digest of a seal, as the board showed them."""

    number: int
    digest: str


def links() -> tuple[list[Link], list[str]]:
    """Return all seals in order and what is wrong with their chain (核验封存链)."""
    rows, faults, public = _links(), [], signing.public_key()
    before, number = signing.GENESIS, 0
    reached: dict[str, int] = {}
    for link in rows:
        number += 1
        if link.number != number:
            faults.append(_("第 %(number)s 封不见了") % {"number": number})
            number = link.number
        signed = _signed(link)
        if not signing.verified(public, signed, link.signature):
            faults.append(_("第 %(number)s 封的签名不符") % {"number": link.number})
        if link.previous != before:
            faults.append(_("第 %(number)s 封与前一封不相接") % {"number": link.number})
        if link.digest != signing.digest(signed, link.signature):
            faults.append(_("第 %(number)s 封的摘要不符") % {"number": link.number})
        if link.upto <= reached.get(link.stream, 0):
            faults.append(_("第 %(number)s 封的范围不符") % {"number": link.number})
        reached[link.stream] = link.upto
        before = link.digest
    return rows, faults


def signed_here() -> bool:
    """Return whether the last seal bears this server's signature (是否本机所签); without the old keys it does not."""
    return all(signing.verified(signing.public_key(), _signed(link), link.signature) for link in _links()[-1:])


def tail(last: int) -> Iterator[str]:
    """Say when SQLite's own counters have gone further than the rows (末尾缺失).

    PostgreSQL's sequences also count what was rolled back, so there only deposited roots tell.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'facts_fact'")
        row = cursor.fetchone()
    if row and row[0] > last:
        yield _("末尾缺失：编号到过 %(value)s，现在只到 %(last)s") % {"value": row[0], "last": last}


def strangers() -> Iterator[str]:
    """Say when there are bodies or erasures without a fact (无主内容)."""
    with connection.cursor() as cursor:
        for table in ("facts_body", "facts_erasure"):
            cursor.execute(
                f"SELECT fact_id FROM {table} WHERE fact_id NOT IN (SELECT id FROM facts_fact) LIMIT 1"  # noqa: S608
            )
            for (fact_id,) in cursor.fetchall():
                yield _("%(table)s 中有无主内容（%(fact_id)s）") % {"table": table, "fact_id": fact_id}


def compare(deposited: Iterable[Deposit], kept: str = lazy("寄存的根")) -> Iterator[str]:
    """Compare with roots kept outside (与寄存的根比对): history written anew has other roots.

    `kept` says where they were kept: handed outside, or in the stubs beside the secrets.
    """
    ours = {link.number: link.digest.hex() for link in _links()}
    for one in deposited:
        if one.number not in ours:
            yield _("%(kept)s表明曾有第 %(number)s 封，现在没有") % {"kept": kept, "number": one.number}
        elif ours[one.number] != one.digest:
            yield _("第 %(number)s 封与%(kept)s不符：此前的台账被改写过") % {"number": one.number, "kept": kept}


def read_deposit(text: str) -> list[Deposit]:
    """Read a file of deposited roots (读寄存文件): lines "day number digest", as the public page gives them.

    Raises ValueError for a line that is none, with its number.

    >>> read_deposit("# 每日总根\\n2026-11-24 7 " + "ab" * 32)[0].number
    7
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        parts = line.split("#")[0].split()
        if not parts:
            continue
        if len(parts) != 3 or not parts[1].isdecimal() or len(parts[2]) != 64:
            raise ValueError(_("第 %(number)s 行不是“日期 封号 摘要”") % {"number": number})
        found.append(Deposit(int(parts[1]), parts[2].lower()))
    return found


def _signed(link: Link) -> bytes:
    return signing.message(number=link.number, day=link.day, stream=link.stream, size=link.size, upto=link.upto,
                           root=link.root, previous=link.previous)


def _links() -> list[Link]:
    """Read the seals exactly as stored (原样读取封存)."""
    day, stream = stored("day", connection.vendor), stored("stream", connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT number, {day}, {stream}, size, upto, root, previous, signature, digest"  # noqa: S608
            " FROM facts_seal ORDER BY number"
        )
        return [Link(r[0], as_text(r[1]), as_text(r[2]), r[3], r[4], *(as_bytes(v) for v in r[5:]))
                for r in cursor.fetchall()]
