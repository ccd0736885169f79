"""A proof on its own (包含证明核验): checked away from the server, with nothing but the file.

What the holder checks: salt and body give the commitment, the path leads from it to the root
(RFC 9162), the root stands in what was signed, and the signed seal's digest is the one that was
published. The same four steps are in `static/ledger/check.js` and on the printed page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from sangesan.method import merkle

from . import signing
from .chain import Deposit
from .queries import Proof

FORM = "sangesan-proof-1"
LONGEST_PATH = 64


def written(proof: Proof) -> str:
    """Return a proof as a file (证明文件), with the public key it was signed under."""
    content = {"form": FORM, **asdict(proof), "day": proof.day.isoformat(), "key": signing.public_key().hex()}
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read(text: str) -> dict[str, Any]:
    """Read a proof (读证明文件). Raises ValueError saying what is wrong with it."""
    try:
        proof = json.loads(text)
    except ValueError:
        raise ValueError(_("不是 JSON 文件")) from None
    if not isinstance(proof, dict) or proof.get("form") != FORM:
        raise ValueError(_("不是三个三的存证证明"))
    kinds = {"index": int, "size": int, "path": list}
    for name in ("body", "salt", "commitment", "index", "size", "path", "root", "signed", "signature", "digest", "key"):
        if not isinstance(proof.get(name), kinds.get(name, str)):
            raise ValueError(_("缺少 %s") % name)
    if len(proof["path"]) > LONGEST_PATH or not all(isinstance(step, str) for step in proof["path"]):
        raise ValueError(_("证明路径不对"))
    return proof


def problems(proof: dict[str, Any], deposited: Iterable[Deposit] = ()) -> list[str]:
    """Return what is wrong with a proof (核验证明), nothing when it holds.

    With deposited roots the seal must be among them; the key alone proves only who signed.
    """
    try:
        salt, commitment, root = (bytes.fromhex(proof[name]) for name in ("salt", "commitment", "root"))
        signature = bytes.fromhex(proof["signature"])
        path, key = [bytes.fromhex(step) for step in proof["path"]], bytes.fromhex(proof["key"])
        signed = json.loads(proof["signed"])
    except ValueError:
        return [_("证明里有看不懂的内容")]
    found = []
    if sha256(salt + proof["body"].encode()).digest() != commitment:
        found.append(_("条目内容与承诺值不符"))
    leaf = merkle.leaf(commitment)
    if not merkle.proves(path, leaf=leaf, index=proof["index"], size=proof["size"], root=root):
        found.append(_("这一条不在这一封里"))
    if not isinstance(signed, dict) or (signed.get("root"), signed.get("size")) != (proof["root"], proof["size"]):
        found.append(_("封存内容与证明不符"))
    if not signing.verified(key, proof["signed"].encode(), signature):
        found.append(_("封存签名不符"))
    if signing.digest(proof["signed"].encode(), signature).hex() != proof["digest"]:
        found.append(_("总根摘要不符"))
    known = {one.number: one.digest for one in deposited}
    number = signed.get("number") if isinstance(signed, dict) else None
    if known and known.get(number) != proof["digest"]:
        found.append(_("寄存的总根里没有这一封，或与它不同"))
    return found
