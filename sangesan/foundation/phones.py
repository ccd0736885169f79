"""Whom to ring at once (求助电话): shown to whoever writes words of despair, inside and at the outside letterbox."""

from __future__ import annotations

import os

SHIPPED = "全国统一心理援助热线 12356; 急救电话 120; 报警电话 110"


def listed() -> list[tuple[str, str]]:
    """Return names and numbers (名称与号码) of SANGESAN_HELP_PHONES, written "name number" with ";" between them."""
    given = os.environ.get("SANGESAN_HELP_PHONES", SHIPPED).split(";")
    return [(name, number) for name, _space, number in (entry.strip().rpartition(" ") for entry in given) if number]
