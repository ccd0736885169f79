"""Addresses by which a person is told that something waits (提醒地址): shapes only, nothing is sent from here."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}")
SHAPES = {
    "wecom": (lazy("企业微信账号"), _ID),
    "dingtalk": (lazy("钉钉账号"), _ID),
    "phone": (lazy("手机号"), re.compile(r"(\+?86)?1[3-9]\d{9}")),
    "email": (lazy("邮箱"), re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,60}\.[A-Za-z]{2,24}")),
}


def fault(kind: str, said: str) -> str:
    """Return what is wrong with an address (地址有误), '' when nothing is or nothing was said.

    >>> fault("wecom", "zhang|li") != "", fault("phone", "13800000000"), fault("email", "a@b.cn\\n") != ""
    (True, '', True)
    """
    word, shape = SHAPES[kind]
    if not said or shape.fullmatch(said):
        return ""
    return _("“%(word)s”不像一个%(word)s") % {"word": word}


def number_fault(number: str) -> str:
    """Return what is wrong with a work number (工号有误), '' when nothing is; it stands in addresses.

    >>> number_fault("A-1001"), [number_fault(n) != "" for n in ("A/1", "１００１", "-1", "零一")]
    ('', [True, True, True, True])
    """
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}", number):
        return ""
    return _("工号“%(number)s”不是字母、数字和短横线") % {"number": number}
