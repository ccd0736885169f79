"""What the pages have in common (页面共用): trying a service, tabs, papers to take away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.method import analysis as rule
from sangesan.organization.documents.files import PDF, WORD, given

FIRST = date(2000, 1, 1)


def month_of(said: str) -> date:
    """Return the month an address names (月份), the one before this for anything else."""
    try:
        found = date.fromisoformat(f"{said}-01")
    except ValueError:
        found = date.min
    return found if FIRST <= found <= clock.today() else rule.month_before(clock.today())


def paper(drawn: Callable, form: str) -> HttpResponse:
    """Give a paper away (下载) as PDF or Word."""
    if form not in ("pdf", "docx"):
        raise Http404
    content, name = drawn(form)
    return given(content, f"{name}.{form}", PDF if form == "pdf" else WORD)


def tabs(_request: HttpRequest, here: str) -> list[dict]:
    """Return the two pages of this room (页签)."""
    rows = [("analyses", _("月分析"), "/w/analyses/"), ("discussions", _("季度座谈"), "/w/discussions/")]
    return [{"word": word, "url": url, "here": name == here} for name, word, url in rows]
