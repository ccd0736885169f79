"""What stands covered is covered anew (重新遮盖) when the rules see more: titles, and what the index holds.

Words are covered when they are read, titles when they are written: a title from before keeps what was no personal
data then. A title that was taken from the words is taken from them again, for a number may be cut off at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db import transaction

from ..models import Matter, Submission
from ..queries import entries
from ..queries.searching import INDEX
from ..queries.veil import masker
from .hearing import headline
from .indexing import stale

MASK = "［"


def to_cover() -> int:
    """Return how many matters stand covered in all (遮盖件数)."""
    return Matter.objects.count()


def cover_again(after: int, most: int) -> list[int]:
    """Cover the next matters after a key anew (重新遮盖一批) and return their keys; safe to run twice."""
    titles = dict(Matter.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "title")[:most])
    fresh = _covered(titles, masker())
    with transaction.atomic():
        for pk, title in fresh.items():
            Matter.objects.filter(pk=pk, title=titles[pk]).update(title=title)
        stale(INDEX.differing(titles, entries(titles)))  # names that join are found in few
    return list(titles)


def _covered(titles: dict[int, str], cover: Callable[[str], str]) -> dict[int, str]:
    """Return the titles that read differently now (改变的标题)."""
    cut = [pk for pk, title in titles.items() if title.endswith("…")]
    said = _first(cut)
    found = {pk: headline(cover(said[pk][:400])) if _taken(title, said.get(pk, "")) else cover(title)[:80]
             for pk, title in titles.items()}
    return {pk: title for pk, title in found.items() if title != titles[pk]}


def _first(matters: Iterable[int]) -> dict[int, str]:
    """Return what was said first in each of some matters (最先的诉说)."""
    rows = Submission.objects.filter(matter__in=list(matters)).order_by("-day", "-pk")
    return dict(rows.values_list("matter_id", "text"))


def _taken(title: str, said: str) -> bool:
    """Return whether a title was taken from the words (是否取自诉说): it was cut off, and begins as they do.

    >>> _taken("找［姓名］要3号楼…", "找王某要3号楼2单元的钥匙"), _taken("食堂…", "澡堂")
    (True, False)
    """
    begin = title.removesuffix("…").split(MASK)[0]
    return title.endswith("…") and bool(said) and said.lstrip().startswith(begin)
