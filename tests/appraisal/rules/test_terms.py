"""The terms of a draft on pages: links in three modes with their vetoes, weights of lines, grades, pay."""

from datetime import date

import pytest

from sangesan.appraisal.rules import queries, services
from sangesan.appraisal.rules.models import RuleSet
from sangesan.method.linkage import Blend, Ceiling, PassThrough, VetoEffect, Vetoes
from tests.appraisal.rules.test_pages import DRAFT, text

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P3")]
LINK = {"line": "party", "kind": "team", "mode": "blend", "members": "heads", "share": "40", "veto_effect": "isolate"}


def rules():
    """Return the draft as the assessment would read it (草案定本)."""
    return queries.by_id(RuleSet.objects.get(code="period").pk)


def shown(client, url):
    """Return what a form shows, ready to be sent back (表单现值)."""
    return {k: v for k, v in client.get(DRAFT + url).context["form"].initial.items() if v is not None}


@pytest.mark.parametrize(("more", "rule"), [
    ({}, Blend(4_000, Vetoes(VetoEffect.ISOLATE))),
    ({"mode": "pass_through", "rate": "25", "cap": "4.50"}, PassThrough(2_500, 450, Vetoes(VetoEffect.ISOLATE))),
    ({"mode": "ceiling", "margin": "12"}, Ceiling(4_000, 1_200, Vetoes(VetoEffect.ISOLATE))),
    ({"veto_effect": "deduction", "veto_deduction": "3", "veto_cap": "9"},
     Blend(4_000, Vetoes(VetoEffect.DEDUCTION, 300, 900))),
])
def test_a_link_of_any_mode_is_written_for_a_line_and_a_level_and_taken_out_again(assessor, more, rule):
    before = rules()
    assert assessor.post(DRAFT + "links/new/", LINK | more).status_code == 302
    made = queries.link_for(rules(), "party", "team")
    assert (made.rule, made.members) == (rule, "heads")
    assert queries.link_for(rules(), "union", "team") == queries.link_for(before, "union", "team")
    assert assessor.get(DRAFT + "links/party/team/").status_code == 200
    assert assessor.post(DRAFT + "links/party/team/", shown(assessor, "links/party/team/")).status_code == 302
    assert queries.link_for(rules(), "party", "team") == made
    assert assessor.post(DRAFT + "links/party/team/remove/").status_code == 302
    assert rules().digest == before.digest


@pytest.mark.parametrize("changes", [
    {"share": ""}, {"mode": "ceiling", "margin": ""}, {"mode": "pass_through", "rate": "", "cap": "5"},
    {"mode": "pass_through", "rate": "20", "cap": ""},
    {"veto_effect": "deduction", "veto_deduction": "", "veto_cap": "5"},
    {"veto_effect": "deduction", "veto_deduction": "5", "veto_cap": ""}])
def test_what_a_mode_reads_is_asked_for_and_an_earlier_value_does_not_stand_unseen(assessor, changes):
    assert assessor.post(DRAFT + "links/new/", LINK | {"margin": "12", "rate": "20", "cap": "4"}).status_code == 302
    before = rules().digest
    emptied = next(name for name, value in changes.items() if value == "")
    answer = assessor.post(DRAFT + "links/party/team/", LINK | changes)
    assert answer.status_code == 422 and emptied in answer.context["form"].errors and rules().digest == before


@pytest.mark.parametrize(("changes", "word"), [
    ({"share": "0"}, "下级得失带不到上级"), ({"share": "100"}, "本级得分不起作用"), ({"share": "101"}, ""),
    ({"share": "-1"}, ""), ({"mode": "pass_through", "rate": "0", "cap": "5"}, "每失一分连带百分之几"),
    ({"mode": "x"}, ""),
    ({"mode": "pass_through", "rate": "20", "cap": "0"}, "至多扣几分"), ({"kind": "飞船"}, ""), ({"cap": "1e9"}, ""),
    ({"veto_effect": "deduction", "veto_deduction": "5", "veto_cap": "3"}, "少于每个下级扣的分"),
    ({"line": "", "kind": "team"}, "已经有挂钩办法"),
])
def test_a_wrong_link_says_what_why_and_next_and_nothing_is_stored(assessor, changes, word):
    before = rules().digest
    page = text(assessor.post(DRAFT + "links/new/", LINK | changes), 422)
    assert word in page and rules().digest == before
    if word:
        assert "没有保存" in page and ("请改好再保存" in page or "请回到草案" in page)


def test_line_weights_are_set_taken_away_and_never_all_zero(assessor):
    assert assessor.post(DRAFT + "weights/", {"party": "60", "administration": "40"}).status_code == 302
    assert rules().line_weights == {"party": 6_000, "administration": 4_000}
    assert "党" in text(assessor.get(DRAFT)) and shown(assessor, "weights/") == {"party": 60, "administration": 40}
    assert "条线权重合计为零" in text(assessor.post(DRAFT + "weights/", {"party": "0", "union": "0"}), 422)
    assert rules().line_weights == {"party": 6_000, "administration": 4_000}
    assert assessor.post(DRAFT + "weights/", {"party": "", "union": ""}).status_code == 302
    assert rules().line_weights == {}


def graded(*rows):
    """Return grades as the page sends them (等次表单)."""
    said = {"form-TOTAL_FORMS": str(len(rows)), "form-INITIAL_FORMS": "0"}
    for n, row in enumerate(rows):
        said |= {f"form-{n}-{name}": value for name, value in zip(("name", "least", "coefficient"), row, strict=True)}
    return said


def test_grades_are_written_anew_with_their_coefficients(assessor):
    assert assessor.get(DRAFT + "grades/").status_code == 200
    assert assessor.post(DRAFT + "grades/", graded(("好", "90", "1.20"), ("差", "0", "0.75"), ("", "", ""))
                         ).status_code == 302
    assert [(g.name, g.least, g.coefficient) for g in rules().grades] == [("好", 9_000, 12_000), ("差", 0, 7_500)]


@pytest.mark.parametrize(("rows", "word"), [
    ([("好", "90", "1.20")], "没有从 0 分起"), ([("", "", "")], "没有一个等次"),
    ([("好", "90", "0.5"), ("差", "0", "0.75")], "较高等次的系数低于较低等次"),
    ([("好", "0", "1"), ("差", "0", "1")], "两个等次从同一分数起"),
    ([("好", "", "1"), ("差", "0", "1")], "一行要么写全"),
    ([("好", "x", "1"), ("差", "0", "1")], ""), ([(f"等{n}", str(n), "1") for n in range(20)], ""),
])
def test_wrong_grades_are_named_and_nothing_is_stored(assessor, rows, word):
    before = rules().digest
    assert word in text(assessor.post(DRAFT + "grades/", graded(*rows)), 422)
    assert rules().digest == before
    assert assessor.post(DRAFT + "grades/", {"form-TOTAL_FORMS": "x"}).status_code == 422


def test_pay_and_how_much_a_person_answers_for_the_unit_are_set(assessor):
    said = shown(assessor, "pay/") | {"mode": "score_weighted", "floor": "90", "person_share": "60", "own_cap": "110"}
    assert assessor.post(DRAFT + "pay/", said).status_code == 302
    now = rules()
    assert (now.pay.mode, now.pay.floor, now.person_share, now.own_cap) == ("score_weighted", 9_000, 6_000, 11_000)
    page = text(assessor.get(DRAFT))
    assert "个人得分中单位占 60%，本级得分最高 110 分；留 2% 补差" in page, "whoever is judged reads it, too"
    for changes, word in (({"floor": "0"}, "没有保底"), ({"deducted_most": "0"}, "带不到兑现"),
                          ({"own_cap": "200"}, ""), ({"reserve": "-1"}, "")):
        assert word in text(assessor.post(DRAFT + "pay/", said | changes), 422)
    assert rules().digest == now.digest


def test_the_comparison_of_versions_names_terms_that_changed_too(assessor):
    """A coefficient, a link or a share that changed moves pay as much as an indicator does."""
    services.put_in_force(rule_set=RuleSet.objects.get(code="period").pk, since=date(2026, 11, 1))
    assessor.post("/w/rules/begin/", {"source": "last"})
    draft = "/w/rules/period/2/"
    assert "与第 1 版比较" not in text(assessor.get(draft))
    pay = {k: v for k, v in assessor.get(draft + "pay/").context["form"].initial.items() if v is not None}
    for url, said in (("grades/", graded(("好", "90", "1.20"), ("差", "0", "0.75"))), ("weights/", {"party": "60"}),
                      ("pay/", pay | {"deducted_most": "50", "person_share": "60"}), ("links/new/", LINK),
                      ("links/any/mine/remove/", {})):
        assert assessor.post(draft + url, said).status_code == 302
    page = text(assessor.get(draft))
    assert "等次与系数" in page and "→ 好 90.00 分起 1.20、差 0.00 分起 0.75" in page
    assert "各条线一样重 → 党组织 60" in page and "70% → 60%" in page and "最多扣 50%" in page
    assert "新增 · 逐级挂钩 · 党组织：区队" in page and "取消 · 逐级挂钩 · 矿" in page
    assert "修改 · 本级得分最高" not in page and "修改 · 逐级挂钩" not in page


EDITORS = ["links/new/", "links/any/any/", "weights/", "grades/", "pay/"]


@pytest.mark.parametrize("url", EDITORS)
def test_what_is_decided_or_in_force_is_read_only_on_every_page(assessor, client_of, url):
    assert client_of("chief").get(DRAFT + url).status_code == 404
    assert client_of("chief").post(DRAFT + url, LINK).status_code == 404
    row = RuleSet.objects.get(code="period")
    services.put_in_force(rule_set=row.pk, since=date(2026, 12, 1))
    before = queries.by_id(row.pk).digest
    for answer in (assessor.get(DRAFT + url), assessor.post(DRAFT + url, LINK)):
        assert "施行的办法只读" in text(answer, 409)
    assert DRAFT + url not in text(assessor.get(DRAFT)) and queries.by_id(row.pk).digest == before
    assert assessor.get(DRAFT + "links/party/boiler/").status_code in (404, 409)
