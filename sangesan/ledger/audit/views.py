"""Page of the auditor (审计页)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangesan.foundation.errors import Forbidden
from sangesan.method.authority import Action

from . import queries


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Show the audit log (审计日志), newest first, one event or all."""
    if not request.scope.can(Action.AUDIT):
        raise Forbidden(_("没有打开"), why=_("审计日志只给审计管理员看"))
    event = request.GET.get("event", "")
    events = queries.shown()
    event = event if event in events else ""
    after = request.GET.get("after", "")[:9]
    rows, more = queries.page(request.scope, event=event, after=int(after) if after.isdecimal() else 0)
    return render(request, "audit/log.html", {
        "rows": queries.lines(request.scope, rows), "more": more, "event": event, "events": events.items(),
        "newest": not after,
    })
