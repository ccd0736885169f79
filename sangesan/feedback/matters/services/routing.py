"""Straight ways (直送): what needs no judgement to know whose it is goes there without waiting for triage."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.feedback.grades import queries as tables
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method.authority import NOBODY
from sangesan.method.facts import SYSTEM
from sangesan.method.lifecycle import State, find
from sangesan.method.wages import nothing_else, wages_weight

from ..models import Matter, Reach
from ..queries.access import situation
from ..queries.nearby import all_said
from .grading import chosen, graded
from .steps import claim, say
from .triage import start
from .wages import contractor, labour_office, owed


def route_wages() -> int:
    """Send unpaid wages of contractors' workers straight to the labour office (欠薪直送); may run twice.

    Only what is released and ordinary: what the union reads first is the union's to hand on. Where anything is told
    besides, triage reads it first: it may be about who would get it, or who reads along.
    """
    office = labour_office(clock.today())
    if not office:
        return 0
    rows = Matter.objects.select_related("unit").filter(
        state=State.RECEIVED.value, due_at=None, release_at=None, history=False, category__in=("pay", "other"),
        reaches__sealed=Reach.ORDINARY).distinct().order_by("pk")
    return sum(_route(matter, office) for matter in rows if owed(matter) and _wages_alone(matter))


def _wages_alone(matter: Matter) -> bool:
    """Return whether a letter tells of wages alone (只说欠薪): by its words, and with nothing that must be opened."""
    said = list(matter.submissions.prefetch_related("attachments", "recordings", "enclosures"))
    if any(one.attachments.all() or one.recordings.all() or one.enclosures.all() for one in said):
        return False
    own, _line, words = all_said(matter).partition("\n")
    if own.rstrip("…") not in words:  # somebody wrote the heading
        words = f"{own}\n{words}"
    return nothing_else(words, contractor(matter.unit_id, clock.today()))


def _route(matter: Matter, office: int) -> int:
    """Grade by rule, hand over, and say so to the speaker (直送劳资科)."""
    try:
        with transaction.atomic():
            step = find("route", situation(matter))
            if step is None:
                return 0
            urgency, importance = wages_weight(matter.affected)
            claim(matter, State.GRADED, scope=None, action="grade", grade=chosen(urgency, importance), urgency=urgency,
                  importance=importance, table=tables.in_force().version, category="pay")
            graded(matter, "", SYSTEM, "wages")
            start(matter, step, scope=NOBODY, lead=office)
            say(matter, "told", _("您反映的是外委人员工资，已直接交劳资科主办，不会只交给外委单位。"), scope=NOBODY)
    except UserError:  # somebody was faster, or it is about the labour office itself: triage has to say who else
        return 0
    return 1
