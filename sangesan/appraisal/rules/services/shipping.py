"""What is shipped (自带内容): the daily rules and the fields of assessment; bringing them twice changes nothing."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from ..models import Field, RuleSet
from ..shipped import DAILY_1, FIELDS
from .drafting import draft, put_in_force


@transaction.atomic
def ship() -> None:
    """Bring the shipped rules (自带办法) and fields; doing it again changes nothing."""
    for position, (code, name, on) in enumerate(FIELDS, start=1):
        Field.objects.get_or_create(code=code, defaults={"name": name, "position": position, "on": on})
    data = dict(DAILY_1)
    since = date.fromisoformat(data.pop("since"))
    if not RuleSet.objects.filter(code=data["code"], version=data["version"]).exists():
        put_in_force(rule_set=draft(**data).pk, since=since)
