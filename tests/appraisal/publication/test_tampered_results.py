"""A result, an entry, a publication or a payment changed behind the triggers is found by `verify` and by the page."""

from copy import deepcopy
from datetime import date

import pytest
from click.testing import CliRunner
from django.db import connection

from sangesan.appraisal.publication import services
from sangesan.appraisal.publication.models import Appeal, Publication, Ruling
from sangesan.appraisal.publication.queries.basis import doubts
from sangesan.appraisal.rules import queries as rules
from sangesan.appraisal.rules.models import Indicator, InForce, Link, RuleSet
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.models import HandCheck, HandEntry, PersonScore, PostScore, Run, Score, Tree
from sangesan.appraisal.scoring.queries import intact
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.facts.models import Body
from sangesan.ledger.facts.services import record
from sangesan.method.facts import RulesDecided, RulesEnforced
from sangesan.method.omissions import OMITTED
from sangesan.organization.calendar import services as days
from sangesan.procedures.commands import recompute
from sangesan.upkeep.verify import results, verify
from tests import databases
from tests.assessors import LIFE, UNTIL, assessed_mine
from tests.facts import answered, at
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3c")]


def changed(model, *, of=None, **values):
    """Change every row of a table, or one, without its triggers (改库)."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f'DROP TRIGGER IF EXISTS "keep_{table}_update"')
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f'ALTER TABLE {table} DISABLE TRIGGER "keep_{table}_row"')
        for name, value in values.items():
            one, which = (f" WHERE {model._meta.pk.column} = %s", [of]) if of else ("", [])
            cursor.execute(f"UPDATE {table} SET {name} = %s{one}", [value, *which])


def removed(*models):
    """Take all rows of some tables away without their triggers (删库)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in models:
            table = model._meta.db_table
            cursor.execute(f'DROP TRIGGER IF EXISTS "keep_{table}_delete"' if connection.vendor == "sqlite"
                           else f'ALTER TABLE {table} DISABLE TRIGGER "keep_{table}_row"')
            cursor.execute(f"DELETE FROM {table}")


@pytest.fixture(scope="module")
def stood(django_db_setup, django_db_blocker):
    """A month that is published, made once: each test changes it behind the triggers, and rolls back."""
    with databases.standing(django_db_blocker):
        with django_db_blocker.unblock(), clock.at(at(date(2026, 11, 24))):
            mine = assessed_mine()
            one = mine.scope("assessor")
            answered("ZC1", "2026-AAAAA1", day=date(2026, 10, 12))
            days.seed(year=2026)
            days.confirm(year=2026, actor=one.actor)
            scoring.enter(scope=one, **LIFE)
            run = services.publish_period(scope=one, run=scoring.assess_period("month", UNTIL).pk)
        yield mine, run.pk


@pytest.fixture
def mine(stood, noon):
    return deepcopy(stood[0])


@pytest.fixture
def published(stood, noon):
    return Run.objects.get(pk=stood[1])


def page(mine, run):
    return signed_in(mine.persons["assessor"]).get(f"/w/results/{run.pk}/").content.decode()


def assessing(mine):
    return signed_in(mine.persons["assessor"]).get("/w/assessments/?month=2026-10").content.decode()


def test_what_nobody_changed_is_whole(mine, published):
    assert list(results()) == [] and not doubts(published, UNTIL)
    assert "可能被改动过" not in page(mine, published)


@pytest.mark.parametrize(("model", "values"), [
    (Score, {"final": 9_999}), (Score, {"statement": '{"lines": [], "children": [], "parts": []}'}),
    (PersonScore, {"final": 1}), (Run, {"outputs": "0" * 64}), (Run, {"until": date(2026, 10, 30)})])
def test_a_changed_result_is_found_by_verify_and_by_the_page(mine, published, model, values):
    changed(model, **values)
    assert [f"核算 {published.pk}" in said for said in results()] == [True]
    assert doubts(Run.objects.get(), UNTIL).altered and "可能被改动过" in page(mine, published)


@pytest.mark.parametrize(("model", "values"), [
    (PersonScore, {"final": 1}), (PersonScore, {"vetoed": True}), (PostScore, {"final": 1}),
    (PostScore, {"statement": '{"lines": [], "own": null, "cell": 9999}'}), (Run, {"outputs": "0" * 64})])
def test_a_changed_result_of_ones_own_is_told_to_the_person_also_among_very_many(
        mine, published, monkeypatch, model, values):
    monkeypatch.setattr(intact, "FEW", 0)
    chief = signed_in(mine.persons["chief"])
    said = chief.get("/w/results/own/").content.decode()
    assert "综采一队队长" in said and "可能被改动过" not in said
    changed(model, **values)
    assert "可能被改动过" in chief.get("/w/results/own/").content.decode()


def test_a_changed_organisation_that_results_are_linked_by_is_found_by_verify(mine, published):
    """Also where no result moves by it, and recomputing agrees."""
    changed(Tree, nodes='{"units": [], "posts": []}')
    assert any(f"组织快照 {published.tree_id[:12]}" in said for said in results())


@pytest.mark.parametrize(("model", "values"), [(Indicator, {"weight": 3_000}), (Link, {"share": 1}),
                                               (InForce, {"since": date(2025, 5, 1)}), (InForce, {"digest": "0" * 64})])
def test_changed_rules_are_found_by_verify_and_by_their_page_and_nothing_is_reckoned_by_them(
        mine, published, model, values):
    other = InForce.objects.get(rule_set=published.rule_set_id)
    record(RulesEnforced(subject="rules/period-1", unit="QSL/", occurred_at=clock.now(), since=other.since.isoformat(),
                         digest=other.digest), actor=mine.scope("assessor").actor)
    reader = signed_in(mine.persons["assessor"])
    assert list(results()) == [] and "可能被改动过" not in reader.get("/w/rules/period/1/").content.decode()
    changed(model, **values)
    assert any("考核办法" in said and "第1版" in said for said in results())
    assert "可能被改动过" in reader.get("/w/rules/period/1/").content.decode()
    if model is not InForce or "digest" in values:
        refused = reader.get("/w/assessments/?month=2026-10")
        assert refused.status_code == 409 and "与施行时定下的不符" in refused.content.decode()


@pytest.mark.parametrize(("model", "values"), [
    (Indicator, {"name": "别的"}), (Indicator, {"standard": "随意扣分"}), (Indicator, {"section": "answers"}),
    (RuleSet, {"name": "别的办法"})])
def test_changed_words_and_places_of_rules_are_found_where_they_were_decided_with_them(mine, published, model, values):
    row = published.rule_set

    def decided(digest):
        record(RulesDecided(subject="rules/period-1", unit="QSL/", occurred_at=clock.now(), decided_on="2025-12-20",
                            digest=digest), actor=mine.scope("assessor").actor)

    decided(rules.by_id(row.pk).digest)  # as it was bound before the words were
    changed(model, **values)
    assert list(results()) == []
    decided(rules.whole(RuleSet.objects.get(pk=row.pk)))
    assert list(results()) == []
    changed(model, **dict.fromkeys(values, "又改了"))
    assert any("考核办法" in said for said in results())


@pytest.mark.parametrize(("model", "values", "said", "not_said"), [
    (Score, {"final": 9_999}, "库中各行结果为", "按台账复算得"),
    (Indicator, {"weight": 3_000}, "按台账复算得", "库中各行"),
    (Run, {"outputs": "0" * 64}, "摘要被改动过", "结果被改动过")])
def test_recomputing_says_what_of_a_run_is_not_as_it_was_and_how_to_find_it(
        mine, published, model, values, said, not_said):
    whole = CliRunner().invoke(recompute, [str(published.pk)])
    assert whole.exit_code == 0 and "复算一致" in whole.output
    changed(model, **values)
    found = CliRunner().invoke(recompute, [str(published.pk)])
    assert found.exit_code == 1 and said in found.output and not_said not in found.output
    assert "sangesan verify" in found.output


def test_a_changed_date_of_publication_is_found_by_verify_and_by_the_page(mine, published):
    changed(Publication, published_at=at(date(2026, 11, 1)))
    assert [f"核算 {published.pk}" in said and "公布时间" in said for said in results()] == [True]
    assert doubts(published, UNTIL).altered and "可能被改动过" in page(mine, published)


@pytest.mark.parametrize("values", [{"points": -100}, {"indicator": "else"}, {"unit_id": None}])
def test_a_changed_entry_by_hand_is_found_by_verify_and_by_the_page_and_nobody_agrees_to_it(mine, published, values):
    assert "这些登记与台账记下的不符" not in assessing(mine)
    other = mine.units["ZC2"].pk
    changed(HandEntry, **{name: value or other for name, value in values.items()})
    assert ["人工考核登记" in said for said in results()] == [True]
    assert "这些登记与台账记下的不符" in assessing(mine)
    with pytest.raises(UserError, match="与台账记下的不符"):
        scoring.check(scope=mine.scope("second"), entry=HandEntry.objects.get().pk, agreed=True)
    assert not HandCheck.objects.exists()


def test_a_check_that_was_turned_round_is_found_by_verify_and_by_the_page(mine, published):
    scoring.check(scope=mine.scope("second"), entry=HandEntry.objects.get().pk, agreed=False)
    assert list(results()) == []
    changed(HandCheck, agreed=True)
    assert ["人工考核登记" in said for said in results()] == [True] and "这些登记与台账记下的不符" in assessing(mine)


@pytest.fixture
def ruled(mine, published):
    """An objection that was not upheld (异议不成立)."""
    about = {"run": published.pk, "code": "ZC1", "indicator": "unit_answers"}
    made = services.file(scope=mine.scope("chief"), text="十月十二日的一件没有计入", about=OMITTED, **about)
    return services.decide(scope=mine.scope("cadre"), number=made.number, upheld=False, reason="查台账，没有这一件")


@pytest.mark.parametrize(("model", "values"), [
    (Ruling, {"upheld": True}), (Ruling, {"decided_at": at(date(2026, 11, 1))}), (Ruling, {"record": 1}),
    (Appeal, {"indicator": "else"}), (Appeal, {"unit_id": None}), (Appeal, {"about": 0}), (Appeal, {"record": 1}),
    (Appeal, {"filed_at": at(date(2026, 11, 1))})])
def test_a_changed_objection_or_ruling_is_found_by_verify(mine, ruled, model, values):
    assert list(results()) == []
    changed(model, **{name: mine.units["ZC2"].pk if value is None else value for name, value in values.items()})
    assert any(f"考核异议 {Appeal.objects.get().number}" in said for said in results())


@pytest.mark.parametrize(("models", "words"), [
    ([Ruling], ["裁定考核异议"]), ([Ruling, Appeal], ["提出考核异议", "裁定考核异议"]), ([Publication], ["公布"])])
def test_what_was_taken_away_though_the_ledger_tells_of_it_is_found_by_verify(ruled, models, words):
    removed(*models)
    found = list(results())
    assert [any(f"（{word}）说到的记录不见了" in one for one in found) for word in words] == [True] * len(found)


def test_a_result_and_a_publication_that_were_slipped_in_are_found_by_verify_and_by_the_page(mine, published):
    """Adding a row needs no trigger out of the way."""
    row = Run.objects.get()
    row.pk, row.revises_id, row.reason = None, published.pk, Run.Reason.FACTS
    row.save(force_insert=True)
    Publication.objects.create(run=row, published_at=clock.now())
    found = list(results())
    assert any(f"核算 {row.pk}（" in one and "存的结果" in one for one in found)
    assert any(f"核算 {row.pk}（" in one and "公布时间" in one for one in found)
    assert doubts(Run.objects.get(pk=row.pk), UNTIL).altered and "可能被改动过" in page(mine, row)


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", f'{{"of_day": "{UNTIL}"}}'.encode(), "as_text"])
@pytest.mark.parametrize("which", ["counted", "period.assessed", "result.published"])
def test_a_body_changed_into_what_is_none_is_named_by_verify_and_by_the_page(mine, published, content, which):
    """Whoever edits a body with the plain tool of the database leaves a text where bytes were."""
    body = Body.objects.get(kind=which) if which != "counted" else Body.objects.get(kind="matter.answered")
    if content == "as_text":
        content = bytes(body.content).decode().replace('"line"', '"lime"') if connection.vendor == "sqlite" else b"{}"
    changed(Body, of=body.pk, content=content)
    found = CliRunner().invoke(verify, [])
    assert found.exit_code == 1 and f"第 {body.pk} 条" in found.output + found.stderr
    reader = signed_in(mine.persons["assessor"])
    for url in (f"/w/results/{published.pk}/", f"/w/results/{published.pk}/ZC1/"):
        shown = reader.get(url)
        assert shown.status_code == 200
        assert which != "counted" or f"第 {body.pk} 条" in shown.content.decode()
