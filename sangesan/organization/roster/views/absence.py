"""Going away (请假代办): who stands in for me, for whom I stand in, and taking a post back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangesan.foundation.errors import UserError
from sangesan.organization.people import services, standing_in

from .. import forms


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Show and enter who stands in (请假代办)."""
    form = forms.AbsenceForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        try:
            services.go_away(scope=request.scope, **form.cleaned_data)
        except UserError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, _("已办理，到日子自动生效、自动收回"))
            return redirect("organization:absence")
    mine = standing_in.own(request.scope)
    people = {one.work_number: one for row in mine for one in standing_in.candidates(row.post, request.scope)}
    return render(request, "organization/absence.html", {
        "form": form, "mine": mine, "people": people.values(), "given": standing_in.given(request.scope),
        "taken": standing_in.taken(request.scope)}, status=422 if form.is_bound else 200)


@require_POST
def back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a post back before its time (提前收回)."""
    services.come_back(scope=request.scope, appointment=pk)
    messages.success(request, _("已收回，从今天起由您本人办理"))
    return redirect("organization:absence")
