"""Rules: a version in force is read-only, and the database holds it so."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from sangesan.appraisal.rules import queries, services
from sangesan.appraisal.rules.models import Field, Indicator, InForce, Link, RuleSet
from sangesan.foundation.errors import Conflict, UserError
from sangesan.method.linkage import Blend

pytestmark = pytest.mark.django_db
ONE = [{"code": "a", "name": "甲", "weight": 10_000, "tallies": [{"kind": "matter.closed", "good": True}]}]


def drafted(version=2, links=()):
    return services.draft(code="daily", version=version, name="日结果", indicators=ONE, links=list(links))


def test_the_shipped_rules_are_in_force_and_weigh_a_hundred():
    rules = queries.in_force("daily", date(2026, 11, 23))
    assert [(i.name, i.weight) for i in rules.indicators] == [
        ("按期答复", 4_000), ("解决属实", 4_000), ("首次答复及时", 2_000)]
    assert rules.links == {"": Blend(share=3_000)}


def test_no_rule_reads_how_many_matters_were_heard():
    assert "matter.received" not in queries.in_force("daily", date(2026, 11, 23)).kinds


def test_shipping_twice_changes_nothing():
    services.ship()
    assert (RuleSet.objects.count(), Field.objects.count()) == (1, 7)


def test_a_new_version_counts_from_its_day_on():
    services.put_in_force(rule_set=drafted().pk, since=date(2026, 12, 1))
    assert queries.in_force("daily", date(2026, 11, 30)).version == 1
    assert queries.in_force("daily", date(2026, 12, 1)).version == 2


def test_a_draft_is_not_in_force_and_may_be_discarded():
    made = drafted(links=[{"kind": "team", "share": 2_000}])
    assert queries.in_force("daily", date(2027, 1, 1)).version == 1
    services.discard(rule_set=made.pk)
    assert not RuleSet.objects.filter(pk=made.pk).exists()


def test_what_is_in_force_cannot_be_discarded_or_enforced_again():
    made = drafted()
    services.put_in_force(rule_set=made.pk, since=date(2026, 12, 1))
    with pytest.raises(Conflict):
        services.discard(rule_set=made.pk)
    with pytest.raises(Conflict):
        services.put_in_force(rule_set=made.pk, since=date(2026, 11, 1))


@pytest.mark.parametrize("table", [RuleSet, Indicator, Link, InForce])
def test_the_database_refuses_to_change_what_is_in_force(table):
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.all().delete()
    column = {RuleSet: "name", Indicator: "weight", Link: "share", InForce: "since"}[table]
    row = table.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.filter(pk=row.pk).update(**{column: getattr(row, column)})


def test_an_indicator_slipped_in_later_is_noticed():
    Indicator.objects.create(rule_set=RuleSet.objects.get(), position=9, **ONE[0])
    with pytest.raises(queries.Altered):
        queries.in_force("daily", date(2026, 11, 23))


@pytest.mark.parametrize("indicators", [[], [dict(ONE[0], weight=0)], [dict(ONE[0], code=str(n)) for n in range(41)]])
def test_rules_without_weight_or_with_too_many_indicators_are_refused(indicators):
    with pytest.raises(UserError):
        services.draft(code="x", version=1, name="试行", indicators=indicators, links=[])


def test_a_kind_of_unit_has_forty_indicators_at_most_and_those_of_posts_are_none_of_them():
    one = {"name": "甲", "weight": 100, "tallies": [{"kind": "matter.closed", "good": True}], "kinds": ["team"]}
    forty = [one | {"code": f"i{n}"} for n in range(40)]
    services.draft(code="period", version=1, name="办法", links=[],
                   indicators=[*forty, one | {"code": "own", "target": "post"}])
    with pytest.raises(UserError, match="最多40项"):
        services.draft(code="period", version=2, name="办法", links=[], indicators=[*forty, one | {"code": "more"}])
