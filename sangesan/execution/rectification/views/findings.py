"""Pages of findings (整改页面): the open ones by unit and age, and one with what I can do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangesan.foundation.trying import told

from .. import queries, services
from ..forms.typed import DoneForm, MoveForm, NameForm, VerdictForm, WordsForm
from ..queries import choices
from ..words import AGES, STATES
from .inspecting import tabs

SHOWN = ("late", "done", "verified", "waived")
"""States one may look at (可筛选的状态), beside what is open."""


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Open findings (整改清单), by unit and age, and in a list."""
    state, unit = request.GET.get("state", ""), request.GET.get("unit", "").replace("\x00", "")
    age = {str(n): n for n in range(len(AGES))}.get(request.GET.get("age", ""))
    rows = [(finding, STATES[at]) for finding, at in queries.listed(request.scope, state, unit, age)]
    context = {"rows": rows, "units": queries.open_by_unit(request.scope), "ages": AGES, "state": state, "unit": unit,
               "age": AGES[age] if age is not None else "",
               "waiting": queries.to_verify(request.scope), "tabs": tabs(request, "open"),
               "states": [("", _("没有销号的")), *((slug, STATES[slug][0]) for slug in SHOWN)]}
    return render(request, "rectification/findings.html", context)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One finding (问题)."""
    it = queries.detail_of(request.scope, pk)
    context = {"it": it, "words": DoneForm(), "move": MoveForm(auto_id="move_%s"),
               "name": NameForm(posts=choices.verifiers(it.finding, request.scope)) if it.names else None}
    return render(request, "rectification/finding.html", context)


@require_safe
def photo(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """One photo (照片): pixels and nothing else; a browser takes it for nothing else either."""
    return HttpResponse(queries.photo_for(request.scope, pk, photo), content_type="image/jpeg", headers={
        "Content-Disposition": "inline", "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "no-store"})


@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right (整改完成)."""
    return _step(request, pk, DoneForm(request.POST, request.FILES), _("已登记整改完成，等验收"),
                 lambda said: services.done(scope=request.scope, finding=pk, **said))


@require_POST
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Verify (验收)."""
    return _step(request, pk, VerdictForm(request.POST), _("已登记验收结果"),
                 lambda said: services.verify(scope=request.scope, finding=pk, **said))


@require_POST
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who may verify (指定验收人)."""
    posts = choices.verifiers(queries.finding_for(request.scope, pk), request.scope)
    return _step(request, pk, NameForm(request.POST, posts=posts), _("已指定验收人"),
                 lambda said: services.name(scope=request.scope, finding=pk, **said))


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another date (申请改期)."""
    return _step(request, pk, MoveForm(request.POST), _("已申请改期，等另一个人同意"),
                 lambda said: services.ask(scope=request.scope, finding=pk, **said))


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to another date or not (答复改期)."""
    return _step(request, pk, WordsForm(request.POST), _("已答复改期申请"), lambda said: services.decide(
        scope=request.scope, finding=pk, agreed=request.POST.get("agreed") == "yes"))


def _step(request: HttpRequest, pk: int, form, said: str, do: Callable) -> HttpResponse:
    found = queries.finding_for(request.scope, pk)
    told(request, lambda: do(form.cleaned_data), said, form, queries.footing(found))
    return redirect("rectification:finding", pk)
