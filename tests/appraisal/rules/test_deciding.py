"""Deciding: a method holds by the decision of the workers' congress, from a day known in advance."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from sangesan.appraisal.rules import queries, services
from sangesan.appraisal.rules.models import Decision, Field, Grade, Indicator, InForce, RuleSet
from sangesan.appraisal.rules.services import deciding, drafting
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.ledger.audit.models import AuditEntry
from sangesan.ledger.evidence.models import Evidence
from sangesan.ledger.facts.queries import entries
from tests.builders import small_mine

pytestmark = pytest.mark.django_db
ONE = {"code": "a", "name": "按期答复", "weight": 6_000, "book": "branch", "section": "answers", "field": "harmony",
       "tallies": [{"kind": "matter.answered", "good": True}, {"kind": "matter.overdue"}]}
LINK = {"line": "party", "kind": "branch", "mode": "pass_through", "rate": 2_000, "members": "heads"}
CONTENT = {"name": "支部考核办法", "indicators": [ONE], "links": [LINK],
           "grades": [{"name": "合格", "least": 0, "coefficient": 10_000}],
           "pay": {"floor": 8_500}, "line_weights": {"party": 10_000}}


@pytest.fixture
def assessor(noon):
    return small_mine().scope("assessor")


def drafted(version=1, **changes):
    return services.draft(code="period", version=version, **CONTENT | changes)


def decided(scope, row=None, **changes):
    row = row or drafted()
    told = {"digest": queries.whole(row), "meeting": "十届三次职代会", "document": "青职代〔2026〕3 号",
            "decided_on": date(2026, 11, 20)} | changes
    return services.decide(scope=scope, rule_set=row.pk, **told)


@pytest.mark.chapter("S3d")
def test_a_method_holds_only_after_the_congress_decided_and_from_the_first_of_a_month(assessor):
    row = drafted()
    with pytest.raises(UserError, match="没有施行"):
        services.enforce(scope=assessor, rule_set=row.pk, since=date(2026, 12, 1))
    decided(assessor, row)
    for day in (date(2026, 12, 2), date(2026, 11, 1), date(2062, 12, 1)):
        with pytest.raises(UserError):
            services.enforce(scope=assessor, rule_set=row.pk, since=day)
    services.enforce(scope=assessor, rule_set=row.pk, since=date(2026, 12, 1))
    assert queries.in_force("period", date(2026, 11, 30)) is None
    assert queries.in_force("period", date(2026, 12, 1)).pk == row.pk
    assert [f.content["digest"] for f in entries(kinds=["rules.decided", "rules.enforced"])] == [
        queries.whole(row), queries.by_id(row.pk).digest]


def test_a_decision_of_a_meeting_that_nobody_can_read_is_none(assessor):
    with pytest.raises(UserError, match="没有登记"):
        decided(assessor, meeting="\u200b\u2060")


def test_the_words_of_the_decision_are_kept_as_evidence(assessor):
    made = decided(assessor, words="十届三次职代会决议原文")
    assert bytes(Evidence.objects.get(pk=made.evidence).content).decode() == "十届三次职代会决议原文"


def test_what_was_decided_is_neither_discarded_nor_written_anew(assessor):
    row = drafted()
    decided(assessor, row)
    for change in (lambda: services.discard(rule_set=row.pk),
                   lambda: services.redraft(scope=assessor, rule_set=row.pk, **CONTENT),
                   lambda: decided(assessor, row)):
        with pytest.raises(Conflict):
            change()
    for table in (Decision, Grade, Indicator):
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.filter(rule_set=row.pk).delete()


def test_of_two_who_draft_decide_or_enforce_at_once_one_is_told_and_nothing_is_kept(assessor, monkeypatch):
    """Each saw what was there before the other was done: the database alone knows better."""
    row = drafted()
    decided(assessor, row)
    monkeypatch.setattr(deciding, "_undecided", lambda pk: RuleSet.objects.get(pk=pk))
    facts = len(list(entries()))
    with pytest.raises(Conflict, match="没有登记"):
        decided(assessor, row)
    services.enforce(scope=assessor, rule_set=row.pk, since=date(2026, 12, 1))
    again = InForce.objects.get(rule_set=row)
    with pytest.raises(Conflict, match="没有变动"):
        drafting.first_come("没有变动")(lambda: InForce.objects.create(
            rule_set=row, since=date(2027, 1, 1), digest=again.digest))()
    with pytest.raises(Conflict, match="没有保存"):
        drafting.first_come("没有保存")(lambda: RuleSet.objects.create(code="period", version=1, name="x"))()
    assert len(list(entries())) == facts + 1 and InForce.objects.get(rule_set=row) == again


def test_the_text_that_was_read_is_the_one_decided(assessor):
    row = drafted()
    for change in ({"weight": 7_000}, {"standard": "每件扣 5 分"}):
        read = queries.whole(row)
        row = services.redraft(scope=assessor, rule_set=row.pk, **CONTENT | {"indicators": [ONE | change]})
        with pytest.raises(Conflict, match="没有登记"):
            decided(assessor, row, digest=read)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("changes", [{"meeting": " "}, {"document": ""}, {"decided_on": date(2026, 11, 25)}])
def test_a_decision_names_its_meeting_its_paper_and_a_day_gone_by(assessor, changes):
    with pytest.raises(UserError):
        decided(assessor, **changes)
    assert not list(entries(kinds=["rules.decided"]))


@pytest.mark.parametrize(("indicator", "word"), [
    ({"book": ""}, "三册"), ({"field": "family"}, "没有启用"), ({"side": "process"}, "结果指标占 0%"),
    ({"tallies": [{"kind": "matter.received"}]}, "反映多少不能影响得分"),
    ({"standard": "发生越级上访一起扣5分"}, "反映多少不能影响得分"),
])
def test_a_draft_against_the_chapter_is_not_decided(assessor, indicator, word):
    with pytest.raises(UserError) as refused:
        decided(assessor, drafted(indicators=[ONE | indicator]))
    assert word in refused.value.why


def test_a_field_counts_when_it_is_switched_on(assessor):
    services.switch_field(scope=assessor, code="family", on=True)
    assert decided(assessor, drafted(indicators=[ONE | {"field": "family"}]))
    assert [(one.event, one.subject) for one in AuditEntry.objects.all()] == [("field.on", "fields/family")]


def test_whoever_has_no_business_with_rules_changes_nothing(assessor):
    from sangesan.organization.people.models import Person
    from sangesan.organization.people.queries import scope_of

    chief = scope_of(Person.objects.get(work_number="1004"))
    row = drafted()
    for change in (lambda: decided(chief, row), lambda: services.redraft(scope=chief, rule_set=row.pk, **CONTENT),
                   lambda: services.switch_field(scope=chief, code="safety", on=False),
                   lambda: services.enforce(scope=chief, rule_set=row.pk, since=date(2026, 12, 1))):
        with pytest.raises(Forbidden):
            change()
    assert Field.objects.get(pk="safety").on


def test_a_later_version_starts_later(assessor):
    decided(assessor)
    services.enforce(scope=assessor, rule_set=RuleSet.objects.get(code="period").pk, since=date(2027, 1, 1))
    second = drafted(version=2)
    decided(assessor, second)
    with pytest.raises(UserError):
        services.enforce(scope=assessor, rule_set=second.pk, since=date(2026, 12, 1))


def test_the_nearest_link_rule_holds(assessor):
    rules = queries.by_id(drafted(links=[
        {"share": 1_000}, {"kind": "team", "share": 2_000}, {"line": "party", "share": 3_000},
        {"line": "party", "kind": "branch", "mode": "pass_through", "rate": 4_000, "members": "head_days"}]).pk)
    found = [queries.link_for(rules, *at) for at in (("union", "crew"), ("union", "team"), ("party", "team"),
                                                     ("party", "branch"))]
    assert [getattr(one.rule, "share", one.rule.__dict__.get("rate")) for one in found] == [1_000, 2_000, 3_000, 4_000]
    assert found[-1].members == "head_days"
    assert rules.links[""].share == 1_000


def test_everything_that_moves_a_score_is_in_the_digest(assessor):
    before = queries.by_id(drafted().pk).digest
    seen = {before}
    for n, changes in enumerate([
        {"indicators": [ONE | {"full": 2_000}]}, {"indicators": [ONE | {"kinds": ["branch"]}]}, {"own_cap": 11_000},
        {"indicators": [ONE | {"late_share": 5_000}]}, {"grades": [{"name": "差", "least": 0, "coefficient": 1}]},
        {"pay": {"floor": 9_000}}, {"links": []}, {"line_weights": {}}, {"person_share": 5_000},
    ], start=2):
        seen.add(queries.by_id(drafted(version=n, **changes).pk).digest)
    assert len(seen) == 10
    assert queries.in_force("daily", date(2026, 11, 23)).version == 1
