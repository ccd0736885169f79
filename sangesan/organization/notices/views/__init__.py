"""Page of notices (我的消息)."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from sangesan.foundation.door import LARGEST

from .. import queries, services


@require_safe
def index(request):
    """Show one's own notices (我的消息)."""
    lines = queries.notices_for(request.scope, after=_key(request.GET.get("after", "")))
    return render(request, "notices/list.html", {
        "lines": lines, "newest": lines[0].id if lines else 0,
        "more": lines[-1].id if len(lines) == queries.PAGE else 0, "unread": queries.unread(request.scope),
    })


@require_POST
def read(request):
    """Mark as read what was shown (全部已读)."""
    said = request.POST
    services.mark_read(scope=request.scope, upto=_key(said.get("upto", "")), seen=_key(said.get("seen", "")))
    return redirect("notices:index")


def _key(text: str) -> int:
    """Return a key or a count as it was sent (编号), 0 for what is none."""
    return min(int(text[:19]), LARGEST) if text.isascii() and text.isdigit() else 0


@require_safe
def follow(request, pk: int):
    """Open what a notice tells of (打开消息)."""
    return redirect(services.open_notice(scope=request.scope, pk=pk) or "notices:index")
