"""Signing in and out (登录与退出)."""

import json

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sangesan.foundation import pace
from sangesan.foundation.errors import UserError

from ..forms import LoginForm, PinForm, ResetForm
from ..services import ask_reset, devices, login, passkeys, sessions
from ..services.visits import visit_of
from ..where import where_to
from .parts import form_page, leave, open_to_all, with_device


@open_to_all
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request):
    """Sign in by work number and password (登录)."""

    def act(given):
        account = login.by_password(**given, visit=visit_of(request))
        return _enter(request, account, sessions.PASSWORD)

    return form_page(request, "accounts/login.html", LoginForm(request.POST or None), act, **_around(request))


@open_to_all
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_pin(request):
    """Sign in by the PIN of this trusted device (PIN 登录)."""

    def act(given):
        account = login.by_pin(**given, visit=visit_of(request))
        return _enter(request, account, sessions.DEVICE)

    return form_page(request, "accounts/pin.html", PinForm(request.POST or None), act, **_around(request))


def _around(request) -> dict:
    return {
        "next": where_to(request.POST.get("next") or request.GET.get("next", "")),
        "expired": request.GET.get("why") == "expired", "demo": settings.DEMO,
        "passkeys": passkeys.possible(request), "pin": bool(visit_of(request).device),
    }


def _enter(request, account, strength: str):
    """Open the session, remember the device and go where the person wanted to go."""
    back = where_to(request.POST.get("next", ""))
    _device, token = devices.remember(account, visit_of(request))
    sessions.open_session(request, account, strength=strength)
    return with_device(redirect(back), token, request)


@open_to_all
@require_POST
def passkey_begin(request):
    """Offer a challenge to the passkeys of this browser (通行密钥登录)."""
    if request.session.is_empty():
        request.session.set_expiry(300)
    return JsonResponse(passkeys.offer_login(request))


@open_to_all
@require_POST
def passkey_finish(request):
    """Sign in with the passkey that answered; it is both factors at once."""
    try:
        account = passkeys.verify(request, json.loads(request.body[:20_000]))
        if not login.usable(account):
            raise login.refused()
    except UserError as error:
        return JsonResponse({"what": str(error), "code": error.code}, status=error.status)
    except ValueError:
        return JsonResponse({"what": _("通行密钥没有通过"), "code": "bad_request"}, status=400)
    _device, token = devices.remember(account, visit_of(request))
    sessions.open_session(request, account, strength=sessions.FACTOR)
    return with_device(JsonResponse({"next": where_to(request.GET.get("next", ""))}), token, request)


@open_to_all
@require_POST
def sign_out(request):
    """Sign out (退出登录)."""
    return leave(request)


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request):
    """Ask for a new invitation (申请重设密码): one answer for every number."""

    def act(given):
        with pace.steady():  # a number that exists costs more
            ask_reset(work_number=given["work_number"], visit=visit_of(request))
        return render(request, "accounts/reset_asked.html")

    return form_page(request, "accounts/reset.html", ResetForm(request.POST or None), act)
