"""Rewards: what was decided before they could be said computes as it was decided until a new version says more."""

from datetime import date

import pytest

from sangesan.appraisal.rules import queries, services, sources
from sangesan.appraisal.rules.models import RuleSet
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.queries import standing
from sangesan.appraisal.scoring.services import period
from tests.appraisal.rules.test_pages import DRAFT, text
from tests.appraisal.scoring.test_late_facts import made_in_form
from tests.facts import closed
from tests.periods import ANSWERS, IN, SOLVED, in_force, month

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3d")]
PRAISE = ANSWERS | {"code": "praise", "name": "表彰", "method": "add", "full": 500, "cap": 1_000, "weight": 500,
                    "book": "branch", "section": "answers", "field": "harmony",
                    "tallies": [{"kind": "matter.closed", "as": "good", "points": 100}]}
BEFORE = PRAISE | {"rewards": False}
"""As it stands in a version that was decided while every addition was earned from nought."""


def praised(run):
    [line] = [x for x in standing.scores(run, unit__code="ZC1").get().statement["lines"] if x[0] == "praise"]
    return line[2]


@pytest.mark.parametrize(("written", "score"), [(PRAISE, 12_000), (BEFORE, 2_000)])
def test_a_version_in_force_computes_as_it_was_decided_also_a_period_to_come(mine, written, score):
    row = in_force([SOLVED, written])
    closed("ZC1", day=IN)
    run = month()
    assert praised(run) == score and scoring.recompute(run.pk).agrees
    assert queries.by_id(row.pk).indicators[1].base == (500 if score == 12_000 else 0)


@pytest.mark.parametrize(("written", "digest"), [
    (BEFORE, "98d9627537acdbaa17d033b7014cc4ab578c54318340ea34b97e0825848c4b15"),
    (BEFORE | {"cap": 500}, "d75519ccfa031845e6c1349865f8f4ec80876d3bf259a2f990ae5c6e91e223eb"),
    (PRAISE | {"cap": 500}, "d75519ccfa031845e6c1349865f8f4ec80876d3bf259a2f990ae5c6e91e223eb")])
def test_no_hash_moves_of_what_was_decided_before_rules_said_what_is_a_reward(mine, written, digest):
    made = [in_force([SOLVED, ANSWERS, one], version=n) for n, one in enumerate((written | {"cap": 500}, written), 1)]
    row = made[written["cap"] == 1_000]
    assert not row.indicators.filter(rewards=True).exists() and queries.frozen(row).digest == digest


def test_a_run_made_while_all_additions_above_full_points_were_rewards_gives_the_same_bytes(mine):
    in_force([SOLVED, BEFORE])
    closed("ZC1", day=IN)
    run = made_in_form(month(), 5)
    own = {line.code: line.score for c in period.again(run, run.cutoff, 5).cells if c.unit == "ZC1" for line in c.lines}
    again = scoring.recompute(run.pk)
    assert own["praise"] == 12_000 and again.computed == again.expected


def test_a_new_version_keeps_it_until_somebody_writes_the_item_anew_and_the_comparison_says_so(assessor):
    row = RuleSet.objects.get(code="period")
    services.discard(rule_set=row.pk)
    by_hand = BEFORE | {"tallies": sources.BY_SLUG["manual"].by["add"](100)}
    old = services.draft(code="period", version=1, name="旧", indicators=[SOLVED, by_hand], links=[])
    assert "从 0 分起" in text(assessor.get(DRAFT))
    services.put_in_force(rule_set=old.pk, since=date(2026, 11, 1))
    assessor.post("/w/rules/begin/", {"source": "last"})
    page = text(assessor.get(new := "/w/rules/period/2/"))
    assert "从 0 分起" in page and "没有加分不失分" not in page
    url = f"{new}indicators/praise/"
    said = {k: v for k, v in assessor.get(url).context["form"].initial.items() if v is not None}
    assert assessor.post(url, said).status_code == 302
    page = text(assessor.get(new))
    assert "从 5 分起" in page and "没有加分不失分：否 → 是" in page
