"""A new enterprise (新建企业): its root unit, its administrators, its calendar, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.method.authority import Role
from sangesan.method.facts import Actor
from sangesan.organization.calendar.services import seed
from sangesan.organization.people import services as people
from sangesan.organization.people.models import ROLE_NAMES, Person
from sangesan.organization.units import services as units
from sangesan.organization.units.models import Unit

POSTS = {Role.SYSTEM_ADMIN: "ADMIN-SYSTEM", Role.SECURITY_ADMIN: "ADMIN-SECURITY", Role.AUDITOR: "ADMIN-AUDIT"}
"""Codes of the posts of the three administrators (三员岗位)."""


@transaction.atomic
def found(
    *, code: str, name: str, kind: str, administrators: Mapping[Role, tuple[str, str]], actor: Actor
) -> dict[Role, Person]:
    """Found an empty enterprise (新建企业) and return its administrators by role.

    `administrators` gives work number and name by role; a role left out gets its post, vacant.
    Raises Conflict when there is an enterprise already.
    """
    standing = Unit.objects.order_by("pk").first()
    if standing:
        raise Conflict(_("没有新建企业"), why=_("这个数据目录里已经有“%(name)s”") % {"name": standing},
                       next=_("请换一个数据目录（SANGESAN_DATA）"))
    root = units.open_unit(code=code, name=name, kind=kind, parent=None, actor=actor)
    year = clock.today().year
    for each in (year, year + 1):
        seed(year=each)
    appointed = {}
    for role, post_code in POSTS.items():
        post = people.open_post(code=post_code, title=ROLE_NAMES[role], unit=root, role=role, actor=actor)
        if role in administrators:
            number, called = administrators[role]
            appointed[role] = people.add_person(work_number=number, name=called, unit=root)
            people.appoint(person=appointed[role], post=post, actor=actor)
    return appointed
