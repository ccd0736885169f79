"""Recording a visit (登记联系): in one go, in under a minute; nothing found is a whole record."""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime, time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.queries import settled
from sangesan.execution.duties.queries.detail import settlement_of
from sangesan.execution.duties.services import complete
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, UserError
from sangesan.method import contacts as rule
from sangesan.method.authority import Scope
from sangesan.method.texts import kept, unfit
from sangesan.organization.units.queries import paths_of

from .. import roads
from ..models import Pair, Visit
from ..queries.access import carries, pair_for
from ..words import FORMS, REFUSED
from . import steps

LONGEST, MOST_HEARD = 1000, 500
_KEY = re.compile(r"[\x21-\x7e]{16,200}")


@transaction.atomic
def record_visit(*, scope: Scope, pair: int, key: str, day: date, form: str, outcome: str, text: str = "",
                 heard: int = 0, lead: str = "", due: date | None = None) -> Visit:
    """Record a visit (登记联系) and return it; the same form sent twice is one visit.

    `outcome` is "none", or where the problem goes: matter, duty (`lead` the unit's code, `due` the
    day), spot; "later" leaves that open. Raises UserError for what can be mended, and then nothing is stored.
    """
    found = pair_for(scope, pair)
    if not carries(scope, found):
        raise Forbidden(_("没有登记"), why=_("这个联系点不是您联系的"))
    if not _KEY.fullmatch(key):
        raise UserError(_("没有登记"), why=_("表单已失效"), next=_("请刷新页面再登记"), code="key")
    digest = hashlib.sha256(f"{scope.person}/{found.pk}/{key}".encode()).hexdigest()
    before = Visit.objects.filter(key=digest).first()
    if before is not None:
        return before
    visit = _checked(found, day, form, outcome, text, heard)
    visit.key, visit.person, visit.post = digest, scope.person, _post(scope, found)
    paths = paths_of([found.unit_id, found.office_id], day)
    visit.path, visit.office_path, visit.entered_at = paths[found.unit_id], paths[found.office_id], clock.now()
    try:
        with transaction.atomic():
            visit.save(force_insert=True)
    except IntegrityError:
        return Visit.objects.get(key=digest)
    _done(visit, scope)
    steps.begin(visit, scope)
    if outcome not in ("none", "later"):
        steps.take_road(visit, scope, outcome, key=key, lead=lead, due=due)
    return visit


def _checked(found: Pair, day: date, form: str, outcome: str, text: str, heard: int) -> Visit:
    today = clock.today()
    why = rule.refusal(day, today)
    if why:
        said, next = REFUSED[why]
        raise _refused(said, next, "day")
    if day < found.since or (found.until is not None and day >= found.until):
        raise _refused(_("那一天还没有结对，或已经解除"), _("请核对日期"), "day")
    if form not in FORMS:
        raise _refused(_("没有选联系的方式"), _("请选一项"), "form")
    if outcome not in ("none", "later", "duty", "spot", *roads.open_roads()):
        raise _refused(_("没有选有没有问题"), _("请选一项"), "outcome")
    if isinstance(heard, bool) or not isinstance(heard, int) or not 0 <= heard <= MOST_HEARD:
        raise _refused(_("人数须是 0 到 %d") % MOST_HEARD, _("请改一下"), "heard")
    return Visit(pair=found, day=day, form=form, found=outcome != "none", heard=heard,
                 text=_words(text, needed=outcome != "none"))


def _words(text: str, *, needed: bool) -> str:
    text = kept(text or "")
    if needed and not text:
        raise _refused(_("没有写是什么问题"), _("请写一句话；没有问题的选“没有发现问题”"), "text")
    if len(text) > LONGEST:
        raise _refused(_("写了 %(n)d 个字，最多 %(most)d 个字") % {"n": len(text), "most": LONGEST},
                       _("请删减"), "text")
    if unfit(text):
        raise _refused(_("文字里有不能保存的字符"), _("请删去特殊字符"), "text")
    return text


def _post(scope: Scope, found: Pair) -> str:
    """Return the post under which somebody keeps in touch (联系岗位)."""
    if found.post is not None:
        return found.post.code
    return next((post.code for post in scope.posts if post.unit == found.office_id), "")


def _done(visit: Visit, scope: Scope) -> None:
    """Settle what this visit answers (办结当月联系): the month of the pair, and the routine of whoever came."""
    at = clock.now() if visit.day == clock.today() else datetime.combine(visit.day, time(12), clock.LOCAL)
    month = datetime.combine(rule.month_of(visit.day), time(0), clock.LOCAL)
    after = datetime.combine(rule.next_month(visit.day.replace(day=1)), time(0), clock.LOCAL)
    rows = Duty.objects.filter(origin__kind="contact", unit=visit.pair.office, counterpart__in=(0, visit.pair.unit_id),
                               post=visit.pair.post, due__gte=month, due__lt=after, opens__lte=clock.now())
    for duty in rows.exclude(settled()).select_related("origin"):
        if settlement_of(duty) is None:  # one of the same day is done with another
            complete(duty=duty, actor=scope.actor, at=max(at, duty.opens), person=scope.person)


def _refused(why: str, next: str, code: str) -> UserError:
    return UserError(_("没有登记"), why=why, next=next, code=code)


