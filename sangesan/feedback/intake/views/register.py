"""The page of the register (登记页面): letters, visits and calls, entered on behalf of the speaker."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sangesan.foundation.errors import Forbidden
from sangesan.method.authority import Action

from .. import services
from ..forms.staff import RegisterForm
from .accepting import accept, bound


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a letter, a visit or a call (登记来信); the next one keeps channel and day."""
    if not request.scope.can(Action.REGISTER):
        raise Forbidden(_("没有打开"), why=_("您的岗位没有登记来信来访的权限"))
    return accept(request, RegisterForm(kept=request.GET.dict(), **bound(request)),
                  partial(services.register, scope=request.scope),
                  page="intake/register.html", done="intake/registered.html")
