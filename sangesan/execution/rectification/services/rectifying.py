"""Putting right and verifying (整改、验收): done by the unit, looked at by another, back when it is not right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties.models import Duty
from sangesan.execution.duties.services import complete, take_back
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.facts import (
    SYSTEM,
    Actor,
    RectificationDone,
    RectificationReturned,
    RectificationVerified,
)
from sangesan.method.rectification import another_shift
from sangesan.organization.notices.services import fulfilled, notify
from sangesan.organization.people.models import Post
from sangesan.organization.people.queries import posts_of
from sangesan.organization.units.queries import lineage
from sangesan.organization.units.queries.rota import shifts

from ..models import Finding, Photo, Verdict
from ..queries.access import finding_for
from ..queries.detail import barred, does, doing
from ..words import REFUSED
from .inspecting import KINDS
from .photos import developed, kept
from .said import refused, words


@transaction.atomic
def done(*, scope: Scope, finding: int, text: str = "", photos: Sequence[bytes] = ()) -> Finding:
    """Say that it is put right (整改完成), with a sentence and photos if there is something to say or to show."""
    found = finding_for(scope, finding)
    if not does(scope, found):
        raise Forbidden(_("没有登记"), why=_("由整改单位的人登记"))
    pictures = developed(photos)
    said = words(text, what=_("怎么整改的"), longest=300, code="words")
    shown = kept(found, Photo.Of.DONE.value, pictures)
    complete(duty=found.duty, actor=scope.actor, person=scope.person, words=said,
             evidence=f"{said}\n{shown}".strip() if shown else "")
    return found


def followed(sender: object, *, duty: Duty, **_said: object) -> None:
    """Follow the duty of a finding (随整改事项变动), wherever it was settled: a fact, and the finder is asked."""
    if duty.origin.kind not in KINDS:
        return
    found = Finding.objects.select_related("inspection", "named").filter(duty=duty).first()
    last = doing(found) if found is not None else None
    if last is None:
        return
    record(RectificationDone(subject=found.subject, unit=found.path, occurred_at=last.at),
           actor=Actor.post(last.post) if last.post else SYSTEM)
    notify(persons=[found.inspection.person], posts=[found.named_id] if found.named_id else [], subject=found.subject,
           kind="finding.to_verify")


def gone_over(sender: object, *, duty: Duty, **_said: object) -> None:
    """Let a finding go along with its duty (随整改事项移交): whoever took the unit over puts it right."""
    Finding.objects.filter(duty=duty).update(unit=duty.unit_id)


@transaction.atomic
def verify(*, scope: Scope, finding: int, passed: bool, text: str = "") -> Verdict:
    """Verify what was done (验收): passed, or back to the unit with a reason; never by the doer or under them."""
    found = finding_for(scope, finding)
    last = doing(found)
    if last is None or found.verdicts.filter(passed=True).exists():
        raise Conflict(_("没有验收"), why=_("还没有整改完，或已经销号"), next=_("请刷新页面"))
    why = barred(scope, found, last)
    if why:
        said, next = REFUSED[why]
        raise Forbidden(_("没有验收"), why=str(said), next=str(next))
    fulfilled(subject=found.subject, kinds=["finding.to_verify"])
    text = words(text, what=_("验收意见"), longest=300, needed=not passed, code="words")
    if passed:
        by = "finder" if scope.person == found.inspection.person else "named"
        fact = RectificationVerified(subject=found.subject, unit=found.path, occurred_at=clock.now(), by=by)
    else:
        fact = RectificationReturned(subject=found.subject, unit=found.path, occurred_at=clock.now())
        take_back(duty=found.duty, actor=scope.actor, reason="not_verified", within=None, person=scope.person)
        heads = [post.pk for post in posts_of(found.unit_id, clock.today()) if post.head]
        notify(posts=heads, subject=found.subject, kind="finding.returned")
    try:
        with transaction.atomic():
            return Verdict.objects.create(finding=found, passed=passed, words=text, at=clock.now(), person=scope.person,
                                          post=scope.posts[0].code, fact=record(fact, actor=scope.actor, words=text))
    except IntegrityError as fault:
        raise Conflict(_("没有验收"), why=_("刚才已经有人验收通过")) from fault


@transaction.atomic
def name(*, scope: Scope, finding: int, post: str) -> Finding:
    """Name an independent person of another shift to verify (指定验收人), by post; only the finder does."""
    found = finding_for(scope, finding)
    if scope.person != found.inspection.person:
        raise Forbidden(_("没有指定"), why=_("验收人由查出问题的人指定"))
    if found.verdicts.filter(passed=True).exists():
        raise Conflict(_("没有指定"), why=_("已经验收销号"))
    chosen = Post.objects.select_related("unit").filter(code=post, until=None).first() if post.isprintable() else None
    if chosen is None:
        raise refused(_("没有这个岗位"), _("请从列表里选择"), "post")
    today = clock.today()
    if found.unit_id in lineage(chosen.unit_id, today):
        raise refused(_("%s是整改单位的岗位") % chosen.title, _("请指定别的单位的人"), "post")
    if not another_shift(_shift(chosen.unit_id, found.inspection.day), found.inspection.shift):
        raise refused(_("%s和检查时是同一个班") % chosen.title, _("请指定别的班的人"), "post")
    Finding.objects.filter(pk=found.pk).update(named=chosen)
    found.named = chosen
    notify(posts=[chosen.pk], subject=found.subject, kind="finding.to_verify")
    return found


def _shift(unit: int, day: date) -> str:
    """Return the shift of a unit on a day (当日班次), '' when it has none of its own: crews take turns."""
    row = shifts(day, [unit]).get(unit)
    return row.pattern if row else ""
