"""Pages of the outside letterbox (外部信箱页面): no cookie, no session, no script, no database."""

from __future__ import annotations

import hmac
import io
import json
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.feedback.intake.outside import ROADS
from sangesan.foundation import qr
from sangesan.foundation.choosing import refuse_unasked
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.foundation.origin import same_origin
from sangesan.foundation.rate import Limit
from sangesan.ledger.facts import checker
from sangesan.method.despair import leaves_grades

from . import answers, box, bundles, shelf
from .forms import STEPS, AskForm, LetterForm, StepForm

WRITING = Limit("letterbox", burst=60, per_minute=60)
READING = Limit("letterbox-reading", burst=60, per_minute=60)
FETCHING = Limit("letterbox-fetching", burst=30, per_minute=30)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write a letter (写信); the receipt is shown once, in the answer itself."""
    given = box.setup()
    if request.method != "POST":
        return render(request, "letterbox/write.html", {"form": LetterForm(places=given.places), "setup": given,
                                                        "roads": ROADS})
    if not same_origin(request):
        raise Forbidden(_("没有提交"), why=_("这次提交不是从本页来的"), next=_("请打开信箱页面再写"))
    WRITING.check(request.META["REMOTE_ADDR"])
    form = LetterForm(request.POST, request.FILES, places=given.places)
    if not form.is_valid() or refuse_unasked(form):
        return _again(request, form, given, None)
    key, words, photos = form.said()
    try:
        receipt = box.drop(key=key, words=words, photos=photos)
    except UserError as fault:
        return _again(request, form, given, fault)
    return render(request, "letterbox/sent.html", {
        "receipt": receipt, "qr": qr.path(receipt), "setup": given, "apart": words["about_readers"],
        **_to_ring(words["text"])})


@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest) -> HttpResponse:
    """Hand the letters over to the inside (移交): it fetches a bundle, and says afterwards what it has."""
    _inside(request)
    if request.method == "GET":
        return HttpResponse(bundles.write(box.bundle()), content_type="application/octet-stream")
    names = set(re.findall(r"\b[0-9a-f]{64}\b", request.body.decode("ascii", "replace")))
    return JsonResponse({"done": box.handed_over(names), "waiting": len(box.waiting())})


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest) -> HttpResponse:
    """Read an answer by receipt (凭回执看答复); what was typed is used for this page and kept nowhere."""
    given = box.setup()
    if request.method != "POST":
        return render(request, "letterbox/ask.html", {"form": AskForm(), "setup": given})
    form, found = _held(request)
    if found is None:
        return _asked_again(request, form, given)
    return _shown(request, form.cleaned_data["code"], found)


@require_POST
def step(request: HttpRequest) -> HttpResponse:
    """Rate, add a word or ask for a review by receipt (评价、补充、申请复查): sealed for the inside as a letter is."""
    given, name = box.setup(), request.POST.get("step", "")
    asked, found = _held(request)
    if found is None:
        return _asked_again(request, asked, given)
    if name not in STEPS or name not in found.get("open", ()):
        fault = Conflict(_("没有提交"), why=_("这一步现在不能办，可能情况已经变了"), next=_("最新情况在下面"))
        return _shown(request, asked.cleaned_data["code"], found, lost=fault, status=fault.status)
    form = STEPS[name](request.POST, held={"step": name})
    code, fault = asked.cleaned_data["code"], None
    try:
        if form.is_valid():
            box.follow(code=code, key=form.cleaned_data["key"], words=form.words())
    except UserError as refused:
        fault = refused
    if fault is not None or not form.is_valid():
        form.again(fault)
        return _shown(request, code, found, form=form, status=fault.status if fault else 422)
    return render(request, "letterbox/followed.html", {
        "setup": given, **_to_ring(request.POST.get("text", ""))})


@require_POST
def proof(request: HttpRequest) -> HttpResponse:
    """Show the proof that one's words are in the sealed ledger (存证), or give it as a file."""
    given, (asked, found) = box.setup(), _held(request)
    if found is None:
        return _asked_again(request, asked, given)
    held = found.get("proof", "")
    if not held or not request.POST.get("file"):
        return render(request, "letterbox/proof.html", {
            "found": found, "code": asked.cleaned_data["code"], "proof": json.loads(held) if held else None})
    return HttpResponse(held, content_type="application/json; charset=utf-8", headers={
        "Content-Disposition": f"attachment; filename=proof-{found['number']}.json"})


@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Give the page on which a proof is checked without any server (离线核对页)."""
    return HttpResponse(checker.page(), content_type=checker.TYPE, headers=checker.AS_FILE)


def _held(request: HttpRequest) -> tuple[AskForm, dict[str, Any] | None]:
    """Return the receipt that was typed and the answer it opens (回执与答复)."""
    if not same_origin(request):
        raise Forbidden(_("没有打开"), why=_("这次查询不是从本页来的"), next=_("请打开信箱页面再查"))
    READING.check(request.META["REMOTE_ADDR"])
    form = AskForm(request.POST)
    return form, shelf.read(form.cleaned_data["code"]) if form.is_valid() else None


def _asked_again(request: HttpRequest, form: AskForm, given: box.Setup) -> HttpResponse:
    if form.is_valid():
        form.add_error("code", _("没有找到。可能抄错了，也可能答复还没有送到这里：信移交矿内以后，一般第二天能查"))
    return render(request, "letterbox/ask.html", {"form": form, "setup": given}, status=422)


def _shown(request: HttpRequest, code: str, found: dict[str, Any], *, form: StepForm | None = None,
           lost: UserError | None = None, status: int = 200) -> HttpResponse:
    """Show an answer with the steps that are open (答复和可办的事); `form` is the one that came back.

    `lost` is why a step could not be taken any more: its form is gone, so the words that were typed are given back.
    """
    held = {"code": code, "turn": found.get("turn", "0-0")}
    forms = {name: form if form is not None and form.data["step"] == name else kind(held=held | {"step": name})
             for name, kind in STEPS.items() if name in found.get("open", ())}
    return render(request, "letterbox/answer.html", {
        "found": found, "forms": forms, "code": code, "fault": lost,
        "given": request.POST.get("text", "") if lost else ""}, status=status)


@require_POST
def put(request: HttpRequest) -> JsonResponse:
    """Take a portion of the answers the inside brings (收答复), sealed to their receipts."""
    _inside(request)
    body = io.BytesIO(request.read(answers.LONGEST_HEAD + answers.LARGEST))
    return JsonResponse({"answers": shelf.put(next(answers.read(body)))})


def _inside(request: HttpRequest) -> None:
    """Let only the inside go on (只限矿内), by the token of the setup."""
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    if not hmac.compare_digest(token, box.setup().token.encode()):
        FETCHING.check(request.META["REMOTE_ADDR"])
        raise Forbidden(_("没有移交"), why=_("取信口令不对"))


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Say whether letters can be dropped in (可否投信)."""
    try:
        box.setup()
    except UserError as fault:
        return JsonResponse({"status": "down", "why": str(fault)}, status=503)
    return JsonResponse({"status": "ok"})


def _to_ring(text: str) -> dict[str, Any]:
    """Return whom to ring at once (求助电话) where it speaks of despair: the carers read it when it is taken in."""
    return {"despair": leaves_grades(text), "phones": settings.HELP_PHONES}


def _again(request: HttpRequest, form: LetterForm, given: box.Setup, fault: UserError | None) -> HttpResponse:
    form.again(fault)
    return render(request, "letterbox/write.html", {"form": form, "setup": given, "roads": ROADS},
                  status=fault.status if fault else 422)
