"""Review and re-review (复查、复核): one level above, within their days, and a redo that says something else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Concern, Matter, Review, Term
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from tests.builders import heard, person, post, small_mine
from tests.feedback.matters.roads import answered, handled

pytestmark = pytest.mark.django_db


def three_levels():
    """A mine with somebody at each level to review."""
    made = small_mine()
    for code, title, at, role in (
            ("specialty", "采煤专业总工", "CM", Role.CHIEF), ("party", "党委书记", "QSL", Role.LEADER),
            ("hand", "综采一队办事员", "ZC1", Role.HANDLER)):
        made.persons[code] = person(f"30{len(made.persons)}", title, made.units[at])
        made.posts[code] = post(code, title, made.units[at], role, made.persons[code])
    return made


@pytest.fixture
def mine(noon):
    return three_levels()


def in_team(mine, **parts):
    """Answered by the team itself, so that there is a specialty above."""
    said = heard(unit="ZC1", **parts)
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["ZC1"].pk)
    services.sign_in(scope=mine.scope("hand"), number=said.number)
    services.draft(scope=mine.scope("hand"), number=said.number, text="经核实，奖金已按规定发放。")
    services.approve(scope=mine.scope("chief"), number=said.number)
    return said


@pytest.mark.chapter("P2b")
def test_a_review_goes_one_level_above_and_a_re_review_above_that(mine):
    said = in_team(mine)
    services.review(code=said.receipt, text="没有公示")
    assert Review.objects.get().unit.code == "CM"
    for code in ("chief", "secretary"):
        with pytest.raises((Forbidden, Conflict)):
            services.uphold(scope=mine.scope(code), number=said.number, text="维持")
    services.uphold(scope=mine.scope("specialty"), number=said.number, text="维持：公示栏有照片")
    assert (Matter.objects.get().state, queries.heard(said.receipt).may("third_review")) == ("closed", True)
    services.review(code=said.receipt, text="照片是后补的")
    assert Review.objects.get(round=3).unit.code == "QSL"
    with pytest.raises(Forbidden):
        services.change(scope=mine.scope("specialty"), number=said.number, text="变更")
    services.change(scope=mine.scope("party"), number=said.number, text="变更：补公示三天，差额下月补发")
    assert Matter.objects.get().state == "ended"
    assert not queries.heard(said.receipt).open, "the same facts are not taken up again"
    rounds = [f.content["round"] for f in history(f"matters/{said.number}") if f.kind == "matter.second_review"]
    assert rounds == [2, 3]


def test_whoever_handled_or_judged_it_never_reviews_it(mine):
    said = heard(unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=1, importance=1)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=said.number)
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("leader"), number=said.number)
    services.review(code=said.receipt, text="不服")
    with pytest.raises(Conflict, match="没有办成"):
        services.uphold(scope=mine.scope("leader"), number=said.number, text="维持")
    services.uphold(scope=mine.scope("party"), number=said.number, text="维持")


def test_the_level_above_is_passed_over_when_it_is_what_the_matter_is_about(mine):
    said = heard(unit="ZC1")
    triage = mine.scope("triage")
    services.concern(scope=triage, number=said.number, posts=["specialty"])
    services.grade(scope=triage, number=said.number, urgency=1, importance=1)
    services.dispatch(scope=triage, number=said.number, lead=mine.units["ZC1"].pk)
    assert queries.reviewing_unit(Matter.objects.get()) == mine.units["QSL"].pk


def test_a_review_may_be_asked_for_thirty_days_after_the_answer(mine):
    said = in_team(mine)
    with clock.at(clock.now() + timedelta(days=30)):
        assert queries.heard(said.receipt).may("review")
    with clock.at(clock.now() + timedelta(days=32)):
        services.record_terms(clock.today() - timedelta(days=1))
        assert not queries.heard(said.receipt).may("review")
        with pytest.raises(Conflict):
            services.review(code=said.receipt, text="太晚了")
    assert not [f for f in history(f"matters/{said.number}") if f.kind == "matter.overdue"], "a right lapses, no more"


def test_a_late_review_is_recorded_once(mine):
    said = in_team(mine)
    services.review(code=said.receipt, text="不服")
    [task] = [t for t in queries.todo(mine.scope("specialty")) if t.name == "复查"]
    assert task.until is not None and clock.local(task.until).date() == Term.objects.get(code="review").due
    with clock.at(clock.now() + timedelta(days=33)):
        services.record_terms(clock.today() - timedelta(days=1))
        services.record_terms(clock.today() - timedelta(days=1))
        services.uphold(scope=mine.scope("specialty"), number=said.number, text="维持")
    missed = [f.content for f in history(f"matters/{said.number}") if f.kind == "matter.overdue"]
    assert [one["unit"] for one in missed if one["clock"] == "review"] == ["QSL/CM/"], "charged to whoever reviews"
    assert (Term.objects.get(code="review").missed, Term.objects.get(code="review").running) == (True, False)


def test_a_redo_starts_anew_and_must_not_say_the_same_again(mine):
    said = in_team(mine)
    services.review(code=said.receipt, text="没有核实")
    with clock.at(clock.now() + timedelta(days=3)):
        services.redo(scope=mine.scope("specialty"), number=said.number, text="未听取本人意见，责令重新办理")
        matter = Matter.objects.get()
        assert (matter.state, matter.answered_at, matter.reopened) == ("handling", None, 1)
        assert matter.due_at > clock.now() and matter.statutory_due > clock.today()
        with pytest.raises(UserError, match="相同"):
            services.draft(scope=mine.scope("hand"), number=said.number, text="经核实,奖金已按规定发放")
        services.draft(scope=mine.scope("hand"), number=said.number, text="少发三百元，本月补发，名单已公示。")
        services.approve(scope=mine.scope("chief"), number=said.number)
        assert queries.heard(said.receipt).may("review"), "a new opinion may be reviewed anew"
        shown = queries.watched(mine.scope("specialty"), Matter.objects.get())
    assert shown.redone.answer == "经核实，奖金已按规定发放。"


def test_a_matter_of_the_first_version_is_reviewed_and_ended_as_before(mine):
    said = answered(mine)
    Matter.objects.update(version="2026.1")
    services.review(code=said.receipt, text="请上级再看看")
    services.uphold(scope=mine.scope("leader"), number=said.number, text="属实")
    services.review(code=said.receipt, text="还是不服")
    services.end(scope=mine.scope("leader"), number=said.number, text="终结")
    assert Matter.objects.get().state == "ended"


@pytest.mark.chapter("P2")
def test_a_group_matter_answers_every_speaker_and_each_rates_apart(mine):
    first = heard(unit="ZC1", mode="anonymous", text="奖金没公示", danger=False, key="a" * 20)
    others = [heard(unit="ZC1", text=f"奖金没公示{n}", key=f"{n}" * 20) for n in (1, 2)]
    triage = mine.scope("triage")
    for one in others:
        services.grade(scope=triage, number=others[0].number, urgency=1, importance=1) if one is others[0] else None
    services.merge(scope=triage, number=others[1].number, into=others[0].number)
    services.dispatch(scope=triage, number=others[0].number, lead=mine.units["ZC1"].pk)
    services.sign_in(scope=mine.scope("hand"), number=others[0].number)
    services.draft(scope=mine.scope("hand"), number=others[0].number, text="补公示三天")
    services.approve(scope=mine.scope("chief"), number=others[0].number)
    for one in others:
        assert [m.text for m in queries.heard(one.receipt).messages] == ["补公示三天"]
    services.rate(code=others[0].receipt, rating="satisfied")
    services.close(scope=triage, number=others[0].number)
    assert queries.heard(others[1].receipt).may("rate"), "closed by one, not yet rated by the other"
    assert not queries.heard(others[0].receipt).may("rate")
    services.rate(code=others[1].receipt, rating="dissatisfied")
    assert Matter.objects.get(number=others[0].number).state == "handling", "once by right, whoever of them"
    assert not queries.heard(first.receipt).messages


def test_what_a_speaker_did_that_day_stands_after_what_it_was_said_to(mine, noon):
    said = in_team(mine)
    services.reply(code=said.receipt, text="还想补充")
    services.rate(code=said.receipt, rating="basic")
    for _n in range(2):
        kinds = [entry.kind for entry in queries.timeline(Matter.objects.get())]
        assert kinds[0] == "matter.received" and kinds.index("matter.answered") < min(
            kinds.index("matter.rated"), kinds.index("reply"))
        assert [message.kind for message in queries.heard(said.receipt).messages][-1] == "reply"
        services.record_speakers(noon.date())


@pytest.mark.chapter("P2b")
@pytest.mark.parametrize("recorded", [False, True])
def test_what_a_review_was_asked_for_by_stands_before_its_decision_of_the_same_day(mine, noon, recorded):
    said = in_team(mine)
    with clock.at(noon + timedelta(hours=1)):
        services.review(code=said.receipt, text="奖金少了三百")
    with clock.at(noon + timedelta(hours=3)):
        services.uphold(scope=mine.scope("specialty"), number=said.number, text="已按制度核对，维持")
        services.review(code=said.receipt, text="还是不服")
    if recorded:
        services.record_speakers(clock.today())
    with clock.at(noon + timedelta(hours=4)):
        services.uphold(scope=mine.scope("leader"), number=said.number, text="复核查明，维持")
    told = [one.text for one in queries.heard(said.receipt).messages]
    assert told == ["经核实，奖金已按规定发放。", "奖金少了三百", "已按制度核对，维持", "还是不服", "复核查明，维持"]
    line = [entry.name for entry in queries.timeline(Matter.objects.get())
            if entry.kind in ("matter.review_asked", "matter.second_review")]
    assert [str(name) for name in line] == ["申请复查", "复查维持", "申请复核", "复核维持"]
    assert [one.text for one in queries.watched(mine.scope("triage"), Matter.objects.get()).reviews] == [
        "奖金少了三百", "还是不服"]


def test_asking_for_a_review_is_a_fact_of_its_own_by_day_and_once(mine, noon):
    said = in_team(mine)
    services.review(code=said.receipt, text="没有公示")
    line = next(e for e in queries.timeline(Matter.objects.get()) if e.kind == "matter.review_asked")
    assert (line.at, line.who) == (None, "反映人"), "before the night it comes from its own row"
    for _n in range(2):
        services.record_speakers(noon.date())
    asked = [f for f in history(f"matters/{said.number}") if f.kind == "matter.review_asked"]
    assert [(f.content["round"], f.actor, f.content["occurred_at"]) for f in asked] == [(2, "speaker", "2026-11-24")]
    assert [e.at for e in queries.timeline(Matter.objects.get()) if e.kind == "matter.review_asked"] == [None]


@pytest.mark.chapter("P2b")
def test_what_a_review_upheld_is_not_opened_again_by_a_rating_and_stands_under_its_own_name(mine):
    said = in_team(mine)
    assert queries.heard(said.receipt).may("dissatisfied")
    services.review(code=said.receipt, text="没有公示")
    services.uphold(scope=mine.scope("specialty"), number=said.number, text="维持：公示栏有照片")
    held = queries.heard(said.receipt)
    assert held.may("rate") and not held.may("dissatisfied"), "whoever disagrees asks for a re-review"
    services.rate(code=said.receipt, rating="dissatisfied")
    assert Matter.objects.get().state == "closed"
    assert [m.voice for m in held.messages if m.text.startswith("维持")] == ["复查复核单位"]


@pytest.mark.chapter("P2b")
@pytest.mark.parametrize("night", [False, True])
def test_a_re_review_is_asked_for_under_its_own_name(mine, night):
    said = in_team(mine)
    services.review(code=said.receipt, text="没有公示")
    services.uphold(scope=mine.scope("specialty"), number=said.number, text="维持：公示栏有照片")
    services.review(code=said.receipt, text="照片是后补的")
    if night:
        services.record_speakers(clock.today())
    asked = [one.name for one in queries.timeline(Matter.objects.get()) if one.kind == "matter.review_asked"]
    assert sorted(map(str, asked)) == ["申请复查", "申请复核"]


def test_where_nobody_may_review_the_office_is_told_and_nobody_is_given_what_they_may_not_do(mine):
    said = handled(mine)
    services.draft(scope=mine.scope("handler"), number=said.number, text="办好了")
    services.approve(scope=mine.scope("party"), number=said.number)
    Concern.objects.create(matter=Matter.objects.get(), person=mine.persons["leader"].pk)
    services.review(code=said.receipt, text="不服")
    told = set(Notice.objects.filter(kind__in=["matter.review_asked", "matter.no_reviewer"])
               .values_list("kind", "person"))
    assert told == {("matter.no_reviewer", mine.persons["triage"].pk)}
    assert "复查" not in {task.name for task in queries.todo(mine.scope("party"))}


def test_who_is_joined_to_what_is_answered_has_the_answer_from_then_on(mine):
    said = answered(mine)
    with clock.at(clock.now() + timedelta(days=13)):
        other = heard("夜班食堂没有热饭", unit="ZC1")
        services.merge(scope=mine.scope("triage"), number=other.number, into=said.number)
        assert Term.objects.get(code="ask_review", lifted=False).due == clock.today() + timedelta(days=30)
        assert not Term.objects.filter(code="notice", met=None).exists(), "the receipt shows the answer"
    with clock.at(clock.now() + timedelta(days=27)):
        services.close_unrated(clock.today() - timedelta(days=1))
        assert queries.heard(other.receipt).may("rate"), "fifteen days to rate from the day they were joined"
    with clock.at(clock.now() + timedelta(days=28)):
        services.close_unrated(clock.today())
        assert Matter.objects.get(number=said.number).rated == "unrated"


def test_a_right_that_lapsed_is_said_to_have_lapsed(mine):
    said = answered(mine)
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Conflict, match="收到书面答复已超过三十日"):
        services.review(code=said.receipt, text="不服")
    services.review(code=said.receipt, text="不服")
    services.uphold(scope=mine.scope("leader"), number=said.number, text="原答复适当")
    with clock.at(clock.now() + timedelta(days=31)), pytest.raises(Conflict, match="收到复查答复已超过三十日"):
        services.review(code=said.receipt, text="还是不服")
