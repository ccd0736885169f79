"""What several account pages share (页面公用)."""

from __future__ import annotations

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render

from sangesan.foundation.errors import UserError

from ..services import sessions
from ..services.devices import LASTS
from ..services.visits import DEVICE_COOKIE


def open_to_all(view):
    """A page for whoever is not signed in (未登录可用)."""
    return login_not_required(view)


def before_factor(view):
    """A page that is open before the second factor is proved (第二重验证之前可用)."""
    view.before_factor = True
    return view


def own(view):
    """Give the view the account of whoever is signed in (本人账号)."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        return view(request, request.standing.account, *args, **kwargs)

    return inner


def form_page(request, template: str, form, act, **context):
    """Show a form; when it was sent well-formed, `act(cleaned)` gives the response (表单页).

    A UserError becomes a sentence at the top of the form; nothing typed but secrets is lost.
    """
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return act(form.cleaned_data)
            except UserError as error:
                form.add_error(None, str(error))
                status = error.status
    return render(request, template, {"form": form, **context}, status=status)


def leave(request):
    """End the session here (退出登录); what pages kept on this device for the account goes with it."""
    sessions.close_session(request)
    answer = redirect("accounts:login")
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


def with_device(response, token: str, request):
    """Put the mark of this device into the browser (本机标记)."""
    response.set_cookie(DEVICE_COOKIE, token, max_age=int(LASTS.total_seconds()), path="/w/", httponly=True,
                        samesite="Lax", secure=request.is_secure())
    return response
