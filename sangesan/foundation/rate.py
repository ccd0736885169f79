"""Rate limits (限流) that remember nobody: counts in memory, addresses only as keyed hashes.

The key is made when the process starts and never leaves it, so a count can't be traced to an
address afterwards. A limit is a bucket that leaks: it never blocks thirty honest people behind
one address, and whoever waits a moment may go on.

>>> limit = Limit("trial", burst=2, per_minute=60)
>>> limit.left("10.0.0.8", now=0.0), limit.left("10.0.0.8", now=0.0)
(True, True)
>>> limit.left("10.0.0.8", now=0.0), limit.left("10.0.0.8", now=1.0)
(False, True)
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
import secrets
import threading
import time
from collections import OrderedDict

from django.utils.translation import gettext as _

from .errors import UserError

MEMORY = 20_000  # addresses remembered for each limit
_KEY = secrets.token_bytes(32)


class TooMany(UserError):
    """Too many requests from one place (请求过多)."""

    code, status = "too_many", 429

    def __init__(self) -> None:
        super().__init__(_("暂时没有受理"), why=_("同一网络地址在短时间内提交过多"), next=_("请过一分钟再试"))


class Limit:
    """One limit (限额): `burst` at once, then `per_minute`, for each address."""

    def __init__(self, name: str, *, burst: int, per_minute: float) -> None:
        self._name, self._burst, self._rate = name.encode(), burst, per_minute / 60
        self._levels: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._guard = threading.Lock()

    def left(self, address: str, *, now: float | None = None, cost: float = 1) -> bool:
        """Count one request (计数) and return whether it may pass."""
        now = time.monotonic() if now is None else now
        who = hashlib.blake2b(self._name + address.encode(), key=_KEY, digest_size=12).digest()
        with self._guard:
            level, since = self._levels.pop(who, (0.0, now))
            level = max(0.0, level - (now - since) * self._rate)
            passes = level + cost <= self._burst
            self._levels[who] = (level + cost if passes else level, now)
            if len(self._levels) > MEMORY:
                self._levels.popitem(last=False)
        return passes

    def check(self, address: str, *, cost: float = 1) -> None:
        """Raise TooMany (限流) when the address has used up its share."""
        if not lifted(address) and not self.left(address, cost=cost):
            raise TooMany


def lifted(address: str) -> bool:
    """Return whether limits are lifted (压测放开): SANGESAN_RATE=off, and only on loopback."""
    if os.environ.get("SANGESAN_RATE") != "off":
        return False
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
