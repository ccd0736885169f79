"""Paperwork of the play (演出中的文书): some steps are followed by the paper they call for."""

from __future__ import annotations

from collections.abc import Callable

from sangesan.feedback.matters import queries
from sangesan.feedback.matters.queries.papers import papers_for, proposed_for
from sangesan.feedback.matters.services.papers import issue_paper
from sangesan.method.authority import Scope
from sangesan.organization.documents import services as documents
from sangesan.organization.documents.queries import issuers

from .stories import Story

ISSUER = {"name": "青石岭矿信访办公室", "letters": "青矿信", "contact": "信访办公室，内线 6110"}
GROUNDS = "经向反映单位和有关人员了解情况，查阅相关记录，并到现场核实，反映的情况基本属实。"
ASKED = {
    "opinion": {"grounds": GROUNDS, "outcome": "support", "basis": "本矿有关管理制度和《信访工作条例》的有关规定"},
    "closed": {"to": "青石岭矿党委"},
}
AFTER = {  # step: paper, share of the stories
    "dispatch": ("accepted", 0.12), "decline": ("declined", 1), "grant": ("extended", 1), "approve": ("opinion", 0.1),
    "supervise": ("supervised", 1), "close": ("closed", 0.06),
}


def with_papers(steps: dict[str, Callable[[Story], None]], officer: Callable[[], Scope],
                number: Callable[[Story], str]) -> dict[str, Callable[[Story], None]]:
    """Return the steps, each followed by its paper (随附文书) where the story has one."""
    def followed(action: str, step: Callable[[Story], None]) -> Callable[[Story], None]:
        slug, share = AFTER[action]

        def take(story: Story) -> None:
            step(story)
            if story.chance(f"paper {slug}").random() < share:
                issue(officer(), number(story), slug)
        return take
    return {action: followed(action, step) if action in AFTER else step for action, step in steps.items()}


def issue(scope: Scope, number: str, slug: str) -> None:
    """Issue one paper (印发) when its time has come."""
    matter = queries.matter_for(scope, number)
    if any(paper.slug == slug for paper in papers_for(scope, matter)):
        sender = next(iter(issuers()), None) or documents.name_issuer(scope=scope, **ISSUER)
        issue_paper(scope=scope, number=number, paper=slug, issuer=sender.pk,
                    request=proposed_for(matter) or "职工反映的问题", **ASKED.get(slug, {}))
