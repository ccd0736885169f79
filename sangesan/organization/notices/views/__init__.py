"""Page of notices (我的消息)."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from .. import queries, services


@require_safe
def index(request):
    """Show one's own notices (我的消息)."""
    after = request.GET.get("after", "")
    lines = queries.notices_for(request.scope, after=int(after[:18]) if after.isascii() and after.isdigit() else 0)
    return render(request, "notices/list.html", {
        "lines": lines, "newest": lines[0].id if lines else 0,
        "more": lines[-1].id if len(lines) == queries.PAGE else 0, "unread": any(line.unread for line in lines),
    })


@require_POST
def read(request):
    """Mark as read what was shown (全部已读)."""
    upto = request.POST.get("upto", "")
    services.mark_read(scope=request.scope, upto=int(upto[:18]) if upto.isascii() and upto.isdigit() else 0)
    return redirect("notices:index")


@require_safe
def follow(request, pk: int):
    """Open what a notice tells of (打开消息)."""
    return redirect(services.open_notice(scope=request.scope, pk=pk) or "notices:index")
