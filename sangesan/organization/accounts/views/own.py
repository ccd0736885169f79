"""One's own account (我的账号)."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import queries
from ..forms import ChangeForm, SetPinForm, TokenForm
from ..services import devices, make_token, passkeys, passwords, revoke_token, sessions
from ..services.visits import visit_of
from ..words import allows
from .parts import form_page, leave, own


@own
@require_safe
def me(request, account):
    """Show one's own account (我的账号)."""
    return render(request, "accounts/me.html", {
        "account": account, "posts": [(post, allows(queries.actions_of(post))) for post in request.scope.posts],
        "devices": queries.devices_of(account), "here": devices.known(account, visit_of(request)),
        "tokens": [(token, allows(token.actions)) for token in queries.tokens_of(account)],
        "factors": queries.factors_of(account, request.scope), "demo": settings.DEMO,
        "passkeys": passkeys.possible(request),
    })


@own
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request, account):
    """Change one's own password (修改密码); all other sessions end."""

    def act(given):
        passwords.change(account, old=given["old"], new=given["password"])
        sessions.end_everywhere(account, keep=request)
        messages.success(request, _("密码已修改，其他地方的登录都已退出；各台设备的 PIN 已失效，要用请重新设置"))
        return redirect("accounts:me")

    return form_page(request, "accounts/password.html", ChangeForm(request.POST or None), act)


@own
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_pin(request, account):
    """Trust this device with a PIN (设置本机 PIN)."""

    def act(given):
        passwords.confirm(account, given["password"])
        devices.set_pin(account, visit_of(request), given["pin"])
        messages.success(request, _("本机 PIN 已设置，下次可以用它登录"))
        return redirect("accounts:me")

    return form_page(request, "accounts/set_pin.html", SetPinForm(request.POST or None), act)


@own
@require_POST
def revoke_device(request, account, pk: int):
    """Remove a device (移除设备) and end what was opened on it."""
    devices.revoke(account, pk)
    sessions.end_everywhere(account, keep=request)
    messages.success(request, _("设备已移除，其他地方的登录都已退出"))
    return redirect("accounts:me")


@own
@require_POST
def remove_passkey(request, account, pk: int):
    """Remove a passkey (移除通行密钥)."""
    passkeys.remove(account, pk)
    sessions.end_everywhere(account, keep=request)
    messages.success(request, _("通行密钥已移除"))
    return redirect("accounts:me")


@own
@require_POST
def sign_out_everywhere(request, account):
    """End all sessions of one's own (全部退出)."""
    sessions.end_everywhere(account)
    return leave(request)


@own
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def new_token(request, account):
    """Make a token for a machine (新建接口令牌)."""

    def act(given):
        passwords.confirm(account, given["password"])
        token = make_token(account, name=given["name"], actions=given["actions"], days=given["days"])
        return render(request, "accounts/token.html", {"token": token})

    return form_page(request, "accounts/new_token.html", TokenForm(request.POST or None, scope=request.scope), act)


@own
@require_POST
def drop_token(request, account, pk: int):
    """Revoke a token (作废接口令牌)."""
    revoke_token(account, pk)
    messages.success(request, _("令牌已作废"))
    return redirect("accounts:me")
