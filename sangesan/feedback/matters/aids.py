"""Aids (分办参考): what rooms above add to the triage page. They hang a function here when they start.

It takes scope and matter and returns context for the page: `initial` for the form, `similar`
matters, and under `aid` a `template` of its own with what it shows. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sangesan.method.authority import Scope

from .models import Matter

Aid = Callable[[Scope, Matter], dict[str, Any]]
_hung: list[Aid] = []


def hang(aid: Aid) -> None:
    """Hang an aid on the triage page (挂参考)."""
    if aid not in _hung:
        _hung.append(aid)


def gather(scope: Scope, matter: Matter) -> dict[str, Any]:
    """Return what all aids say of a matter (汇总参考)."""
    found: dict[str, Any] = {}
    for aid in _hung:
        found |= aid(scope, matter)
    return found
