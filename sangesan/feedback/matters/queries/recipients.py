"""Whom a paper to the speaker is for (收件人): all who spoke; the opinion of a review, whoever asked for it alone."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sangesan.feedback.speakers.services import read_identity
from sangesan.foundation.errors import NotFound
from sangesan.organization.documents import queries as documents
from sangesan.organization.documents.models import Document

from ..models import Matter, Review, Submission
from .detail import identities
from .speaking import Heard

ROUNDS = {"second_review": 2, "third_review": 3}
"""The papers of a review, and its round (复查、复核意见书)."""


def reviews(matter: Matter) -> QuerySet[Review]:
    """Return what was reviewed here (本矿的复查): the unit above the enterprise issues its opinion itself."""
    return matter.reviewed.exclude(outcome="waiting").filter(passed_on=None)


def of_paper(matter: Matter, slug: str, at: datetime | None = None) -> Review | None:
    """Return the review a paper tells of (所据复查): of its round the last, up to when the paper was made out."""
    rows = reviews(matter).order_by("round", "decided_at")
    if at is not None:
        rows = rows.filter(decided_at__lte=at)
    return (rows.filter(round=ROUNDS[slug]) if slug in ROUNDS else rows).last()


def applied(matter: Matter, slug: str, at: datetime | None = None) -> Submission | None:
    """Return by which letter a review was asked for (申请人): it may have been joined to the matter."""
    row = of_paper(matter, slug, at) if slug in ROUNDS else None
    return row.submission if row is not None else None


def addressee(matter: Matter, slug: str, at: datetime | None = None) -> str:
    """Return whom a paper to the speaker names for staff (收件人): those who spoke openly, nobody else."""
    one = applied(matter, slug, at)
    if one is not None:
        return own_name(one)
    rows = identities(matter)
    names = [name for _pk, kept in rows if kept.mode == "named" if (name := read_identity(kept).name)]
    others = Submission.objects.filter(matter.family, withdrawn=None).count() > len(names)
    return "、".join(names[:5]) + (_("等反映人") if names and others else "")


def told_to(heard: Heard) -> list[documents.Told]:
    """Return what was issued for this speaker (给反映人的文书), newest first, without what was replaced."""
    subjects = {heard.matter.subject, heard.submission.matter.subject}
    name, shown = own_name(heard.submission), []
    for document in documents.documents_of(*subjects, to_speaker=True):
        if getattr(document, "replacement", None) is None and _is_for(document, heard):
            try:
                shown.append(documents.told(document, to=name))
            except NotFound:  # retention has erased the words
                continue
    return shown


def _is_for(document: Document, heard: Heard) -> bool:
    """Return whether a paper is for this speaker (是否给本人): what is said to grounds is for whoever gave them."""
    by = heard.matter if document.subject == heard.matter.subject else heard.submission.matter
    one = applied(by, document.kind, document.issued_at)
    return one is None or one.pk == heard.submission.pk


def own_name(said: Submission) -> str:
    """Return the speaker's own name when it was given openly (本人姓名)."""
    if said.mode != "named":
        return ""
    kept = getattr(said.receipt, "identity", None)
    return read_identity(kept).name if kept is not None else ""
