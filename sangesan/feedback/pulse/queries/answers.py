"""Published answers (公开答复): for everybody; what waits for a second look, for officers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.db.models.functions import Substr
from django.utils.translation import gettext as _

from sangesan.feedback.matters import queries as matters
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.words import CATEGORIES, TOOL
from sangesan.foundation.errors import Forbidden, NotFound
from sangesan.foundation.memory import remembered
from sangesan.foundation.search import Index, plain, read
from sangesan.method.authority import Action, Scope, may
from sangesan.method.lifecycle import State
from sangesan.organization.people.standing_in import as_one

from ..models import PublishedAnswer

INDEX = Index("search_answers")
EVERYBODY = "all"
PAGE = 20
ALIKE = 0.25
LATEST = 2_000


@dataclass(frozen=True)
class Page:
    """A page of published answers (一页公开答复)."""

    rows: list[PublishedAnswer]
    after: str
    short: bool


def page(words: str = "", category: str = "", after: str = "", limit: int = PAGE) -> Page:
    """Return a page of what is out (公开答复), the newest first; words too short are not asked."""
    rows = PublishedAnswer.objects.filter(state="published")
    query = read(words)
    if query:
        rows = rows.filter(pk__in=INDEX.hits(query, [EVERYBODY], most=LATEST).refs)
    if category in CATEGORIES:
        rows = rows.filter(category=category)
    cursor = _cursor(after)
    if cursor:
        rows = rows.filter(Q(published_on__lt=cursor[0]) | Q(published_on=cursor[0], pk__lt=cursor[1]))
    found = list(rows.order_by("-published_on", "-pk")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Page([named(one) for one in found[:limit]], f"{last.published_on:%F}.{last.pk}" if last else "",
                bool(words.strip()) and not query)


def similar_published(text: str, most: int = 3) -> list[PublishedAnswer]:
    """Return published answers to what is being written (相近的公开答复), the likest first.

    Out for everybody, so they may be offered to whoever writes; nothing of the text is kept.
    """
    asked = _pairs(text)
    scored = [(len(asked & pairs) / min(len(asked), len(pairs)), pk) for pk, pairs in _latest() if asked and pairs]
    best = [pk for score, pk in sorted(scored, reverse=True)[:most] if score >= ALIKE]
    rows = PublishedAnswer.objects.filter(state="published").in_bulk(best)
    return [named(rows[pk]) for pk in best if pk in rows]


def waiting(scope: Scope) -> list[PublishedAnswer]:
    """Return the drafts a scope may look at (待复看), with whether they are its own."""
    rows = [one for one in PublishedAnswer.objects.filter(state="draft").order_by("drafted_at", "pk")[:200]]
    numbers = {one.subject.partition("/")[2] for one in rows}
    seen = set(matters.visible(scope).filter(number__in=numbers).values_list("number", flat=True))
    kept, own = [named(one) for one in rows if one.subject.partition("/")[2] in seen], as_one(scope.person)
    for one in kept:
        one.own = one.drafted_by in own
    return kept


def owed(scope: Scope) -> list[Matter]:
    """Return what was said of this system, is closed and owed an answer in public (待公开答复), as far as one sees."""
    rows = matters.visible(scope).filter(category=TOOL, state=State.CLOSED.value, history=False)
    out = PublishedAnswer.objects.filter(state__in=("draft", "published")).annotate(
        number=Substr("subject", len("matters/") + 1)).values("number")
    return list(rows.exclude(number__in=out).order_by("closed_at", "pk")[:PAGE])


def answer_for(scope: Scope, pk: int) -> PublishedAnswer:
    """Fetch an answer for an officer (取公开答复); fetching is permission. Raises NotFound."""
    found = PublishedAnswer.objects.filter(pk=pk).first()
    if found is None or not scope.can(Action.PUBLISH_ANSWER):
        raise NotFound()
    origin(scope, found.subject.partition("/")[2])
    return named(found)


def origin(scope: Scope, number: str) -> Matter:
    """Fetch the matter an answer is to come from (来源事项). Raises NotFound or Forbidden."""
    matter = matters.matter_for(scope, number)
    if matter.sealed or not may(scope, Action.PUBLISH_ANSWER, matters.thing_of(matter)):
        raise Forbidden(_("不能公开"), why=_("您的岗位没有公开这件答复的权限"))
    return matter


def named(one: PublishedAnswer) -> PublishedAnswer:
    """Give an answer the name of its category (附类别名)."""
    one.category_name = CATEGORIES.get(one.category, one.category)
    return one


@remembered
def _latest() -> list[tuple[int, frozenset[str]]]:
    rows = PublishedAnswer.objects.filter(state="published").order_by("-published_on", "-pk")[:LATEST]
    return [(one.pk, _pairs(one.question)) for one in rows]


def _pairs(text: str) -> frozenset[str]:
    runs = plain(text[:2_000]).split()
    return frozenset(run[i : i + 2] for run in runs for i in range(len(run) - 1))


def _cursor(after: str) -> tuple[date, int] | None:
    day, _dot, key = after.partition(".")
    try:
        return (date.fromisoformat(day), min(int(key), 2**63 - 1)) if after else None
    except ValueError:
        return None
