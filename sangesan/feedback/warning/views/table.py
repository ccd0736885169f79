"""The grading table (分级表): read by all staff, drafted by the office, in force by the committee's decision."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangesan.feedback.grades import queries as tables
from sangesan.feedback.grades import services
from sangesan.foundation.errors import UserError
from sangesan.method import grading_checks as checks
from sangesan.method.authority import Action
from sangesan.method.grading import CLOCK_NAMES, CONFIRM_NAME, RHYTHMS

from ..forms.table import Deciding, Drafting
from ..queries.preview import ROLE_NAMES, changed, preview, told_name


@require_http_methods(["GET", "POST"])
def table(request: HttpRequest) -> HttpResponse:
    """The table in force, its versions and the draft (分级表)."""
    if request.method == "GET":
        return _page(request)
    form = Drafting(tables.in_force(), request.POST)
    if not form.is_valid():
        return _page(request, 422, drafting=form)
    try:
        services.draft(scope=request.scope, data=form.written)
    except UserError as fault:
        form.add_error(None, str(fault))
        return _page(request, fault.status, drafting=form)
    messages.success(request, _("草案已保存，经党委决定后施行"))
    return redirect("warning:table")


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Put the draft in force (施行)."""
    form = Deciding(request.POST)
    if not form.is_valid():
        return _page(request, 422, deciding=form)
    try:
        services.put_in_force(scope=request.scope, **form.cleaned_data)
    except UserError as fault:
        form.add_error(None, str(fault))
        return _page(request, fault.status, deciding=form)
    messages.success(request, _("已登记施行"))
    return redirect("warning:table")


def _page(request: HttpRequest, status: int = 200, **typed) -> HttpResponse:
    now, row = tables.in_force(), tables.draft()
    draft = checks.read(row.data) if row else None
    edits = request.scope.can(Action.EDIT_GRADING)
    levels = [{
        "grade": g, "level": level, "progress": RHYTHMS[level.progress],
        "clocks": [*([(CONFIRM_NAME, level.clocks["sign_in"].words)] if g == "A" else []),
                   *((CLOCK_NAMES[slug], clock.words) for slug, clock in level.clocks.items())],
        "told": [told_name(one) for one in level.told],
        "closers": [[ROLE_NAMES[r] for r in sorted(group)] for group in level.closers],
    } for g, level in now.levels.items()]
    return render(request, "warning/table.html", {
        "table": now, "levels": levels, "matrix": list(zip((3, 2, 1), reversed(now.matrix), strict=True)),
        "versions": tables.versions(), "draft": draft, "edits": edits,
        "preview": preview(request.scope, now, draft) if draft else [],
        "changed": changed(now, draft) if draft else [],
        "drafting": Drafting(draft or now), "deciding": Deciding(initial={"version": draft.version if draft else ""}),
    } | typed, status=status)
