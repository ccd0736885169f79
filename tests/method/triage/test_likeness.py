"""Likeness (相似): exact, at once, and without a word that names anybody."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sangesan.method.triage import likeness
from sangesan.method.triage.likeness import Likeness, pairs_of
from sangesan.method.triage.recent import Recent

PARTS = ["食堂馒头凉", "澡堂没热水", "奖金没公示", "皮带巷漏风", "罐笼晃得厉害", "班车改点了", "宿舍漏雨", "自救器没货"]
TEXTS = st.lists(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4).map("，".join), min_size=6, max_size=40)


def cosine(texts: list[str], left: str, right: str) -> float:
    """Return the likeness by the plain formula (按定义计算)."""
    sets = [set(pairs_of(text).tolist()) for text in texts]

    def seen(pair: int) -> int:
        return sum(pair in one for one in sets)

    def rare(pair: int) -> float:
        return math.log((1 + len(texts)) / (1 + max(seen(pair), likeness.LEAST))) + 1

    here, there = set(pairs_of(left).tolist()), set(pairs_of(right).tolist())
    size = math.sqrt(sum(rare(p) ** 2 for p in here) * sum(rare(p) ** 2 for p in there))
    return sum(rare(p) ** 2 for p in here & there if seen(p) >= likeness.LEAST) / size if size else 0.0


@given(TEXTS, st.sampled_from(PARTS), st.integers(0, 3), st.booleans())
@settings(max_examples=60, deadline=None)
def test_it_finds_what_the_formula_finds_however_it_was_filled(texts, asked, way, pruned):
    before = likeness.WALKED
    likeness.WALKED = 3 if pruned else before
    try:
        index = Likeness()
        index.fill(enumerate(texts[: len(texts) * way // 3]))
        for key in range(len(texts) * way // 3, len(texts)):
            index.add(key, texts[key])
        found = index.like(asked, most=5)
    finally:
        likeness.WALKED = before
    marks = sorted((cosine(texts, asked, text) for text in texts), reverse=True)
    wanted = [mark for mark in marks[:5] if mark >= likeness.FLOOR]
    if way == 3 or way == 0:  # between, lengths of the lists are those of the last folding
        assert [mark for _key, mark in found] == pytest.approx(wanted, abs=1e-4)
    for key, mark in found if way in (0, 3) else []:
        assert mark == pytest.approx(cosine(texts, asked, texts[key]), abs=1e-4)


def test_a_new_text_is_found_at_once_and_a_removed_one_never_again(monkeypatch):
    monkeypatch.setattr(likeness, "TAIL", 7)
    index = Likeness()
    for key in range(20):
        index.add(key, PARTS[key % 2])
        assert key < 9 or key in [k for k, _ in index.like(PARTS[key % 2], most=20)]
    large = 1213218744993500298
    index.fill([(large, PARTS[0])])
    assert large in [k for k, _ in index.like(PARTS[0], most=30)], "keys are kept to the last digit"
    index.remove(large), index.remove(4), index.remove(18)
    assert {k for k, _ in index.like(PARTS[0], most=20)} == {0, 2, 6, 8, 10, 12, 14, 16}
    assert len(index) == 18


def test_what_stands_in_fewer_than_five_texts_makes_nothing_alike():
    index = Likeness()
    index.fill((key, PARTS[key % 4] + ("王麻子" if key < 4 else "")) for key in range(40))
    assert index.like("王麻子") == []
    index.add(99, "王麻子在食堂")
    assert index.like("王麻子")


def test_among_few_texts_a_shared_how_makes_nothing_alike():
    index = Likeness()
    index.fill(enumerate(["公积金基数怎么没变", "夜班津贴怎么算的", "劳务派遣到期怎么办", "分流过来岗级怎么算",
                          "取暖补贴怎么还没发", "学历提升补助怎么报"]))
    assert all(mark < 0.15 for key, mark in index.like("劳务派遣到期怎么办") if key != 2)


def test_numbers_are_left_out_and_odd_texts_do_no_harm():
    index = Likeness()
    index.fill([(n, text) for n, text in enumerate(["", "13812345678", "😀😀", "食", "食堂" * 5000] * 5)])
    for text in ("", "13812345678", "😀", "食", "\ud800食堂", "食堂"):
        index.like(text)
    assert [k for k, _ in index.like("食堂", most=9)] == [4, 9, 14, 19, 24]


def test_the_index_holds_numbers_only():
    index = Likeness()
    index.fill([(1, "王麻子")] * 9)
    index.add(2, "王麻子")
    parts = {**vars(index), **vars(index._tail)}
    assert isinstance(parts.pop("_tail"), Recent) and len(index._tail) == 1
    for name, part in parts.items():
        whole = part if isinstance(part, list) else [part]
        assert isinstance(part, np.ndarray) or all(isinstance(one, int | float) for one in whole), name
