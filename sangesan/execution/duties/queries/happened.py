"""The history of a duty as a page draws it (经过)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.organization.people.models import Post

from ..words import WHY
from .detail import Detail


def history(found: Detail) -> list[dict[str, Any]]:
    """Return the entries of a timeline (经过), the latest last; posts by their titles, never names."""
    duty = found.duty
    titles = dict(Post.objects.filter(code__in=[h.post for h in found.happenings]).values_list("code", "title"))
    entries: list[dict[str, Any]] = [{"word": _("开始"), "at": duty.opens, "note": "", "text": "", "tone": ""}]
    for one in found.happenings:
        parts = [titles.get(one.post, ""), str(WHY.get(one.reason, ""))]
        if one.due is not None and one.before is not None:
            span = {"before": f"{clock.local(one.before):%m-%d %H:%M}", "due": f"{clock.local(one.due):%m-%d %H:%M}"}
            parts.append(_("由 %(before)s 改为 %(due)s") % span)
        if one.withdrawn_at is not None:
            parts.append(_("已更正：%s") % one.withdrawn_why if one.withdrawn_why else _("已撤回"))
        late = one.what == "done" and one.at > duty.due
        entries.append({"word": one.get_what_display(), "at": one.entered_at, "note": " · ".join(filter(None, parts)),
                        "text": one.words, "tone": "late" if late else ""})
    return entries
