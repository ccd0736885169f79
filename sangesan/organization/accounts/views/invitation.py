"""Taking an invitation (领取账号)."""

from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from sangesan.foundation import sealing
from sangesan.foundation.errors import UserError

from ..forms import AcceptForm, InvitationForm
from ..services import devices, invitations, sessions
from ..services.visits import visit_of
from .parts import form_page, open_to_all, with_device

_KEPT = "invitation"


def _keep(request, code: str) -> None:
    """Keep the code for half an hour (暂存邀请码); sealed, for sessions stand in the database."""
    request.session.set_expiry(1800)
    request.session[_KEPT] = sealing.seal("invitation-kept", code[:40].encode(), about=_KEPT).hex()


def _kept(request) -> str:
    sealed = bytes.fromhex(request.session.get(_KEPT, ""))
    return (sealing.unseal("invitation-kept", sealed, about=_KEPT) or b"").decode()


@open_to_all
@require_safe
def follow(request, code: str):
    """Take the code out of the address (扫码进入), so that no page and no referrer keeps it."""
    sessions.close_session(request)
    _keep(request, code)
    return redirect("accounts:accept")


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request):
    """Type the code of a slip (输入邀请码)."""

    def act(given):
        invitations.find(given["code"], visit=visit_of(request))
        sessions.close_session(request)
        _keep(request, given["code"])
        return redirect("accounts:accept")

    return form_page(request, "accounts/invitation.html", InvitationForm(request.POST or None), act)


@open_to_all
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request):
    """Set one's own password (启用账号) and go in."""
    try:
        found = invitations.find(_kept(request), visit=visit_of(request))
    except UserError as error:
        request.session.pop(_KEPT, None)
        return render(request, "accounts/unusable.html", {"error": error}, status=error.status)

    def act(given):
        visit, code = visit_of(request), _kept(request)
        account = invitations.accept(code, work_number=given["work_number"], password=given["password"], visit=visit)
        request.session.flush()
        _device, token = devices.remember(account, visit)
        sessions.open_session(request, account, strength=sessions.PASSWORD)
        return with_device(redirect("/w/"), token, request)

    return form_page(request, "accounts/accept.html", AcceptForm(request.POST or None), act, found=found)
