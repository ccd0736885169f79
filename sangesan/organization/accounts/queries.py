"""Reads of accounts (账号查询): the administrator's list, and what is one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import POWERS, SEPARATED, Action, HeldPost, Role, Scope
from sangesan.organization.people.models import Appointment, Person
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import subtree

from .models import Account, ApiToken, Authenticator, Device, Feed, Invitation, Passkey, RecoveryCode, Request

SECOND_FACTOR = frozenset({Role.LEADER, Role.INSPECTOR, *SEPARATED})
"""Whoever holds one of these signs in with a second factor (security.md, Staff)."""
PAGE = 50
STATES = ("none", "invited", "active", "off")


@dataclass(frozen=True)
class Row:
    """One person in the administrator's list (账号行)."""

    person: Person
    posts: tuple[str, ...]
    state: str
    until: datetime | None
    factor: bool
    asks: tuple[str, ...]


def people_for(scope: Scope) -> QuerySet[Person]:
    """Return the persons with a post whose accounts this scope looks after (可管理的人)."""
    day, units = clock.today(), set()
    for root in scope.units_for(Action.INVITE):
        units.update(subtree(root, day))
    posted = Appointment.objects.filter(since__lte=day).exclude(until__lte=day)
    return Person.objects.filter(
        unit__in=units, since__lte=day, pk__in=posted.values("person")).exclude(until__lte=day)


def rows_for(scope: Scope, *, words: str = "", unit: str = "", state: str = "", asking: bool = False,
             after: str = "") -> list[Row]:
    """Return one page of the list by work number (账号列表)."""
    found = in_state(_searched(people_for(scope), words, unit), state).filter(work_number__gt=after)
    if asking:
        found = found.filter(pk__in=Request.objects.filter(done_at=None).values("account__person"))
    people = list(found.select_related("unit").order_by("work_number")[:PAGE])
    return _rows(people)


def _searched(people: QuerySet[Person], words: str, unit: str) -> QuerySet[Person]:
    words = words.strip()[:40]
    if unit:
        root = Unit.objects.filter(code=unit).first()
        people = people.filter(unit__in=subtree(root.pk, clock.today()) if root else [])
    if words:
        people = people.filter(Q(work_number__startswith=words) | Q(name__contains=words)
                               | Q(initials__istartswith=words))
    return people


def in_state(people: QuerySet[Person], state: str) -> QuerySet[Person]:
    """Keep the persons whose account is in that state (按状态筛选)."""
    used = Account.objects.opened()
    invited = Invitation.objects.filter(used_at=None, revoked_at=None, expires_at__gt=clock.now())
    if state == "active":
        return people.filter(pk__in=used.filter(is_active=True).values("person"))
    if state == "off":
        return people.filter(pk__in=Account.objects.filter(is_active=False).values("person"))
    if state == "invited":
        return people.filter(pk__in=invited.values("account__person"))
    if state == "none":
        return people.exclude(pk__in=Account.objects.filter(is_active=False).values("person")).exclude(
            pk__in=used.values("person")).exclude(pk__in=invited.values("account__person"))
    return people


def uninvited(scope: Scope, *, unit: str) -> list[int]:
    """Return who has no account yet in a unit and below (未邀请的人), for a batch of slips."""
    return list(in_state(_searched(people_for(scope), "", unit), "none").values_list("pk", flat=True))


def _rows(people: list[Person]) -> list[Row]:
    day, ids = clock.today(), [p.pk for p in people]
    accounts = {a.person_id: a for a in Account.objects.filter(person__in=ids)}
    keys = [a.pk for a in accounts.values()]
    open_ = dict(Invitation.objects.filter(account__in=keys, used_at=None, revoked_at=None,
                                           expires_at__gt=clock.now()).values_list("account", "expires_at"))
    factors = set(Passkey.objects.filter(account__in=keys).values_list("account", flat=True)) | set(
        Account.objects.filter(pk__in=keys, authenticator__confirmed_at__isnull=False).values_list("pk", flat=True))
    asks: dict[int, list[str]] = {}
    for request in Request.objects.filter(account__in=keys, done_at=None):
        asks.setdefault(request.account_id, []).append(request.kind)
    posts: dict[int, list[str]] = {}
    held = Appointment.objects.filter(person__in=ids, since__lte=day).exclude(until__lte=day)
    for row in held.select_related("post").order_by("pk"):
        posts.setdefault(row.person_id, []).append(row.post.title)
    return [_row(p, accounts.get(p.pk), open_, factors, asks, tuple(posts.get(p.pk, ()))) for p in people]


def _row(person, account, open_, factors, asks, posts) -> Row:
    key = account.pk if account else 0
    if account is None:
        state = "none"
    elif not account.is_active:
        state = "off"
    elif account.has_usable_password():
        state = "active"
    else:
        state = "invited" if key in open_ else "none"
    return Row(person, posts, state, open_.get(key), key in factors, tuple(asks.get(key, ())))


def page_for(scope: Scope, *, words: str, unit: str, state: str, after: str) -> dict:
    """Return the administrator's page (账号管理), or raise NotFound for whoever looks after no account."""
    asked = factor_requests(scope)
    if not scope.can(Action.INVITE) and not scope.can(Action.AUDIT):
        raise NotFound()
    rows = rows_for(scope, words=words, unit=unit, state=state if state in STATES else "", asking=state == "asking",
                    after=after[:32])
    return {"rows": rows, "more": rows[-1].person.work_number if len(rows) == PAGE else "", "state": state,
            "asking": open_requests(scope), "asked": asked, "may_invite": scope.can(Action.INVITE),
            "units": units_for(scope), "words": words[:40], "unit": unit}


def open_requests(scope: Scope) -> int:
    """Return how many asked for a new invitation (待处理的重设申请)."""
    return Request.objects.filter(done_at=None, kind="password", account__person__in=people_for(scope)).count()


def factor_requests(scope: Scope) -> list[Request]:
    """Return the requests to lift a second factor (待同意的重设), for the auditor."""
    if not scope.can(Action.AUDIT):
        return []
    return list(Request.objects.filter(done_at=None, kind="factor").select_related("account__person__unit"))


def demanded(scope: Scope) -> bool:
    """Return whether these posts demand a second factor (必须第二重验证); never in the demo."""
    return not settings.DEMO and any(post.role in SECOND_FACTOR for post in scope.posts)


def has_factor(account: Account) -> bool:
    """Return whether a second factor was set up (已设置第二重验证)."""
    return (Authenticator.objects.filter(account=account).exclude(confirmed_at=None).exists()
            or Passkey.objects.filter(account=account).exists())


def devices_of(account: Account) -> list[Device]:
    """Return one's own devices (我的设备), latest first."""
    return list(account.devices.filter(revoked_at=None, expires_at__gt=clock.now()).order_by("-used_on", "-pk"))


def tokens_of(account: Account) -> list[ApiToken]:
    """Return one's own tokens for machines (我的接口令牌)."""
    return list(account.api_tokens.filter(revoked_at=None, expires_at__gt=clock.now()).order_by("-pk"))


def feed_of(person: int) -> Feed | None:
    """Return the address under which another calendar reads one's dates (订阅地址), if there is one."""
    return Feed.objects.filter(account__person=person).first()


def actions_of(post: HeldPost) -> frozenset[Action]:
    """Return what a post allows (岗位权限)."""
    return POWERS[post.role][1]


def units_for(scope: Scope) -> list[Unit]:
    """Return the units for which slips can be made in one go (可批量邀请的单位)."""
    ids = {pk for root in scope.units_for(Action.INVITE) for pk in subtree(root, clock.today())}
    return list(Unit.objects.filter(pk__in=ids, line="administration", closed=None).order_by("position", "code"))


@dataclass(frozen=True)
class Factors:
    """How an account is protected (第二重验证情况)."""

    demanded: bool
    code: bool
    passkeys: list[Passkey]
    codes_left: int

    @property
    def any(self) -> bool:
        return self.code or bool(self.passkeys)


def factors_of(account: Account, scope: Scope) -> Factors:
    """Return the second factors of one's own account (我的第二重验证)."""
    code = Account.objects.filter(pk=account.pk, authenticator__confirmed_at__isnull=False).exists()
    left = RecoveryCode.objects.filter(account=account, used_at=None).count()
    return Factors(demanded(scope), code, list(account.passkeys.order_by("pk")), left)
