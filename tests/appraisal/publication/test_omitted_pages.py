"""Where an omission is said, and who is asked to record what is missing."""

from datetime import date

import pytest
from django.urls import resolve

from sangesan.appraisal.publication import queries, services
from sangesan.appraisal.publication.models import Appeal
from sangesan.appraisal.rules import queries as rules
from sangesan.appraisal.rules.models import Indicator
from sangesan.appraisal.rules.queries.frozen import tally
from sangesan.appraisal.rules.sources import SOURCES
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.models import Run
from sangesan.foundation import clock
from sangesan.foundation.errors import Forbidden, NotFound
from sangesan.method.authority import Role
from sangesan.method.omissions import OMITTED, places
from sangesan.organization.notices.models import Notice
from sangesan.procedures import nightly, reactions
from tests.appraisal.publication.test_appeals import WHY, mine, page
from tests.appraisal.publication.test_omitted import (
    BY_SLUG,
    MET,
    VISITED,
    WORDS,
    newest,
    objected,
    october,
    untouched,
    visited,
)
from tests.builders import hire
from tests.facts import DAY, answered, at
from tests.periods import ANSWERS, END, IN, finals, in_force, month
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P1c")]
__all__ = ["mine", "october"]


def test_every_line_of_a_provisional_statement_offers_the_objection_to_whoever_may_raise_it(mine, october):
    days = {"code": "days", "name": "日结果", "weight": 1_000, "method": "days", "kinds": ["team"],
            "tallies": BY_SLUG["days"].by["days"](0)}
    line = f"/w/results/{october.pk}/ZC1/"
    text = page(mine, "chief", line)[1]
    for code in ("answers", "visited", "met"):
        assert text.count(f'href="{line}{code}/"') == 1, code
    assert f"{line}visited/" not in page(mine, "logistics", line)[1]
    assert f"{line}visited/" not in page(mine, "correspondent", line)[1]
    with clock.at(at(date(2026, 12, 20))):
        assert f"{line}visited/" not in page(mine, "chief", line)[1]
    hire(mine, "worker", "采煤工", "ZC1", Role.MEMBER, "1092")
    in_force([days | {"kinds": []}, VISITED | {"objector": Indicator.Objector.STAFF}, ANSWERS],
             since=date(2026, 9, 1), version=2)
    nightly.run(IN)
    run = scoring.assess_period("month", END)
    run = services.publish_period(scope=mine.scope("assessor"), run=run.pk)
    line = f"/w/results/{run.pk}/ZC1/"
    text = page(mine, "worker", line)[1]
    assert f"{line}visited/" in text and f"{line}answers/" not in text
    text = page(mine, "chief", line)[1]
    assert f"{line}answers/" in text and f"{line}days/" not in text, "a mean of days is objected to day by day"
    made = objected(mine, run, "worker")
    assert queries.appeal_for(mine.scope("worker"), made.number).appeal == made


def test_the_pages_lead_from_a_line_without_facts_over_the_late_fact_to_the_ruling(mine, october):
    line = f"/w/results/{october.pk}/ZC1/"
    text = page(mine, "chief", f"{line}visited/")[1]
    assert "应当计入而没有计入" in text and "这一项整体" not in text
    text = page(mine, "chief", f"{line}answers/")[1]
    assert "应当计入而没有计入" in text and "这一项整体" in text
    assert page(mine, "chief", f"{line}visited/", {"about": OMITTED, "text": WORDS})[0] == 302
    made = Appeal.objects.get()
    url = f"/w/appeals/{made.number}/"
    for post in ("chief", "cadre"):
        text = page(mine, post, url)[1]
        assert "还没有补记" in text and 'href="/w/contacts/"' in text and "人工考核" in text
        assert ('href="/w/assessments/"' in text) == (post == "cadre"), "a place leads whoever may enter it"
    status, text = page(mine, "cadre", url, {"upheld": "1", "reason": WHY})
    assert status == 422 and WHY in text and "等登记的人补记后再裁定" in text
    fact = visited()
    assert f"第 {fact} 条" in page(mine, "chief", url)[1]
    stranger = {"upheld": "1", "reason": WHY, "late": [visited(unit="ZC2", number=3)]}
    assert page(mine, "cadre", url, stranger)[0] == 422 and untouched()
    assert page(mine, "cadre", url, {"upheld": "1", "reason": WHY, "late": [fact]})[0] == 302
    text = signed_in(mine.persons["logistics"]).get(f"/w/results/{newest().pk}/ZC1/").content.decode()
    assert "应计未计" in text and "异议成立" in text and WHY in text and WORDS not in text


def test_a_unit_in_which_nothing_was_counted_says_what_is_missing_and_has_a_result_by_it(mine):
    hire(mine, "chief2", "综采二队队长", "ZC2", Role.CHIEF, "1095", head=True)
    in_force([VISITED, MET])
    visited()
    run = services.publish_period(scope=mine.scope("assessor"), run=month().pk)
    assert "ZC2" not in finals(run)
    board, line = f"/w/results/{run.pk}/", f"/w/results/{run.pk}/ZC2/"
    assert f'href="{line}visited/"' in page(mine, "chief2", board)[1]
    assert "没有结果的单位和各项" not in page(mine, "chief", board)[1], "a line without facts stands in the statement"
    assert page(mine, "chief2", f"{line}visited/", {"about": OMITTED, "text": WORDS})[0] == 302
    for strange in ({"code": "ZB1"}, {"code": "ABSENT"}, {"indicator": "absent"}):
        with pytest.raises(NotFound):
            objected(mine, run, "chief2", **{"code": "ZC2"} | strange)
    with pytest.raises(Forbidden):
        objected(mine, run, "chief", code="ZC2")
    made, fact = Appeal.objects.get(), visited(unit="ZC2", number=2)
    url = f"/w/appeals/{made.number}/"
    assert f'href="{board}"' in page(mine, "chief2", url)[1] and f'href="{line}"' not in page(mine, "chief2", url)[1]
    assert page(mine, "cadre", url, {"upheld": "1", "reason": WHY, "late": [fact]})[0] == 302
    assert finals(newest())["ZC2"] == 10_000 and page(mine, "chief2", url)[0] == 200


def test_a_unit_without_a_result_of_a_day_says_so_on_the_page_of_the_day(mine):
    hire(mine, "chief2", "综采二队队长", "ZC2", Role.CHIEF, "1095", head=True)
    answered("ZC1", "2026-AAAAA1")
    nightly.run(DAY)
    line = f"/w/results/{Run.objects.get(period='day').pk}/ZC2/answered_in_time/"
    assert f'href="{line}"' in page(mine, "chief2", f"/w/results/?day={DAY.isoformat()}")[1]
    assert page(mine, "chief2", line)[0] == 200 and page(mine, "chief", line)[0] == 403
    with clock.at(at(date(2026, 12, 20))):
        assert f'href="{line}"' not in page(mine, "chief2", f"/w/results/?day={DAY.isoformat()}")[1]


def test_who_does_the_work_of_the_unit_is_asked_to_record_it_and_opens_the_objection(mine, october):
    hire(mine, "clerk", "综采一队承办人", "ZC1", Role.HANDLER, "1093")
    hire(mine, "member", "采煤工", "ZC1", Role.MEMBER, "1094")
    made = objected(mine, october, indicator="met")
    reactions.run()
    asked = set(Notice.objects.filter(kind="objection.to_record").values_list("person__name", flat=True))
    assert asked == {"综采一队承办人", "吴秀英"}, "not who filed it, and whoever enters by hand"
    assert queries.opener(mine.scope("clerk"), made.number) == made
    for post in ("member", "handler", "correspondent"):
        with pytest.raises(NotFound):
            queries.appeal_for(mine.scope(post), made.number)
    assert queries.opener(mine.scope("clerk"), objected(mine, october, indicator="answers", about=0).number) is None
    services.decide(scope=mine.scope("cadre"), number=made.number, upheld=False, reason=WHY)
    reactions.run()
    assert not Notice.objects.filter(kind="objection.to_record", subject=made.subject, read_at=None).exists()


def test_whatever_a_rule_reads_has_somebody_who_records_it_on_a_page_that_is_there(mine, october):
    version = rules.in_force(rules.DAILY, DAY)
    tallies = [one for indicator in version.indicators for one in indicator.tallies]
    for source in SOURCES:
        for make in source.by.values():
            tallies += [tally(one) for one in make(1)] if source.slug != "days" else []
    for one in tallies:
        found = places([one], period=False)
        assert found and all(place.owner and place.late for place in found), one.kind
        assert all(resolve(place.url) for place in found if place.url), one.kind
        assert any(place.url for place in found) or one.kind == "matter.rated", one.kind
