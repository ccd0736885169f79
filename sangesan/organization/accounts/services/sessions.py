"""Sessions (会话): opened at sign-in, short when idle, ended everywhere when something changes.

A session ends after 30 idle minutes, 12 hours in all, with a new password, with deactivation,
when its owner ends all of them, and when its owner holds no post any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth import get_user, login, logout, update_session_auth_hash
from django.db.models import F

from sangesan.foundation import clock
from sangesan.ledger.audit.services import note
from sangesan.method.authority import NOBODY, Scope
from sangesan.organization.people.queries import scope_of

from ..models import Account
from ..queries import demanded, has_factor

BACKEND = "sangesan.organization.accounts.backend.SessionBackend"
PASSWORD, DEVICE, FACTOR = "password", "device", "factor"
_TOUCH = 60


@dataclass(frozen=True)
class Standing:
    """How a session stands (会话状态): `strong` when nothing more has to be proved."""

    account: Account | None = None
    scope: Scope = NOBODY
    strong: bool = False
    expired: bool = False


OUT = Standing()
EXPIRED = Standing(expired=True)


def standing(session) -> Standing:
    """Judge a session now (会话状态), and end it when its time is over."""
    account = get_user(SimpleNamespace(session=session))
    if not account.is_authenticated:
        return OUT
    now = int(clock.now().timestamp())
    begun, seen = session.get("begun", now), session.get("seen", now)
    if now - seen > settings.SESSION_IDLE or now - begun > settings.SESSION_COOKIE_AGE:
        session.flush()
        return EXPIRED
    scope = scope_of(account.person)
    if not scope.posts:
        session.flush()
        return EXPIRED
    if now - seen >= _TOUCH or "begun" not in session:
        session["begun"], session["seen"] = begun, now
    needed = demanded(scope) or session.get("wants_factor", False)
    return Standing(account, scope, strong=not needed or session.get("strength") == FACTOR)


def open_session(request, account: Account, *, strength: str) -> None:
    """Open a fresh session (登录): the key is a new one, whatever the browser brought."""
    login(request, account, backend=BACKEND)
    now = int(clock.now().timestamp())
    request.session.set_expiry(None)
    request.session.update({
        "begun": now, "seen": now, "strength": strength,
        "wants_factor": not settings.DEMO and has_factor(account),
    })


def strengthen(request, account: Account) -> None:
    """Note that the second factor was proved (通过第二重验证); the key changes."""
    request.session["strength"] = FACTOR
    request.session["wants_factor"] = True
    request.session.cycle_key()


def close_session(request) -> None:
    """End this session (退出登录)."""
    logout(request)


def end_everywhere(account: Account, *, keep=None) -> None:
    """End all sessions of an account (全部退出); `keep` is a request whose own session goes on."""
    Account.objects.filter(pk=account.pk).update(epoch=F("epoch") + 1)
    account.refresh_from_db(fields=["epoch"])
    if keep is not None:
        update_session_auth_hash(keep, account)
    note("sessions.ended", account=account, subject=account.subject)
