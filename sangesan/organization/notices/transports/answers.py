"""Reading an answer (读答复): HTTP 200 says nothing, the number inside does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from .line import Broken
from .outcome import DELIVERED, LATER, REFUSED, Outcome


def number(answer: dict[str, Any], name: str = "errcode") -> int:
    """Return the number of an answer (返回码); one that cannot be read is -1, never 0.

    >>> number({"errcode": 0}), number({"errcode": "42001"}), number({}), number({"errcode": False})
    (0, 42001, -1, -1)
    """
    said = answer.get(name)
    try:
        return -1 if isinstance(said, bool) else int(str(said)[:12])
    except ValueError:
        return -1


def judge(code: int, faults: dict[str, Iterable[int]], refused: Iterable[str] = ()) -> Outcome:
    """Return what a number means (判定); an address that is wrong is refused, all else can be put right.

    >>> judge(0, {}).state, judge(93000, {"secret": (93000,)}).fault, judge(7, {"address": (7,)}).state
    ('delivered', 'secret', 'refused')
    """
    if code == 0:
        return Outcome(DELIVERED, refused=frozenset(refused))
    fault = next((word for word, codes in faults.items() if code in codes), "unknown")
    return Outcome(REFUSED if fault == "address" else LATER, fault, code)


def heard(send: Callable[..., Outcome]) -> Callable[..., Outcome]:
    """Turn a broken line into a message for later (外线故障也是结果)."""

    @wraps(send)
    def inner(given: dict[str, str], to: Iterable[str], text: str) -> Outcome:
        try:
            return send(given, list(to), text)
        except Broken as broken:
            return Outcome(LATER, broken.fault, broken.number, unsure=broken.unsure, wait=broken.wait)

    return inner
