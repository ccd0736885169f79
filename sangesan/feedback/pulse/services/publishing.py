"""An answer is put out for all (公开答复): one edits it, another looks at it again and lets it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.dispatch import receiver
from django.utils.translation import gettext as _

from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries import OPENLY, handlers, masker, unnamed
from sangesan.feedback.matters.services.steps import words
from sangesan.feedback.matters.signals import nameless
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden
from sangesan.foundation.search import Entry
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import AnswerPublished, AnswerWithdrawn
from sangesan.method.lifecycle import State
from sangesan.organization.people.standing_in import as_one

from .. import queries
from ..models import PublishedAnswer
from ..queries.answers import EVERYBODY, INDEX


def closed(scope: Scope, number: str) -> Matter:
    """Return the matter whose answer may be put out (可公开的事项). Raises Conflict while it is not closed."""
    matter = queries.origin(scope, number)
    if matter.state == State.ENDED.value:
        raise Conflict(_("没有保存"), why=_("事项已经终结，不再公开答复"), next=_("可以公开同类办结事项的答复"))
    if matter.state != State.CLOSED.value:
        raise Conflict(_("没有保存"), why=_("事项还没有办结"), next=_("办结以后再公开答复"))
    return matter


@transaction.atomic
def draft(*, scope: Scope, number: str, question: str, answer: str) -> PublishedAnswer:
    """Draft what is to be put out (拟公开): question and answer edited, personal data and speakers covered."""
    matter = closed(scope, number)
    cover = _cover([matter.pk], openly=True)
    question = cover(words(question, what=_("问题"), longest=300))
    answer = cover(words(answer, what=_("答复"), longest=3_000))
    try:
        with transaction.atomic():
            return PublishedAnswer.objects.create(
                subject=matter.subject, category=matter.category, question=question[:300], answer=answer,
                drafted_by=scope.person, drafted_at=clock.now())
    except IntegrityError as fault:
        raise Conflict(_("没有保存"), why=_("这件已经有公开的答复或草稿"), next=_("请到“公开答复”里查看")) from fault


@transaction.atomic
def publish(*, scope: Scope, pk: int) -> PublishedAnswer:
    """Let an answer out (同意公开): by somebody who has neither drafted it nor handled the matter."""
    one = queries.answer_for(scope, pk)
    matter = Matter.objects.get(number=_number(one))
    if as_one(scope.person) & {one.drafted_by, *handlers(matter)}:
        raise Forbidden(_("没有公开"), why=_("起草的人和承办的人不能自己放行"), next=_("请由另一位同事复看"))
    cover = _cover([matter.pk])
    _claim(one, "draft", state="published", checked_by=scope.person, published_on=clock.today(),
           question=cover(one.question)[:300], answer=cover(one.answer))
    INDEX.put([Entry(one.pk, clock.today(), f"{one.question}\n{one.answer}", (EVERYBODY,))])
    record(AnswerPublished(subject=one.subject, unit=matter.path, occurred_at=clock.now()), actor=scope.actor,
           words=f"{one.question}\n\n{one.answer}")
    return one


@transaction.atomic
def reject(*, scope: Scope, pk: int, remark: str) -> PublishedAnswer:
    """Send a draft back (退回草稿) with what is to be changed; a new one may be drafted."""
    one = queries.answer_for(scope, pk)
    _claim(one, "draft", state="rejected", checked_by=scope.person, remark=words(remark, what=_("理由"), longest=400))
    return one


@transaction.atomic
def withdraw(*, scope: Scope, pk: int, remark: str) -> PublishedAnswer:
    """Take an answer back (撤回公开) with a reason; it is gone for everybody at once."""
    one = queries.answer_for(scope, pk)
    remark = words(remark, what=_("理由"), longest=400)
    _claim(one, "published", state="withdrawn", withdrawn_on=clock.today(), remark=remark)
    INDEX.drop([one.pk])
    matter = Matter.objects.get(number=_number(one))
    record(AnswerWithdrawn(subject=one.subject, unit=matter.path, occurred_at=clock.now()), actor=scope.actor,
           words=remark)
    return one


@receiver(nameless)
def cover_speakers(matters: Iterable[int], **_signal: object) -> None:
    """Cover who spoke of some matters in what waits to be put out (遮盖待公开文字): soon nobody knows the name."""
    rows = Matter.objects.filter(Q(pk__in=matters) | Q(parent__in=matters))
    keys = dict(rows.values_list("number", "pk"))
    waiting = PublishedAnswer.objects.select_for_update(no_key=True).filter(
        state="draft", subject__in=[f"matters/{number}" for number in keys])
    for one in waiting:
        cover = _cover([keys[_number(one)]])
        PublishedAnswer.objects.filter(pk=one.pk).update(question=cover(one.question)[:300], answer=cover(one.answer))


def to_cover() -> int:
    """Return how many answers stand covered in all (遮盖件数)."""
    return PublishedAnswer.objects.count()


@transaction.atomic
def cover_again(after: int, most: int) -> list[int]:
    """Cover the next answers after a key anew (重新遮盖一批), and what the index holds of them; return their keys."""
    held = PublishedAnswer.objects.select_for_update(no_key=True).filter(pk__gt=after)  # whoever withdraws waits
    rows = list(held.order_by("pk")[:most])
    keys = dict(Matter.objects.filter(number__in=[_number(one) for one in rows]).values_list("number", "pk"))
    for one in rows:
        cover = _cover([keys[_number(one)]] if _number(one) in keys else [], openly=one.state != "published")
        one.question, one.answer = cover(one.question)[:300], cover(one.answer)
    PublishedAnswer.objects.bulk_update(rows, ["question", "answer"], batch_size=200)
    INDEX.put([Entry(one.pk, one.published_on, f"{one.question}\n{one.answer}", (EVERYBODY,))
               for one in rows if one.state == "published" and one.published_on])
    return [one.pk for one in rows]


def _cover(matters: Iterable[int], *, openly: bool = False) -> Callable[[str], str]:
    """Return what covers what is put out about matters (遮盖公开文字): personal data, and all who spoke of them.

    While it is a draft only those who spoke `openly`: whoever drafts is not to find out who the others are.
    """
    personal = masker()
    speakers = unnamed(matters, modes=OPENLY if openly else ())
    return lambda text: personal(speakers(text))


def _number(one: PublishedAnswer) -> str:
    return one.subject.partition("/")[2]


def _claim(one: PublishedAnswer, leaving: str, **changes: str | int | date) -> None:
    if not PublishedAnswer.objects.filter(pk=one.pk, state=leaving).update(**changes):
        raise Conflict(_("没有办成"), why=_("别人刚刚办了这一步"), next=_("请刷新页面看最新情况"))
    for name, value in changes.items():
        setattr(one, name, value)
