"""Minutes on paper (纪要出件): PDF and Word, with who took them in the margin and in the audit log."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.ledger.audit.services import note as audit
from sangesan.method.authority import Scope
from sangesan.organization.documents import queries as documents

from . import queries


def taken(scope: Scope, meeting: int, form: str) -> tuple[bytes, str]:
    """Return a copy of the minutes and its file name (取纪要)."""
    found = queries.meeting_for(scope, meeting)
    told = queries.told(found)
    post = scope.posts[0].title if scope.posts else ""
    trace = _("%(post)s %(name)s %(at)s 取自本系统，请妥善保管") % {
        "post": post, "name": scope.name, "at": f"{clock.local(clock.now()):%Y-%m-%d %H:%M}"}
    drawn = documents.word_of(told, trace=trace) if form == "docx" else documents.pdf_of(told, trace=trace)
    audit("document.taken", scope=scope, subject=found.subject, detail={"paper": "minutes", "form": form})
    return drawn, told.heading
