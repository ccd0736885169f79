"""My calendar (我的日程): by month or week, and the feed for other calendars."""

from __future__ import annotations

from datetime import UTC, date

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangesan.foundation import clock
from sangesan.foundation.rate import Limit
from sangesan.method.icalendar import feed as written
from sangesan.organization.accounts.queries import feed_of
from sangesan.organization.accounts.services import feeds

from .. import queries

READS = Limit("feed", burst=60, per_minute=30)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show a month, or a week (我的日程)."""
    week = "week" in request.GET
    day = _day(request.GET.get("week" if week else "month", ""))
    span = (queries.week_of if week else queries.month_of)(request.scope, day)
    return render(request, "desk/calendar.html", {"span": span, "day": day, "feed": feed_of(request.scope.person)})


def _day(text: str) -> date:
    """Return the day asked for (所选日期): today when it is none, or too far off to be meant."""
    try:
        day = date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        return clock.today()
    return day if clock.near(day) else clock.today()


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Make the private address anew and show it once (启用、更换订阅地址)."""
    token = feeds.renew(request.standing.account)
    return render(request, "desk/feed.html", {"address": request.build_absolute_uri(f"/feeds/{token}/calendar.ics")})


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Take the private address back (停用订阅地址)."""
    feeds.revoke(request.standing.account)
    messages.success(request, _("订阅地址已停用"))
    return redirect("desk:calendar")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give another calendar the dates behind a private address (日程订阅)."""
    READS.check(request.META.get("REMOTE_ADDR", ""))
    scope = feeds.reader(token)
    body = written(_("三个三 我的日程"), queries.events(scope), clock.now().astimezone(UTC))
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"], answer["Referrer-Policy"] = "private, no-store", "no-referrer"
    return answer
