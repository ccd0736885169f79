"""Many copies at once (成套印制、迎检备料): ordered, watched, fetched."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sangesan.foundation.errors import NotFound, UserError

from .. import forms, queries, services
from .books import year_asked


@require_http_methods(["GET", "HEAD", "POST"])
def orders(request: HttpRequest) -> HttpResponse:
    """Show what one ordered and how far it has come (印制进度), or order more."""
    if not queries.branches(request.scope):
        raise NotFound()
    if request.method != "POST":
        return render(request, "handbooks/orders.html", {"orders": queries.orders_of(request.scope)})
    form = forms.Ordering(request.POST)
    if not form.is_valid():
        raise UserError(_("没有开始生成"), why=_("选项不完整"), next=_("请回到三册重新选择"), status=400)
    said = form.cleaned_data
    services.order(scope=request.scope, kind=said["kind"], year=year_asked(said["year"]), code=said["code"],
                   slug=said["book"])
    messages.success(request, _("已开始生成，可以离开这一页，好了回来取"))
    return redirect("books:orders")


@require_safe
def package(request: HttpRequest, number: str) -> HttpResponse:
    """Give the whole as one file (取整包)."""
    order, path = services.fetch(scope=request.scope, number=number)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{order.word.replace(' ', '')}.zip",
                        content_type="application/zip", headers={
                            "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"})
