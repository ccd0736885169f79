"""The part of a page that shows remarks (批示栏): `{% load remarks %}{% remarks matter.subject %}` on any page.

The page has asked the subject's door; one query, and a link for whoever may write one.
"""

from __future__ import annotations

from typing import Any

from django import template

from .. import queries, roads

register = template.Library()


@register.inclusion_tag("remarks/_on.html", takes_context=True)
def remarks(context: Any, subject: str) -> dict[str, Any]:
    """Show the remarks on a subject (批示与回复)."""
    scope = context["request"].scope
    return {"remarks": queries.of(subject), "subject": subject, "may": queries.instructable(scope, subject),
            "offers": roads.offers(subject)}
