"""The one way a change is entered (表单页): show the form, do it, say it, go back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.organization.people.queries import sought
from sangesan.organization.units.queries import standing

from ..forms import ScopedForm


def enter(
    request: HttpRequest, form_class: type[ScopedForm], do: Callable[..., Any], *, title: str, button: str, done: str,
    back: str, note: str = "", **initial: Any,
) -> HttpResponse:
    """Show a form and call `do(**cleaned)` on a right one; what a service refuses stands above the form."""
    form = form_class(request.POST or None, scope=request.scope, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            do(**form.cleaned_data)
        except UserError as fault:
            form.add_error(None, str(fault))
        else:
            messages.success(request, done)
            tell_waiting(request)
            return redirect(back)
    said = {"form": form, "title": title, "button": button, "back": back, "note": note}
    if any(field.widget.attrs.get("list") for field in form.fields.values()):
        said["units"] = standing(clock.today()).values_list("code", "name")[:1000]
    return render(request, "organization/form.html", said, status=422 if form.is_bound else 200)


def tell_waiting(request: HttpRequest) -> None:
    """Say that whoever was entered reads no matter for some minutes (告知稍后开放)."""
    if sought():
        messages.info(request, _("正在查看以前的来件里有没有说到新录入的人，几分钟后查完，他们就能看到事项"))
