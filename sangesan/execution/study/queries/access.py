"""Who plans and sees study (学习的权限): a unit's own posts plan it, those above see it, everybody takes a test."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.door import Sign
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action, Scope
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import standing, within

from ..models import Bank, Session

MOST_ID = 2**62


def leads(scope: Scope) -> set[int]:
    """Return the units whose study this person plans (可安排学习的单位)."""
    return within(scope, Action.DO_WORK)


def places(scope: Scope) -> QuerySet[Unit]:
    """Return the units one may plan for (可选单位), in organisation order; one's own before those below."""
    return standing(clock.today()).filter(pk__in=leads(scope))


def sessions(scope: Scope) -> QuerySet[Session]:
    """Return the sessions a scope may see (可见学习): below it, and what the units it belongs to study."""
    seen = within(scope, Action.SEE_WORK) | leads(scope)
    rows = Session.objects.filter(Q(unit__in=seen) | Q(unit__code__in=_above(scope)))
    return rows.select_related("unit").defer("pdf", "text")


def signs(scope: Scope, keys: list[str]) -> dict[str, Sign]:
    """Return the signs of study sessions (门牌): which day it was and what was studied."""
    rows = sessions(scope).filter(pk__in=[key for key in keys if key.isdecimal()])
    return {str(row.pk): Sign(f"{row.get_of_display()}：{row.theme}", row.unit.name, f"/w/study/{row.pk}/")
            for row in rows}


def _above(scope: Scope) -> set[str]:
    """Return the codes of the units of one's posts and of all above them (本级及上级)."""
    return {code for post in scope.posts for code in post.path.strip("/").split("/")}


def session_for(scope: Scope, pk: int) -> Session:
    """Fetch a session (取学习); fetching is permission. Raises NotFound."""
    found = sessions(scope).filter(pk=min(pk, MOST_ID)).first()
    if found is None:
        raise NotFound()
    return found


def banks(scope: Scope) -> QuerySet[Bank]:
    """Return the banks one may take or keep (可用题库): kept by a unit above one's own posts."""
    kept = Q(unit__code__in=_above(scope)) | Q(unit__in=leads(scope))
    return Bank.objects.filter(kept, until=None).select_related("unit")


def open_banks() -> QuerySet[Bank]:
    """Return the banks anybody may take without signing in (公开题库)."""
    return Bank.objects.filter(open=True, until=None).select_related("unit")


def open_bank_for(pk: int) -> Bank:
    """Fetch an open bank (取公开题库). Raises NotFound, closed and absent alike."""
    found = open_banks().filter(pk=min(pk, MOST_ID)).first()
    if found is None:
        raise NotFound(_("没有找到这个题库"), why=_("它不存在，或者要登录才能测"))
    return found


def bank_for(scope: Scope, pk: int) -> Bank:
    """Fetch a bank (取题库). Raises NotFound."""
    found = banks(scope).filter(pk=min(pk, MOST_ID)).first()
    if found is None:
        raise NotFound()
    return found
