"""Changes of the calendar (日历维护): seeding, adjusting, confirming."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import date, timedelta

import chinese_calendar
from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method.facts import Actor

from .models import Day
from .queries import length


@transaction.atomic
def seed(*, year: int) -> int:
    """Fill in the days of a year that are missing (预置日历) and return how many.

    The package knows the years the State Council has announced; any other year is guessed from
    the days of the week and stays provisional.
    """
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(length(year))]
    known = set(Day.objects.filter(date__in=[days[0], days[-1]]).values_list("date", flat=True))
    if len(known) == 2:
        return 0
    rows = [Day(date=day, is_work=is_work, source=source) for day in days for is_work, source in [guess(day)]]
    Day.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def guess(day: date) -> tuple[bool, str]:
    """Return whether a day is worked and where that is known from (推定)."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return chinese_calendar.is_workday(day), Day.Source.PACKAGE.value
    except NotImplementedError:
        return day.weekday() < 5, Day.Source.GUESS.value


@transaction.atomic
def confirm(*, year: int, actor: Actor, changes: Mapping[date, bool] | None = None) -> int:
    """Confirm a year (核定日历), with the days that differ here; return how many days.

    A confirmed day is frozen: deadlines and results already rest on it.
    """
    seed(year=year)
    for day, is_work in (changes or {}).items():
        if day.year != year:
            raise UserError(_("没有核定日历"),
                            why=_("%(day)s 不在 %(year)s 年") % {"day": day, "year": year},
                            next=_("请只调整这一年的日期"))
        done = Day.objects.filter(date=day, confirmed_at=None).update(is_work=is_work, source=Day.Source.PERSON.value)
        if not done:
            raise UserError(_("没有核定日历"), why=_("%(day)s 已经核定，不能再改") % {"day": day}, next=_("请核对日期"))
    open_days = Day.objects.filter(date__year=year, confirmed_at=None)
    return open_days.update(confirmed_by=actor.slug, confirmed_at=clock.now())
