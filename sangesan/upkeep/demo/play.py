"""Play (演出): the stories are lived day by day under a stopped clock, each day closed at night.

Every step is one short transaction that also says how far the play has come, so a play that was
killed goes on with the very next step, and nothing happens twice. Users may work in it meanwhile:
a step they made impossible is left out, and all later steps of a story they kept from being told.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction

from sangesan.feedback.triage import services as triage
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.jobs import queries as jobs
from sangesan.foundation.jobs import services as progress
from sangesan.procedures import nightly, reactions

from . import answers, contacts, living, players, rectification, script, stories, study, work
from .load import Plan

NAME, TITLE = "demo", "正在装入示范矿"
SHOW = 20  # steps between two lines on the console
PUBLISHING = 4  # weekday on which answers are put out for all (公开日): Friday, as its first hour begins
ROOMS = (contacts, rectification, study, work)
"""Rooms of execution that live through the quarter (执行各室): each gives its steps and who plays them."""
log = logging.getLogger(__name__)
Scene = tuple[datetime, str, script.Step | None]


def scenes(plan: Plan) -> list[Scene]:
    """Return everything that happens (全部场次), in order: steps by day, and the closing of each day."""
    end = closing(plan.until)
    acts: list[script.Step] = []
    for story in stories.told(plan.since, plan.until, plan.seed):
        acts += [step for step in (script.resting(story, end) if story.stop else script.steps(story))
                 if step.moment < end]
    for steps in living.living(plan.seed, plan.now):
        acts += steps
    for room in ROOMS:
        acts += room.acts(plan.seed, plan.since, plan.until, min(plan.now, end))
    days = (plan.until - plan.since).days + 1
    rows: list[Scene] = [(step.moment, step.action, step) for step in acts]
    rows += [(closing(plan.since + timedelta(days=n)), "nightly", None) for n in range(days)]
    return sorted(rows, key=lambda row: (row[0], row[2].story.key if row[2] else ""))


def closing(day: date) -> datetime:
    """Return the moment at which a day is closed (日终): the first of the next day."""
    return datetime.combine(day + timedelta(days=1), time(0), clock.LOCAL)


def play(plan: Plan, say: Callable[[int, int, date], None] = lambda *_: None) -> int:
    """Play what has not been played yet (继续演出) and return how many scenes there are."""
    hurry()
    rows, before = scenes(plan), jobs.of(NAME)
    if before is not None and before.state == before.State.DONE:
        return len(rows)  # also when a later release would play it otherwise: nothing happens twice
    done = before.done if before is not None and before.total == len(rows) else 0
    if done == 0:
        progress.begin(NAME, TITLE, len(rows))
    elif done < len(rows):
        progress.resume(NAME)
    for place in range(done, len(rows)):
        moment, action, step = rows[place]
        with clock.at(min(moment, clock.now())):
            if step is None:
                _night(moment.date() - timedelta(days=1), place)
            else:
                _act(action, step.story, place)
        if place % SHOW == 0:
            say(place, len(rows), moment.date())
    with clock.at(plan.now):
        learn()
    progress.finish(NAME, "示范矿已就绪" + missed(rows))
    return len(rows)


def missed(rows: list[Scene]) -> str:
    """Say how many stories were never told, and their steps (没有装入的事项); '' when all were."""
    told = {step.story.key: players.heard(step.story) for _, action, step in rows if action == "arrive"}
    lost = sum(step is not None and not told.get(step.story.key, True) for _, _, step in rows)
    stories_lost = sum(not was for was in told.values())
    return f"；装入时有人先办了别的，跳过 {stories_lost} 件事共 {lost} 步" if lost else ""


def learn() -> None:
    """Train the triage help from what was dispatched (训练分办建议); a play too short for it goes without."""
    with suppress(triage.NotEnough):
        triage.train_own()


def hurry() -> None:
    """Let this process alone not wait for the disk at every step (演出不等磁盘).

    A power cut could take back its last steps, which are then played again; whatever others
    commit is on the disk as ever.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=NORMAL")


def _act(action: str, story: stories.Story, place: int) -> None:
    try:
        with transaction.atomic():
            part(action)(story)
            progress.step(NAME, place + 1)
    except (UserError, ObjectDoesNotExist) as fault:
        # It went another way meanwhile (raised, closed by itself …), or what it began with was never played.
        log.info("demo: %s of %s left out: %s", action, story.key, fault)
        progress.step(NAME, place + 1)


def part(action: str) -> Callable:
    """Return who plays an action (演员): a room of execution, else those who handle matters."""
    return next((room.STEPS[action] for room in ROOMS if action in room.STEPS), None) or players.STEPS[action]


def _night(day: date, place: int) -> None:
    reactions.run()
    nightly.run(day)
    if clock.today().weekday() == PUBLISHING:
        with transaction.atomic():
            answers.publish()
    progress.step(NAME, place + 1, f"{day:%Y-%m-%d}")
