"""Analyses and discussions on paper (月分析、座谈出件): PDF and Word, with who took them, and in the audit log."""

from __future__ import annotations

from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.ledger.audit.services import note as audit
from sangesan.method.authority import Scope
from sangesan.organization.documents import queries as documents
from sangesan.organization.documents.queries import Told

from .models import Analysis, Discussion


def taken(scope: Scope, found: Analysis | Discussion, told: Told, form: str) -> tuple[bytes, str]:
    """Return a copy and its file name (取文稿); the door was asked by the caller."""
    post = scope.posts[0].title if scope.posts else ""
    trace = _("%(post)s %(name)s %(at)s 取自本系统，请妥善保管") % {
        "post": post, "name": scope.name, "at": f"{clock.local(clock.now()):%Y-%m-%d %H:%M}"}
    drawn = documents.word_of(told, trace=trace) if form == "docx" else documents.pdf_of(told, trace=trace)
    paper = "analysis" if isinstance(found, Analysis) else "discussion"
    audit("document.taken", scope=scope, subject=found.subject, detail={"paper": paper, "form": form})
    return drawn, told.heading
