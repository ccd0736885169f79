"""The page of posters (海报页面): choose mailbox, place and paper, take the PDF."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sangesan.foundation.errors import Forbidden, UserError
from sangesan.method.authority import Action

from ..forms.posters import PosterForm
from ..services.posters import poster


@require_http_methods(["GET", "HEAD", "POST"])
def posters(request: HttpRequest) -> HttpResponse:
    """Make a poster (制作海报)."""
    if not request.scope.can(Action.REGISTER):
        raise Forbidden(_("没有打开"), why=_("您的岗位不登记来信来访"))
    form, address = PosterForm(request.POST if request.method == "POST" else None), request.build_absolute_uri("/")
    if form.is_bound and form.is_valid():
        try:
            said = form.cleaned_data
            return HttpResponse(poster(scope=request.scope, address=address, **said), content_type="application/pdf",
                                headers={"Content-Disposition": "attachment; filename="
                                         f'"poster-{said["channel"]}-{said["paper"]}.pdf"'})
        except UserError as fault:
            form.refuse(fault)
    return render(request, "intake/posters.html", {
        "form": form, "address": address, "nowhere": request.get_host().partition(":")[0] in ("127.0.0.1", "localhost"),
    }, status=422 if form.is_bound else 200)
