"""Forgetting anew (重新清除) after a restore: what time had cleared since the backup, and files that no row names."""

from __future__ import annotations

from datetime import timedelta

from sangesan.execution.care import services as care
from sangesan.feedback.intake.services import reception
from sangesan.feedback.matters import services as matters
from sangesan.feedback.matters.services import photos
from sangesan.foundation import clock


def again() -> int:
    """Clear at once what the coming night would (重新清除); return how many files went.

    Nobody works meanwhile, so no file waits for its row.
    """
    day = clock.today()
    while matters.clear_old(day):
        pass
    care.forget(day)
    reception.clear_results()
    matters.forget_old(day=day)
    matters.index_due()
    matters.tidy_index(day=day)
    return photos.sweep(day=day + timedelta(days=1))
