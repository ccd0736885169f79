"""Planning and holding study (安排学习、登记学习): in paid time; the host counts heads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sangesan.execution.duties.services import complete
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Scope
from sangesan.method.deadlines import OFFICE
from sangesan.method.facts import StudyHeld
from sangesan.method.study import Day, allowed, paid
from sangesan.method.texts import kept, unfit
from sangesan.organization.people.models import Person
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import on, path_of, subtree

from ..models import Attendance, Session
from ..queries.access import leads, session_for
from ..queries.shifts import at_work, begins, duty_of, waiting

LONGEST, MOST_HEADS, MOST_BYTES, BACK = 5000, 500, 5 << 20, timedelta(days=31)
SHIFTS = {"检修班": "repair", "四点班": "four", "零点班": "zero"}


@transaction.atomic
def plan(*, scope: Scope, unit: str, of: str, day: date, at: time, theme: str, shift: str = "", place: str = "",
         text: str = "", link: str = "", pdf: bytes = b"") -> Session:
    """Plan a study session (安排学习) of a unit or one of its shifts, in paid time, with its material."""
    found = Unit.objects.filter(code=unit, closed=None).first() if unit.isprintable() else None
    if found is None or found.pk not in leads(scope):
        raise Forbidden(_("没有安排"), why=_("没有这个单位，或它不归您安排"), next=_("请从列表里选择"))
    if of not in set(Day):
        raise _refused(_("没有选学习的类别"), _("请选一项"), "of")
    if not clock.today() - BACK <= day <= clock.today() + timedelta(days=92):
        raise _refused(_("日期太早或太远"), _("可以补一个月以内的，排三个月以内的"), "day")
    spans = _spans(found, shift, day)
    if not spans:
        raise _refused(_("%(unit)s没有%(shift)s") % {"unit": found.name, "shift": shift}, _("请选有的班次"), "shift")
    if not paid(at, spans):
        said = "、".join(f"{a:%H:%M}—{b:%H:%M}" for a, b in spans)
        late = shift and paid(at, _spans(found, shift, day + timedelta(days=1)))
        way = _("请改到班中或班前会；这个班零点以后学习的，日期写第二天") if late else _("请改到班中或班前会")
        why = _("%(at)s 不在工作时间（%(spans)s），学习不占休息时间") % {"at": f"{at:%H:%M}", "spans": said}
        raise _refused(why, way, "at")
    if link and not allowed(link, settings.STUDY_HOSTS):
        hosts = "、".join(settings.STUDY_HOSTS) or _("没有")
        raise _refused(_("视频地址不在允许的主机里（现在允许：%s）") % hosts,
                       _("请用企业内部的地址，或请系统管理员增加主机"), "link")
    if pdf and (not pdf.startswith(b"%PDF-") or len(pdf) > MOST_BYTES):
        raise _refused(_("材料不是 PDF 文件，或超过 5 MB"), _("请另存为 PDF 再上传"), "pdf")
    try:
        with transaction.atomic():
            return Session.objects.create(
                unit=found, of=of, day=day, at=at, shift=shift, place=_words(place, _("地点"), 60, "place"),
                theme=_words(theme, _("主题"), 80, "theme", needed=True), text=_words(text, _("材料"), LONGEST, "text"),
                link=link[:300], pdf=pdf, person=scope.person, post=scope.posts[0].code if scope.posts else "")
    except IntegrityError:
        raise Conflict(_("没有安排"), why=_("这个班这天已经安排了这类学习"), next=_("请改日期或班次")) from None


@transaction.atomic
def hold(*, scope: Scope, session: int, heads: int, names: Sequence[str] = ()) -> Session:
    """Say that it was held (登记学习) and how many were there, counted by the host.

    `names` are work numbers for the unit's own record; one of another unit and nothing is stored.
    """
    found = session_for(scope, session)
    if found.unit_id not in leads(scope):
        raise Forbidden(_("没有登记"), why=_("由本单位主持学习的人登记"))
    if begins(found) > clock.now():
        raise _refused(_("还没有到学习的时间"), _("开始以后再登记"), "heads")
    if isinstance(heads, bool) or not isinstance(heads, int) or not 1 <= heads <= MOST_HEADS:
        raise _refused(_("人数须是 1 到 %d") % MOST_HEADS, _("请数一下到会的人"), "heads")
    people = _own(found, names)
    if len(people) > heads:
        said = {"n": len(people), "heads": heads}
        raise _refused(_("名单有 %(n)d 人，比人数 %(heads)d 多") % said, _("请核对"), "heads")
    fact = record(StudyHeld(subject=found.subject, unit=path_of(found.unit_id, found.day), quantity=heads, of=found.of,
                            occurred_at=begins(found), shift=SHIFTS.get(found.shift, "")), actor=scope.actor)
    if not Session.objects.filter(pk=found.pk, heads=None).update(heads=heads, held_at=clock.now(), fact=fact):
        raise Conflict(_("没有登记"), why=_("这次学习已经登记过"))
    Attendance.objects.bulk_create([Attendance(session=found, person=person) for person in people])
    _answer_routine(found, scope)
    found.refresh_from_db()
    return found


def _own(session: Session, names: Sequence[str]) -> list[Person]:
    """Return the people of a roster (到会名单). Raises UserError for one of another unit."""
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    rows = on(Person.objects.filter(work_number__in=wanted), session.day).select_related("unit")
    people = {person.work_number: person for person in rows}
    below = set(subtree(session.unit_id, session.day))
    strangers = [name for name in wanted if name not in people or people[name].unit_id not in below]
    if strangers:
        said = {"unit": session.unit.name, "names": "、".join(strangers[:5])}
        raise _refused(_("名单里有不是%(unit)s的人：%(names)s") % said,
                       _("名单只记本单位的人；外单位的人只算进人数"), "names")
    return list(people.values())


def _answer_routine(session: Session, scope: Scope) -> None:
    """Settle the study duty of that week (办结制度要求的学习) once every shift has studied; nobody enters it twice."""
    duty = duty_of(session)
    if duty is not None and not waiting(duty, session.of):
        complete(duty=duty, actor=scope.actor, at=begins(session), person=scope.person)


@transaction.atomic
def call_off(*, scope: Scope, session: int) -> None:
    """Call a session off (取消安排) that was not held: nothing was finished, so nothing is lost."""
    found = session_for(scope, session)
    if found.unit_id not in leads(scope):
        raise Forbidden(_("没有取消"), why=_("由本单位主持学习的人取消"))
    if not Session.objects.filter(pk=found.pk, heads=None).delete()[0]:
        raise Conflict(_("没有取消"), why=_("这次学习已经登记过人数"))


def _spans(unit: Unit, shift: str, day: date) -> list[tuple[time, time]]:
    """Return the paid hours of a day of a shift, or of the office (工作时间); none where the unit hasn't the shift."""
    rows = at_work(subtree(unit.pk, day), day)
    spans = [(row, *(at.time() if at.date() == day else time(0) for at in span)) for row, *span in rows]
    if not shift:
        return [span for row, *span in spans if row.unit_id == unit.pk] or [*OFFICE.spans]
    return list(dict.fromkeys((begins, ends) for row, begins, ends in spans if row.pattern == shift))


def _words(text: str, what: str, longest: int, code: str, *, needed: bool = False) -> str:
    text = kept(text or "")
    if needed and not text:
        raise _refused(_("没有写%s") % what, _("请写几个字"), code)
    if len(text) > longest:
        raise _refused(_("%(what)s有 %(n)d 个字，最多 %(most)d 个字") % {
            "what": what, "n": len(text), "most": longest}, _("请删减"), code)
    if unfit(text):
        raise _refused(_("%s里有不能保存的字符") % what, _("请删去特殊字符"), code)
    return text


def _refused(why: str, next: str, code: str) -> UserError:
    return UserError(_("没有保存"), why=why, next=next, code=code)
