"""Tokens of machines (接口令牌), and who stands behind a request to the API."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock, sealing
from sangesan.foundation.errors import NotFound, UserError
from sangesan.foundation.origin import same_origin
from sangesan.ledger.audit.services import note
from sangesan.method.authority import NOBODY, Action, Scope
from sangesan.organization.people.queries import scope_of

from ..models import Account, ApiToken
from . import sessions

API_COOKIE, API_PATH, PREFIX = "sangesan_api", "/api/v1/", "sgs_"
MOST_DAYS = 365


def mirror(response) -> None:
    """Give the API the same session under a cookie of its own path (接口会话)."""
    cookie = response.cookies.get(settings.SESSION_COOKIE_NAME)
    if cookie is None:
        return
    if cookie.value:
        response.set_cookie(API_COOKIE, cookie.value, max_age=cookie["max-age"] or None, path=API_PATH,
                            httponly=True, samesite="Strict")
    else:
        response.delete_cookie(API_COOKIE, path=API_PATH, samesite="Strict")


def api_scope(request) -> Scope:
    """Return the scope behind an API request (接口权限): a token's, a session's, or NOBODY.

    A session counts for reading, and for writing only from our own pages.
    """
    head = request.headers.get("Authorization", "")
    if head:
        kind, _space, token = head.partition(" ")
        return _of_token(token.strip()) if kind.lower() == "bearer" else NOBODY
    key = request.COOKIES.get(API_COOKIE, "")
    if not key or (request.method not in ("GET", "HEAD", "OPTIONS") and not same_origin(request)):
        return NOBODY
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    found = sessions.standing(session)
    if session.modified and session.session_key:
        session.save()
    return found.scope if found.strong else NOBODY


def _of_token(token: str) -> Scope:
    row = ApiToken.objects.select_related("account__person").filter(
        token=sealing.digest("api", token), revoked_at=None, expires_at__gt=clock.now(), account__is_active=True,
    ).first() if token.startswith(PREFIX) else None
    if row is None:
        return NOBODY
    scope = scope_of(row.account.person)
    given = {*row.actions, *(Action.READ_FIRST for action in row.actions if action == Action.SEE)}
    return replace(scope, grants=frozenset(g for g in scope.grants if g.action in given))


@transaction.atomic
def make_token(account: Account, *, name: str, actions: Iterable[str], days: int) -> str:
    """Make a token (新建接口令牌) for some of one's own actions and return it; it is shown only now."""
    name, own = (name or "").strip()[:40], {g.action.value for g in scope_of(account.person).grants}
    actions = sorted(set(actions) & own & {a.value for a in Action})
    if not name or not actions or not 1 <= days <= MOST_DAYS:
        raise UserError(_("令牌没有建立"), why=_("要写用途、选至少一项自己有的权限、期限在一年以内"),
                        next=_("请改好再提交"))
    token, now = PREFIX + secrets.token_urlsafe(32), clock.now()
    ApiToken.objects.create(account=account, name=name, token=sealing.digest("api", token), actions=actions,
                            created_at=now, expires_at=now + timedelta(days=days))
    note("token.made", account=account, subject=account.subject, detail={"actions": ",".join(actions)})
    return token


@transaction.atomic
def revoke_token(account: Account, pk: int) -> None:
    """Revoke a token (作废接口令牌)."""
    if not ApiToken.objects.filter(pk=pk, account=account, revoked_at=None).update(revoked_at=clock.now()):
        raise NotFound()
    note("token.revoked", account=account, subject=account.subject)
