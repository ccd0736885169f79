"""Lists (列表与详情): a page and a detail under a branch secretary's rights, among very many matters.

The mass is made in bulk, once, into a database of its own; a few weeks that were really lived
lie on top of it, and details are opened among those.
"""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection, transaction
from django.test import Client

from sangesan.feedback.matters import queries
from sangesan.feedback.matters.models import Matter, Reach
from sangesan.foundation import clock
from sangesan.foundation.bulk import pour
from sangesan.foundation.ids import CROCKFORD
from sangesan.organization.people.models import Person
from sangesan.organization.people.queries import scope_of
from sangesan.organization.units.models import Unit
from sangesan.organization.units.queries import join_path, lineages

from .figures import Figure, spans, timed

SECRETARY, LEADER = "1005", "1001"
LIVED = 14  # days really lived
TURNS = 200
PORTION = 50_000
OPEN = 3_000  # of the mass are open, as in a large enterprise; the rest lies closed


def measure(count: int) -> Iterator[Figure]:
    """Measure among so many matters (测量), making them first when they are not there yet."""
    made = timed(lambda: fill(count))
    total = Matter.objects.count()
    name, engine = f"lists.{count}", connection.vendor
    yield Figure(f"{name}.made", made, "s", total, engine)
    for who, number in (("secretary", SECRETARY), ("leader", LEADER)):
        yield from one(f"{name}.{who}", number, engine)


def one(name: str, number: str, engine: str) -> Iterator[Figure]:
    """Measure one person's pages (一个人的页面): the query alone, the page, the detail."""
    scope = scope_of(Person.objects.get(work_number=number))
    walk, client = pages(scope), signed_in(number)
    next(walk)
    yield from spans(f"{name}.query", [timed(lambda: next(walk)) for _ in range(TURNS)], engine)
    lived = [matter.number for matter in queries.page(scope, limit=50, counted=False).rows]
    for what, addresses in (("list", ["/w/matters/"] * 50), ("detail", [f"/w/matters/{n}/" for n in lived])):
        answer(client, addresses[0])
        yield from spans(f"{name}.{what}", [timed(lambda at=at: answer(client, at)) for at in addresses], engine)


def pages(scope) -> Iterator[queries.Page]:
    """Walk page by page (逐页) through all the scope sees, and begin again."""
    after = ""
    while True:
        page = queries.page(scope, after=after, counted=False)
        after = page.after
        yield page


def signed_in(number: str) -> Client:
    """Return a browser of one of the demo's accounts (已登录)."""
    from sangesan.upkeep.demo import PASSWORD

    client = Client(headers={"host": "127.0.0.1"})
    client.post("/w/login/", {"work_number": number, "password": PASSWORD})
    return client


def answer(client: Client, address: str) -> None:
    """Open a page that must answer (打开页面)."""
    got = client.get(address)
    if got.status_code != 200:
        raise RuntimeError(f"{address}: {got.status_code}")


def fill(count: int) -> None:
    """Make the mass (造数) unless it is there, and the lived weeks before it."""
    from sangesan.upkeep.demo import load, play

    play.play(load.prepare(days=LIVED))
    have = Matter.objects.count()
    if have >= count:
        return
    teams = Unit.objects.filter(kind__in=("team", "enterprise", "contractor")).values_list("pk", flat=True)
    paths = [([step.pk for step in path], join_path(path)) for path in lineages(teams, clock.today()).values()]
    indexes = drop_indexes(Reach._meta.db_table, Matter._meta.db_table)
    free = numbers(count - have)
    for start in range(0, len(free), PORTION):
        portion(free[start : start + PORTION], paths, OPEN / count)
    with connection.cursor() as cursor:
        for statement in indexes:
            cursor.execute(statement)


def portion(free: list[str], paths: list, share: float) -> None:
    """Make one portion (一批) in one transaction, keys in order so that the tree grows at its end."""
    chance = random.Random(free[0])  # noqa: S311 - figures, no secret
    pattern = Matter.objects.order_by("pk").values().first()
    today = clock.today()
    matters, reaches = [], []
    for key, number in zip(sorted(secrets.randbits(63) for _ in free), free, strict=True):
        path, codes = chance.choice(paths)
        day = today - timedelta(days=30 + chance.randrange(1100))
        state = chance.choice(("handling", "answered", "dispatched")) if chance.random() < share else "closed"
        grade = chance.choice("ABBCCCCCC")
        matters.append(pattern | {
            "id": key, "number": f"{day.year}-{number}", "title": "四点班升井没热水，第三次反映", "state": state,
            "grade": grade, "unit_id": path[-1], "unit_path": codes, "lead_id": path[-1], "lead_path": codes,
            "received_day": day, "history": True, "parent_id": None, "line": "",
        })
        reaches += [{"id": secrets.randbits(63), "matter_id": key, "unit_id": unit, "leads": unit == path[-1],
                     "sealed": 0, "line": "", "fresh_since": None, "day": day, "state": state, "grade": grade}
                    for unit in path]
    with transaction.atomic():
        insert(Matter, matters)
        insert(Reach, sorted(reaches, key=lambda row: row["id"]))


def insert(model, rows: list[dict]) -> None:
    """Insert rows in bulk (成批插入)."""
    fields = model._meta.concrete_fields
    prepare = [(field.attname, field.get_db_prep_save) for field in fields]
    plain = (int, str, type(None))
    values = ([value if type(value := row[name]) in plain else ready(value, connection) for name, ready in prepare]
              for row in rows)
    pour(model._meta.db_table, [field.column for field in fields], values)


_INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT IN"
                  " (SELECT conname FROM pg_constraint)",
}


def drop_indexes(*tables: str) -> list[str]:
    """Drop what slows the bulk down (暂去索引) and return the statements that bring it back."""
    statements = []
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(_INDEXES[connection.vendor], [table])
            for name, sql in cursor.fetchall():
                cursor.execute(f'DROP INDEX "{name}"')
                statements.append(sql)
    return statements


def numbers(count: int) -> list[str]:
    """Return so many different parts of numbers (编号), none of which tells an order."""
    drawn: set[int] = set()
    while len(drawn) < count:
        drawn.add(secrets.randbits(30))
    return ["".join(CROCKFORD[bits >> shift & 31] for shift in range(0, 30, 5)) for bits in drawn]
