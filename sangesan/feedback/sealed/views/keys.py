"""Pages of the keys (信箱钥匙页面): who holds one, who asks for one, and how the box is founded."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sangesan.foundation.errors import NotFound
from sangesan.method.authority import Action

from .. import forms, packing, queries, services
from ..words import WORDS


@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The list of keys (钥匙名册); a browser hands in a new one here."""
    if request.method == "POST":
        return _new(request)
    scope = request.scope
    if not (scope.can(Action.INSPECT) or scope.can(Action.AUDIT)):
        raise NotFound()
    return render(request, "sealed/keys.html", {
        "lines": queries.chain(), "mine": queries.key_of(scope), "paper": queries.paper(), "box": queries.mailbox(),
        "inspector": scope.can(Action.INSPECT), "missing": queries.missing(scope), "person": scope.person,
        "readers": queries.readers(), "alone": queries.alone(scope),
        "unopened": queries.unopened(scope), "renewable": services.renewable(),
        "removable": queries.removable(scope) if scope.can(Action.INSPECT) else (), "words": WORDS})


def _new(request: HttpRequest) -> HttpResponse:
    if not request.scope.can(Action.INSPECT):
        services.refuse_key(scope=request.scope)
        raise NotFound()
    said = forms.sent(request)
    add = services.found if said.get("kind") == "paper" else services.ask
    return JsonResponse({"place": add(scope=request.scope, **forms.key_of(said)).place})


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The list of keys for a browser (名册数据): it judges the signatures itself."""
    return JsonResponse(packing.keys(request.scope))


@require_POST
def approve(request: HttpRequest, place: int) -> HttpResponse:
    """Let a key in (同意启用)."""
    said = forms.sent(request)
    key = services.approve(scope=request.scope, key=packing.key(place), by=packing.key(said.get("by")),
                           signature=packing.octets(said.get("signature")))
    return JsonResponse({"state": key.state})


@require_POST
def remove(request: HttpRequest, place: int) -> HttpResponse:
    """Take a key out of force (停用)."""
    services.remove(scope=request.scope, key=packing.key(place))
    messages.success(request, _("钥匙已停用，已告知全体监察员和审计员"))
    return redirect("sealed:keys")


@require_POST
def lost(request: HttpRequest) -> HttpResponse:
    """Report the paper key lost (挂失)."""
    services.report_lost(scope=request.scope)
    messages.success(request, _("已挂失，信箱暂停收信，已告知全体监察员和审计员"))
    return redirect("sealed:keys")


@require_POST
def found(request: HttpRequest) -> HttpResponse:
    """Say that it is there again (解除挂失)."""
    services.found_again(scope=request.scope)
    messages.success(request, _("已解除挂失，恢复收信，已告知全体监察员和审计员"))
    return redirect("sealed:keys")


@require_http_methods(["GET", "POST"])
def founding(request: HttpRequest) -> HttpResponse:
    """Found the box (启用信箱): first whom to turn to above, then the paper key."""
    if not request.scope.can(Action.INSPECT):
        raise NotFound()
    box, posts = queries.mailbox(), packing.managed_posts()
    kept = {"upper": box.upper, "upper_contact": box.upper_contact, "office_contact": box.office_contact,
            "managed": box.managed} if box else {"managed": packing.usually_managed()}
    form = forms.SettleForm(request.POST if request.method == "POST" else None, initial=kept, posts=posts)
    if form.is_bound and form.is_valid():
        services.settle(scope=request.scope, **form.cleaned_data)
        messages.success(request, _("已保存"))
        return redirect("sealed:founding")
    return render(request, "sealed/founding.html", {"form": form, "box": box, "paper": queries.paper(),
                                                    "words": WORDS},
                  status=422 if form.is_bound else 200)
