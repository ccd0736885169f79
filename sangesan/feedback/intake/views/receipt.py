"""The receipt page (回执页): what became of one's words. The code travels in the body, never in an address."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from sangesan.feedback.matters import services as matters
from sangesan.feedback.matters.queries import Heard, footing_of, heard, rights
from sangesan.feedback.matters.queries import proof as proof_of
from sangesan.feedback.matters.queries.picture import steps
from sangesan.feedback.matters.queries.recipients import told_to
from sangesan.feedback.sealed.queries import heard as sealed
from sangesan.feedback.sealed.queries import proof as sealed_proof_of
from sangesan.feedback.speakers import services as receipts
from sangesan.foundation import pace, qr
from sangesan.foundation.errors import Conflict, NotFound, UserError
from sangesan.foundation.once.services import Outcome, once
from sangesan.ledger.facts import proofs
from sangesan.method.despair import leaves_grades
from sangesan.organization.documents.files import PDF, given
from sangesan.organization.documents.queries import pdf_of

from ..forms.public import RatingForm, ReceiptForm, ReplyForm, ReviewForm
from ..limits import GUESSING
from ..queries.reception import booked, promised_to
from ..services.booking import cancel
from . import discipline


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or show what it opens (查回执)."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return render(request, "intake/receipt_ask.html", {"form": form})
    GUESSING.check(request.META["REMOTE_ADDR"])
    with pace.steady():
        closed = sealed(form.cleaned_data["code"]) if form.is_valid() else None
        found = heard(form.cleaned_data["code"]) if form.is_valid() else None
        booking = booked(form.cleaned_data["code"]) if found is None and form.is_valid() else None
    if booking is not None:
        return _booking(request, form.cleaned_data["code"], booking)
    if closed is not None:
        return discipline.shown(request, form.cleaned_data["code"], closed)
    if found is None:
        if form.is_valid():
            form.add_error("code", NO_SUCH.why)
        return render(request, "intake/receipt_ask.html", {"form": form}, status=404)
    return shown(request, form.cleaned_data["code"], found)


APART = ("reply", "review")
"""Steps that answer with a receipt where a word of despair was taken in by itself (可能另行收下的步骤)."""
NO_SUCH = NotFound(
    lazy("没有查到"), why=lazy("没有这个回执号，请对照回执单再输一次；字母 O 和数字 0、字母 I 和数字 1 不分"))


def _booking(request: HttpRequest, code: str, booking: Any, said: str = "") -> HttpResponse:
    """Show a booked visit (预约) to whoever holds its receipt."""
    return render(request, "intake/booking.html", {
        "booking": booking, "code": code, "said": said, "named": receipts.name_kept(booking.receipt)})


@require_POST
def unbook(request: HttpRequest) -> HttpResponse:
    """Give a booked slot back (取消预约)."""
    GUESSING.check(request.META["REMOTE_ADDR"])
    with pace.steady():
        booking = cancel(code=request.POST.get("code", "")[:40])
    booking.cancelled = True
    return render(request, "intake/booking.html", {"booking": booking})


def shown(request: HttpRequest, code: str, found: Heard, *, said: str = "", fault: str = "", apart: str = "",
          status: int = 200, **bound: forms.Form) -> HttpResponse:
    """Show a receipt (回执内容) with the forms of the steps that are open.

    `fault` is why a step could not be taken any more: its form is gone, so the words that were typed are given back.
    """
    spare = {"rating": RatingForm(), "reply": ReplyForm(), "review": ReviewForm()}
    return render(request, "intake/receipt.html", spare | bound | {
        "code": code, "heard": found, "matter": found.matter, "road": steps(found.matter), "said": said,
        "fault": fault, "given": request.POST.get("text", "") if fault else "", "refused": status != 200,
        "despair": not apart and leaves_grades(request.POST.get("text", "")),
        "apart": apart, "qr": qr.path(apart) if apart else "", "phones": settings.HELP_PHONES,
        "papers": told_to(found), "promised": promised_to(found),
        "rights": rights(found.matter),
    }, status=status)


def _act(request: HttpRequest, name: str, form: forms.Form | None, do: Callable[..., Any], said: str,
         reopened: str = "") -> HttpResponse:
    """Take a step of the speaker (反映人操作), then show the receipt again.

    `reopened` is said behind it when the step set the matter going once more.
    """
    GUESSING.check(request.META["REMOTE_ADDR"])
    code = request.POST.get("code", "")[:40]
    found = _opened(code)
    if form is not None and not form.is_valid():
        return shown(request, code, found, status=422, **{name: form})
    try:
        taken = once(request, partial(do, code=code, **(form.cleaned_data if form is not None else {})),
                     footing_of(name, found.matter.number))
    except UserError as fault:
        if form is None:
            raise
        if fault.status == Conflict.status:
            kept = {"about_handlers": form.cleaned_data.get("about_handlers")}  # the words are given back by themselves
            return shown(request, code, heard(code) or found, fault=str(fault), status=fault.status,
                         **{name: type(form)(initial=kept)})
        form.refuse(fault)
        return shown(request, code, found, status=fault.status, **{name: form})
    after, apart = heard(code), apart_of(name, found, taken, request.POST.get("text", ""))
    said = "" if apart and name == "reply" else said + reopened * _again(found, after)
    return shown(request, code, after, apart=apart, said=said)


def _opened(code: str) -> Heard:
    """Return what a receipt opens (凭回执打开), in the same time whether or not it opens anything. Raises NotFound."""
    with pace.steady():
        found = heard(code)
    if found is None:
        raise NO_SUCH
    return found


def apart_of(name: str, found: Heard, taken: Outcome, text: str = "") -> str:
    """Return the receipt of a word that went to the carers (另件回执), of one that was sent twice too."""
    if name not in APART:
        return ""
    return (taken.done or "") if taken.fresh else matters.apart_before(found, text)


def _again(before: Heard, after: Heard | None) -> bool:
    """Return whether the step set the matter going once more (重新办理)."""
    return after is not None and after.matter.reopened > before.matter.reopened


@require_POST
def paper(request: HttpRequest) -> HttpResponse:
    """Take a document home (下载文书): by receipt, and only what was issued for this speaker."""
    GUESSING.check(request.META["REMOTE_ADDR"])
    found = _opened(request.POST.get("code", "")[:40])
    told = next((one for one in told_to(found) if str(one.document.pk) == request.POST.get("paper", "")), None)
    if told is None:
        raise NotFound()
    return given(pdf_of(told), f"{told.document.name}.pdf", PDF)


@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    """Rate the answer (评价)."""
    return _act(request, "rating", RatingForm(request.POST), matters.rate, _("谢谢，您的评价已经收到。"),
                reopened=_("这件事重新办理一次，办好后再答复您，仍凭这张回执看。"))


@require_POST
def reply(request: HttpRequest) -> HttpResponse:
    """Add a word (补充)."""
    said = APART_FROM_HANDS if request.POST.get("about_handlers") else _("补充的话已经收下，随事项一起办理。")
    return _act(request, "reply", ReplyForm(request.POST), matters.reply, said)


APART_FROM_HANDS = lazy("补充的话已经收下。办这件事的人看不到，由信访办另行安排。")
"""What is said to whoever ticked that it is about whoever has the matter in hand (回避告知)."""


@require_POST
def review(request: HttpRequest) -> HttpResponse:
    """Ask for a review (申请复查)."""
    return _act(request, "review", ReviewForm(request.POST), matters.review, _("申请已经收到，由上一级处理。"))


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    """Take one's words back (撤回)."""
    return _act(request, "withdraw", None, matters.withdraw, _("已经撤回，不再办理。"))


@require_POST
def erase_name(request: HttpRequest) -> HttpResponse:
    """Erase one's own name and contact (删除姓名), of a booked visit too."""
    code = request.POST.get("code", "")[:40]
    GUESSING.check(request.META["REMOTE_ADDR"])
    with pace.steady():
        booking = booked(code)
    if booking is None:
        return _act(request, "erase_name", None, matters.erase_name, GONE)
    receipts.erase_name(booking.receipt)
    return _booking(request, code, booking, said=GONE)


GONE = lazy("姓名和联系方式已经从系统里删除，只能凭这张回执看答复了，请收好。")


@require_POST
def proof(request: HttpRequest) -> HttpResponse:
    """Show the proof that one's words are in the sealed ledger (存证), or give it as a file."""
    GUESSING.check(request.META["REMOTE_ADDR"])
    code = request.POST.get("code", "")[:40]
    with pace.steady():
        closed, found = sealed(code), heard(code)
    if closed is None and found is None:
        raise NO_SUCH
    number = closed.matter.number if closed else found.number
    held = sealed_proof_of(closed) if closed else proof_of(found)
    if held is None or not request.POST.get("file"):
        return render(request, "intake/proof.html", {
            "code": code, "number": number, "proof": held, "sealed": closed is not None})
    return HttpResponse(proofs.written(held), content_type="application/json; charset=utf-8", headers={
        "Content-Disposition": f"attachment; filename=proof-{number}.json", "Cache-Control": "no-store"})
