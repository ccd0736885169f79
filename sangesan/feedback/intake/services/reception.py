"""Reception days (信访接待日): planned by rota, announced, held, published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.feedback.matters.queries import masked, masker, unnamed
from sangesan.feedback.matters.services import prepare, write
from sangesan.feedback.matters.services.steps import words
from sangesan.feedback.matters.services.terms import last_day
from sangesan.feedback.matters.words import ACCUSATION, ANONYMOUS
from sangesan.feedback.sealed import queries as discipline
from sangesan.feedback.speakers import services as receipts
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts.services import record
from sangesan.method import reception as rule
from sangesan.method.authority import Scope
from sangesan.method.facts import ReceptionAnnounced, ReceptionPublished
from sangesan.method.retention import SAID
from sangesan.organization.calendar.queries import calendar
from sangesan.organization.units.models import Kind, Unit
from sangesan.organization.units.queries import path_of

from ..models import Booking, Reception, Visitor
from ..queries import reception as queries
from . import checks
from .submitting import Accepted, bring, brought, submit, word_of

MOST_MONTHS = 12
LONGEST_RESULT = 200


@transaction.atomic
def plan(*, scope: Scope, first: date, months: int, on: int, leaders: Sequence[str], place: str,
         spans: str = rule.SPANS, minutes: int = rule.MINUTES, along: str = "") -> list[Reception]:
    """Plan reception days by rota (排接待日); a day that is planned already stays as it is."""
    unit = Unit.objects.select_for_update().get(pk=_seat(scope).pk)  # of two who plan at once, one waits
    posts = {post.code: post for post in queries.leaders()}
    if not leaders or any(code not in posts for code in leaders):
        raise refusal(_("没有选接待领导"), _("请从列表里选"), "leaders")
    if not 1 <= months <= MOST_MONTHS or not 1 <= on <= 31:
        raise refusal(_("月数须是 1 到 12，日期须是 1 到 31"), _("请改一下"), "months")
    if not clock.today().year <= first.year <= clock.today().year + 1:
        raise refusal(_("只能排今年和明年的接待日"), _("请改一下月份"), "first")
    try:
        spans = rule.planned_spans(spans, minutes)
        rule.slots(spans, minutes)
    except ValueError:
        raise refusal(_("接待时间不对"), _("请写成 09:00-11:00,14:00-17:00，一段接一段，每段不短于一个人的时间"),
                  "spans") from None
    place, along = words(place, what=_("地点"), longest=80), words(along, what=_("随同"), longest=200, needed=False)
    days = rule.rota(first, months, on, leaders, calendar(first, date(first.year + 1, 12, 31)))
    made = []
    for day, code in days:
        if day > clock.today() and not Reception.objects.filter(unit=unit, day=day).exists():
            made.append(Reception.objects.create(unit=unit, day=day, post=posts[code], place=place, spans=spans,
                                                 minutes=minutes, along=along))
    return made


def _seat(scope: Scope) -> Unit:
    """Return the enterprise whose register this post keeps (接待单位)."""
    units = Unit.objects.filter(pk__in=queries.keeping(scope), kind__in=(Kind.MINE, Kind.GROUP))
    found = units.order_by("kind", "pk").first()
    if found is None:
        raise Forbidden(_("没有办成"), why=_("您的岗位不管全矿的接待日"))
    return found


@transaction.atomic
def announce(*, scope: Scope, reception: int) -> Reception:
    """Announce a reception day (公布接待日): from now on it may be booked."""
    found = managed_day(scope, reception)
    if found.day <= clock.today():
        raise refusal(_("接待日已到或已过，须提前公布"), _("请另排一天"), "day")
    if not Reception.objects.filter(pk=found.pk, announced=None).update(announced=clock.today()):
        raise Conflict(_("没有公布"), why=_("已经公布过了"))
    record(ReceptionAnnounced(subject=found.subject, unit=path_of(found.unit_id, clock.today()),
                              occurred_at=clock.now(), held_on=found.day.isoformat()), actor=scope.actor)
    return found


@transaction.atomic
def receive(*, scope: Scope, reception: int, key: str, text: str, outcome: str, booking: int | None = None,
            promised: date | None = None, result: str = "", mode: str = "named",
            others: Sequence[tuple[str, str]] = (), **parts: Any) -> Accepted:
    """Take down what a visitor said (接待登记): a matter, the receipt booked with or a new one, what was promised.

    Of many who came together each of the `others` who speak for them gets a receipt as well. An accusation goes into
    the discipline mailbox alone: it leaves no line in the record of the day.
    """
    found = managed_day(scope, reception)
    if found.published:
        raise Conflict(_("没有登记"), why=_("这一天的接待结果已经公布"), next=_("请在“登记来件”里按来访登记"))
    if found.day > clock.today():
        raise refusal(_("接待日还没有到"), _("请在当天登记"), "day")
    result = _told(result, needed=False)
    if checks.one_of(outcome, dict(rule.OUTCOMES), _("接待结果")) == "promised" and promised is None:
        raise refusal(_("没有写承诺日期"), _("请写几时给结果"), "promised")
    if outcome != "promised" and promised is not None:
        raise refusal(_("写了承诺日期，接待结果却不是“交办并承诺时限”"), _("请改选接待结果，或去掉日期"), "promised")
    last = last_day("handling", found.day)
    if promised is not None and not found.day <= promised <= last:
        raise refusal(_("承诺日期不对"), _("请写接待日以后、%s 当日及以前的日期，不晚于法定办理期限") % f"{last:%F}",
                      "promised")
    parts["extra"] = {**(parts.get("extra") or {}), "promised": promised}
    row = _booking(found, booking)
    first = row is None or bool(Booking.objects.filter(pk=row.pk, came=False, cancelled=False).update(came=True))
    closed = parts.get("kind") == ACCUSATION and discipline.ready()
    if row is None or closed:
        signed = mode if parts.get("name") or parts.get("contact") else ANONYMOUS
        accepted = submit(channel="reception_day", mode=signed, text=text, key=key, day=found.day, others=others,
                          **parts)
    else:
        accepted = _expected(found, row, text, mode, parts, others=others, key=key, first=first)
    if accepted.fresh and not first:  # nothing of it stands: whoever pressed twice gets what the first press got
        raise _taken_down()
    if accepted.fresh and not closed:
        Visitor.objects.create(reception=found, booking=row, said_id=accepted.submission, outcome=outcome,
                               promised=promised, result=result)
        _cover_visitors(found)
    return accepted


def _booking(reception: Reception, pk: int | None) -> Booking | None:
    if pk is None:
        return None
    found = reception.bookings.filter(pk=min(pk, 2**63 - 1), cancelled=False).first()
    if found is None:
        raise _taken_down()
    return found


def _taken_down() -> Conflict:
    return Conflict(_("没有登记"), why=_("这个预约已经登记过，或已取消"), code="booking",
                    next=_("请看接待记录；没有登记的，请选“没有预约，直接来的”"))


def _expected(reception: Reception, booking: Booking, text: str, mode: str, parts: dict[str, Any], *,
              others: Sequence[tuple[str, str]], key: str, first: bool) -> Accepted:
    """Make a matter of who had booked (预约来访): it goes on under the receipt they hold already.

    Sent again (not `first`) the same words give the others the receipts they got, for an answer may have been lost.

    Who says at the desk who they are is known from then on; how they booked holds, unless it was without a name.
    """
    checks.few(others)
    said = {name: value for name, value in parts.items() if name not in ("name", "contact", "photos", "not_upper")}
    name, contact = checks.who(parts.get("name", ""), parts.get("contact", ""))
    told = mode != ANONYMOUS and bool(name or contact)
    signed = rule.signed(booking.mode, mode) if told else booking.mode
    word = word_of("reception_day", signed, text, day=reception.day, **said)
    if not first:
        before = Visitor.objects.filter(booking=booking).select_related("said__matter").first()
        more = brought(others, key=key, word=word)
        if before is None or not more:
            raise _taken_down()
        return Accepted(before.said.matter.number, "", False, before.said_id, more=more)
    ready = prepare(word, receipt=booking.receipt_id)
    write(ready)
    more = bring(ready, others, key=key, word=word, mode=mode)
    if told:
        receipts.say_who(receipt=booking.receipt, mode=signed, name=name, contact=contact)
    return Accepted(ready.matter.number, "", True, ready.said.pk, more=more)


@transaction.atomic
def settle(*, scope: Scope, reception: int, visitor: int, result: str) -> Visitor:
    """Write what came of it (填写接待结果), in words fit for everybody: personal data is covered before it is kept."""
    found = managed_day(scope, reception)
    row = found.visitors.filter(pk=min(visitor, 2**63 - 1)).first()
    if row is None or found.published:
        raise Conflict(_("没有保存"), why=_("没有这一条，或结果已经公布"))
    row.result = _told(result)
    row.save(update_fields=["result"])
    _cover_visitors(found)
    return row


@transaction.atomic
def publish(*, scope: Scope, reception: int) -> Reception:
    """Publish the results (公布接待结果) of a day that is over, once each visitor's is written."""
    found = managed_day(scope, reception)
    if not rule.over(found.day, found.spans, clock.local(clock.now())) or found.announced is None:
        raise refusal(_("这一天的接待还没有结束"), _("接待时间过了再公布；公布以后这一天不能再登记"), "day")
    if found.visitors.filter(result="").exists():
        raise refusal(_("还有来访没有填结果"), _("请逐条填写"), "result")
    _cover_visitors(found, joined=True)
    if not Reception.objects.filter(pk=found.pk, published=None).update(published=clock.today()):
        raise Conflict(_("没有公布"), why=_("已经公布过了"))
    record(ReceptionPublished(subject=found.subject, unit=path_of(found.unit_id, clock.today()),
                              occurred_at=clock.now(), quantity=found.visitors.count()), actor=scope.actor)
    return found


def _cover_visitors(found: Reception, *, joined: bool = False) -> None:
    """Cover the names of those who came (遮盖来访人姓名) in all results of the day: no roster need know them.

    At each word that is written, for by the publication somebody may have had the name erased. What is published
    names nobody either who spoke of the same elsewhere (`joined`): sooner, whoever keeps the record could try
    who that is, and no opening would be noted. So it is with those who booked and of whom no visit is recorded: they
    stayed away, or said what is sealed.
    """
    rows = list(found.visitors.select_related("said"))
    booked = found.bookings.values_list("receipt_id", flat=True) if joined else ()
    cover = unnamed({row.said.matter_id for row in rows}, joined=joined, receipts=booked)
    for row in rows:
        row.result = cover(row.result)[:LONGEST_RESULT]
    Visitor.objects.bulk_update(rows, ["result"])


def clear_results() -> int:
    """Clear what came of a visit and who booked it (清除接待文字) where the matter was cleared; safe to repeat.

    Of those who booked and never came only the name was kept, and it goes `rule.ABSENT_DAYS` after the day.
    """
    away = Booking.objects.filter(came=False, reception__day__lt=clock.today() - timedelta(days=rule.ABSENT_DAYS))
    receipts.erase(list(away.filter(receipt__identity__isnull=False).values_list("receipt_id", flat=True)))
    gone = Visitor.objects.filter(said__matter__cleared_on__isnull=False).exclude(result=_(SAID))
    bookings = Booking.objects.filter(visitor__in=gone)
    receipts.erase(list(bookings.values_list("receipt_id", flat=True)))
    bookings.update(topic="")
    return gone.update(result=_(SAID))


def to_cover() -> int:
    """Return how many results stand covered in all (遮盖件数)."""
    return Visitor.objects.count()


@transaction.atomic
def cover_again(after: int, most: int) -> list[int]:
    """Cover the next results after a key anew (重新遮盖一批) and return their keys; safe to run twice."""
    held = Visitor.objects.select_for_update(no_key=True).filter(pk__gt=after)  # whoever writes a result waits
    rows, cover = list(held.order_by("pk")[:most]), masker()
    for row in rows:
        row.result = cover(row.result)[:LONGEST_RESULT]
    Visitor.objects.bulk_update(rows, ["result"], batch_size=200)
    return [row.pk for row in rows]


def _told(result: str, *, needed: bool = True) -> str:
    """Return what came of a talk as everybody may read it (公布用语)."""
    return masked(words(result, what=_("结果"), longest=LONGEST_RESULT, needed=needed))[:LONGEST_RESULT]


def managed_day(scope: Scope, reception: int) -> Reception:
    """Return a day this post keeps, held: what is written and its publication wait for one another."""
    found = queries.reception_for(scope, reception)
    if not queries.managed(scope, found):
        raise Forbidden(_("没有办成"), why=_("您的岗位不登记接待日"))
    return Reception.objects.select_for_update(of=("self",)).select_related("post").get(pk=found.pk)


def refusal(why: str, next: str, code: str) -> UserError:
    """Return why nothing was done (没有办成)."""
    return UserError(_("没有办成"), why=why, next=next, code=code)
