"""Search among matters (检索事项): by words, number, unit, who handles it, pinyin initials.

The index is narrowed by the units one sees, in the same query, and what it names is asked of
the permission query before it is counted or shown. Speakers are in no index: nobody is found
by having spoken (domain.md §7.4). What left the ordinary flow stands in no index either;
inspectors look through what is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from unicodedata import normalize

from sangesan.foundation.search import Index, Query, plain, read
from sangesan.foundation.search.bigrams import excerpt, highlight
from sangesan.method.authority import Action, Scope

from ..models import Matter, Reach, Submission
from ..words import CHANNELS, LEFT
from .access import FLOWS, reached, sees_fresh, visible, without_conflict
from .documents import mark, words_of

INDEX = Index("search_matters")
CAP = 1_000
"""More than so many are not counted (1,000 条以上)."""
PAGE = 20
LOOKED_THROUGH = 2_000
"""So many matters outside the ordinary flow a keeper's search looks through, the newest."""


@dataclass(frozen=True)
class Hit:
    """A matter that was found (命中事项), with the words around what was asked for."""

    matter: Matter
    title: list[tuple[str, bool]]
    text: list[tuple[str, bool]]


@dataclass(frozen=True)
class Found:
    """What a search gave (检索结果): a page of it, the cursor of the next or '', how many in all."""

    hits: list[Hit]
    after: str
    total: int
    capped: bool


NOTHING = Found([], "", 0, False)


def find(scope: Scope, words: str | Query, *, after: str = "", limit: int = PAGE) -> Found:
    """Return a page of the matters a scope sees that hold the words (查找事项), newest day first.

    What stands outside the ordinary flow comes first, for its keepers, and on the first page only.
    """
    query = read(words) if isinstance(words, str) else words
    under = _registered(scope, words) if isinstance(words, str) and not after else []
    if not query and not under:
        return NOTHING
    rows = _walk(scope, query) if query else []
    apart = list(dict.fromkeys([*under, *([] if after or not query else _apart(scope, query))]))
    rows = [row for row in rows if row[1] not in under]
    total = len(rows) + len(apart)
    if after.isdecimal() and len(after) < 19:
        rows = _walk(scope, query, int(after))
    shown = rows[:limit]
    return Found(_hits([*apart, *(pk for _id, pk in shown)], query), str(shown[-1][0]) if len(rows) > limit else "",
                 min(total, CAP), total > CAP)


def _registered(scope: Scope, words: str) -> list[int]:
    """Return what came under exactly that number of the register (按登记号): L-1 has no run the index could ask for."""
    number = normalize("NFKC", words).strip()
    if len(number) > 40 or not number.isprintable() or not any(sign.isdecimal() for sign in number):
        return []
    rows = Submission.objects.filter(channel__in=list(CHANNELS), register=number, withdrawn=None)
    return list(visible(scope).filter(pk__in=rows.values("matter_id")).values_list("pk", flat=True))


def entered_before(scope: Scope | None, channel: str, register: str) -> bool:
    """Return whether something came under a number of the register before (登记号已用), for whoever enters now.

    What they do not read is not there: else the number says that it is, now or when it is judged. What only waits for
    its batch is there for whoever will read it then. Without a scope all is.
    """
    came = Submission.objects.filter(channel=channel, register=register).values("matter_id")
    rows = Matter.objects.filter(pk__in=came)
    if scope is None:
        return rows.exists()
    if visible(scope).filter(pk__in=came).exists():
        return True
    waiting = rows.filter(release_at__isnull=False).exclude(kind__in=LEFT)
    return sees_fresh(scope, Action.SEE) and without_conflict(waiting, scope, "pk").exists()


def _walk(scope: Scope, query: Query, before: int = 0) -> list[tuple[int, int]]:
    """Return index ids and matters that are found and seen (命中且可见): one more than are counted."""
    hits = INDEX.hits(query, (mark(*one) for one in scope.grounds(Action.SEE)), before=before, most=CAP + 1)
    seen = set(visible(scope, FLOWS[:1]).filter(pk__in=hits.refs).values_list("pk", flat=True))
    return [(pk, ref) for pk, ref in zip(hits.ids, hits.refs, strict=True) if ref in seen]


def _apart(scope: Scope, query: Query) -> list[int]:
    """Return what stands outside the ordinary flow and holds the words (检举控告、工会先阅): read, not indexed."""
    found: set[int] = set()
    for action, flow in FLOWS:
        if flow != Reach.ORDINARY and scope.can(action):
            reach = reached(scope, action, flow).order_by("-day", "-matter_id")
            found.update(reach.values_list("matter_id", flat=True)[:LOOKED_THROUGH])
    if not found:
        return []
    matters = list(visible(scope).filter(pk__in=found).order_by("-received_day", "-pk"))
    texts = words_of(matters)
    said = {m.pk: plain(f"{m.title}\n{m.number}\n{texts[m.pk]}") for m in matters}
    return [pk for pk, text in said.items() if all(run in text for run in query.runs)]


def _hits(keys: list[int], query: Query) -> list[Hit]:
    matters = Matter.objects.select_related("unit", "lead").in_bulk(keys)
    texts = words_of(matters.values())
    return [_hit(matters[pk], excerpt(texts[pk], query), query) for pk in keys if pk in matters]


def _hit(matter: Matter, around: str, query: Query) -> Hit:
    """Return one hit (命中); words that only say the title again are left out."""
    again = plain(around) == plain(matter.title)
    return Hit(matter, highlight(matter.title, query), [] if again else highlight(around, query))
