"""Quarterly discussions (季度座谈): numbers per group and no names; each point goes on its way and gets its answer."""

from __future__ import annotations

from datetime import date

import pytest

from sangesan.execution.analysis import services
from sangesan.execution.analysis.models import Discussion, Point
from sangesan.execution.duties import services as duties
from sangesan.execution.duties.models import Duty, Happening
from sangesan.feedback.matters.models import Matter
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.ledger.facts.queries import entries, history
from tests.builders import small_mine
from tests.duties import owed
from tests.meetings import committee
from tests.talks import talk

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S2a")]


@pytest.fixture
def mine(noon):
    return committee(small_mine())


def point(mine, found, road="spot", by="secretary", **parts) -> Point:
    given = {"text": "夜班回来没有热饭", "road": road, "answer": "从今晚起留到两点" if road == "spot" else ""} | parts
    return services.add_point(scope=mine.scope(by), discussion=found.pk, **given)


def test_only_numbers_of_groups_are_kept_and_a_form_sent_twice_is_one(mine):
    found = talk(mine)
    assert talk(mine).pk == found.pk and Discussion.objects.count() == 1
    assert (found.seats, found.quarter, found.said) == (
        {"front": 6, "contractor": 2}, date(2026, 10, 1), "一线职工 6 人、外委职工 2 人")
    names = {field.name for model in (Discussion, Point) for field in model._meta.get_fields()}
    assert not names & {"person", "name", "speaker", "post"}


def test_each_road_ends_in_an_answer(mine):
    found = talk(mine)
    spot, duty, matter = point(mine, found), point(mine, found, "duty", lead="HQ"), point(mine, found, "matter")
    duties.complete(duty=duty.duty, actor=mine.scope("logistics").actor, words="加了一名夜班师傅",
                    person=mine.persons["logistics"].pk)
    services.answered(subject=matter.link)
    rows = {row.place: row for row in found.points.all()}
    assert rows[spot.place].answer == "从今晚起留到两点" and rows[duty.place].answer == "加了一名夜班师傅"
    assert rows[matter.place].answered_at and Matter.objects.get().subject == matter.link
    done = services.answer(scope=mine.scope("secretary"), discussion=found.pk, point=matter.place, text="已在办")
    assert done.answer == "已在办"
    with pytest.raises(Conflict):
        services.answer(scope=mine.scope("secretary"), discussion=found.pk, point=matter.place, text="再写")
    kinds = [fact.kind for fact in history(found.subject)]
    assert kinds.count("discussion.passed") == 3 and kinds.count("discussion.answered") == 3


def test_a_duty_taken_back_opens_its_point_again(mine):
    row = point(mine, talk(mine), "duty", lead="HQ")
    duties.complete(duty=row.duty, actor=mine.scope("logistics").actor, words="好了")
    duties.take_back(duty=row.duty, actor=mine.scope("logistics").actor)
    row.refresh_from_db()
    assert row.answered_at is None and row.answer == ""
    assert not list(entries(kinds=["discussion.answered"]))


def test_closed_it_leaves_one_fact_fulfils_its_routine_and_takes_no_more_points(mine):
    duty = owed(mine, "ZB1", "party", kind="discussion", subject="routines/JZT", title="季度座谈", hours=200)
    found = talk(mine)
    with pytest.raises(UserError, match="还没有记意见"):
        services.close(scope=mine.scope("secretary"), discussion=found.pk)
    point(mine, found)
    services.close(scope=mine.scope("secretary"), discussion=found.pk)
    fact = next(entries(kinds=["discussion.held"]))
    assert (fact.quantity, fact.content["groups"], fact.content["quarter"]) == (1, 2, "2026-10-01")
    assert Happening.objects.get(duty=duty).what == "done"
    with pytest.raises(Conflict, match="已经记完"):
        point(mine, found)


@pytest.mark.parametrize(("parts", "said"), [
    ({"day": date(2026, 11, 25)}, "今天以后"), ({"day": date(2026, 10, 1)}, "一个月以前"),
    ({"heard": {"front": 3}}, "一类人"),
    ({"heard": {"front": 3, "leaders": 2}}, "人数不对"), ({"heard": {"front": 3, "women": 301}}, "人数不对"),
    ({"heard": {"front": 3, "women": -1}}, "人数不对"), ({"place": "楼" * 61}, "最多 60 个字"),
])
def test_a_bad_discussion_is_refused_in_words_and_nothing_is_kept(mine, parts, said):
    with pytest.raises(UserError, match=said):
        talk(mine, **parts)
    assert not Discussion.objects.exists()


@pytest.mark.parametrize(("parts", "said"), [
    ({"text": " "}, "意见没有写"), ({"text": "饭" * 301}, "最多 300 个字"), ({"road": "nowhere"}, "没有这样的去处"),
    ({"answer": ""}, "答复没有写"), ({"road": "duty", "lead": "NOPE"}, "没有选交哪个单位"),
    ({"road": "duty", "lead": "DW"}, "没有选交"),
    ({"road": "duty", "lead": "HQ", "due": date(2026, 11, 1)}, "已经过了"),
])
def test_a_bad_point_is_refused_in_words_and_nothing_is_kept(mine, parts, said):
    found = talk(mine)
    with pytest.raises(UserError, match=said):
        point(mine, found, **parts)
    assert not Point.objects.exists() and not Duty.objects.exists() and not list(entries(kinds=["discussion.passed"]))


def test_only_the_unit_itself_keeps_its_discussion(mine):
    found = talk(mine)
    with pytest.raises(Forbidden):
        talk(mine, by="secretary2", key="x" * 24)
    for who in ("secretary2", "leader", "cadre", "chief"):
        with pytest.raises(NotFound):
            point(mine, found, by=who)
        with pytest.raises(NotFound):
            services.close(scope=mine.scope(who), discussion=found.pk)
    assert clock.today() == found.day


def test_a_discussion_answers_the_duty_of_its_own_quarter_alone(mine):
    last, own = (owed(mine, "ZB1", "party", kind="discussion", subject="routines/JZT", code=f"JZT-{n}",
                      title="季度座谈", hours=200 + n) for n in range(2))
    Duty.objects.filter(pk=last.pk).update(nominal=date(2026, 7, 1))  # still within its grace
    found = talk(mine)
    point(mine, found)
    services.close(scope=mine.scope("secretary"), discussion=found.pk)
    assert Happening.objects.get().duty == own
