"""Pages of talks and help (谈心帮扶页面): what one may know of, one record, a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangesan.foundation.errors import NotFound, UserError

from . import queries, services
from .forms import GiveForm


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What one may know of (谈心帮扶), without names."""
    rows, after = queries.page(request.scope, request.GET.get("after", ""))
    return render(request, "outreach/list.html", {
        "rows": rows, "after": after, "may": queries.giver(request.scope) is not None})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Record one (登记)."""
    form = GiveForm(request.POST if request.method == "POST" else None, units=queries.places(request.scope))
    if form.is_bound and form.is_valid():
        try:
            made = services.give(scope=request.scope, **form.cleaned_data)
        except NotFound:
            raise
        except UserError as fault:
            form.refuse(fault)
        else:
            messages.success(request, _("已登记"))
            return redirect("care:record", made.pk)
    context = {"form": form, "may": queries.giver(request.scope) is not None}
    return render(request, "outreach/new.html", context, status=422 if form.is_bound else 200)


@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """One record (一条记录)."""
    found = queries.record_for(request.scope, pk)
    answer = render(request, "outreach/record.html", {"it": found, "words": queries.words_of(found)})
    answer["Cache-Control"] = "no-store"
    return answer
