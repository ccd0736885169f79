"""The triage model (分办模型): honest probabilities, honest silence, a file that can be trusted."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sangesan.method.triage import Said, keeping
from sangesan.method.triage.quality import abstention, measured
from sangesan.method.triage.training import Letter, TooFew, folds, grouped, train

TALK = {
    "后勤": "食堂 馒头 凉 澡堂 热水 宿舍 洗衣机 更衣箱 班车 饮水机".split(),
    "报酬": "工资 奖金 公示 拖欠 加班费 绩效 扣款 补贴 到账 工分".split(),
    "安全": "锚杆 掉渣 瓦斯 皮带 罐笼 支护 漏电 自救器 顶板 报警".split(),
}
COMMON = "队里 反映 希望 解决 班组 夜班 检修 情况 上个月 工友".split()


@cache
def letters(count: int = 240, seed: int = 7) -> tuple[Letter, ...]:
    """Return invented letters of three kinds (造信)."""
    chance, kinds = random.Random(seed), list(TALK)
    made = []
    for place in range(count):
        kind = kinds[place % 3]
        words = chance.sample(TALK[kind], 4) + chance.sample(COMMON, 5)
        if chance.random() < 0.15:  # some speak of two things
            words += chance.sample(TALK[chance.choice(kinds)], 4)
        chance.shuffle(words)
        made.append(Letter(Said(" ".join(words), cut=True), kind))
    return tuple(made)


@cache
def trained():
    return train(letters())


KNOWN = [*sum(TALK.values(), []), *COMMON]
WORDS = st.lists(st.sampled_from([*KNOWN, "龘靐", "A3", "😀", "１３９００００００００"]), max_size=12)


@given(WORDS, st.booleans())
@settings(max_examples=60, deadline=None)
def test_probabilities_of_any_letter_sum_to_one(found, cut):
    chance = trained()[0].probabilities([Said((" " if cut else "").join(found), cut=cut)])
    assert chance.shape == (1, 3) and abs(chance.sum() - 1) < 1e-9 and (chance >= 0).all()


@given(st.lists(st.tuples(st.floats(0.34, 1), st.booleans()), min_size=1, max_size=60), st.floats(0.5, 0.99))
@settings(max_examples=200, deadline=None)
def test_what_stands_above_the_threshold_is_as_right_as_promised(pairs, wanted):
    sure, right = np.array([p for p, _ in pairs]), np.array([r for _, r in pairs])
    threshold, coverage = abstention(sure, right, wanted)
    given_ = sure >= threshold
    if coverage:
        assert given_.mean() == pytest.approx(coverage) and right[given_].mean() >= wanted
    else:
        assert threshold == 1.0


@given(st.lists(st.floats(0.34, 1), min_size=2, max_size=40), st.floats(0.5, 0.9), st.floats(0, 0.09))
@settings(max_examples=100, deadline=None)
def test_who_wants_more_accuracy_gets_no_more_coverage(sure, wanted, more):
    sure = np.array(sure)
    right = np.random.default_rng(3).random(len(sure)) < sure
    assert abstention(sure, right, wanted + more)[1] <= abstention(sure, right, wanted)[1]


def test_the_further_ahead_a_category_is_the_likelier_it_is_said_to_be():
    model, _quality = trained()
    told = [model.probabilities([Said(" ".join(["工资", *TALK["后勤"][:n]]), cut=True)])[0] for n in range(1, 6)]
    ahead = [float(chance[model.categories.index("后勤")]) for chance in told]
    assert ahead == sorted(ahead)


def test_it_learns_what_can_be_learned_and_says_how_well():
    model, quality = trained()
    assert quality.accuracy > 0.9 and quality.macro_f1 > 0.9 and quality.calibration_error < 0.15
    assert model.said["quality"]["letters"] == quality.letters == 240
    said = next(model.suggest([Said("食堂的馒头是凉的，澡堂没有热水")]))
    assert (said.category, said.abstained) == ("后勤", False) and said.second != said.category


def test_a_letter_that_says_nothing_known_is_not_guessed_at():
    assert next(trained()[0].suggest([Said("😀😀😀")])).abstained


def test_words_and_raw_text_read_alike():
    model, _quality = trained()
    cut, raw = model.suggest([Said("食堂 馒头 凉 宿舍 热水", cut=True), Said("食堂馒头凉宿舍热水")])
    assert cut.category == raw.category == "后勤"


def test_a_model_that_cannot_keep_its_promise_always_abstains():
    model = replace(trained()[0], threshold=1.0)
    assert all(s.abstained for s in model.suggest(letter.said for letter in letters()[:30]))


def test_a_word_in_fewer_than_five_letters_is_in_no_model():
    rare = [replace(letter, said=Said(letter.said.text + " 王麻子 13812345678", cut=True)) if place < 4 else letter
            for place, letter in enumerate(letters())]
    model, _quality = train(rare)
    data = keeping.packed(model)
    assert not any("麻子" in term or "王麻" in term for term in model.features.words + model.features.pairs)
    assert not any(c.isdigit() for term in model.features.words for c in term)
    assert "麻子".encode() not in data
    often = [*rare, *rare[:4]]
    assert "王麻子" in train(often)[0].features.words


def test_near_copies_never_stand_on_both_sides_of_a_split():
    doubled = [replace(letter, group=f"g{place // 4}") for place, letter in enumerate(letters())]
    truth = np.array([list(TALK).index(letter.category) for letter in doubled])
    for held, kept in folds(doubled, truth, seed=1):
        assert not {doubled[i].group for i in held} & {doubled[i].group for i in kept}
    same = [replace(letters()[0], category=c) for c in TALK for _ in range(8)] + list(letters()[:60])
    truth = np.array([list(TALK).index(letter.category) for letter in same])
    for held, _kept in folds(same, truth, seed=1):
        assert sum(i < 24 for i in held) in (0, 24, 25)  # the same words are one group without being told


def test_a_pair_of_near_copies_is_one_group_without_being_told():
    rows = [replace(letter, said=Said(letter.said.text + f" 独家{chr(0x4E00 + place)}{chr(0x6E00 + place)}", cut=True))
            for place, letter in enumerate(letters()[:60])]
    copies = [replace(letter, said=Said("再说 " + letter.said.text, cut=True)) for letter in rows[:20]]
    found = grouped([*rows, *copies])
    assert [letter.group for letter in found[60:]] == [letter.group for letter in found[:20]]
    assert len({letter.group for letter in found}) > 30 and all(letter.said for letter in found)
    told = grouped([replace(letter, group="g1") for letter in rows[:5]])
    assert {letter.group for letter in told} == {"g1"}


@pytest.mark.parametrize("few", [letters()[:12], [letter for letter in letters() if letter.category == "后勤"]])
def test_too_few_letters_are_refused(few):
    with pytest.raises(TooFew):
        train(few)


def test_a_kept_model_suggests_what_it_suggested(tmp_path):
    model, _quality = trained()
    version = keeping.save(model, tmp_path / "m")
    again = keeping.load(tmp_path / "m")
    assert (again.version, again.categories, again.said) == (version, model.categories, model.said)
    some = [letter.said for letter in letters()[:50]]
    assert np.abs(model.probabilities(some) - again.probabilities(some)).max() < 0.01
    assert keeping.packed(model) == keeping.packed(trained()[0]), "the same training gives the same bytes"


@pytest.mark.parametrize("spoil", [
    lambda data: b"", lambda data: b"PK\x03\x04", lambda data: data[: len(data) // 2],
    lambda data: data[:600] + bytes([data[600] ^ 1]) + data[601:], lambda data: b"cposix\nsystem\n",
    lambda data: b"\0" * 9,
])
def test_a_damaged_file_is_refused_in_words(tmp_path, spoil):
    path = tmp_path / "m"
    path.write_bytes(spoil(keeping.packed(trained()[0])))
    with pytest.raises(keeping.Unusable, match="损坏|不符|不是"):
        keeping.load(path)


def test_quality_agrees_with_the_reference():
    from sklearn.metrics import accuracy_score, f1_score

    chance = np.random.default_rng(5).dirichlet([1, 1, 1, 1], 300)
    truth = np.random.default_rng(6).integers(0, 4, 300)
    quality = measured(chance, truth)
    assert quality.macro_f1 == pytest.approx(f1_score(truth, chance.argmax(1), average="macro"))
    assert quality.accuracy == pytest.approx(accuracy_score(truth, chance.argmax(1)))


def test_reading_and_suggesting_never_import_scikit_learn():
    code = ("import sys; from sangesan.method.triage import keeping, Said; "
            "from sangesan.method.triage import model, training; print('sklearn' in sys.modules)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
