"""Pages of 队务公开: what was posted, one month's table, posting from Excel."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangesan.foundation.errors import NotFound
from sangesan.foundation.trying import tried

from .. import paperwork, queries, services
from ..forms import PostForm
from .plans import tabs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """What was posted (公开了哪些月份); a POST posts a month."""
    units = queries.units_to_post(request.scope)
    form = PostForm(*((request.POST, request.FILES) if request.method == "POST" else ()), units=units)
    if form.is_bound and form.is_valid():
        made = tried(form, lambda: services.post(scope=request.scope, **form.cleaned_data))
        if made:
            messages.success(request, _("已公开，%(n)d 人") % {"n": made.heads})
            return redirect("publicity:posting", made.pk)
    rows, after = queries.postings_page(request.scope, request.GET.get("after", ""))
    context = {"rows": rows, "after": after, "form": form, "posts": bool(units), "tabs": tabs("openness")}
    return render(request, "openness/index.html", context, status=422 if form.is_bound else 200)


@require_safe
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """One month's table (公示表): the sums for the unit's own people."""
    found = queries.posting_for(request.scope, pk)
    rows = [(one, *(paperwork.decimal(n) for n in (one.attendance, one.work, one.bonus)))
            for one in queries.table_of(request.scope, found)]
    answer = render(request, "openness/posting.html", {
        "it": found, "rows": rows, "versions": list(queries.versions(found)), "tabs": tabs("openness")})
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The table to pin up (打印张贴)."""
    if not queries.reads(request.scope, queries.posting_for(request.scope, pk)):
        raise NotFound()
    answer = HttpResponse(paperwork.posting(request.scope, pk), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="openness-{pk}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in (模板)."""
    answer = HttpResponse(services.template(), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="openness.xlsx"'
    return answer
