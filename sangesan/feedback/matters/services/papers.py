"""Issuing the papers of a matter (印发文书): only what is not known yet is asked."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from sangesan.foundation.errors import UserError
from sangesan.method.authority import Scope
from sangesan.method.papers import Paper
from sangesan.method.terms import WRITTEN
from sangesan.organization.documents import services as documents
from sangesan.organization.documents.models import Document

from .. import queries
from ..queries import papers
from . import terms
from .steps import LONGEST_REASON, words

LONGEST = 4_000


@transaction.atomic
def issue_paper(*, scope: Scope, number: str, paper: str, issuer: int, replaces: int = 0, why: str = "",
                **asked: str) -> Document:
    """Issue one of the eleven papers (印发文书) about a matter one may see; one for the speaker counts as told.

    For one round of a matter there is one of a kind: another corrects it (更正) and says `why`.
    """
    matter = queries.matter_for(scope, number, hold=True)
    kind = papers.paper_for(scope, matter, paper, replaces)
    content = papers.drafted(matter, kind, answers(kind, asked), final=True)
    why = papers.told_in(words(why, what=_("更正理由"), longest=LONGEST_REASON)) if replaces else ""
    if kind.to == "speaker":
        terms.meet(matter, "told", by=scope.person)
    if paper in WRITTEN and papers.right_of(matter, paper) == "open":
        terms.written(matter, paper, by=scope.person)
    return documents.issue(scope=scope, paper=kind, subject=matter.subject, unit=matter.path, issuer=issuer,
                           content=content, replaces=replaces, why=why, apart=queries.shut_to_some(matter))


def answers(kind: Paper, asked: dict[str, str]) -> dict[str, str]:
    """Return what was asked, checked (核对所填). Raises UserError naming the field."""
    told = {}
    for ask in kind.asks:
        value = words(asked.get(ask.name) or "", what=ask.word, longest=LONGEST if ask.long else 400, needed=ask.needed)
        if ask.choices and value not in dict(ask.choices):
            raise UserError(_("没有印发"), why=_("没有选择%s") % ask.word, next=_("请选择一项"))
        told[ask.name] = value
    return told
