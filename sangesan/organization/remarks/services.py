"""Changes of remarks (批示变更): given, answered, each once, with their facts; the words are evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.foundation.ids import random_id
from sangesan.ledger.evidence.queries import text_of
from sangesan.ledger.facts.queries import history
from sangesan.ledger.facts.services import erase_words, record
from sangesan.method.authority import Scope
from sangesan.method.facts import InstructionAnswered, InstructionGiven
from sangesan.method.retention import SAID
from sangesan.method.texts import kept, unfit
from sangesan.organization.people.models import Post
from sangesan.organization.units.queries import path_of

from . import queries, roads
from .models import LONGEST, LONGEST_ANSWER, Remark

FURTHEST = timedelta(days=366)


@transaction.atomic
def give(*, scope: Scope, subject: str, to: str, text: str, due: date) -> Remark:
    """Give an instruction on a subject (批示): to a post that may see it, which gets it as a task and answers.

    A matter is never routed so to whom it is about: the post's own holders must be let in by its door.
    """
    queries.about(scope, subject)
    today, text = clock.today(), _checked(text, _("批示"), LONGEST)
    post = next((one for one in queries.addressees(scope) if one.code == to), None)
    if post is None:
        raise _no(_("不能批给这个岗位"), _("请从列表里选"))
    if not today <= due <= today + FURTHEST:
        raise _no(_("完成日期已经过了，或者太远"), _("请填今天以后一年以内的日期"))
    if queries.shut(post, subject, today):
        raise _no(_("这个岗位看不到这一项"), _("请批给能办这一项的岗位"))
    key, seat = random_id(), Post.objects.get(code=scope.posts[0].code)
    path = path_of(post.unit_id, today)
    fact = record(InstructionGiven(
        subject=f"remarks/{key}", unit=path, line=post.line, occurred_at=clock.now(),
        about=subject, owner=post.code, due_day=f"{due:%F}"), actor=scope.actor, words=text)
    made = Remark(pk=key, about=subject, text=text, giver_id=scope.person, by=seat, to=post, path=path, due=due,
                  given_at=clock.now(), fact=fact)
    made.save(force_insert=True)
    roads.take("given", scope, made)
    return made


@transaction.atomic
def answer(*, scope: Scope, remark: int, text: str) -> Remark:
    """Answer an instruction (回复批示), once: it comes back to whoever gave it, and its task is done."""
    found = queries.remark_for(scope, remark)
    if found.to.code not in scope.post_codes:
        raise Forbidden(_("没有回复"), why=_("这条批示不是批给您的"))
    text = _checked(text, _("回复"), LONGEST_ANSWER)
    if not Remark.objects.filter(pk=found.pk, answered_at=None).update(answer=text, answered_at=clock.now()):
        raise Conflict(_("没有回复"), why=_("已经回复过"))
    found.refresh_from_db()
    record(InstructionAnswered(subject=found.subject, unit=found.path, line=found.to.line, occurred_at=clock.now(),
                               about=found.about, in_time=int(clock.today() <= found.due)),
           actor=scope.actor, words=text)
    roads.take("answered", scope, found)
    return found


@transaction.atomic
def forget(about: Iterable[str]) -> int:
    """Clear the words of all instructions on some subjects (清除批示文字), whose time is over; safe to repeat."""
    rows = Remark.objects.filter(about__in=list(about)).exclude(text=_(SAID))
    for found in rows:
        for fact in list(history(found.subject)):
            digest = str(fact.content.get("words", ""))
            if digest and text_of(digest) is not None:
                erase_words(digest, reason="retention")
    rows.exclude(answer="").update(answer=_(SAID))
    return rows.update(text=_(SAID))


def _checked(text: str, what: str, longest: int) -> str:
    text = " ".join(kept(text or "").split())
    if not text:
        raise _no(_("%s是空的") % what, _("请写一句话"))
    if len(text) > longest:
        raise _no(_("%(what)s有 %(n)d 个字，最多 %(most)d 个字") % {"what": what, "n": len(text), "most": longest},
                  _("请写短一些"))
    if unfit(text):
        raise _no(_("%s里有不能保存的字符") % what, _("请删去特殊字符"))
    return text


def _no(why: str, next: str) -> UserError:
    return UserError(_("没有保存"), why=why, next=next)
