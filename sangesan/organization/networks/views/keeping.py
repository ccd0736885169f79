"""Pages to keep the networks (维护联络网): add and end nodes, post names, import, rewrite functions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, NotFound, UserError
from sangesan.organization.units.queries import standing

from .. import forms, queries, services

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add(request: HttpRequest, slug: str) -> HttpResponse:
    """Make a post a node (设联络员)."""
    network = queries.network_for(request.scope, slug)
    _let_in(request)
    form = forms.NodeForm(request.POST or None, initial={"unit": request.GET.get("unit", "")[:80]})
    if request.method == "POST" and form.is_valid():
        try:
            services.join(scope=request.scope, network=slug, **form.cleaned_data)
            messages.success(request, _("已设联络员"))
            return redirect("networks:network", slug)
        except UserError as fault:
            form.add_error("unit" if isinstance(fault, NotFound) else None, str(fault))
    return _form(request, form, _("在%s设联络员") % network, reverse("networks:network", args=[slug]), lists=True)


def revise(request: HttpRequest, slug: str) -> HttpResponse:
    """Rewrite functions (修订职能)."""
    network = queries.network_for(request.scope, slug)
    if not queries.keeps_all(request.scope):
        raise NotFound()
    start = {name: getattr(network, name) for name in ("role", "functions", "kinds")}
    form = forms.CharterForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            services.revise(scope=request.scope, network=slug, **form.cleaned_data)
            messages.success(request, _("职能已修订"))
            return redirect("networks:network", slug)
        except UserError as fault:
            form.add_error(None, str(fault))
    return _form(request, form, _("修订%s的职能") % network, reverse("networks:network", args=[slug]))


@require_POST
def end(request: HttpRequest, node: int) -> HttpResponse:
    """End a node (撤联络员)."""
    found = queries.node_for(request.scope, node)
    try:
        services.leave(scope=request.scope, node=node)
    except UserError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("已撤，以前的记录还在"))
    return redirect("networks:network", found.network.slug)


@require_POST
def posted(request: HttpRequest, branch: str) -> HttpResponse:
    """Say that the names were posted (已张贴公示)."""
    _let_in(request)
    try:
        count = services.post_names(scope=request.scope, branch=branch)
    except (NotFound, Forbidden):
        raise
    except UserError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, _("已登记公示 %s 人") % count)
    return redirect("networks:points")


def imports(request: HttpRequest) -> HttpResponse:
    """Take a workbook of nodes in (导入联络员)."""
    if not queries.keeps_all(request.scope):
        raise NotFound()
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            count = services.take(data=form.cleaned_data["file"].read(), actor=request.scope.actor)
            messages.success(request, _("已增加 %s 个联络员") % count)
            return redirect("networks:index")
        except UserError as fault:
            form.add_error("file", str(fault))
    return render(request, "networks/import.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Give the workbook to fill in (下载模板)."""
    _let_in(request)
    return HttpResponse(services.template(), content_type=XLSX,
                        headers={"Content-Disposition": 'attachment; filename="networks.xlsx"'})


def _let_in(request: HttpRequest) -> None:
    if not queries.keeps(request.scope):
        raise NotFound()


def _form(request: HttpRequest, form, title: str, back: str, lists: bool = False) -> HttpResponse:
    said = {"form": form, "title": title, "back": back}
    if lists:
        today = clock.today()
        said |= {"units": standing(today).values_list("code", "name")[:1000],
                 "posts": queries.candidates(request.scope, today)}
    return render(request, "networks/form.html", said, status=422 if form.is_bound else 200)
