"""Reads of background work (进度查询)."""

from __future__ import annotations

from .models import Progress


def running() -> list[Progress]:
    """Return the work under way or broken off (进行中的任务), for the pages."""
    return list(Progress.objects.exclude(state=Progress.State.DONE.value).order_by("name"))


def of(name: str) -> Progress | None:
    """Return one progress (某项进度), or None when it never began."""
    return Progress.objects.filter(name=name).first()
