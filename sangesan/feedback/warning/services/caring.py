"""Caring (关怀): it arrives, somebody gets in touch, it ends or goes back. Only facts are kept of it."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.queries import identities
from sangesan.feedback.matters.queries.caring import root_of, unconcerned_carers
from sangesan.feedback.matters.services.caring import give_back
from sangesan.feedback.matters.services.steps import reasoned, say, words
from sangesan.feedback.speakers.services import Who, note_opening, read_identity
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, NotFound, UserError
from sangesan.ledger.audit.services import note as audit
from sangesan.method.authority import Scope
from sangesan.organization.notices.services import notify, withdraw

from ..models import Care, Contact
from ..queries.caring import care_for


def arrive(matter: Matter) -> None:
    """Take a matter into care (收关怀件) for the carer and the doctor; by night the duty post rings them (adr/0029)."""
    Care.objects.update_or_create(matter=matter, defaults={
        "mine_id": root_of(matter.unit_id), "was": matter.was_kind or "request", "day": clock.today(),
        "state": Care.State.OPEN.value, "reminded": clock.today()})
    notify(persons=unconcerned_carers(matter), subject=f"care/{matter.number}", kind="care.arrived",
           at=clock.midnight() if matter.received_at is None else None)


@transaction.atomic
def contact(*, scope: Scope, number: str, way: str, reached: bool) -> Care:
    """Record a contact (记联系): which way, reached or not."""
    care = _open(scope, number)
    if way not in Contact.Way.values:
        raise UserError(_("没有保存"), why=_("没有选择联系方式"), next=_("请选择一项"))
    Contact.objects.create(care=care, way=way, reached=reached, at=clock.now(), post=scope.posts[0].code,
                           person=scope.person)
    if reached:
        Care.objects.filter(pk=care.pk).update(state=Care.State.CONTACTED.value)
    return care


@transaction.atomic
def write(*, scope: Scope, number: str, text: str) -> Care:
    """Write to the speaker (留言): it stands under the receipt, the only way to somebody without a name."""
    care = _open(scope, number)
    say(care.matter, "told", words(text, what=_("留言"), longest=2_000), scope=scope)
    Contact.objects.create(care=care, way=Contact.Way.REPLY.value, reached=False, at=clock.now(),
                           post=scope.posts[0].code, person=scope.person)
    return care


@transaction.atomic
def end(*, scope: Scope, number: str) -> Care:
    """End the care (结束关怀), once somebody was reached."""
    care = _open(scope, number)
    if care.state != Care.State.CONTACTED.value:
        raise Conflict(_("没有结束"), why=_("还没有联系上本人的记录"), next=_("请先记下一次联系"))
    Care.objects.filter(pk=care.pk).update(state=Care.State.OVER.value)
    return care


@transaction.atomic
def back(*, scope: Scope, number: str) -> Matter:
    """Send it back to triage (转回分办): it was no such word, or its owner wants the matter itself handled."""
    care = _open(scope, number)
    give_back(care.matter, scope=scope, kind=care.was)
    Care.objects.filter(pk=care.pk).update(state=Care.State.BACK.value)
    withdraw(subject=f"care/{number}")
    return care.matter


def _open(scope: Scope, number: str) -> Care:
    care = care_for(scope, number)
    if care.state == Care.State.OVER.value:
        raise Conflict(_("没有办成"), why=_("这件关怀已经结束"))
    return care


def open_identity(*, scope: Scope, number: str, submission: int, reason: str) -> Who:
    """Open the name (查看身份) of somebody who spoke in confidence; they see that the carer did, and how often."""
    with transaction.atomic():
        care = care_for(scope, number)
        reason = reasoned(reason)
        identity = dict(identities(care.matter)).get(submission)
        if identity is None:
            raise NotFound(_("没有可查看的身份"), why=_("这是匿名件，或没有留下姓名"))
        post = scope.posts[0]
        note_opening(identity=identity, role=post.role.value, post=post.title, person=scope.person, reason=reason)
        audit("identity.opened", scope=scope)
    return read_identity(identity)


def remind() -> int:
    """Tell carer and doctor once more (再提醒) of what nobody got in touch about since yesterday."""
    today, count = clock.today(), 0
    rows = Care.objects.filter(state=Care.State.OPEN.value, day__lt=today).exclude(reminded=today)
    for care in rows.select_related("matter"):
        if Care.objects.filter(pk=care.pk).exclude(reminded=today).update(reminded=today):
            count += notify(persons=unconcerned_carers(care.matter), subject=f"care/{care.matter.number}",
                            kind="care.waiting")
    return count


def note_reading(scope: Scope) -> None:
    """Note that a matter in care was read (查看留痕), without saying which."""
    audit("care.read", scope=scope)
