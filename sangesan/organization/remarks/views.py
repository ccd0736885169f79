"""Pages of remarks (批示页面): mine, a new one, one with its answer."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangesan.foundation import door
from sangesan.foundation.errors import NotFound, UserError
from sangesan.foundation.once.services import once

from . import forms, queries, services
from .pages import Page, address_of


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What was written to me, what I wrote (批示与回复)."""
    came, given = queries.lists(request.scope)
    return render(request, "remarks/list.html", {
        "came": came, "given": given, "may": queries.may_instruct(request.scope)})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write a remark on a subject (批示)."""
    subject = request.GET.get("subject", "")[:80]
    found = queries.about(request.scope, subject)
    form = forms.GiveForm(request.scope, found, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = once(request, partial(services.give, scope=request.scope, subject=subject, **form.cleaned_data)).done
            messages.success(request, _("已批示，已进入对方待办"))
            return redirect("remarks:detail", made.pk) if made else redirect("remarks:list")
        except NotFound:
            raise
        except UserError as fault:
            form.add_error(None, str(fault))
    context = {"form": form, "place": address_of(subject), "word": found.word if isinstance(found, Page) else ""}
    return render(request, "remarks/new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, remark: int) -> HttpResponse:
    """One remark (批示): what was asked, what came of it."""
    found = queries.remark_for(request.scope, remark)
    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            once(request, partial(services.answer, scope=request.scope, remark=remark, **form.cleaned_data))
            messages.success(request, _("已回复"))
            return redirect("remarks:detail", remark)
        except UserError as fault:
            form.add_error(None, str(fault))
    return render(request, "remarks/detail.html", {
        "it": found, "form": form, "open": door.open(request.scope, found.about) is not None,
        "mine": found.to.code in request.scope.post_codes}, status=422 if form.is_bound else 200)
