"""The page of one duty (应办事项): what, why, until when, its history, and what can be done with it here."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_POST, require_safe

from sangesan.foundation.errors import Conflict, NotFound, UserError
from sangesan.method.authority import Action

from .. import kinds, queries, services
from ..forms.settling import Asking, Completing, Correcting, Deciding, Exempting, Undoing
from ..queries.happened import history
from ..words import chip

STEPS = {
    "done": (Completing, services.complete, Action.DO_WORK, lazy("已办结，进入台账")),
    "exempt": (Exempting, services.exempt, Action.ASSIGN_WORK, lazy("已免办")),
    "ask": (Asking, services.ask, Action.DO_WORK, lazy("已申请改期，等另一个人同意")),
    "decide": (Deciding, services.decide, Action.ASSIGN_WORK, lazy("已答复改期申请")),
    "correct": (Correcting, services.correct, Action.ASSIGN_WORK, lazy("已更正，这件事重新待办")),
    "undo": (Undoing, services.take_back, Action.DO_WORK, lazy("已撤回，可以重新办理")),
}


@require_safe
def moves(request: HttpRequest) -> HttpResponse:
    """What waits for my answer (改期申请)."""
    if not request.scope.can(Action.ASSIGN_WORK):
        raise NotFound()
    rows = [(one, kinds.of(one.duty.origin.kind).where(one.duty)) for one in queries.to_answer(request.scope)]
    return render(request, "duties/moves.html", {"rows": rows})


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One duty (应办事项详情)."""
    return _page(request, pk)


@require_POST
def act(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take a step (办结、免办、撤回)."""
    if step not in STEPS:
        raise Http404
    kind, service, action, said = STEPS[step]
    duty, form = queries.duty_for(request.scope, pk, action), kind(request.POST)
    if step == "done" and kinds.of(duty.origin.kind).elsewhere(duty):
        raise Conflict(_("没有办结"), why=_("这件事在它自己的页面办"), next=_("请从“我的待办”打开"))
    if not form.is_valid():
        return _page(request, pk, 422, **{step: form})
    try:
        service(duty=duty, actor=request.scope.actor, person=request.scope.person, **form.cleaned_data)
    except NotFound:
        raise
    except UserError as fault:
        form.add_error(None, str(fault))
        return _page(request, pk, fault.status, **{step: form})
    messages.success(request, str(said))
    return redirect("duties:detail", pk)


def _page(request: HttpRequest, pk: int, status: int = 200, **typed) -> HttpResponse:
    found = queries.detail_of(request.scope, pk)
    failed = next(iter(typed.values()), None)
    fresh = {"failed": failed, "done": Completing(), "exempt": Exempting(), "undo": Undoing(),
             "ask": Asking(auto_id="ask_%s"), "correct": Correcting(auto_id="correct_%s")}
    shown = {"it": found, "duty": found.duty, "chip": chip(found.status), "history": history(found)}
    return render(request, "duties/detail.html", fresh | shown | typed, status=status)
