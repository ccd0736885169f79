"""What the security administrator does (账号管理): invite, reset, deactivate; each act leaves a trace."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound, UserError
from sangesan.ledger.audit.services import note
from sangesan.method.authority import Action, Scope

from .. import queries
from ..models import Account, Authenticator, Feed, Passkey, RecoveryCode, Request
from ..signals import touched
from . import invitations, login, passwords, sessions, throttle
from .visits import Visit


def invite(persons: Iterable[int], *, scope: Scope) -> list[invitations.Slip]:
    """Invite persons, or again (邀请): a present password goes on until the slip is used."""
    found = list(queries.people_for(scope).filter(pk__in=list(persons)).select_related("unit"))
    if not found:
        raise NotFound(_("没有可以邀请的人"))
    _tell_holders(found, "account.invited")
    return invitations.issue(found, scope=scope)


def _tell_holders(persons, kind: str) -> None:
    """Whoever already uses an account learns that somebody asked for a new way in."""
    using = [a.person_id for a in Account.objects.opened().filter(person__in=persons)]
    touched.send(Account, persons=using, kind=kind)


@transaction.atomic
def deactivate(person: int, *, scope: Scope) -> Account:
    """Deactivate an account (停用): every session ends at once; a new invitation brings it back."""
    account = _account(person, scope)
    if person == scope.person:
        raise UserError(_("没有停用"), why=_("不能停用自己的账号"), next=_("请由另一位安全管理员办理"))
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])
    account.invitations.filter(used_at=None, revoked_at=None).update(revoked_at=clock.now())
    account.api_tokens.filter(revoked_at=None).update(revoked_at=clock.now())
    account.devices.filter(revoked_at=None).update(revoked_at=clock.now(), pin="")
    Feed.objects.filter(account=account).delete()
    note("account.deactivated", scope=scope, subject=account.subject)
    return account


def _account(person: int, scope: Scope) -> Account:
    if not queries.people_for(scope).filter(pk=person).exists():
        raise NotFound()
    account = Account.objects.select_related("person").filter(person=person).first()
    if account is None:
        raise NotFound()
    return account


def ask_reset(*, work_number: str, visit: Visit) -> None:
    """Ask for a new invitation (申请重设密码): the answer is the same for any number."""
    if throttle.locked(throttle.RESET, visit.address):
        return
    throttle.fail(throttle.RESET, visit.address)
    account = login.find(passwords.clean(work_number)[:32])
    if login.usable(account):
        _ask(account, Request.Kind.PASSWORD)


def ask_factor_reset(person: int, *, scope: Scope) -> None:
    """Ask that a lost second factor be lifted (申请重设第二重验证); the auditor has to agree.

    A reset password alone must not open a leader's account to the security administrator.
    """
    account = _account(person, scope)
    if not queries.has_factor(account):
        raise UserError(_("没有提出申请"), why=_("这个账号没有设置第二重验证"))
    with transaction.atomic():
        if _ask(account, Request.Kind.FACTOR):
            note("factor.reset_asked", scope=scope, subject=account.subject)
    touched.send(Account, persons=[account.person_id], kind="account.factor_reset_asked")


def _ask(account: Account, kind: str) -> bool:
    try:
        with transaction.atomic():
            Request.objects.create(account=account, kind=kind, created_at=clock.now())
    except IntegrityError:
        return False
    return True


@transaction.atomic
def agree_factor_reset(request: int, *, scope: Scope) -> Account:
    """Agree, as the auditor, that a second factor is lifted (同意重设第二重验证)."""
    if not scope.can(Action.AUDIT):
        raise NotFound()
    row = Request.objects.select_related("account__person").filter(pk=request, kind=Request.Kind.FACTOR).first()
    if row is None or not Request.objects.filter(pk=row.pk, done_at=None).update(done_at=clock.now()):
        raise NotFound()
    account = row.account
    if account.person_id == scope.person:
        raise UserError(_("没有办理"), why=_("不能同意重设自己的第二重验证"))
    for table in (Authenticator, RecoveryCode, Passkey):
        table.objects.filter(account=account).delete()
    sessions.end_everywhere(account)
    note("factor.reset", scope=scope, subject=account.subject)
    touched.send(Account, persons=[account.person_id], kind="account.factor_reset")
    return account
