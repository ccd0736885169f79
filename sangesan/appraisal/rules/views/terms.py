"""Pages of a draft's terms (办法条款): links, weights of lines, grades, pay; what is decided is read-only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangesan.foundation.trying import tried

from .. import queries, services
from ..forms import GRADES, LinkForm, PayForm, WeightsForm


@require_http_methods(["GET", "HEAD", "POST"])
def add_link(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Add a link rule (新增挂钩办法)."""
    found = queries.draft_for(request.scope, code, version)
    form = LinkForm(_sent(request), initial={"share": 30})
    return _answer(request, "link", found, form, lambda: services.link(
        scope=request.scope, rule_set=found.row.pk, at=None, said=form.content()))


@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, code: str, version: int, line: str, kind: str) -> HttpResponse:
    """Change a link rule (修改挂钩办法)."""
    found, row = queries.link_for_edit(request.scope, code, version, line, kind)
    form = LinkForm(_sent(request), initial=LinkForm.of(row))
    return _answer(request, "link", found, form, lambda: services.link(
        scope=request.scope, rule_set=found.row.pk, at=(row.line, row.kind), said=form.content()),
        line=line, kind=kind, old=True)


@require_POST
def remove_link(request: HttpRequest, code: str, version: int, line: str, kind: str) -> HttpResponse:
    """Take a link rule out (取消挂钩办法)."""
    found, row = queries.link_for_edit(request.scope, code, version, line, kind)
    services.link(scope=request.scope, rule_set=found.row.pk, at=(row.line, row.kind), said=None)
    messages.success(request, _("已取消，这一级按其他各级的办法挂钩"))
    return redirect("rules:version", code, version)


@require_http_methods(["GET", "HEAD", "POST"])
def weights(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Set what each line weighs (条线权重)."""
    found = queries.draft_for(request.scope, code, version)
    form = WeightsForm(_sent(request), initial=queries.weights_shown(found.row))
    return _answer(request, "weights", found, form, lambda: services.settle(
        scope=request.scope, rule_set=found.row.pk, line_weights=form.content()))


@require_http_methods(["GET", "HEAD", "POST"])
def grades(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Set grades and their coefficients (等次与系数)."""
    found = queries.draft_for(request.scope, code, version)
    form = GRADES(_sent(request), initial=queries.grades_shown(found.row))
    return _answer(request, "grades", found, form, lambda: services.settle(
        scope=request.scope, rule_set=found.row.pk, grades=[
            {"name": one["name"], "least": one["least"], "coefficient": one["coefficient"] * 100}
            for one in form.cleaned_data if one.get("name")]))


@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Set how results move pay (兑现办法)."""
    found = queries.draft_for(request.scope, code, version)
    form = PayForm(_sent(request), initial=queries.pay_shown(found.row))

    def save() -> object:
        said = dict(form.cleaned_data)
        more = {name: said.pop(name) for name in ("person_share", "own_cap")}
        return services.settle(scope=request.scope, rule_set=found.row.pk, pay=said, **more)
    return _answer(request, "pay", found, form, save)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _answer(request: HttpRequest, page: str, found: Any, form: Any, save: Callable[[], object],
            **more: Any) -> HttpResponse:
    """Show a form, or save what it holds and go back to the draft (显示或保存)."""
    if form.is_valid() and tried(form, save):
        messages.success(request, _("草案已保存"))
        return redirect("rules:version", found.row.code, found.row.version)
    return render(request, f"rules/{page}.html", {"form": form, "v": found} | more,
                  status=422 if form.is_bound else 200)
