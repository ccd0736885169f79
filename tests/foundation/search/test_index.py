"""The index finds exactly what LIKE finds (检索), on both engines, and forgets what is taken out."""

from __future__ import annotations

import random
from datetime import date

import pytest
from django.db import connection

from sangesan.foundation.search import Entry, Index, highlight, plain, read

pytestmark = pytest.mark.django_db
INDEX = Index("search_matters")
DAY = date(2026, 11, 24)
LETTERS = "热水澡堂停电食堂凉馒头工资条3208面ZCａｂ，。 \n、（）😀𠮷龘ⅷ"


def texts(chance: random.Random, count: int) -> list[str]:
    return ["".join(chance.choice(LETTERS) for _ in range(chance.randint(0, 40))) for _ in range(count)]


def like(said: list[str], query) -> set[int]:
    return {n for n, text in enumerate(said, start=1) if all(run in plain(text) for run in query.runs)}


@pytest.mark.parametrize("seed", range(6))
def test_the_index_finds_exactly_what_like_finds(seed):
    chance = random.Random(seed)
    said = texts(chance, 300)
    INDEX.put(Entry(n, DAY, text, ("1",)) for n, text in enumerate(said, start=1))
    for _ in range(150):
        source, length = chance.choice(said), chance.randint(1, 6)
        start = chance.randrange(max(1, len(source)))
        words = source[start : start + length] + chance.choice(["", " " + chance.choice(said)[:3]])
        query = read(words)
        found = INDEX.hits(query, ["1"]).refs if query else []
        assert len(found) == len(set(found))
        assert set(found) == (like(said, query) if query else set()), words


def test_very_long_texts_and_often_repeated_words_are_found_as_well():
    INDEX.put([Entry(1, DAY, "热水" * 20_000 + "凉馒头", ("1",)), Entry(2, DAY, "凉馒 馒头", ("1",))])
    assert INDEX.hits(read("水凉馒头"), ["1"]).refs == [1]
    assert INDEX.hits(read("凉馒头"), ["1"]).refs == [1]
    assert set(INDEX.hits(read("馒头"), ["1"]).refs) == {1, 2}


def test_marks_narrow_and_are_no_words():
    INDEX.put([Entry(1, DAY, "没有热水", ("12",)), Entry(2, DAY, "没有热水", ("123", "7"))])
    assert INDEX.hits(read("热水"), ["12"]).refs == [1]
    assert set(INDEX.hits(read("热水"), ["12", "7"]).refs) == {1, 2}
    assert INDEX.hits(read("热水"), []).refs == [] and INDEX.hits(read("123"), ["7"]).refs == []


def test_newest_days_come_first_and_pages_never_repeat():
    INDEX.put(Entry(n, date(2026, 1, 1 + n % 28), "没有热水", ("1",)) for n in range(1, 101))
    whole, seen, before = INDEX.hits(read("热水"), ["1"]), [], 0
    while page := INDEX.hits(read("热水"), ["1"], before=before, most=7).ids:
        seen, before = seen + page, page[-1]
    assert seen == whole.ids and len(seen) == 100
    days = [1 + ref % 28 for ref in whole.refs]
    assert days == sorted(days, reverse=True)


def test_nothing_but_the_day_stands_in_an_id():
    for n in range(1, 60):
        INDEX.put([Entry(n, DAY, "没有热水", ("1",))])
    refs = INDEX.hits(read("热水"), ["1"]).refs
    assert refs != sorted(refs) and refs != sorted(refs, reverse=True)


def test_a_replaced_text_is_found_by_its_new_words_only_and_keeps_its_place():
    INDEX.put([Entry(1, DAY, "没有热水", ("1",))])
    before = INDEX.hits(read("热水"), ["1"]).ids
    INDEX.put([Entry(1, DAY, "没有电", ("1",))])
    assert INDEX.hits(read("热水"), ["1"]).refs == []
    assert INDEX.hits(read("有电"), ["1"]).ids == before


def test_what_reads_otherwise_than_it_is_held_is_told_and_nothing_else():
    said = ["澡堂热水又停了，'零'点班\"升井", "食堂馒头凉", "工资条看不懂", "矿灯不亮"]
    INDEX.put(Entry(n, DAY, text, ("1", "2")) for n, text in enumerate(said, start=1))
    narrowed, reworded = Entry(2, DAY, said[1], ("1",)), Entry(3, DAY, "工资条看懂了", ("1", "2"))
    now = [Entry(1, DAY, said[0], ("1", "2")), narrowed, reworded, Entry(5, DAY, "又一件", ("1",))]
    assert INDEX.differing(range(1, 7), now) == [2, 3, 4, 5], "4 is out, 5 is new, 6 was never there"
    assert INDEX.differing([1], [Entry(1, date(2026, 11, 23), said[0], ("1", "2"))]) == [1]


def test_what_is_taken_out_leaves_no_word_behind():
    INDEX.put([Entry(1, DAY, "绝无仅有词", ("1",)), Entry(2, DAY, "没有热水", ("1",))])
    INDEX.drop([1])
    INDEX.tidy()
    assert INDEX.hits(read("仅有"), ["1"]).refs == [] and INDEX.count() == 1
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT block FROM search_matters_fts_data")
            assert "仅有".encode() not in b"".join(bytes(row[0]) for row in cursor.fetchall())
            cursor.execute("INSERT INTO search_matters_fts(search_matters_fts) VALUES ('integrity-check')")


def test_hostile_words_are_only_words():
    INDEX.put([Entry(1, DAY, "没有热水 or not near", ("1",))])
    for words in ('热水" OR "x', "热水' | 'x", "热水*", "NEAR(热水 or)", "words:热水", "-热水", "% _", "\\'热水",
                  "热水 AND", "\ue0001 热水"):
        INDEX.hits(read(words), ["1"])
    assert INDEX.hits(read('热水" OR "凉馒'), ["1"]).refs == []


def test_width_and_case_are_forgiven_in_what_is_marked():
    parts = highlight("在３２０８面ZC队", read("3208面 zc"))
    assert [part for part, found in parts if found] == ["３２０８面ZC"]
    assert "".join(part for part, _ in parts) == "在３２０８面ZC队"
