"""The discipline mailbox (纪检监察信箱) as its speakers see it: no cookie, no script, nothing kept that is open."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sangesan.feedback.sealed import queries, services
from sangesan.foundation import pace
from sangesan.foundation.errors import NotFound, UserError
from sangesan.foundation.once.services import once

from ..forms.discipline import AddForm, DisciplineForm
from ..limits import GUESSING, WRITING
from .accepting import accept, bound, to_ring


@require_http_methods(["GET", "HEAD", "POST"])
def discipline(request: HttpRequest) -> HttpResponse:
    """Write to the inspectors (写信). What the mine may not hold is given back, with the way to go."""
    if not queries.ready():
        given = request.POST.get("text", "")
        return render(request, "intake/discipline_closed.html", {
            "box": queries.mailbox(), "abandoned": queries.abandoned(), "given": given},
            status=409 if request.method == "POST" else 200)
    if request.method == "POST":
        WRITING.check(request.META["REMOTE_ADDR"])
    form = DisciplineForm(**bound(request))
    form.box, form.managed, form.root = queries.mailbox(), queries.managed(), queries.paper().short
    try:
        return accept(request, form, _take, page="intake/discipline.html", done="intake/discipline_sent.html",
                      context=to_ring(request.POST.get("text", "")))
    except _Up as up:
        return render(request, "intake/discipline_up.html", {"form": form, "box": form.box, "fault": up.fault},
                      status=up.fault.status)


class _Up(Exception):
    """A letter that goes up (应交上级), on its way past the form."""

    def __init__(self, fault: services.GoesUp) -> None:
        super().__init__()
        self.fault = fault


def _take(**said: object) -> services.Taken:
    try:
        return services.receive(**said)
    except services.GoesUp as fault:
        if fault.code == "named_above":
            raise
        raise _Up(fault) from None


def shown(request: HttpRequest, code: str, heard: queries.Heard, *, form: AddForm | None = None, said: str = "",
          status: int = 200, **more: object) -> HttpResponse:
    """Show a sealed receipt (密封件回执): the state, and the answers meant for whoever holds it."""
    return render(request, "intake/discipline_receipt.html", more | {
        "code": code, "heard": heard, "matter": heard.matter, "form": form or AddForm(), "said": said,
        "road": queries.road(heard.matter)}, status=status)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add a word (补充)."""
    GUESSING.check(request.META["REMOTE_ADDR"])
    code = request.POST.get("code", "")[:40]
    with pace.steady():
        found = queries.heard(code)
    if found is None:
        raise NotFound(_("没有查到"), why=_("没有这个回执号，请对照回执单再输一次"))
    form = AddForm(request.POST)
    if form.is_valid():
        try:
            once(request, partial(services.add, code=code, **form.cleaned_data))
            return shown(request, code, queries.heard(code), said=_("补充的话已经密封，交给纪检监察员。"),
                         **to_ring(request.POST.get("text", "")))
        except UserError as fault:
            form.refuse(fault)
    return shown(request, code, found, form=form, status=422)
