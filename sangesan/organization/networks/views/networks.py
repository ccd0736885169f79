"""Pages to look at (联络网): the five, one of them, the map, what is not covered, the monitoring points."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sangesan.foundation import clock

from .. import queries


def tabs(here: str) -> list[dict]:
    """Return the tabs of the networks' pages (分页)."""
    words = (("index", _("五个网络")), ("map", _("覆盖图")), ("gaps", _("没有联络员的单位")),
             ("points", _("舆情监测点")), ("passings", _("转送")))
    return [{"word": word, "url": reverse(f"networks:{name}"), "here": name == here} for name, word in words]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the five networks (五个联络网)."""
    missing = queries.gaps(request.scope, clock.today())
    rows = [(network, len(missing.get(network.slug, ()))) for network in queries.networks()]
    return render(request, "networks/index.html", {
        "rows": rows, "mine": queries.mine(request.scope), "tabs": tabs("index"),
        "keeps_all": queries.keeps_all(request.scope)})


@require_safe
def network(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one network and its nodes, by name of post (一个联络网)."""
    found, branch = queries.network_for(request.scope, slug), request.GET.get("branch", "")[:40]
    return render(request, "networks/network.html", {
        "network": found, "lines": queries.nodes_of(request.scope, found, clock.today(), branch), "branch": branch,
        "branches": queries.branch_choices(clock.today()), "keeps": queries.keeps(request.scope),
        "keeps_all": queries.keeps_all(request.scope)})


@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    """Show the map (覆盖图)."""
    rows, networks = queries.map_rows(request.scope, clock.today()), queries.networks()
    lined = [(row.branch, [(each, row.cells.get(each.slug)) for each in networks]) for row in rows]
    return render(request, "networks/map.html", {"rows": lined, "networks": networks, "tabs": tabs("map")})


@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """List what is not covered (没有联络员的单位)."""
    asked = {name: request.GET.get(name, "")[:40] for name in ("network", "branch")}
    found = queries.gaps(request.scope, clock.today(), **asked)
    names = {each.slug: each for each in queries.networks()}
    return render(request, "networks/gaps.html", asked | {
        "lists": [(names[slug], spots) for slug, spots in found.items() if spots], "networks": names.values(),
        "tabs": tabs("gaps"), "keeps": queries.keeps(request.scope)})


@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """Show the monitoring points (舆情监测点), to be posted."""
    found, branch = queries.points(request.scope, clock.today()), request.GET.get("branch", "")[:40]
    shown = [one for one in found if branch in (one.branch.code, "all")]
    return render(request, "networks/points.html", {
        "points": found, "shown": shown, "branch": branch, "day": clock.today(), "tabs": tabs("points")})
