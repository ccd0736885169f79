"""Boxes (意见箱): opened by two persons, every slip entered; an empty box is a record like any other."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.feedback.matters.services.steps import words
from sangesan.feedback.matters.words import ANONYMOUS
from sangesan.feedback.sealed.services import GoesUp
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Action, Scope
from sangesan.method.facts import BoxOpened
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import path_of, valid_code

from ..models import Box, Opening, Slip
from ..queries import boxes as queries
from . import checks
from .submitting import Accepted, submit

MOST_SLIPS = 500


@transaction.atomic
def hang(*, scope: Scope, code: str, place: str, unit: int, every: int = 7) -> Box:
    """Hang a box (设意见箱) at a place within one's register."""
    if unit not in scope.units_for(Action.REGISTER) or not Unit.objects.filter(pk=unit, closed=None).exists():
        raise Forbidden(_("没有设箱"), why=_("您的岗位不管这个单位的登记"))
    wrong = UserError(_("没有设箱"), why=_("箱号只能用字母和数字，也不能与别的箱重复"),
                      next=_("请换一个箱号"), code="code")
    if not valid_code(code) or len(code) > 20:
        raise wrong
    if not 1 <= every <= 92:
        raise UserError(_("没有设箱"), why=_("开箱间隔须是 1 到 92 天"), next=_("请改一下"), code="every")
    box = Box(code=code, place=words(place, what=_("地点"), longest=80), unit_id=unit, every=every, since=clock.today())
    try:
        with transaction.atomic():
            box.save(force_insert=True)
    except IntegrityError:
        raise wrong from None
    return box


@transaction.atomic
def open_box(*, scope: Scope, box: str, slips: int) -> Opening:
    """Count what lies in a box (开箱清点). A second person counts again before anything is entered."""
    found = queries.box_for(scope, box)
    slips = checks.small(slips, MOST_SLIPS, _("张数"))
    try:
        with transaction.atomic():
            return Opening.objects.create(box=found, day=clock.today(), slips=slips, first=scope.person,
                                          first_post=_post(scope))
    except IntegrityError:
        raise Conflict(_("没有登记开箱"), why=_("这个箱上次开箱还没有第二个人复核"),
                       next=_("请先请另一位同志复核")) from None


@transaction.atomic
def confirm(*, scope: Scope, opening: int, slips: int) -> Opening:
    """Count again and confirm (复核开箱): another person, and the same number."""
    found = queries.opening_for(scope, opening)
    if found.first == scope.person:
        raise UserError(_("没有复核"), why=_("开箱的两个人不能是同一个人"), next=_("请另一位同志用自己的账号复核"),
                        code="second", status=403)
    if checks.small(slips, MOST_SLIPS, _("张数")) != found.slips:
        raise UserError(_("没有复核"), why=_("两个人清点的张数不一样"),
                        next=_("请一起重新清点；第一位数错了，请他撤销重登"), code="slips")
    if not Opening.objects.filter(pk=found.pk, confirmed=None).update(
            second=scope.person, second_post=_post(scope), confirmed=clock.now()):
        raise Conflict(_("没有复核"), why=_("已经有人复核过了"))
    record(BoxOpened(subject=found.box.subject, unit=path_of(found.box.unit_id, clock.today()),
                     occurred_at=clock.now(), quantity=found.slips,
                     second=scope.posts[0].code if scope.posts else ""), actor=scope.actor)
    found.refresh_from_db()
    return found


@transaction.atomic
def recount(*, scope: Scope, opening: int) -> None:
    """Take back one's own count (撤销清点) while nobody has confirmed it."""
    found = queries.opening_for(scope, opening)
    if found.first != scope.person or not Opening.objects.filter(pk=found.pk, confirmed=None).delete()[0]:
        raise Conflict(_("没有撤销"), why=_("只有清点的人在复核以前可以撤销"))


@transaction.atomic
def enter(*, scope: Scope, opening: int, number: int, key: str, text: str, mode: str = ANONYMOUS,
          sent_up: bool = False, **parts: Any) -> Accepted:
    """Enter a slip (登记信条): by either of the two who opened the box, each slip once.

    An accusation goes into the discipline mailbox alone: of its slip only the number stays here. So it is with
    one the mine may not hold, when the two have handed the slip itself to the organ above (`sent_up`).
    """
    found = queries.opening_for(scope, opening)
    if not queries.opened_by(scope, found):
        raise Forbidden(_("没有登记"), why=_("信条由开箱的两个人登记"))
    if found.confirmed is None or number not in range(1, found.slips + 1):
        raise Conflict(_("没有登记"), why=_("还没有第二个人复核，或没有这一张"), next=_("请先复核"))
    signed = mode if parts.get("name") or parts.get("contact") else ANONYMOUS
    try:
        accepted = submit(channel="box", mode=signed, text=text, key=key, day=found.day, **parts)
    except GoesUp:
        if not sent_up:
            raise
        accepted = Accepted("", "", True, 0)
    if accepted.fresh:
        try:
            with transaction.atomic():
                Slip.objects.create(opening=found, number=number, said_id=accepted.submission or None)
        except IntegrityError:
            raise Conflict(_("没有登记"), why=_("第 %d 张已经登记过") % number, next=_("请刷新页面")) from None
    return accepted


def _post(scope: Scope) -> str:
    return scope.posts[0].title[:60] if scope.posts else ""
