"""Accepting (受理): one way for every form. The receipt is shown once, in the answer itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sangesan.feedback.matters.words import ANONYMOUS
from sangesan.feedback.speakers.services import OtherFiles
from sangesan.foundation import qr
from sangesan.foundation.choosing import refuse_unasked
from sangesan.foundation.errors import UserError
from sangesan.method.despair import leaves_grades

from ..forms.public import Refusable
from ..services import Accepted


def accept(request: HttpRequest, form: Refusable, take: Callable[..., Accepted], *, page: str,
           done: str, context: dict[str, Any] | None = None) -> HttpResponse:
    """Show a form, or take it in (受理); a fault shows it again with every word that was typed.

    The receipt is the speaker's alone: who signed nothing and is not there (`absent`) leaves nobody to give it to,
    and whoever enters the word must not hold it.
    """
    context = {"form": form} | (context or {})
    if not form.is_bound:
        return render(request, page, context)
    status = 422
    if form.is_valid() and not refuse_unasked(form):
        try:
            return _taken(request, form, take(**form.said()), done, context)
        except OtherFiles as fault:
            return _taken(request, form, fault.taken, done, context | {"lost": str(fault)}, status=fault.status)
        except UserError as fault:
            status = fault.status
            form.refuse(fault)
    form.lose_photos()
    return render(request, page, context, status=status)


def _taken(request: HttpRequest, form: Refusable, accepted: Accepted, done: str, context: dict[str, Any], *,
           status: int = 200) -> HttpResponse:
    """Show what was taken in (受理结果), with the receipt."""
    nobody = context.get("absent", False) and form.cleaned_data["mode"] == ANONYMOUS
    slips = [(code, qr.path(code)) for code in (accepted.receipt, *accepted.more) if code and not nobody]
    return render(request, done, context | {"accepted": accepted, "slips": slips, "said": form.cleaned_data,
                                            "nobody": nobody, "phones": settings.HELP_PHONES}, status=status)


def bound(request: HttpRequest) -> dict[str, Any]:
    """Return what a form is bound to (提交的内容): nothing unless it was sent."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


def to_ring(text: str) -> dict[str, object]:
    """Return whom to ring (求助电话) where words of despair go to somebody else than a carer: sealed, or a topic."""
    return {"despair": leaves_grades(text), "phones": settings.HELP_PHONES}
