"""Pages for entering words of others (登记与代录页面): each channel its own, and one for whoever is asked first."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangesan.foundation.errors import Forbidden, UserError
from sangesan.method.authority import Action

from .. import channels, services
from ..forms.entry import BehalfForm, HandedForm, RegisterForm
from ..queries.handing import handed_up, upper
from ..services.handing import hand_up
from .accepting import accept, bound

HANDED = "handed-up"
"""The tab beside the channels (原件上交一栏)."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Lead to what this post enters most (登记入口)."""
    _only(request, Action.REGISTER)
    return redirect("intake:entry", channels.entered()[0].slug)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, channel: str) -> HttpResponse:
    """Register what came by one channel (登记来件); the next one keeps day and signing."""
    _only(request, Action.REGISTER)
    shelf = next((shelf for shelf in channels.entered() if shelf.slug == channel), None)
    if shelf is None:
        raise Http404
    return accept(request, RegisterForm(shelf=shelf, kept=request.GET.dict(), **bound(request)),
                  partial(services.register, scope=request.scope, channel=channel),
                  page="intake/register.html", done="intake/registered.html",
                  context={"shelf": shelf, "tabs": _tabs(channel), "absent": shelf.absent,
                           "again": reverse("intake:entry", args=[channel])})


@require_http_methods(["GET", "HEAD", "POST"])
def handed(request: HttpRequest) -> HttpResponse:
    """Note a paper that was handed to the level above (原件上交), and list one's own."""
    _only(request, Action.REGISTER)
    form = HandedForm(request.POST if request.method == "POST" else None, upper=upper())
    if form.is_bound and form.is_valid():
        try:
            hand_up(scope=request.scope, **form.cleaned_data)
        except UserError as fault:
            form.refuse(fault)
        else:
            messages.success(request, _("已登记收到和交出，内容没有保存"))
            return redirect("intake:handed")
    return render(request, "intake/handed.html", {
        "form": form, "lines": handed_up(request.scope), "tabs": _tabs(HANDED)}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def behalf(request: HttpRequest) -> HttpResponse:
    """Write down what somebody said (代录): whoever was asked first."""
    _only(request, Action.REPORT, Action.REGISTER)
    return accept(request, BehalfForm(**bound(request)), partial(services.behalf, scope=request.scope),
                  page="intake/behalf.html", done="intake/registered.html",
                  context={"again": reverse("intake:behalf")})


def _only(request: HttpRequest, *actions: Action) -> None:
    if not any(request.scope.can(action) for action in actions):
        raise Forbidden(_("没有打开"), why=_("您的岗位没有登记来信来访的权限"))


def _tabs(here: str) -> list[dict[str, Any]]:
    entered = [{"word": shelf.name, "url": reverse("intake:entry", args=[shelf.slug]), "here": shelf.slug == here}
               for shelf in channels.entered()]
    return [*entered, {"word": _("原件上交"), "url": reverse("intake:handed"), "here": here == HANDED}]
