"""Warning (告警): whatever happens to keys, all inspectors and auditors are told."""

from __future__ import annotations

from sangesan.foundation import clock
from sangesan.method.authority import Role
from sangesan.organization.notices.services import notify
from sangesan.organization.people.models import Appointment
from sangesan.organization.units.queries import on


def warn(kind: str, but: int) -> None:
    """Tell all inspectors and auditors (告知监察员和审计员), except whoever did it."""
    day = clock.today()
    for role in (Role.INSPECTOR, Role.AUDITOR):
        held = on(Appointment.objects.filter(post__role=role.value, post__until=None), day)
        notify(persons=set(held.values_list("person_id", flat=True)) - {but}, subject="discipline/keys", kind=kind)
