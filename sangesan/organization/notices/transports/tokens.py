"""Access tokens (接口凭证): fetched when needed, kept in memory only, renewed once when refused."""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from .answers import number
from .line import ask

STALE = frozenset({42001, 40014, 40001})
"""Expired, or not theirs: a new one is asked for. 40001 is both a wrong secret and a replaced token."""
_kept: dict[str, tuple[str, float]] = {}


def using(fetch: str, send: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Send with a token (带凭证发送), asked of the address `fetch`; the answer of either step comes back."""
    key = sha256(fetch.encode()).hexdigest()
    token, until = _kept.get(key, ("", 0.0))
    if token and time.monotonic() < until:
        answer = send(token)
        if number(answer) not in STALE:
            return answer
    given = ask(fetch)
    token = given.get("access_token")
    if number(given) != 0 or not isinstance(token, str) or not token:
        _kept.pop(key, None)
        return {"errcode": number(given) or -1}
    # Five minutes early, so that none runs out on the way.
    _kept[key] = token, time.monotonic() + max(0, min(number(given, "expires_in"), 7200) - 300)
    return send(token)
