"""An index (索引): one table for each noun, made by a migration of the app it serves.

SQLite: `NAME(id, ref, words)` with `NAME_fts`, an FTS5 table whose content it is; the `ascii`
tokenizer takes every character beyond ASCII as part of a word, so that the engine's Unicode
tables, which lag behind, never decide what is found. PostgreSQL: `NAME(id, ref, words, pairs)`
with a GIN index over the tsvector. Neither keeps places of words: a single pair is exact by
itself, and longer runs are looked for in `words` among the few that hold all their pairs.

An `id` begins with the day and goes on by chance: the index can be walked from the newest day
without telling any order within it. `marks` are opaque words by which hits are narrowed inside
the same query; whoever asks still asks the live tables afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from secrets import randbits

from django.db import connection, transaction

from ..bulk import pour
from ..sqlite import placing
from .bigrams import Query, pairs, plain

MARK = "\ue000"
"""Begins a mark: a private character, which no run of a text ever holds."""
CHANCE = 32
PORTION = 500


@dataclass(frozen=True)
class Entry:
    """What the index is told of one thing (索引项)."""

    ref: int
    day: date
    text: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hits:
    """What was found (命中): ids of the index and what they refer to, newest day first."""

    ids: list[int]
    refs: list[int]


@dataclass(frozen=True)
class Index:
    """One noun's index (索引)."""

    name: str

    @property
    def sqlite(self) -> bool:
        return connection.vendor == "sqlite"

    def put(self, entries: Iterable[Entry]) -> int:
        """Write entries (写入), in the caller's transaction; one that is there already is replaced.

        Also one that reads as before: where a row lies must not tell which of the others were written since.
        """
        rows = list(entries)
        for start in range(0, len(rows), PORTION):
            self._put(rows[start : start + PORTION])
        return len(rows)

    def _put(self, rows: Sequence[Entry]) -> None:
        ids = self._ids(rows, self.drop([row.ref for row in rows]))
        values = [(pk, row.ref, *self._told(row)) for pk, row in zip(ids, rows, strict=True)]
        if self.sqlite:
            pour(self.name, ("id", "ref", "words"), values)
            pour(f"{self.name}_fts", ("rowid", "words"), [(pk, words) for pk, _ref, words in values])
        else:
            pour(self.name, ("id", "ref", "words", "pairs"), values)

    def _told(self, row: Entry) -> tuple[str, ...]:
        """Return what is kept of an entry (索引内容), as its engine takes it."""
        body, marks = plain(row.text), [MARK + mark for mark in row.marks]
        runs = [pairs(run) for run in body.split()]
        if self.sqlite:
            return (f" {' . '.join(' '.join(run) for run in runs)} . {' '.join(marks)}",)
        return body, " ".join(f"'{word}'" for word in {*marks, *(pair for run in runs for pair in run)})

    def differing(self, refs: Iterable[int], entries: Iterable[Entry]) -> list[int]:
        """Return which things the index holds otherwise than it would be told now (有变的), or holds and should not."""
        told, refs = {row.ref: row for row in entries}, list(refs)
        kept = self._kept(refs)
        return [ref for ref in refs if (ref in kept) != (ref in told)
                or ref in told and not _same(kept[ref], told[ref], self._told(told[ref]))]

    def _kept(self, refs: Sequence[int]) -> dict[int, tuple]:
        """Return what is kept of things (现有索引项): the id, and the columns as `_told` gives them."""
        if not refs:
            return {}
        columns = "words" if self.sqlite else "words, pairs::text"
        marks = ", ".join(["%s"] * len(refs))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT ref, id, {columns} FROM {self.name} WHERE ref IN ({marks})", list(refs))  # noqa: S608
            return {ref: tuple(found) for ref, *found in cursor.fetchall()}

    def _ids(self, rows: Sequence[Entry], kept: dict[int, int]) -> list[int]:
        """Return the id of each entry (编号): the one it had while its day stays, else a free one of its day."""
        found = {row.ref: kept[row.ref] for row in rows if kept.get(row.ref, 0) >> CHANCE == row.day.toordinal()}
        while missing := [row for row in rows if row.ref not in found]:
            drawn = {(row.day.toordinal() << CHANCE) | randbits(CHANCE): row.ref for row in missing}
            marks = ", ".join(["%s"] * len(drawn))
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT id FROM {self.name} WHERE id IN ({marks})", list(drawn))  # noqa: S608
                taken = {pk for (pk,) in cursor.fetchall()} | set(found.values())
            found |= {ref: pk for pk, ref in drawn.items() if pk not in taken}
        return [found[row.ref] for row in rows]

    def drop(self, refs: Sequence[int]) -> dict[int, int]:
        """Take entries out (移出) and return the ids they had.

        FTS5 must be told the old words, or it keeps them.
        """
        if not refs:
            return {}
        marks = ", ".join(["%s"] * len(refs))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id, ref, words FROM {self.name} WHERE ref IN ({marks})", list(refs))  # noqa: S608
            rows = cursor.fetchall()
            if rows and self.sqlite:
                cursor.executemany(f"INSERT INTO {self.name}_fts({self.name}_fts, rowid, words)"  # noqa: S608
                                   " VALUES ('delete', %s, %s)", [(pk, words) for pk, _ref, words in rows])
            if rows:
                cursor.execute(f"DELETE FROM {self.name} WHERE ref IN ({marks})", list(refs))  # noqa: S608
        return {ref: pk for pk, ref, _words in rows}

    def hits(self, query: Query, marks: Iterable[str], *, before: int = 0, most: int = 1000) -> Hits:
        """Return what holds every run and at least one of the marks (查找), newest day first."""
        marks = sorted(set(marks))
        if not query or not marks:
            return Hits([], [])
        sql, values = (self._on_sqlite if self.sqlite else self._on_postgresql)(query, marks)
        key = "f.rowid" if self.sqlite else "i.id"
        if before:
            sql, values = f"{sql} AND {key} < %s", [*values, before]
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} ORDER BY {key} DESC LIMIT %s", [*values, most])
            rows = cursor.fetchall()
        return Hits([pk for pk, _ref in rows], [ref for _pk, ref in rows])

    def _on_sqlite(self, query: Query, marks: list[str]) -> tuple[str, list]:
        asked = " AND ".join(f'"{pair}"' for pair in query.pairs)
        asked += f" AND ({' OR '.join(chr(34) + MARK + mark + chr(34) for mark in marks)})"
        sql = (f"SELECT f.rowid, i.ref FROM {self.name}_fts f JOIN {self.name} i ON i.id = f.rowid"  # noqa: S608
               f" WHERE {self.name}_fts MATCH %s")
        values: list = [asked]
        for run in query.long:
            sql += " AND instr(i.words, %s) > 0"
            values.append(f" {' '.join(pairs(run))} ")
        return sql, values

    def _on_postgresql(self, query: Query, marks: list[str]) -> tuple[str, list]:
        asked = " & ".join(f"'{pair}'" for pair in query.pairs)
        asked += f" & ({' | '.join(f'{chr(39)}{MARK}{mark}{chr(39)}' for mark in marks)})"
        sql = f"SELECT i.id, i.ref FROM {self.name} i WHERE i.pairs @@ %s::tsquery"  # noqa: S608 - our own name
        values: list = [asked]
        for run in query.long:
            sql += " AND strpos(i.words, %s) > 0"
            values.append(run)
        return sql, values

    def count(self) -> int:
        """Return how many entries there are (索引件数)."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {self.name}")  # noqa: S608
            return cursor.fetchone()[0]

    def tidy(self) -> None:
        """Let go of what was taken out (清除残留), which SQLite keeps."""
        if self.sqlite:
            with transaction.atomic(), connection.cursor() as cursor:
                placing.let_go(cursor, f"{self.name}_fts")


def _same(kept: tuple, row: Entry, told: tuple[str, ...]) -> bool:
    """Return whether what is kept of a thing is what it would be told now (是否未变), a set of pairs in any order."""
    if kept[0] >> CHANCE != row.day.toordinal() or kept[1] != told[0]:
        return False
    return all(set(had.split(" ")) == set(now.split(" ")) for had, now in zip(kept[2:], told[1:], strict=True))
