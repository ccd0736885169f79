"""Pages of the outside letterbox (外部信箱页面): no cookie, no session, no script, no database."""

from __future__ import annotations

import hmac
import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangesan.feedback.intake.outside import ROADS
from sangesan.foundation import qr
from sangesan.foundation.errors import Forbidden, UserError
from sangesan.foundation.origin import same_origin
from sangesan.foundation.rate import Limit

from . import answers, box, bundles
from .forms import AskForm, LetterForm

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
    if not form.is_valid():
        return _again(request, form, given, None)
    key, words, photos = form.said()
    try:
        receipt = box.drop(key=key, words=words, photos=photos)
    except UserError as fault:
        return _again(request, form, given, fault)
    return render(request, "letterbox/sent.html", {"receipt": receipt, "qr": qr.path(receipt), "setup": given})


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
    given, form = box.setup(), AskForm(request.POST or None)
    if request.method != "POST":
        return render(request, "letterbox/ask.html", {"form": form, "setup": given})
    if not same_origin(request):
        raise Forbidden(_("没有打开"), why=_("这次查询不是从本页来的"), next=_("请打开信箱页面再查"))
    READING.check(request.META["REMOTE_ADDR"])
    found = answers.read(form.cleaned_data["code"]) if form.is_valid() else None
    if found is None:
        if form.is_valid():
            form.add_error("code", _("没有找到。可能抄错了，也可能答复还没有送到这里：信移交矿内以后，一般第二天能查"))
        return render(request, "letterbox/ask.html", {"form": form, "setup": given}, status=422)
    return render(request, "letterbox/answer.html", {"found": found, "setup": given})


@require_http_methods(["POST"])
def put(request: HttpRequest) -> JsonResponse:
    """Take the answers the inside brings (收答复), sealed to their receipts."""
    _inside(request)
    return JsonResponse({"answers": answers.put(request.read(answers.LARGEST + 1))})


def _inside(request: HttpRequest) -> None:
    """Let only the inside go on (只限矿内), by the token of the setup."""
    FETCHING.check(request.META["REMOTE_ADDR"])
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    if not hmac.compare_digest(token, box.setup().token.encode()):
        raise Forbidden(_("没有移交"), why=_("取信口令不对"))


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Say whether letters can be dropped in (可否投信)."""
    try:
        box.setup()
    except UserError as fault:
        return JsonResponse({"status": "down", "why": str(fault)}, status=503)
    return JsonResponse({"status": "ok"})


def _again(request: HttpRequest, form: LetterForm, given: box.Setup, fault: UserError | None) -> HttpResponse:
    form.again(fault)
    return render(request, "letterbox/write.html", {"form": form, "setup": given, "roads": ROADS},
                  status=fault.status if fault else 422)
