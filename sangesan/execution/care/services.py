"""Changes of talks and help (谈心帮扶变更): record one, forget its words when their time is over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties import services as duties
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, NotFound, UserError
from sangesan.ledger.evidence.queries import text_of
from sangesan.ledger.facts.queries import fact
from sangesan.ledger.facts.services import erase_words, record
from sangesan.method import outreach as rule
from sangesan.method.authority import Scope
from sangesan.method.facts import CareGiven, CondolenceMade
from sangesan.method.texts import kept, unfit
from sangesan.organization.people.models import Post
from sangesan.organization.units.queries import path_of

from .models import Outreach
from .queries import giver, places

END_OF_DAY = time(18)


@transaction.atomic
def give(*, scope: Scope, kind: str, ground: str, unit: str, who: str, day: date, consent: bool, help: str = "none",
         agreed: str = "", due: date | None = None) -> Outreach:
    """Record a talk, a visit or help (登记谈心帮扶); agreed help with a day is a duty of the giver.

    The same said again by the same person is the one record.

    `consent` says that the person asked for it or agreed to it; without it nothing is recorded.
    """
    held = giver(scope)
    if held is None:
        raise Forbidden(_("没有登记"), why=_("您的岗位不登记谈心帮扶"))
    place = next((one for one in places(scope) if one.code == unit), None)
    if place is None:
        raise NotFound(_("没有登记"), why=_("不是您联系的单位，或者单位已撤销"))
    if kind not in rule.KINDS or ground not in rule.GROUNDS or help not in rule.HELP:
        raise _refused(_("有一项没有选"), _("请从列表里选"))
    if not consent:
        raise _refused(_("本人没有提出，也没有同意"), _("本人愿意再谈，不愿意就不登记"), "consent")
    if why := rule.refusal(day, clock.today()):
        raise _refused({"future": _("日期在今天之后"), "old": _("只能登记最近一个月的")}[why], _("请核对日期"), "day")
    who, agreed = _tidy(who, rule.LONGEST_WHO, "who"), _tidy(agreed, rule.LONGEST_HELP, "agreed")
    if not who:
        raise _refused(_("没有写对谁"), _("写姓名或“某某家”"), "who")
    if help != "none" and (due is None or due <= clock.today()):
        raise _refused(_("商定了帮助，要写哪天兑现"), _("请填今后的日子"), "due")
    post = Post.objects.select_related("unit").select_for_update(of=("self",), no_key=True).get(code=held.code)
    words = f"{who}\n{agreed}".strip()
    told = {"kind": kind, "ground": ground, "help": help, "unit": place, "post": post, "made_by": scope.person,
            "day": day}
    if (before := _told(words, told)) is not None:
        return before
    made = Outreach.objects.create(
        **told, path=path_of(place.pk, clock.today()), line=post.line, entered_at=clock.now())
    common = {"subject": made.subject, "unit": made.path, "line": made.line, "occurred_at": day, "help": help}
    entry = CondolenceMade(**common) if kind == "condolence" else CareGiven(**common, form=kind)
    made.fact = record(entry, actor=scope.actor, words=words)
    made.save(update_fields=["fact"])
    if help != "none":
        duties.assign(kind="agreed_help", subject=made.subject, title=_("兑现商定的帮助"), unit=post.unit,
                      line=post.line, post=post, actor=scope.actor,
                      due=datetime.combine(due, END_OF_DAY, clock.LOCAL))
    return made


@transaction.atomic
def forget(day: date) -> int:
    """Erase the words of records whose time is over (到期清除), fact and date stay. Safe to repeat."""
    rows = Outreach.objects.filter(day__lte=day - rule.KEPT, forgotten_on=None)
    count = 0
    for one in rows.select_for_update():
        row = fact(one.fact)
        digest = str(row.content.get("words", "")) if row else ""
        if digest and text_of(digest) is not None:
            erase_words(digest, reason="retention")
        Outreach.objects.filter(pk=one.pk).update(forgotten_on=clock.today())
        count += 1
    return count


def _told(words: str, told: Mapping[str, Any]) -> Outreach | None:
    """Return the record that says just this already (已登记的同一条): a form sent twice."""
    for one in Outreach.objects.filter(**told, forgotten_on=None):
        row = fact(one.fact)
        if row is not None and text_of(str(row.content.get("words", ""))) == words:
            return one
    return None


def _tidy(text: str, longest: int, code: str) -> str:
    text = " ".join(kept(text or "").split())
    if len(text) > longest:
        raise _refused(_("超过 %d 个字") % longest, _("请写短一些"), code)
    if unfit(text):
        raise _refused(_("有不能保存的字符"), _("请删去特殊字符"), code)
    if rule.of_a_speaker(text):
        raise _refused(_("不能写反映事项的编号或回执"), _("谈心帮扶和反映的事没有关系，请删去"), code)
    return text


def _refused(why: str, next: str = "", code: str = "") -> UserError:
    return UserError(_("没有登记"), why=why, next=next, code=code)
