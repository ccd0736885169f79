"""Trying (试办): what a service refuses stands on the form, or above the page; what is absent stays a 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .errors import NotFound, UserError
from .once.services import Now, once


def tried(form: Any, do: Callable[[], Any]) -> Any:
    """Return what a service gave (试办), or None and show on the form what it refused."""
    try:
        return do()
    except NotFound:
        raise
    except UserError as fault:
        form.refuse(fault)
        return None


def told(request: HttpRequest, do: Callable[[], Any], said: str, form: Any = None, now: Now = None) -> None:
    """Do it and say so on the next page (办后告知), or say what was refused; what a form finds wrong is not done.

    Pressed twice it is done once, and said twice, until what `now` tells of has moved on. Files take long to be
    rebuilt, so what comes with some is not held in one transaction with its mark.
    """
    if form is not None and not form.is_valid():
        wrong = "；".join(fault for faults in form.errors.values() for fault in faults)
        messages.error(request, str(UserError(_("没有保存"), why=wrong)))
        return
    try:
        do() if request.FILES else once(request, do, now)
    except NotFound:
        raise
    except UserError as fault:
        messages.error(request, str(fault))
    else:
        messages.success(request, said)
