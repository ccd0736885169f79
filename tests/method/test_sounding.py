"""Names by their sound: a long letter is cut into words once, however often a name stands in it."""

import pytest

from sangesan.method import sounding


@pytest.mark.chapter("V4")
def test_a_letter_full_of_one_name_is_cut_into_words_once(monkeypatch):
    calls, cut = [], sounding.within_words
    monkeypatch.setattr(sounding, "within_words", lambda text: calls.append(text) or cut(text))
    text = "张达利，" * 2_000
    assert list(sounding.sounding(text, ["张大力", "王安民"])) == [("张大力", "张达利")] and len(calls) == 1


@pytest.mark.chapter("V4")
@pytest.mark.parametrize(("text", "found"), [
    ("lin shi shun yao qian", True), ("wo men dui de lin shi shun yao qian，不给不排班", True),
    ("zhao Lin Shishun mei yong", True), ("linshishun yao qian", True), ("lin shi yao qian", False),
    ("lin shi. shun yao", False), ("blin shi shun", False)])
def test_a_name_in_letters_is_known_within_a_sentence_in_letters(text, found):
    assert bool(list(sounding.sounding(text, ["林世顺"]))) is found
