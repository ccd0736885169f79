"""A shelf (渠道格): what every channel says of itself, in the same places."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from sangesan.feedback.matters.services.steps import words
from sangesan.feedback.matters.words import CHANNELS, EXTRAS, GROUPS, MODES, WINDOWS
from sangesan.foundation.errors import UserError
from sangesan.method.channels import UNATTENDED

EARLIEST, LATEST = date(1950, 1, 1), date(2099, 12, 31)


class Hand(StrEnum):
    """Who puts the words in (由谁录入)."""

    SPEAKER = "speaker"  # 反映人自己，不登录
    OFFICE = "office"  # 有登记权限的岗位
    ASKED = "asked"  # 谁先被问到谁代录
    REPORTER = "reporter"  # 信息员


class Form(StrEnum):
    """Which form asks for it (用哪张表)."""

    MAILBOX = "mailbox"
    ENTRY = "entry"
    REPORT = "report"
    SLIP = "slip"
    NONE = ""


@dataclass(frozen=True)
class Extra:
    """A field only some channels ask for (专有登记项): a text, a number or a day."""

    name: str
    kind: type = str
    required: bool = False
    least: int = 0
    most: int = 80
    help: Any = ""

    @property
    def label(self) -> Any:
        return EXTRAS[self.name]

    def read(self, value: Any) -> str | int:
        """Return the value as it is kept (登记值): '' and 0 mean not said. Raises UserError."""
        if value in (None, ""):
            if self.required:
                raise self._wrong(_("没有填写"))
            return 0 if self.kind is int else ""
        if self.kind is int:
            return self._number(value)
        if self.kind is date:
            return self._day(value)
        return words(str(value), what=str(self.label), longest=self.most, needed=self.required)

    def _number(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            raise self._wrong(_("须是 %(least)d 到 %(most)d 的整数") % {"least": self.least, "most": self.most})
        return value

    def _day(self, value: Any) -> str:
        if not isinstance(value, date):
            raise self._wrong(_("不是日期"))
        if not EARLIEST <= value <= LATEST:
            raise self._wrong(_("须在 %(from)d 年到 %(to)d 年之间") % {"from": EARLIEST.year, "to": LATEST.year})
        return value.isoformat()

    def _wrong(self, why: str) -> UserError:
        return UserError(_("没有登记"), why=f"{self.label}{why}", next=_("请改一下"), code=self.name)


@dataclass(frozen=True)
class Shelf:
    """One channel (渠道). `page` is its public address, '' when it has none; `rule` its statutory rule.

    `machines` says whether the public interface may hand words in, `first` who reads them first. `refused` returns why
    its own fields do not fit together, and `at` names the field where that is shown.
    """

    slug: str
    hands: frozenset[Hand]
    form: Form
    rule: str
    page: str = ""
    icon: str = "inbox"
    about: Any = ""
    extras: tuple[Extra, ...] = ()
    modes: tuple[str, ...] = tuple(MODES)
    machines: bool = False
    first: str = ""
    refused: Callable[[Mapping[str, Any]], str | None] | None = None
    at: str = "extra"

    @property
    def name(self) -> Any:
        return CHANNELS[self.slug]

    @property
    def absent(self) -> bool:
        """Whether nobody stands by while the words are entered (本人不在场)."""
        return self.slug in UNATTENDED

    def by(self, hand: Hand) -> bool:
        """Return whether this hand may put words in (可否由其录入)."""
        return hand in self.hands

    def read(self, said: Mapping[str, Any], *, day: date, named: bool) -> dict[str, str | int]:
        """Return the own fields of a word as they are kept (专有登记项). Raises UserError naming the field."""
        known = {extra.name: extra for extra in self.extras}
        strange = set(said) - set(known) - {"group", *(["window"] if self.by(Hand.ASKED) else ())}
        if strange:
            raise UserError(_("没有登记"), why=_("%s没有这样的登记项") % self.name, code="extra")
        kept = {name: extra.read(said.get(name)) for name, extra in known.items()}
        kept |= {name: _known(name, said[name]) for name in ("group", "window") if said.get(name)}
        why = self.refused({**{n: said.get(n) for n in known}, "day": day, "named": named}) if self.refused else None
        if why:
            raise UserError(_("没有登记"), why=_(why), next=_("请核对后改一下"), code=self.at)
        return {name: value for name, value in kept.items() if value}


def _known(name: str, value: Any) -> str:
    if not isinstance(value, str) or value not in {"group": GROUPS, "window": WINDOWS}[name]:
        raise UserError(_("没有提交"), why=_("没有这样的%s") % EXTRAS[name], next=_("请从列表里选择"), code=name)
    return value


def hands(*those: Hand) -> frozenset[Hand]:
    """Return who may put words in (录入人)."""
    return frozenset(those)
