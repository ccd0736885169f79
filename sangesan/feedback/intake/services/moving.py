"""Moving a reception day (接待日改期): to another date, to another leader, to another place.

Who has booked keeps the slot and is told by receipt: nobody knows how to reach them, and nobody needs to.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.feedback.matters.services.steps import words
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.ledger.facts.services import record
from sangesan.method import reception as rule
from sangesan.method.authority import Scope
from sangesan.method.facts import ReceptionMoved
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of

from ..models import Move, Reception
from ..queries import reception as queries
from .reception import managed_day, refusal


@transaction.atomic
def move(*, scope: Scope, reception: int, day: date, leader: str, place: str) -> Reception:
    """Move a reception day (改期). What it was stays to be read wherever the day stands, once it was announced."""
    found, today = managed_day(scope, reception), clock.today()
    Unit.objects.select_for_update().get(pk=found.unit_id)  # of two days that are moved to one, one waits
    post = next((post for post in queries.leaders() if post.code == leader), None)
    place = words(place, what=_("地点"), longest=80)
    if post is None:
        raise refusal(_("没有选接待领导"), _("请从列表里选"), "leader")
    if found.published or found.visitors.exists():
        raise Conflict(_("没有改期"), why=_("这一天已经接待过来访"))
    if not rule.movable(found.day, day, today) or day.year > today.year + 1:
        raise refusal(_("只能改到明天以后、明年年底以前；已经过去的接待日不能改"), _("请改一下日期"), "day")
    if (found.day, found.post_id, found.place) == (day, post.pk, place):
        raise refusal(_("日期、领导和地点都没有变"), _("请改一下再保存"), "day")
    if Reception.objects.filter(unit=found.unit_id, day=day, post=post).exclude(pk=found.pk).exists():
        raise refusal(_("这位领导那一天已经排了接待"), _("请换一天或换一位领导"), "day")
    if found.announced:
        Move.objects.create(reception=found, at=clock.now(), day=found.day, post=found.post, place=found.place)
        record(ReceptionMoved(subject=found.subject, unit=path_of(found.unit_id, today), occurred_at=clock.now(),
                              held_on=day.isoformat(), before=found.day.isoformat()), actor=scope.actor)
    found.day, found.post, found.place = day, post, place
    found.save(update_fields=["day", "post", "place"])
    return found
