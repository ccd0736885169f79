"""Changes of persons (人员维护). The ledger holds no person: it hears of units, the audit log of whom."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock, pinyin
from sangesan.foundation.errors import UserError
from sangesan.ledger.audit.services import note
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import Actor, PersonPlaced
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of

from ..addresses import fault, number_fault
from ..models import Appointment, Person
from ..signals import entered
from .appointments import end_appointment


class PersonError(UserError):
    """A person can't be entered so (人员有误)."""

    code = "person"


@transaction.atomic
def add_person(*, work_number: str, name: str, unit: Unit, day: date | None = None, phone: str = "") -> Person:
    """Enter a person (增加人员) who belongs to a unit from a day on; the work number is used once."""
    known = Person.objects.filter(work_number=work_number).select_related("unit").first()
    if known:
        raise PersonError(_("没有增加人员"),
                          why=_("工号 %(number)s 已是%(unit)s的%(name)s")
                          % {"number": work_number, "unit": known.unit, "name": known.name},
                          next=_("请核对工号"))
    if not work_number.strip() or not name.strip():
        raise PersonError(_("没有增加人员"), why=_("缺工号或姓名"), next=_("请补全后再提交"))
    if why := number_fault(work_number):
        raise PersonError(_("没有增加人员"), why=why, next=_("请核对工号，全角数字请改成半角"))
    made = Person.objects.create(work_number=work_number, name=name, initials=pinyin.name_initials(name), unit=unit,
                                 phone=phone, since=day or clock.today())
    entered.send(sender=Person, people=[made])
    return made


@transaction.atomic
def place_person(*, person: Person, unit: Unit, scope: Scope) -> Person:
    """Put a person into another unit (人员调动); the posts held stay as they are."""
    person = Person.objects.select_for_update(of=("self",)).select_related("unit").get(pk=person.pk)
    before, day = person.unit, clock.today()
    if before.pk == unit.pk:
        raise PersonError(_("没有办理调动"),
                          why=_("%(name)s 已在%(unit)s") % {"name": person.name, "unit": unit}, next=_("请另选单位"))
    person.unit = unit
    person.save(update_fields=["unit"])
    record(PersonPlaced(subject=f"units/{unit.code}", unit=path_of(unit.pk, day), occurred_at=day,
                        before=before.code), actor=scope.actor)
    note("person.placed", scope=scope, subject=f"people/{person.pk}",
         detail={"before": before.code, "unit": unit.code})
    return person


@transaction.atomic
def leave(*, person: Person, actor: Actor, day: date | None = None, regardless: bool = False,
          single: bool = True) -> Person:
    """Let a person leave (离矿) from a day on; the posts end with it."""
    day = day or clock.today()
    if day <= person.since:
        raise PersonError(_("没有办理离矿"),
                          why=_("%(name)s %(since)s 才入册") % {"name": person.name, "since": person.since},
                          next=_("请核对日期"))
    for row in Appointment.objects.filter(person=person).exclude(until__lte=day):
        end_appointment(appointment=row, actor=actor, day=day, regardless=regardless, single=single)
    person.until = day
    person.save(update_fields=["until"])
    return person


@transaction.atomic
def set_addresses(*, scope: Scope, **addresses: str) -> None:
    """Set one's own addresses (填写提醒地址): WeCom, DingTalk, mobile, e-mail; the audit log hears that, not what."""
    person = Person.objects.get(pk=scope.person)
    wrong = [said for kind, value in addresses.items()
             if value != getattr(person, kind) and (said := fault(kind, value))]
    if wrong:
        raise PersonError(_("没有保存"), why="；".join(wrong), next=_("请核对后再保存"))
    changed = {kind: value for kind, value in addresses.items() if value != getattr(person, kind)}
    if changed:
        Person.objects.filter(pk=person.pk).update(**changed)
        note("person.addresses", scope=scope, subject=f"people/{scope.person}")
