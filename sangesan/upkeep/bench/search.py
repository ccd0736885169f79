"""Search (检索): words under real rights among very many matters, each with a text of its own.

The matters are those of `lists`; here their texts go straight into the index. What is asked for
is cut from the texts themselves, so that common words are asked as often as people write them,
with rare words, longer ones, two at once and some that stand nowhere.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from django.db import connection, transaction

from sangesan.feedback.matters import queries
from sangesan.feedback.matters.models import Matter, Unindexed
from sangesan.feedback.matters.queries.searching import INDEX
from sangesan.foundation.search import Entry
from sangesan.organization.people.models import Person
from sangesan.organization.people.queries import scope_of
from sangesan.organization.units.models import Unit

from . import lists
from .figures import Figure, spans, timed

WHO = (("leader", "1001"), ("triage", "1004"), ("secretary", "1005"), ("handler", "1006"))
PORTION = 10_000
ASKED = 300


def measure(count: int) -> Iterator[Figure]:
    """Measure among so many matters (测量), making them and their index first when they are not there yet."""
    lists.fill(count)
    made = timed(lambda: fill(count))
    name, engine = f"search.{count}", connection.vendor
    yield Figure(f"{name}.made", made, "s", INDEX.count(), engine)
    kinds = words(random.Random(7))  # noqa: S311 - figures, no secret
    for who, number in WHO:
        scope = scope_of(Person.objects.get(work_number=number))
        queries.find(scope, "热水")
        for kind, asked in kinds.items():
            taken = [timed(partial(queries.find, scope, one)) for one in asked]
            yield from spans(f"{name}.{who}.{kind}", taken, engine)
        client = lists.signed_in(number)
        asked = [one for some in kinds.values() for one in some[: ASKED // 6]]
        lists.answer(client, "/w/search/?q=" + quote("热水"))
        yield from spans(f"{name}.{who}.page", [timed(partial(lists.answer, client, "/w/search/?q=" + quote(one)))
                                                for one in asked], engine)


def fill(count: int) -> None:
    """Write the index (造索引) unless it is there."""
    if INDEX.count() >= count:
        return
    codes = {unit.code: str(unit.pk) for unit in Unit.objects.all()}
    chance = random.Random(11)  # noqa: S311 - figures, no secret
    clauses = _clauses()
    Unindexed.objects.all().delete()
    pairs = lists.drop_indexes(INDEX.name) if connection.vendor == "postgresql" else []  # one long build is far quicker
    # In the order in which they came, as in life: PostgreSQL walks many rows, and reads those of one day together.
    keys = list(Matter.objects.order_by("received_day", "pk").values_list("pk", flat=True))
    rows = Matter.objects.values_list("pk", "received_day", "unit_path", "number")
    for start in range(0, len(keys), PORTION):
        kept = {row[0]: row for row in rows.filter(pk__in=keys[start : start + PORTION])}
        entries = [Entry(pk, day, f"{text(chance, clauses)}\n{number}", tuple(codes[c] for c in path.split("/") if c))
                   for pk, day, path, number in (kept[key] for key in keys[start : start + PORTION])]
        with transaction.atomic():
            INDEX.put(entries)
    INDEX.tidy()
    with connection.cursor() as cursor:
        for statement in pairs:
            cursor.execute(statement)
        cursor.execute("ANALYZE")


def text(chance: random.Random, clauses: list[str]) -> str:
    """Return a text of some clauses (一段话), now and then with a rare word."""
    parts = chance.choices(clauses, k=chance.randint(2, 7))
    if chance.random() < 0.2:
        parts.append("".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(4)))
    return "，".join(parts)


def words(chance: random.Random) -> dict[str, list[str]]:
    """Return what is asked for (所查的词), by kind."""
    texts = [text(chance, _clauses()) for _ in range(ASKED)]

    def cut(length: int) -> list[str]:
        found = []
        for said in texts:
            runs = [run for run in re.findall(r"\w+", said) if len(run) >= length]
            run = chance.choice(runs)
            start = chance.randrange(len(run) - length + 1)
            found.append(run[start : start + length])
        return found

    pairs = cut(2)
    return {"two": pairs, "four": cut(4), "both": [f"{a} {b}" for a, b in zip(pairs, reversed(pairs), strict=True)],
            "absent": ["龘" + one[0] for one in pairs]}


def _clauses() -> list[str]:
    from sangesan.upkeep.demo import texts

    pool = [one for grave in (False, True) for one in texts.everyday(1, grave)]
    filled = [said for one in pool for said in one.filled(random.Random(3))]  # noqa: S311 - figures, no secret
    return sorted({clause for said in filled for clause in re.split(r"[，。；、]", said) if len(clause) >= 4})
