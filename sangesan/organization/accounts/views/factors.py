"""The second factor (第二重验证): proved at sign-in, set up on first need."""

import json

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sangesan.foundation import qr
from sangesan.foundation.errors import UserError

from .. import queries
from ..forms import CodeForm, PasswordForm
from ..services import codes, passkeys, passwords, sessions
from ..where import where_to
from .parts import before_factor, form_page, own


def _next(request) -> str:
    return where_to(request.POST.get("next") or request.GET.get("next", ""))


@before_factor
@own
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request, account):
    """Prove the second factor (第二重验证); whoever must have one and has none sets it up first."""
    if request.standing.strong:
        return redirect(_next(request))
    if not queries.has_factor(account):
        return redirect("accounts:enrol")

    def act(given):
        codes.prove(account, given["code"])
        sessions.strengthen(request, account)
        return redirect(_next(request))

    return form_page(request, "accounts/factor.html", CodeForm(request.POST or None), act, next=_next(request),
                     passkeys=passkeys.possible(request), factors=queries.factors_of(account, request.standing.scope))


@before_factor
@own
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request, account):
    """Set up the code generator (设置动态口令): scan, type the first code, print the codes."""
    _may_add(request, account)
    secret, address = codes.begin(account)

    def act(given):
        printed = codes.confirm(account, given["code"])
        sessions.end_everywhere(account, keep=request)
        sessions.strengthen(request, account)
        return render(request, "accounts/codes.html", {"codes": printed})

    return form_page(request, "accounts/enrol.html", CodeForm(request.POST or None), act, qr=qr.path(address),
                     secret=" ".join(secret[i:i + 4] for i in range(0, len(secret), 4)),
                     factors=queries.factors_of(account, request.standing.scope), passkeys=passkeys.possible(request))


def _may_add(request, account) -> None:
    """A further factor is added only after the present one was proved."""
    if not request.standing.strong and queries.has_factor(account):
        raise UserError(_("还不能设置"), why=_("要先通过现有的第二重验证"), status=403)


@own
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def renew_codes(request, account):
    """Print new recovery codes (更换备用码)."""

    def act(given):
        passwords.confirm(account, given["password"])
        return render(request, "accounts/codes.html", {"codes": codes.renew_recovery(account)})

    return form_page(request, "accounts/confirm.html", PasswordForm(request.POST or None), act,
                     what=_("更换备用码"), said=_("原来的备用码都会作废，新的只显示一次。"))


@own
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request, account):
    """Remove the code generator (停用动态口令)."""

    def act(given):
        passwords.confirm(account, given["password"])
        codes.remove(account)
        sessions.end_everywhere(account, keep=request)
        return redirect("accounts:me")

    return form_page(request, "accounts/confirm.html", PasswordForm(request.POST or None), act,
                     what=_("停用动态口令"), said=_("备用码同时作废；岗位要求第二重验证的，要重新设置才能继续。"))


@before_factor
@own
@require_POST
def passkey_begin(request, account):
    """Offer to register a passkey (登记通行密钥)."""
    _may_add(request, account)
    return JsonResponse(passkeys.offer_registration(request, account))


@before_factor
@own
@require_POST
def passkey_finish(request, account):
    """Keep the passkey the browser made (保存通行密钥)."""
    _may_add(request, account)
    try:
        passkeys.register(request, account, json.loads(request.body[:40_000]))
    except UserError as error:
        return JsonResponse({"what": str(error), "code": error.code}, status=error.status)
    except ValueError:
        return JsonResponse({"what": _("通行密钥没有保存"), "code": "bad_request"}, status=400)
    sessions.end_everywhere(account, keep=request)
    sessions.strengthen(request, account)
    return JsonResponse({"next": where_to(request.GET.get("next", ""))})
