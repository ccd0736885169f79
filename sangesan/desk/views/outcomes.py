"""Pages of outcomes (成效页面)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sangesan.foundation import clock
from sangesan.method.outcomes import GROUPS
from sangesan.method.spans import spans

from .. import figures, queries


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show what came of it all in a period (成效)."""
    asked = queries.span_asked(request.GET.get("span", ""))
    found = queries.outcomes_of(request.scope, asked)
    groups = [(word, [figures.outcome_key(one, asked.slug) for one in found if one.measure.group == slug])
              for slug, word in GROUPS.items() if any(one.measure.group == slug for one in found)]
    return render(request, "desk/outcomes.html", {"asked": asked, "spans": spans(clock.today()), "groups": groups})


@require_safe
def outcome(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a number to what it counts (展开一项)."""
    asked = queries.span_asked(request.GET.get("span", ""))
    found = queries.opened(request.scope, slug, asked, request.GET.get("after", ""))
    one = found.outcome
    return render(request, "desk/outcome.html", {
        "opened": found, "measure": one.measure, "key": figures.outcome_key(one, asked.slug),
        "points": figures.outcome_points(found), "spans": spans(clock.today()),
        "places": [(place.name, place.number, figures.rate_said(place.number)) for place in found.places],
    })
