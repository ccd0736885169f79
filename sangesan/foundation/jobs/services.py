"""Steps of background work (推进进度), written in short transactions of their own."""

from __future__ import annotations

from sangesan.foundation import clock

from .models import Progress


def begin(name: str, title: str, total: int = 0) -> None:
    """Open or reopen a progress (开始)."""
    _write(name, title=title, done=0, total=total, note="", state=Progress.State.RUNNING.value)


def step(name: str, done: int, note: str = "", total: int | None = None) -> None:
    """Say how far it has come (推进)."""
    more = {} if total is None else {"total": total}
    _write(name, done=done, note=note[:200], **more)


def resume(name: str) -> None:
    """Go on where it broke off (接着做)."""
    _write(name, state=Progress.State.RUNNING.value, note="")


def finish(name: str, note: str = "") -> None:
    """Close a progress (完成)."""
    _write(name, note=note[:200], state=Progress.State.DONE.value)


def fail(name: str, note: str) -> None:
    """Say that it broke off and why (中断); a next `begin` starts it anew."""
    _write(name, note=note[:200], state=Progress.State.FAILED.value)


def _write(name: str, **fields: object) -> None:
    # The wall's time on purpose: the demo stops the clock at days long past.
    fields["updated_at"] = clock.wall()
    Progress.objects.update_or_create(name=name, defaults=fields)
