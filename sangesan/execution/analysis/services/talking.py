"""The quarter's discussion (季度座谈): who was there by group, each point on its way; closed it leaves one fact."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden
from sangesan.ledger.facts.services import record
from sangesan.method import analysis as rule
from sangesan.method.authority import Scope
from sangesan.method.facts import DiscussionHeld
from sangesan.organization.units.queries import path_of

from ..models import Discussion
from ..queries.access import own_discussion, seats
from .words import checked, refused
from .writing import fulfil


@transaction.atomic
def hold(*, scope: Scope, unit: int, day: date, heard: Mapping[str, int], key: str, place: str = "") -> Discussion:
    """Write down a discussion (登记座谈): on which day, how many of each group; the same key is one discussion."""
    found = next((one for one in seats(scope) if one.pk == unit), None)
    if found is None:
        raise Forbidden(_("没有登记"), why=_("您不登记这个单位的座谈"), next=_("请选本单位"))
    if why := rule.refusal(day, clock.today()):
        raise refused({"future": _("座谈日期在今天以后"), "old": _("座谈在一个月以前，不再补记")}[why],
                      _("请核对日期"), "day")
    said = {slug: n for slug, n in heard.items() if n}
    if not set(said) <= set(rule.SEATS) or any(not 0 < n <= rule.MOST_HEARD for n in said.values()):
        raise refused(_("人数不对"), _("每类填 0 到 %d") % rule.MOST_HEARD)
    if len(said) < rule.LEAST_GROUPS:
        raise refused(_("只请了一类人"), _("至少请 %d 类职工，写上各来了几个人") % rule.LEAST_GROUPS)
    digest = hashlib.sha256(f"{scope.person}/{key}".encode()).hexdigest()
    there = Discussion.objects.filter(key=digest).first()
    if there is not None:
        return there
    try:
        with transaction.atomic():
            return Discussion.objects.create(
                unit=found, line=found.line, path=path_of(found.pk, clock.today()), quarter=rule.quarter_of(day),
                day=day, place=checked(place, _("地点"), rule.LONGEST_PLACE, needed=False), seats=said, key=digest)
    except IntegrityError:
        return Discussion.objects.get(key=digest)


@transaction.atomic
def close(*, scope: Scope, discussion: int) -> Discussion:
    """Close a discussion (记完): no point comes in any more; answers go on coming back."""
    found = opened(scope, discussion)
    if not found.points.exists():
        raise refused(_("还没有记意见"), _("没有意见的，请记一条“没有意见”并当场答复"))
    found.closed_at = clock.now()
    found.fact = record(DiscussionHeld(
        subject=found.subject, unit=found.path, line=found.line, occurred_at=found.closed_at,
        quarter=f"{found.quarter:%F}", groups=len(found.seats), quantity=found.points.count()), actor=scope.actor,
        words="\n".join([found.said, *found.points.values_list("text", flat=True)]))
    found.save(update_fields=["closed_at", "fact"])
    fulfil(scope, found.unit_id, found.line, "discussion", lambda day: rule.quarter_of(day) == found.quarter)
    return found


def opened(scope: Scope, discussion: int) -> Discussion:
    """Fetch an open discussion one keeps (取在记的座谈), held for this change."""
    found = own_discussion(scope, discussion)
    held = Discussion.objects.select_for_update(of=("self",)).select_related("unit").get(pk=found.pk)
    if held.closed_at is not None:
        raise Conflict(_("没有保存"), why=_("这次座谈已经记完"))
    return held
