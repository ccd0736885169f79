"""Learning (学习): from what people confirmed. The confirmed matter is the training data itself.

No copy of anybody's words is kept for it: texts are read from ordinary matters when training
begins, numbers left out, and only words in five of them or more get into the model; what is
erased or leaves the ordinary flow is simply not there next time.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Count

from sangesan.foundation import clock
from sangesan.foundation.jobs import queries as jobs
from sangesan.method.triage import Said, keeping
from sangesan.method.triage.quality import Quality

from .. import queries
from ..models import Habit

YEAR = 365
MOST = 20_000
GROWN = 1.1
"""A model is trained anew when a tenth more matters are confirmed (增加一成再训练)."""
FEWEST = 200
"""Confirmed matters from which an enterprise's own model is worth its name (最少件数)."""


class NotEnough(ValueError):
    """Too few confirmed matters to train from (确认的事项太少)."""


def confirmed():
    """Return ordinary matters whose category and unit somebody confirmed by dispatching (已确认事项)."""
    return queries.ordinary().filter(dispatched_at__isnull=False, lead__isnull=False, parent=None)


def learn_habits(day: date) -> int:
    """Count who was given what in the year up to a day (记派单习惯); safe to run twice."""
    rows = confirmed().filter(received_day__gt=day - timedelta(days=YEAR), received_day__lte=day)
    counted = list(rows.order_by().values_list("category", "unit_id", "lead_id").annotate(n=Count("pk")))
    with transaction.atomic():
        Habit.objects.all().delete()
        Habit.objects.bulk_create([Habit(category=c, unit_id=u, lead_id=lead, count=n) for c, u, lead, n in counted],
                                  batch_size=500)
    return len(counted)


def retrain() -> int:
    """Train anew when enough was confirmed since (再训练) and return on how many matters; 0 when it was not."""
    demo, count = jobs.of("demo"), confirmed().count()
    known = _known()
    if (demo is not None and demo.state == "running") or count < max(FEWEST, known * GROWN):
        return 0
    try:
        return train_own()[0].letters
    except NotEnough:
        return 0


def train_own(*, wanted: float = 0.95) -> tuple[Quality, str]:
    """Train this enterprise's model (训练本单位模型) from confirmed matters and put it in use.

    One that suggests nothing never takes the place of one that does. Returns how good it is and its
    version, '' when it was not taken. Raises NotEnough, and keeping.Unusable.
    """
    from sangesan.method.triage import training

    letters = _letters(training)
    try:
        made, quality = training.train(letters, wanted=wanted)
    except training.TooFew as fault:
        raise NotEnough(len(letters)) from fault
    count, before = confirmed().count(), queries.model()
    made.said.update(confirmed=count, day=f"{clock.today():%F}")
    queries.place().parent.mkdir(parents=True, exist_ok=True)
    if not quality.coverage and before is not None and before.said.get("quality", {}).get("coverage"):
        _tried().write_text(str(count))
        return quality, ""
    return quality, keeping.save(made, queries.place())


def _tried() -> Path:
    """Return where it stands on how many matters a model was trained that was not taken (试过的件数)."""
    return queries.place().with_name("tried")


def _known() -> int:
    """Return on how many confirmed matters a model was last trained (上次训练件数), taken or not."""
    before = queries.model()
    try:
        tried = int(_tried().read_text())
    except (OSError, ValueError):
        tried = 0
    return max(tried, before.said.get("confirmed", 0) if before is not None else 0)


def _letters(training) -> list:
    rows = list(confirmed().order_by("-received_day", "pk").values_list("pk", "category")[:MOST])
    texts: dict[int, str] = {}
    for start in range(0, len(rows), 500):
        texts |= queries.texts([pk for pk, _category in rows[start : start + 500]])
    letters = []
    for pk, category in rows:
        title, _, said = texts.get(pk, "").partition("\n")
        letters.append(training.Letter(Said(said, title), category))
    return training.grouped(letters)
