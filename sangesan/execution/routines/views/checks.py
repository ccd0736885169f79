"""The page of a superior's check (检查落实): what those below did, and one sentence that it was looked at."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from sangesan.foundation.errors import UserError
from sangesan.foundation.trying import tried

from .. import services
from ..queries.checking import looked_at


class CheckForm(forms.Form):
    """One optional sentence (检查意见)."""

    words = forms.CharField(label=lazy("检查意见"), max_length=300, required=False,
                            widget=forms.Textarea(attrs={"rows": 3}))

    def refuse(self, fault: UserError) -> None:
        self.add_error(None, str(fault))


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """One check (检查落实); a POST says that it was looked at."""
    found = looked_at(request.scope, pk)
    form = CheckForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if tried(form, lambda: services.check(scope=request.scope, duty=pk, **form.cleaned_data)):
            messages.success(request, _("已登记检查，进入台账"))
            return redirect("routines:check", pk)
    return render(request, "routines/check.html", {"it": found, "form": form}, status=422 if form.is_bound else 200)
