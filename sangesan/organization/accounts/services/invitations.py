"""Invitations (邀请): a printed slip with a one-time code in the place of a first password."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from sangesan.foundation import clock, ids, sealing
from sangesan.foundation.errors import UserError
from sangesan.ledger.audit.services import note
from sangesan.method.authority import NOBODY, Scope
from sangesan.organization.people.models import Person

from ..models import Account, Invitation, Request
from . import passwords, throttle
from .visits import Visit

LASTS = timedelta(days=14)
TRIES = 5


@dataclass(frozen=True)
class Slip:
    """What is printed on a slip (邀请单): name and unit, never the work number, and the code."""

    person: int
    name: str
    unit: str
    code: str
    expires_at: datetime


class Unusable(UserError):
    """The slip cannot be used (邀请不能使用); the same words for unknown, used and old ones."""

    code, status = "invitation_unusable", 410


def unusable() -> Unusable:
    return Unusable(_("这张邀请单不能使用"), why=_("它可能已经用过、过了 14 天，或者已被新的邀请代替"),
                    next=_("请向安全管理员重新领取一张，或核对邀请码后再试"))


@transaction.atomic
def issue(persons: Iterable[Person], *, scope: Scope | None, event: str = "account.invited") -> list[Slip]:
    """Issue a slip to each person (发邀请单); older slips of theirs stop working.

    The callers have judged that `scope` may; None is the installation itself.
    """
    persons, now = list(persons), clock.now()
    have = dict(Account.objects.filter(person__in=persons).values_list("person_id", "pk"))
    Account.objects.bulk_create([Account(person=p, password=make_password(None)) for p in persons if p.pk not in have])
    accounts = {a.person_id: a for a in Account.objects.filter(person__in=persons)}
    Account.objects.filter(pk__in=[a.pk for a in accounts.values()], is_active=False).update(is_active=True)
    _open().filter(account__in=accounts.values()).update(revoked_at=now)
    Request.objects.filter(account__in=accounts.values(), kind="password", done_at=None).update(done_at=now)
    slips, rows = [], []
    for person in persons:
        code, expires = ids.crockford(16), now + LASTS
        rows.append(Invitation(account=accounts[person.pk], code=sealing.digest("invitation", code), created_at=now,
                               expires_at=expires))
        slips.append(Slip(person.pk, person.name, person.unit.name, "-".join(code[i:i + 4] for i in (0, 4, 8, 12)),
                          expires))
        note(event, scope=scope or NOBODY, subject=accounts[person.pk].subject)
    Invitation.objects.bulk_create(rows)
    return slips


def first(person: Person) -> Slip:
    """Invite the first administrator of an installation (首位管理员); refused once anybody has a password."""
    if Account.objects.opened().exists():
        raise UserError(_("没有发出邀请"), why=_("系统里已经有账号了"), next=_("请由安全管理员在账号页面邀请"))
    return issue([person], scope=None)[0]


def plain(code: str) -> str:
    """Return a code as it is stored (规范邀请码): no dashes, capitals, no letters that look like digits."""
    code = passwords.clean(code).upper().replace("-", "").replace(" ", "")
    return code.replace("O", "0").replace("I", "1").replace("L", "1")[:32]


def find(code: str, *, visit: Visit) -> Invitation:
    """Return the open invitation of a code (查邀请), or raise Unusable."""
    if throttle.locked(throttle.INVITATION, visit.address):
        raise unusable()
    row = _open().select_related("account__person").filter(
        code=sealing.digest("invitation", plain(code)), expires_at__gt=clock.now(), account__is_active=True,
    ).first()
    if row is None:
        throttle.fail(throttle.INVITATION, visit.address)
        raise unusable()
    return row


def accept(code: str, *, work_number: str, password: str, visit: Visit) -> Account:
    """Take an invitation (领取账号): the finder of a slip still has to know whose number it is."""
    row = find(code, visit=visit)
    account = row.account
    if passwords.clean(work_number) != account.person.work_number:
        _open().filter(pk=row.pk).update(tries=F("tries") + 1)
        _open().filter(pk=row.pk, tries__gte=TRIES).update(revoked_at=clock.now())
        raise UserError(_("账号没有启用"), why=_("工号与这张邀请单不符"),
                        next=_("请核对后再填；多次不符，这张单会作废"), code="wrong_person")
    passwords.judge(password, work_number=account.person.work_number)
    with transaction.atomic():
        if not _open().filter(pk=row.pk).update(used_at=clock.now()):
            raise unusable()
        passwords.store(account, password, event="invitation.used")
        account.api_tokens.filter(revoked_at=None).update(revoked_at=clock.now())  # whose they were is not known
    return account


def _open():
    return Invitation.objects.filter(used_at=None, revoked_at=None)
