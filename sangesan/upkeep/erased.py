"""What was erased (清除清单), kept beside the database, so that an old backup does not bring it back.

A copy lies in each folder of backups and goes with the secrets, for the next machine knows nothing of it.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from django.conf import settings

from sangesan.feedback.speakers import services as speakers
from sangesan.foundation.errors import Conflict, NotFound, UserError
from sangesan.ledger.evidence import queries as evidence
from sangesan.ledger.facts import queries as facts
from sangesan.ledger.facts import services as ledger

Erased = dict[str, str]
"""By address, `facts/12`, `evidence/<digest>` or `identities/12`: the commitment of the fact, '', or the nonce of the
name that was erased."""


NAME = "erased.json"
_LINE = re.compile(r"facts/[0-9]{1,19} [0-9a-f]{64}|evidence/[0-9a-f]{64} |identities/[0-9]{1,19} [0-9a-f]{24}")


def place() -> Path:
    """Return where the list stands (清单文件); it holds numbers and digests only."""
    return Path(settings.DATA) / NAME


def listed() -> Erased:
    """Return the list as it stands (现有清单)."""
    return json.loads(place().read_text()) if place().exists() else {}


def learn(said: bytes, *, source: Path) -> None:
    """Take over what a list that came along says (并入带来的清单); what is known here stays."""
    try:
        more = json.loads(said)
        whole = isinstance(more, dict) and all(
            isinstance(mark, str) and _LINE.fullmatch(f"{line} {mark}") for line, mark in more.items())
    except ValueError:
        whole = False
    if not whole:
        raise UserError("没有恢复", why=f"{source} 里的清除清单（{NAME}）读不懂",
                        next="请换一份完好的；实在没有，把它移开再恢复，但备份以后清除过的内容会重新出现")
    _write(place(), listed() | more)


def beside(backup: Path) -> Path:
    """Return where the list lies beside a backup (备份旁的清单): one for all of its folder, as of the newest."""
    return backup.absolute().with_name(NAME)


def lay_beside(backup: Path) -> None:
    """Lay the list of now into the folder of a backup (清单随备份存放): it is for the older ones there."""
    if beside(backup).parent.resolve() != place().parent.resolve():
        _write(beside(backup), listed())


def keep() -> Erased:
    """Write down what the database of now has erased (登记清除), beside what was known before."""
    known = listed() | {f"facts/{pk}": commitment for pk, commitment in facts.erased()}
    known |= {f"evidence/{digest}": "" for digest in evidence.erasures().values()}
    known |= {f"identities/{pk}": nonce for pk, nonce in speakers.names_erased().items()}
    _write(place(), known)
    return known


def _write(path: Path, known: Erased) -> None:
    partial = path.with_suffix(".part")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(known, out, sort_keys=True)
    partial.replace(path)


def replay(known: Erased) -> int:
    """Erase again (重放清除) what is on the list and came back; return how much it was.

    Numbers are given anew after a restore: a fact is only the same with the same commitment, a name that was given
    again since has another nonce.
    """
    count, left = 0, known
    while left:
        again: Erased = {}
        for address, commitment in sorted(left.items(), reverse=True):  # facts take their words along
            noun, _, key = address.partition("/")
            try:
                if noun == "evidence":
                    count += _words(key)
                elif noun == "identities":
                    count += speakers.erase_name_again(int(key), commitment)
                elif facts.commitment(int(key)) == commitment:
                    count += bool(ledger.erase_body(int(key), reason="replayed"))
            except NotFound:
                continue
            except Conflict:
                again[address] = commitment
        if len(again) == len(left):
            break
        left = again
    return count


def _words(digest: str) -> int:
    if evidence.text_of(digest) is None:
        return 0
    return bool(ledger.erase_words(digest, reason="replayed"))
