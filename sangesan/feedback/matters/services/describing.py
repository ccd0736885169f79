"""Correction of a registration (更正登记): what stood there before is kept."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import MatterDescribed
from sangesan.organization.units.queries import path_of

from ..models import Matter
from ..queries.veil import masked
from ..words import ACCUSATION, CATEGORIES, KINDS
from .steps import arisen, claim, place, say, take, unit_open, words


@transaction.atomic
def describe(*, scope: Scope, number: str, title: str = "", category: str = "", kind: str = "",
             unit: int | None = None, place_name: str = "", affected: int = 0) -> Matter:
    """Correct the registration (更正登记): title, category, kind, place; the words stay as spoken.

    Everybody reads the title: what is personal in it is covered, as it was when the matter came in.
    """
    matter, _step = take(scope, number, "describe")
    asked = {
        "title": masked(words(title, what=_("标题"), longest=80, needed=False))[:80],
        "category": category if category in CATEGORIES else "",
        "kind": kind if kind in KINDS and kind != ACCUSATION else "",
        "place": words(place_name, what=_("地点"), longest=80, needed=False),
        "affected": min(max(affected, 0), 100_000),
        "unit_id": unit,
    }
    changes: dict[str, Any] = {name: new for name, new in asked.items() if new and new != getattr(matter, name)}
    if not changes:
        return matter
    before, was = {name: getattr(matter, name) for name in changes}, matter.unit
    if "unit_id" in changes:
        matter.unit = unit_open(changes["unit_id"])
        changes["unit_path"] = path_of(changes["unit_id"], clock.today())
    claim(matter, None, scope=scope, action="describe", **changes)
    if "unit_id" in changes:
        place(matter, [(arisen(matter), False)])
    _keep(matter, before, was.code if "unit_id" in changes else "", scope)
    return matter


def _keep(matter: Matter, before: dict[str, Any], moved_from: str, scope: Scope) -> None:
    """Keep what was corrected (更正留痕): figures and slugs in the ledger, former words with the matter."""
    record(MatterDescribed(
        subject=matter.subject, unit=matter.path, occurred_at=clock.now(), reason="+".join(before),
        category_before=before.get("category", ""), category=matter.category if "category" in before else "",
        kind_before=before.get("kind", ""), kind_now=matter.kind if "kind" in before else "",
        affected_before=before.get("affected", 0), affected=matter.affected if "affected" in before else 0,
        moved_from=moved_from,
    ), actor=scope.actor)
    said = {"title": _("原标题：%s"), "place": _("原地点：%s")}
    text = "\n".join(said[name] % before[name] for name in said if before.get(name))
    if text:
        say(matter, "described", text, scope=scope)
