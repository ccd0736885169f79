"""Pages of research (研讨页面)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangesan.foundation.errors import NotFound, UserError
from sangesan.foundation.once.services import once
from sangesan.organization.networks import queries as networks

from . import forms, queries, services


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show topics (研讨课题)."""
    networks.check_member(request.scope)
    rows = queries.visible(request.scope)
    return render(request, "research/list.html", {
        "open": rows.filter(concluded_on=None)[:50], "done": rows.exclude(concluded_on=None)[:50],
        "leads": queries.leads(request.scope)})


def new(request: HttpRequest) -> HttpResponse:
    """Put a topic up (出题)."""
    if not queries.leads(request.scope):
        raise NotFound()
    form = forms.TopicForm(request.POST or None, **queries.choices())
    if request.method == "POST" and form.is_valid():
        try:
            topic = once(request, partial(services.put_up, scope=request.scope, **form.cleaned_data)).done
            messages.success(request, _("已出题，已告诉受邀的联络员"))
            return redirect("research:detail", topic.number) if topic else redirect("research:index")
        except UserError as fault:
            form.add_error(fault.code if fault.code in form.fields else None, str(fault))
    return render(request, "research/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """Show one topic (课题)."""
    return _shown(request, number)


@require_POST
def contribute(request: HttpRequest, number: str) -> HttpResponse:
    """Say what one sees (提交意见)."""
    return _done(request, number, "saying", services.contribute, _("已提交，谢谢您"))


@require_POST
def conclude(request: HttpRequest, number: str) -> HttpResponse:
    """Draw a conclusion (作结论)."""
    return _done(request, number, "concluding", services.conclude, _("结论已公布给联络员，可以转送有关联络网"))


def _done(request: HttpRequest, number: str, name: str, do: Callable, said: str) -> HttpResponse:
    queries.topic_for(request.scope, number)
    form = forms.TextForm(request.POST, auto_id=f"{name}_%s")
    if form.is_valid():
        try:
            once(request, partial(do, scope=request.scope, number=number, **form.cleaned_data))
            messages.success(request, said)
            return redirect("research:detail", number)
        except UserError as fault:
            form.add_error(None, str(fault))
            return _shown(request, number, fault.status, **{name: form})
    return _shown(request, number, 422, **{name: form})


def _shown(request: HttpRequest, number: str, status: int = 200, **bound: forms.TextForm) -> HttpResponse:
    topic = queries.topic_for(request.scope, number)
    fresh = {name: forms.TextForm(auto_id=f"{name}_%s") for name in ("saying", "concluding")}
    return render(request, "research/detail.html", fresh | bound | {
        "topic": topic, "said": queries.contributions(topic), "invited": queries.invited(topic),
        "asked": queries.asked(request.scope, topic), "leads": queries.leads(request.scope),
        "passed": networks.passed_of(topic.subject), "may_pass": bool(networks.mine(request.scope))}, status=status)
