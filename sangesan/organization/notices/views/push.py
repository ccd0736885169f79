"""Pages of push (推送设置) for the system administrator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sangesan.foundation.errors import NotFound, UserError

from .. import forms, outlets
from ..queries import pushing
from ..services import setting


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show every channel and how it does (推送设置)."""
    return _index(request, forms.Ours(initial={"address": outlets.present().address}))


def _index(request: HttpRequest, form: forms.Ours, status: int = 200) -> HttpResponse:
    return render(request, "notices/push.html", {
        "roads": pushing.roads(request.scope), "form": form, "broken": outlets.present().broken}, status=status)


@require_POST
def address(request: HttpRequest) -> HttpResponse:
    """Set the address behind the sentence (本系统网址)."""
    form = forms.Ours(request.POST)
    if not form.is_valid():
        return _index(request, form, 422)
    setting.set_address(scope=request.scope, **form.cleaned_data)
    messages.success(request, _("已保存网址"))
    return redirect("notices:push")


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def channel(request: HttpRequest, name: str) -> HttpResponse:
    """Show and set one channel (渠道设置)."""
    shelf, kept = pushing.shelf_for(request.scope, name), outlets.present().channels.get(name)
    form = forms.Configuring(request.POST if request.method == "POST" else None, shelf=shelf, kept=kept)
    if request.method == "POST" and form.is_valid():
        setting.configure(scope=request.scope, name=name, given=form.cleaned_data)
        messages.success(request, _("已保存，请发送一次测试"))
        return redirect("notices:push_channel", name)
    return _channel(request, shelf, kept, form, forms.Trying(shelf=shelf), 422 if form.errors else 200)


def _channel(request, shelf, kept, form, trying, status: int = 200) -> HttpResponse:
    return render(request, "notices/channel.html", {
        "shelf": shelf, "on": kept is not None, "form": form, "trying": trying}, status=status)


@require_POST
def trial(request: HttpRequest, name: str) -> HttpResponse:
    """Send a test (发送测试)."""
    shelf, kept = pushing.shelf_for(request.scope, name), outlets.present().channels.get(name)
    trying = forms.Trying(request.POST, shelf=shelf)
    if trying.is_valid():
        try:
            setting.test(scope=request.scope, name=name, **trying.cleaned_data)
            messages.success(request, _("对方已收下测试，请看是否收到"))
            return redirect("notices:push_channel", name)
        except NotFound:
            raise
        except UserError as fault:
            trying.add_error(None, str(fault))
    return _channel(request, shelf, kept, forms.Configuring(shelf=shelf, kept=kept), trying, 422)


@require_POST
def off(request: HttpRequest, name: str) -> HttpResponse:
    """Turn a channel off (停用渠道)."""
    setting.switch_off(scope=request.scope, name=name)
    messages.success(request, _("已停用，密钥已删除"))
    return redirect("notices:push")
