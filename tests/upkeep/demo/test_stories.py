"""The stories of the demo mine are rich, the same every time, and leave living work."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from sangesan.feedback.matters.words import CATEGORIES, CHANNELS, KINDS
from sangesan.foundation import clock
from sangesan.method.disclosure import THRESHOLD
from sangesan.method.triage.likeness import Likeness
from sangesan.method.triage.topics import clusters, same_topic
from sangesan.upkeep.demo import living, script, stories, texts
from sangesan.upkeep.demo.units import WORK

UNTIL = date(2026, 11, 21)
QUARTER = UNTIL - timedelta(days=91)


def test_a_quarter_is_a_piece_of_the_year():
    year = {story.key: story for story in stories.told(date(2025, 11, 22), UNTIL, 2026)}
    quarter = {story.key: story for story in stories.told(QUARTER, UNTIL, 2026)}
    assert quarter.items() <= year.items()
    assert 600 <= len(year) <= 720
    assert 150 <= len(quarter) <= 230


def test_every_text_is_complete_and_speaks_of_a_known_thing():
    for path in texts.FOLDER.glob("*.csv"):
        for words in texts.spoken(path.stem):
            title, text, answer = words.filled(stories.Random(1))
            assert title and len(text) >= 10 and len(answer) >= 10
            assert words.urgency in (1, 2, 3) and words.importance in (1, 2, 3)
            assert words.kind in KINDS and words.category in CATEGORIES


def test_most_come_by_phone_page_and_boxes_and_one_a_week_is_grave():
    rows = stories.told(QUARTER, UNTIL, 2026)
    channels = Counter(story.channel for story in rows)
    assert set(channels) <= set(CHANNELS)
    assert 0.5 < (channels["correspondent"] + channels["box"]) / len(rows) < 0.7
    assert 12 <= sum(story.grade == "A" for story in rows) <= 18


def test_a_matter_is_never_led_by_the_unit_alone_that_it_is_about():
    for story in stories.told(QUARTER, UNTIL, 2026):
        if story.words.category in ("conduct", "hours", "pay", "openness"):
            assert story.lead != story.unit or WORK[story.unit] == "office"


def test_steps_go_forward_in_time():
    for story in stories.told(QUARTER, UNTIL, 2026):
        moments = [step.moment for step in script.steps(story)]
        assert moments == sorted(moments)


def test_living_work_lies_before_the_moment_it_is_counted_back_from():
    now = datetime(2026, 11, 22, 2, 50, tzinfo=clock.LOCAL)
    for steps in living.living(2026, now):
        moments = [step.moment for step in steps]
        assert moments == sorted(moments)
        assert moments[-1] <= now


def test_a_call_for_help_is_never_a_danger_and_stays_confidential():
    told = [story for story in stories.told(date(2025, 11, 22), UNTIL, 2026) if "想请人帮帮" in story.title]
    assert told
    assert {(t.grade, t.danger, t.mode, t.lead) for t in told} == {("B", False, "confidential", "GHB")}


@pytest.mark.chapter("N7")
def test_what_several_raise_in_their_own_words_is_drawn_together_and_nothing_else_with_it():
    pool = [*texts.everyday(2026, True), *texts.everyday(2026, False)]
    topic = list(texts.spoken("heat"))
    said = topic + stories.Random(5).sample(pool, 60)
    index, rows = Likeness(), ["\n".join(words.filled(stories.Random(n))[:2]) for n, words in enumerate(said)]
    index.know("\n".join(words.filled(stories.Random(n))[:2]) for n, words in enumerate(pool))
    for place, text in enumerate(rows):
        index.add(place, text)
    pairs = [(place, other) for place, text in enumerate(rows) for other, mark in index.like(text, 13)
             if same_topic(round(1000 * mark), said[place].category == said[other].category)]
    groups = [group for group in clusters(range(len(rows)), pairs) if len(group) >= THRESHOLD]
    assert groups == [list(range(len(topic)))]
    told = [story for story in stories.topic(UNTIL, 2026) if story.mode != "anonymous"]
    assert len(told) == len(topic) and all(UNTIL - story.moment.date() < timedelta(days=30) for story in told)
