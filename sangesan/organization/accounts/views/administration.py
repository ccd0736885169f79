"""What the security administrator sees (账号管理)."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sangesan.foundation import qr
from sangesan.foundation.errors import UserError

from .. import queries
from ..services import agree_factor_reset, ask_factor_reset, deactivate, invite


@require_safe
def index(request):
    """Show the accounts this administrator looks after (账号管理); to the auditor, what waits for consent."""
    return render(request, "accounts/list.html", queries.page_for(
        request.scope, words=request.GET.get("q", ""), unit=request.GET.get("unit", ""),
        state=request.GET.get("state", ""), after=request.GET.get("after", "")))


@require_POST
def make_slips(request):
    """Invite the marked persons, or all without an account in a unit, and show their slips (打印邀请单)."""
    chosen = [int(text[:18]) for text in request.POST.getlist("person") if text.isascii() and text.isdigit()]
    if unit := request.POST.get("unit", "").replace("\x00", ""):
        chosen = queries.uninvited(request.scope, unit=unit)
    if not chosen:
        raise UserError(_("没有可打印的邀请单"), why=_("没有选人，或者这个单位的人都已有账号"), next=_("请先选人"))
    slips = invite(chosen, scope=request.scope)
    base = request.build_absolute_uri(reverse("accounts:invitation"))
    pages = [(slip, qr.path(f"{base}{slip.code.replace('-', '')}/")) for slip in slips]
    return render(request, "accounts/slips.html", {"slips": pages, "base": base})


@require_POST
def switch_off(request, person: int):
    """Deactivate an account (停用)."""
    account = deactivate(person, scope=request.scope)
    messages.success(request, _("%(name)s 的账号已停用") % {"name": account.person.name})
    return redirect("accounts:index")


@require_POST
def lift_factor(request, person: int):
    """Ask that a lost second factor be lifted (申请重设第二重验证)."""
    ask_factor_reset(person, scope=request.scope)
    messages.success(request, _("申请已提出，等审计管理员同意"))
    return redirect("accounts:index")


@require_POST
def agree(request, pk: int):
    """Agree, as the auditor (同意重设)."""
    account = agree_factor_reset(pk, scope=request.scope)
    messages.success(request, _("%(name)s 的第二重验证已重设") % {"name": account.person.name})
    return redirect("accounts:index")
