"""Pages of passings (转送): pass a thing on, say that one has it, look back."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangesan.foundation import clock
from sangesan.foundation.errors import NotFound, UserError
from sangesan.foundation.once.services import once

from .. import forms, queries, services
from .networks import tabs


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what came and what went (转送)."""
    queries.check_member(request.scope)
    return render(request, "networks/passings.html", {
        "rows": queries.rows_for(request.scope), "mine": queries.mine(request.scope), "tabs": tabs("passings")})


def pass_on(request: HttpRequest) -> HttpResponse:
    """Pass a subject on (转送); the door is asked before anything is shown."""
    asked = {name: request.GET.get(name, "")[:80] for name in ("subject", "to")}
    own = {node.network.slug: node.network.name for node in queries.mine(request.scope)}
    if not own or not queries.door_open(request.scope, asked["subject"]):
        raise NotFound()
    targets = [each for each in queries.networks() if set(own) != {each.slug}]
    target = next((each for each in targets if each.slug == asked["to"]), None)
    form = _form(request, own, target) if target else None
    if form and form.is_bound and form.is_valid():
        try:
            once(request, partial(services.pass_on, scope=request.scope, subject=asked["subject"], target=target.slug,
                                  **form.cleaned_data))
            messages.success(request, _("已转送%s，对方接到后会显示") % target)
            return redirect("networks:passings")
        except UserError as fault:
            form.add_error(None, str(fault))
    return render(request, "networks/pass.html", asked | {
        "form": form, "targets": targets, "target": target, "word": queries.word_of(asked["subject"])},
                  status=422 if form and form.is_bound else 200)


@require_POST
def take(request: HttpRequest, passing: int) -> HttpResponse:
    """Say that one has it (接到)."""
    try:
        services.take_up(scope=request.scope, passing=passing)
    except NotFound:
        raise
    except UserError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("已接到"))
    return redirect("networks:passings")


def _form(request: HttpRequest, own: dict[str, str], target) -> forms.PassForm:
    receivers = [(line.node.pk, f"{line.node.unit} · {line.node.post}")
                 for line in queries.receivers(target, clock.today())]
    sources = [(slug, name) for slug, name in own.items() if slug != target.slug]
    return forms.PassForm(request.POST or None, sources=sources, receivers=receivers)
