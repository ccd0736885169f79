"""The kiosk (自助终端): the same words come in, on a screen that forgets each of its users.

Without JavaScript the page still goes back by itself after a while, and a page that is sent again is not
answered again; with it nothing stays in the history. No photo is taken here, and nothing is asked that the
phone page doesn't ask.
"""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangesan.feedback.matters.queries import heard
from sangesan.feedback.matters.queries.picture import steps
from sangesan.feedback.sealed import queries as sealed
from sangesan.foundation import pace
from sangesan.foundation.errors import NotFound

from .. import services
from ..channels import SHELVES, Form, public
from ..forms.public import MailboxForm, ReceiptForm, fresh_key
from ..limits import GUESSING, WRITING
from ..outside import ROADS
from ..queries.reception import booked
from ..services.kiosk import first_time
from .accepting import accept, bound
from .receipt import NO_SUCH


def idle() -> int:
    """Return after how many seconds of nobody a kiosk starts anew (闲置秒数): 60 to 180."""
    return max(60, min(180, getattr(settings, "KIOSK_IDLE", 120)))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what the kiosk can do (终端首页)."""
    shelves = [(shelf, reverse("intake:kiosk_mailbox", args=[shelf.slug])) for shelf in public()
               if shelf.form == Form.MAILBOX]
    return render(request, "intake/kiosk_home.html", {
        "shelves": shelves, "roads": ROADS[:4], "idle": idle(), "home": True})


@require_http_methods(["GET", "HEAD", "POST"])
def mailbox(request: HttpRequest, channel: str) -> HttpResponse:
    """Write at the kiosk (终端写信)."""
    shelf = SHELVES.get(channel)
    if shelf is None or shelf.form != Form.MAILBOX:
        raise NotFound(_("没有这个页面"), why=_("自助终端上没有这个信箱"), next=_("请从终端首页重新选"))
    if request.method == "POST":
        WRITING.check(request.META["REMOTE_ADDR"])
        if _again(request):
            return _used(request)
    return accept(request, MailboxForm(**bound(request)), partial(services.submit, channel=channel),
                  page="intake/kiosk_mailbox.html", done="intake/kiosk_sent.html",
                  context={"shelf": shelf, "idle": idle(), "turn": fresh_key()})


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Look a receipt up at the kiosk (终端查回执): what became of it, nothing to be changed."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "idle": idle(), "turn": fresh_key()}
    if not form.is_bound:
        return render(request, "intake/kiosk_receipt.html", context)
    GUESSING.check(request.META["REMOTE_ADDR"])
    if _again(request):
        return _used(request)
    with pace.steady():
        closed = sealed.heard(form.cleaned_data["code"]) if form.is_valid() else None
        found = heard(form.cleaned_data["code"]) if form.is_valid() else None
        booking = booked(form.cleaned_data["code"]) if found is None and form.is_valid() else None
    if closed is not None or booking is not None:
        return render(request, "intake/kiosk_receipt.html", context | {
            "sealed": closed, "booking": booking, "road": sealed.road(closed.matter) if closed else ()})
    if found is None:
        if form.is_valid():
            form.add_error("code", NO_SUCH.why)
        return render(request, "intake/kiosk_receipt.html", context, status=404)
    return render(request, "intake/kiosk_receipt.html", context | {"heard": found, "road": steps(found.matter)})


def _again(request: HttpRequest) -> bool:
    """Return whether this page was sent before (重复送出): the last user's words and receipt are not the next one's.

    The script leaves no page behind that could be sent again, and says so; it repeats only what had no answer.
    """
    mark = request.POST.get("turn", "")
    return bool(mark) and request.headers.get("X-Kiosk") != "1" and not first_time(mark)


def _used(request: HttpRequest) -> HttpResponse:
    return render(request, "intake/kiosk_used.html", {"idle": idle()}, status=409)
