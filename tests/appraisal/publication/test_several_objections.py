"""Several objections to one month: each ruling builds on the revision of the one before."""

import pytest

from sangesan.appraisal.publication import queries, services
from sangesan.appraisal.publication.models import Publication, Ruling
from sangesan.appraisal.publication.services import appealing
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import latest
from sangesan.ledger.facts.services import reverse
from sangesan.method.facts import SYSTEM
from tests.appraisal.publication.test_appeals import WHY, mine
from tests.facts import overdue
from tests.periods import IN, finals, in_force, month
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1c")]
__all__ = ["mine"]


@pytest.fixture
def objections(mine):
    """Return a published month and, by wrong fact, the number of the objection to it (两项异议)."""
    in_force()
    wrong = [overdue("ZC1", f"2026-AAAAA{n}", day=IN) for n in range(2)]
    first = month()
    services.publish_period(scope=mine.scope("assessor"), run=first.pk)
    return first, {fact: services.file(scope=mine.scope("chief"), run=first.pk, code="ZC1", indicator="answers",
                                       text="当天已经答复，登记晚了", about=fact).number for fact in wrong}


def upheld(mine, number, fact):
    services.decide(scope=mine.scope("cadre"), number=number, upheld=True, reason=WHY, remedy={fact: "taken_back"})


def test_two_objections_to_one_month_are_righted_one_after_the_other(mine, objections):
    first, numbers = objections
    lost = [finals(first)["ZC1"]]
    for fact, number in numbers.items():
        upheld(mine, number, fact)
        lost.append(finals(Run.objects.get(period="month", revision=None)).get("ZC1"))
    assert lost == [9_000, 9_500, 10_000]
    last = Run.objects.get(period="month", revision=None)
    assert last.revises.revises == first and scoring.recompute(last.pk).agrees
    assert Publication.objects.filter(run=last).exists()
    assert queries.standing(first).replaced == last


def test_of_two_rulings_at_once_the_slower_one_builds_on_the_other(mine, objections, monkeypatch):
    first, numbers = objections
    (one, other), seen = numbers.items(), []

    def stale(period, until):
        """Return the month as it was before another ruling revised it, the first time it is asked for."""
        seen.append(until)
        if len(seen) == 1:
            reverse(one[0], reason="objection", actor=SYSTEM)
            scoring.revise_period(first)
            return first
        return latest(period, until)

    monkeypatch.setattr(appealing, "latest", stale)
    upheld(mine, other[1], other[0])
    last = Run.objects.get(period="month", revision=None)
    assert len(seen) == 2 and last.revises == first and finals(last)["ZC1"] == 10_000
    assert scoring.recompute(last.pk).agrees and Publication.objects.filter(run=last).exists()


def test_a_ruling_that_is_refused_keeps_what_was_written(mine, objections):
    client, number = signed_in(mine.persons["cadre"]), next(iter(objections[1].values()))
    answer = client.post(f"/w/appeals/{number}/", {"upheld": "1", "reason": WHY})
    page = answer.content.decode()
    assert answer.status_code == 422 and WHY in page and "请在列表中选择要更正的条目" in page
    assert not Ruling.objects.exists()
