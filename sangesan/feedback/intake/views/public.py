"""Pages of the public entrance (公开入口): no cookie, no session, no script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from sangesan.foundation import qr
from sangesan.foundation.errors import UserError

from .. import services
from ..forms.public import MailboxForm, fresh_key
from ..limits import WRITING


@require_safe
def entrance(request: HttpRequest) -> HttpResponse:
    """Show the roads in (入口)."""
    return render(request, "intake/entrance.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, for how long, and one's rights (个人信息说明)."""
    return render(request, "intake/privacy.html")


@require_http_methods(["GET", "HEAD", "POST"])
def leaders(request: HttpRequest) -> HttpResponse:
    """Write to the leaders (矿长书记信箱). The receipt is shown once, in the answer itself."""
    form = MailboxForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        WRITING.check(request.META["REMOTE_ADDR"])
        status = 422
        if form.is_valid():
            try:
                accepted = services.submit(channel="leaders", **form.said())
            except UserError as fault:
                status = fault.status
                form = again(form, fault)
            else:
                return render(request, "intake/sent.html", {
                    "accepted": accepted, "qr": qr.path(accepted.receipt), "danger": form.cleaned_data["danger"]})
    return render(request, "intake/mailbox.html", {"form": form}, status=status)


def again(form: MailboxForm, fault: UserError) -> MailboxForm:
    """Show the form with the fault (退回修改); a spoilt token is replaced, the words stay."""
    if fault.code in ("key", "conflict"):
        form.data = form.data.copy()
        form.data["key"] = fresh_key()
    form.refuse(fault)
    return form
