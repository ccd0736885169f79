"""Publication (公布): the results of a day become readable for all staff."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import latest, unconfirmed_years
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound
from sangesan.ledger.facts.services import record
from sangesan.method.authority import Action, Scope
from sangesan.method.facts import SYSTEM, ResultPublished
from sangesan.organization.calendar.queries import calendar

from ..models import Publication


def publish(day: date) -> list[Run]:
    """Publish what was assessed for a day (公布当日结果) and return the runs published now.

    With it go the corrections of earlier days, each beside the run it revises.
    A year whose calendar nobody confirmed blocks publication. Doing it again publishes nothing twice.
    """
    if not calendar(day, day).confirmed(day.year):
        return []
    runs = [run for period in Run.DAILY if (run := latest(period, day))]
    return [run for run in [*_waiting(day), *runs] if _publish(run)]


def _waiting(day: date) -> list[Run]:
    """Return what corrects a published result and is not published (待公布的更正), also through one that never was."""
    told = Publication.objects.values("run")
    before = Publication.objects.filter(run__scope=OuterRef("scope"), run__period=OuterRef("period"),
                                        run__until=OuterRef("until"), run__lt=OuterRef("pk"))
    rows = Run.objects.filter(revision=None).exclude(revises=None).exclude(pk__in=told).filter(Exists(before))
    return list(rows.exclude(period__in=Run.DAILY, until__gte=day).order_by("until", "pk"))


@transaction.atomic
def publish_period(*, scope: Scope, run: int) -> Run:
    """Publish a month, quarter or year (公布时段结果): the assessor does it, when the exceptions were looked at."""
    if not scope.can(Action.PUBLISH):
        raise Forbidden(_("没有公布"), why=_("时段结果由考核员公布"))
    found = Run.objects.exclude(period__in=Run.DAILY).filter(pk=run, revision=None).select_related("rule_set").first()
    if found is None:
        raise NotFound(_("没有找到这份考核结果"))
    today = clock.today()
    if not calendar(today, today).confirmed(today.year):
        raise Conflict(_("没有公布"), why=_("%d 年日历没有核定，异议期算不出来") % today.year, next=_("请先核定日历"))
    if years := unconfirmed_years(found):
        raise Conflict(_("没有公布"), why=_("%s 年日历没有核定，这一期的工作日算不准") % "、".join(map(str, years)),
                       next=_("请先核定日历，再核对这一期结果"))
    if not _publish(found):
        raise Conflict(_("没有公布"), why=_("这份结果已经公布"))
    return found


def publish_again(run: Run) -> Run | None:
    """Publish at once what revises a published run (公布更正), or None when there is nothing new."""
    found = latest(run.period, run.until)
    if found is None or found == run or not Publication.objects.filter(run=run).exists():
        return None
    return found if _publish(found) else None


@transaction.atomic
def _publish(run: Run) -> bool:
    _row, made = Publication.objects.get_or_create(run=run, defaults={"published_at": clock.now()})
    if made:
        record(ResultPublished(subject=run.subject, occurred_at=clock.now(), run=run.pk,
                               of_day=run.until.isoformat()), actor=SYSTEM)
    return made
