"""The demo mine lives through the services, goes on after a break, and is never doubled."""

from collections import Counter
from datetime import date, datetime

import pytest

from sangesan.appraisal.handbooks.models import Order, Scan
from sangesan.desk.queries import fields
from sangesan.feedback.intake.services import boxes
from sangesan.feedback.matters import queries
from sangesan.feedback.matters.models import Matter
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.jobs import queries as jobs
from sangesan.ledger.facts.verify import verify
from sangesan.organization.documents.models import Form
from sangesan.organization.people.models import Person
from sangesan.organization.people.queries import scope_of
from sangesan.organization.units.models import Unit
from sangesan.upkeep.demo import channels, living, load, play, players, script
from tests.builders import small_mine

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=clock.LOCAL)


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.DATA, settings.DEMO = tmp_path, True
    (tmp_path / "secrets").mkdir()
    players.holder.cache_clear()
    players.unit.cache_clear()
    with clock.at(NOW):
        yield
    players.holder.cache_clear()
    players.unit.cache_clear()


def waiting(number):
    scope = scope_of(Person.objects.get(work_number=number))
    return Counter(str(task.name) for task in queries.todo(scope))


@pytest.mark.django_db(transaction=True)
def test_the_demo_goes_on_after_a_break_and_leaves_living_work(monkeypatch):
    plan = load.prepare(days=2)
    scenes = play.scenes(plan)
    arrivals = sum(action == "arrive" for _, action, _ in scenes)

    real, steps = players.STEPS["sign_in"], []

    def breaks(story):
        steps.append(story)
        if len(steps) == 5:
            raise RuntimeError("killed")
        real(story)

    monkeypatch.setitem(players.STEPS, "sign_in", breaks)
    with pytest.raises(RuntimeError):
        play.play(plan)
    assert 0 < jobs.of("demo").done < len(scenes)
    play.play(load.prepare())
    assert (jobs.of("demo").state, jobs.of("demo").note) == ("done", "示范矿已就绪"), "no story is missed"
    born = Matter.objects.count()
    assert arrivals <= born <= arrivals + 3, "what arrives, and the few that visits to contact points become"
    play.play(load.prepare())
    monkeypatch.setattr(play, "scenes", lambda plan: scenes[:-1])
    monkeypatch.setattr(play, "part", lambda action: pytest.fail(f"{action} is played a second time"))
    play.play(load.prepare())
    assert Matter.objects.count() == born, "nothing happens twice, not even what a later release tells otherwise"
    assert verify() == []
    assert waiting("1004")["定级"] >= 6
    for number in ("1005", "1006", "1015", "1016"):
        assert waiting(number).total() >= 5
    assert waiting("1018")["审核答复"] >= 2
    assert waiting("1008")["确认 A 级"] == 1
    assert Scan.objects.exists() and Order.objects.count() == 2
    asked = {name for form in Form.objects.all() for name in form.fields}
    assert len(asked) > 10 and asked <= {one.name for one in fields()}


@pytest.mark.django_db
def test_a_real_enterprise_is_never_overrun_by_the_demo(settings):
    small_mine()
    with pytest.raises(UserError):
        load.prepare()
    assert not load.marker().exists()


@pytest.mark.django_db
def test_the_organisation_comes_in_once():
    first = load.prepare(until=date(2026, 11, 20))
    count = Unit.objects.count()
    assert load.prepare() == first
    assert Unit.objects.count() == count > 250


@pytest.mark.django_db
def test_the_demo_steps_over_a_story_whose_channel_a_user_was_using_and_goes_on(monkeypatch):
    """Somebody opened the very box and had not counted again: the slip could not be entered, nor anything after it."""
    plan = load.prepare(days=2)
    told = [steps for steps in living.living(plan.seed, plan.now) if len(steps) > 3]
    first = next(steps[0] for steps in told if steps[0].story.channel == "box")
    story = first.story
    shut = [first, *(script.Step(NOW, story, action) for action in players.STEPS if action != "arrive")]
    free = next(steps for steps in told if steps[0].story.channel == "correspondent")
    monkeypatch.setattr(play, "hurry", lambda: None)
    monkeypatch.setattr(play, "scenes", lambda plan: sorted(
        ((step.moment, step.action, step) for step in [*shut, *free]), key=lambda row: row[0]))
    box = story.chance("box").choice(channels.hung())
    opening = boxes.open_box(scope=players.holder(channels.OFFICER), box=box.code, slips=2)
    play.play(plan)
    assert Matter.objects.get().number == players.number(free[0].story)
    assert Matter.objects.get().state not in ("received", "graded"), "the other story is handled to its end"
    opening.refresh_from_db()
    assert opening.confirmed is None and opening.slips == 2, "what the user counted stands"
    done = jobs.of("demo")
    assert (done.state, done.done) == ("done", len(shut) + len(free))
    assert f"跳过 1 件事共 {len(shut)} 步" in done.note
    assert verify() == []
