"""The demo mine studies: one topic through to its conclusion, one under way."""

from collections import Counter
from datetime import datetime

import pytest

from sangesan.feedback.research.models import Topic
from sangesan.foundation import clock
from sangesan.ledger.facts.models import Fact
from sangesan.organization.networks.models import Passing
from sangesan.upkeep.demo import cast, load, topics

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("N2")]


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.DATA, settings.DEMO = tmp_path, True
    (tmp_path / "secrets").mkdir()
    for kept in (cast.holder, cast.unit):
        kept.cache_clear()
    with clock.at(datetime(2026, 11, 22, 10, 0, tzinfo=clock.LOCAL)):
        yield
    for kept in (cast.holder, cast.unit):
        kept.cache_clear()


def test_a_conclusion_is_drawn_and_handed_to_another_network_and_another_topic_is_open():
    plan = load.prepare()
    for act in topics.acts(plan.since, plan.until):
        with clock.at(act.moment):
            act.do()
    heat, learn = Topic.objects.order_by("opened_on")
    assert "两次装箱" in heat.conclusion and heat.contributions.count() == 4
    assert learn.concluded_on is None and learn.contributions.count() == 2 and learn.due_on > plan.until
    assert heat.invitations.filter(node__unit__kind="crew").exists(), "crews are asked too"
    passing = Passing.objects.get()
    assert passing.target.slug == "publicity" and passing.taken_at is not None
    kinds = Counter(Fact.objects.values_list("kind", flat=True))
    assert (kinds["topic.put_up"], kinds["topic.contributed"], kinds["topic.concluded"]) == (2, 6, 1)
