"""Pages of work items (工作项页面): the list, one item on its line, a step, the closing review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.foundation.trying import told, tried
from sangesan.method.authority import Action

from . import queries, services
from .forms import BeginForm, DownForm, WordsForm

STATES = {"": lazy("进行中"), "mine": lazy("与我有关"), "late": lazy("超期"), "ended": lazy("已结束")}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The work items one may see (工作项)."""
    state = request.GET.get("state", "")
    rows, after = queries.listed(request.scope, state=state, after=request.GET.get("after", ""))
    tabs = [{"word": word, "url": f"/w/work/?state={slug}" if slug else "/w/work/", "here": slug == state}
            for slug, word in STATES.items()]
    return render(request, "work/list.html", {"rows": rows, "after": after, "tabs": tabs, "state": state,
                                              "may": request.scope.can(Action.ASSIGN_WORK)})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a work item (立项)."""
    typed = request.POST if request.method == "POST" else None
    form = BeginForm(typed, scope=request.scope, initial={"cause": request.GET.get("from", "")[:80]})
    if form.is_bound and form.is_valid():
        made = tried(form, lambda: services.begin(scope=request.scope, **form.cleaned_data))
        if made:
            messages.success(request, _("已立项，第一个环节的步骤已交给各单位"))
            return redirect("work:detail", made.pk)
    context = {"form": form, "may": request.scope.can(Action.ASSIGN_WORK)}
    return render(request, "work/new.html", context, status=422 if form.is_bound else 200)


@require_safe
def detail(request: HttpRequest, item: int) -> HttpResponse:
    """One work item (工作项)."""
    found = queries.item_for(request.scope, item)
    return render(request, "work/detail.html", queries.page_of(request.scope, found) | {"words": WordsForm()})


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, item: int, duty: int) -> HttpResponse:
    """Take a step (办一步), or say afterwards how it was done."""
    found = queries.own_step(request.scope, item, duty)
    shown = queries.step_page(found)
    do = services.add_proof if shown["settled"] else services.take
    form = WordsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        done = tried(form, lambda: do(scope=request.scope, item=item, duty=duty, **form.cleaned_data))
        if done:
            messages.success(request, _("已办结，进入台账"))
            return redirect("work:detail", item)
    return render(request, "work/step.html", shown | {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, item: int) -> HttpResponse:
    """The closing review (分析评估): figures from the ledger, what was learned is typed."""
    found = queries.item_for(request.scope, item)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        done = tried(form, lambda: services.end(scope=request.scope, item=item, learned=form.cleaned_data["words"]))
        if done:
            messages.success(request, _("已评估办结"))
            return redirect("work:detail", item)
    context = queries.page_of(request.scope, found) | {"form": form, "told": queries.review_of(found)}
    return render(request, "work/review.html", context, status=422 if form.is_bound else 200)


@require_POST
def leave(request: HttpRequest, item: int, stage: str) -> HttpResponse:
    """Leave a stage (通过环节)."""
    return _done(request, item, _("已通过，下一环节的步骤已交办"), services.leave, stage=stage)


@require_POST
def drop(request: HttpRequest, item: int) -> HttpResponse:
    """Give a work item up (撤销)."""
    return _done(request, item, _("已撤销，没办的步骤不再要求"), services.drop, why=request.POST.get("words", ""))


@require_POST
def hand_down(request: HttpRequest, item: int) -> HttpResponse:
    """Hand a work item down a level (逐级下达)."""
    form = DownForm(request.POST, choices=queries.below(request.scope, queries.item_for(request.scope, item)))
    if not form.is_valid():
        messages.error(request, _("没有下达：请从列表里选单位"))
        return redirect("work:detail", item)
    return _done(request, item, _("已下达"), services.hand_down, **form.cleaned_data)


def _done(request: HttpRequest, item: int, said: str, do: Callable, **more: Any) -> HttpResponse:
    queries.item_for(request.scope, item)
    told(request, lambda: do(scope=request.scope, item=item, **more), said)
    return redirect("work:detail", item)
