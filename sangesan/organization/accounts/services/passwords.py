"""Passwords (密码): what is accepted, and one judgement that takes the same time for everybody."""

from __future__ import annotations

import unicodedata
from functools import cache

from django.contrib.auth.hashers import get_hasher, identify_hasher, is_password_usable
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.audit.services import note

from ..models import Account
from . import throttle

LEAST, MOST, CLASSES = 10, 128, 3


def clean(text: str) -> str:
    """Return what was typed in its plain form (规范写法): full-width becomes half-width, no border spaces."""
    return unicodedata.normalize("NFKC", text or "").strip()


@cache
def nobodys() -> str:
    """The hash of nothing in particular; judged in the place of an absent or unset password."""
    return get_hasher().encode("nobody", get_hasher().salt())


def matches(account: Account | None, password: str) -> bool:
    """Judge a password (核对密码); absent and unset ones cost the same single hash."""
    real = account is not None and is_password_usable(account.password)
    encoded = account.password if real else nobodys()
    return identify_hasher(encoded).verify(clean(password)[:MOST], encoded) and real


def judge(password: str, *, work_number: str) -> str:
    """Return the password in its plain form, or raise UserError that says what to change (密码要求)."""
    password = clean(password)
    kinds = sum(any(test(c) for c in password) for test in (
        str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum() or not c.isascii()))
    why = ""
    if not LEAST <= len(password) <= MOST:
        why = _("密码要有 10 到 128 个字符")
    elif kinds < CLASSES:
        why = _("大写字母、小写字母、数字、符号中至少要有三种")
    elif work_number and work_number.lower() in password.lower():
        why = _("密码里不能有工号")
    elif len(set(password)) < 5 or _common(password):
        why = _("这个密码太常见，容易被猜到")
    if why:
        raise UserError(_("密码没有保存"), why=why, next=_("请换一个再提交"), code="weak_password")
    return password


def _common(password: str) -> bool:
    try:
        CommonPasswordValidator().validate(password)
    except ValidationError:
        return True
    return False


@transaction.atomic
def store(account: Account, password: str, *, event: str) -> None:
    """Set a password that was judged (设置密码); what was opened under the old one ends with it: sessions and PINs."""
    account.set_password(judge(password, work_number=account.person.work_number))
    account.password_on = clock.today()
    account.save(update_fields=["password", "password_on"])
    account.devices.exclude(pin="").update(pin="", tries=0)
    note(event, account=account, subject=account.subject)


def confirm(account: Account, password: str) -> None:
    """Ask whoever is signed in for the password once more (再次核对): nobody guesses it at an unwatched screen."""
    if throttle.locked(throttle.CONFIRM, account.pk):
        raise UserError(_("没有办理"), why=_("密码输错的次数较多，暂停 15 分钟"), next=_("请稍后再试"),
                        code="too_many_tries")
    if not matches(account, password):
        throttle.fail(throttle.CONFIRM, account.pk)
        raise UserError(_("没有办理"), why=_("登录密码不对"), next=_("请重新输入"), code="wrong_password")
    throttle.clear(throttle.CONFIRM, account.pk)


def change(account: Account, *, old: str, new: str) -> None:
    """Change one's own password (修改密码) knowing the present one."""
    confirm(account, old)
    store(account, new, event="password.changed")
