"""Pages of the quiet road (关怀页面): for the carer and the doctor."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from sangesan.foundation.errors import Forbidden, NotFound, UserError
from sangesan.foundation.once.services import once
from sangesan.method.authority import Action

from ..forms import caring as forms
from ..queries import care_page, caring
from ..services import caring as services

STEPS = {
    "contact": (forms.Contacting, services.contact, lazy("已记下这次联系")),
    "write": (forms.Writing, services.write, lazy("已留言")),
    "end": (forms.Nothing, services.end, lazy("关怀已结束")),
    "back": (forms.Nothing, services.back, lazy("已转回分办")),
}
ENDS = ("end", "back")
"""Steps that are new ones where care was taken up again (可再办的步骤); of words the same ones are the same."""


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The list (关怀件)."""
    if not request.scope.can(Action.CARE):
        raise Forbidden(_("没有打开"), why=_("关怀件只有关怀员和医生能看"))
    return render(request, "warning/care_list.html", {"cares": caring.listed(request.scope)})


@require_GET
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One of them (关怀件详情); each reading is noted."""
    care = caring.care_for(request.scope, number)
    services.note_reading(request.scope)
    return _page(request, care)


@require_POST
def act(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Take a step (办理)."""
    if step not in STEPS:
        raise Http404
    kind, service, said = STEPS[step]
    care, form = caring.care_for(request.scope, number), kind(request.POST)
    if not form.is_valid():
        return _page(request, care, 422, **{step: form})
    try:
        once(request, partial(service, scope=request.scope, number=number, **form.cleaned_data),
             caring.footing(care) if step in ENDS else None)
    except NotFound:
        raise
    except UserError as fault:
        form.add_error(None, str(fault))
        return _page(request, care, fault.status, **{step: form})
    messages.success(request, str(said))
    return redirect("warning:care_list") if step == "back" else redirect("warning:care", number)


@require_POST
def identity(request: HttpRequest, number: str) -> HttpResponse:
    """Open the name (查看姓名), served once."""
    form = forms.Opening(request.POST)
    care = caring.care_for(request.scope, number)
    if not form.is_valid():
        said = next(iter(form.errors.values()))[0]
        raise UserError(_("没有查看"), why=_("查看理由：%s") % said, next=_("请改好理由再查看"))
    who = services.open_identity(scope=request.scope, number=number, **form.cleaned_data)
    return _page(request, care, who=who)


def _page(request: HttpRequest, care, status: int = 200, **typed) -> HttpResponse:
    fresh = {"contact": forms.Contacting(), "write": forms.Writing(), "end": forms.Nothing(), "back": forms.Nothing()}
    return render(request, "warning/care.html", fresh | care_page.of(care) | typed, status=status)
