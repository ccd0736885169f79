"""The speaker's page (回执页): deadlines in words, review, proof, large type; nothing of it needs a script."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.speakers.models import Identity, Opening
from sangesan.foundation import clock
from sangesan.ledger.facts import proofs
from sangesan.ledger.facts.services import seal
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import answered, handled

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(noon):
    return small_mine()


def page(receipt, path="/receipt/", **more):
    return Client().post(path, {"code": receipt, **more})


def large(receipt, path="/receipt/", **more):
    return Client().post(f"{path}?large=1", {"code": receipt, **more})


def test_the_page_says_until_when_a_review_may_be_asked_and_by_when_it_is_answered(mine):
    said = answered(mine)
    assert "2026-12-24 当日及以前可以申请复查" in page(said.receipt).content.decode()
    done = page(said.receipt, "/receipt/review/", text="没有解决").content.decode()
    assert "复查答复期限" in done and "2026-12-24" in done
    services.uphold(scope=mine.scope("leader"), number=said.number, text="维持：已查实")
    assert "申请复核" in page(said.receipt).content.decode()
    with clock.at(clock.now() + timedelta(days=40)):
        services.record_terms(clock.today() - timedelta(days=1))
        assert "申请复核" not in page(said.receipt).content.decode()
        assert page(said.receipt, "/receipt/review/", text="太晚").status_code == 409


def test_the_page_says_which_day_the_law_sets(mine):
    assert "法定告知期限" in page(heard(unit="ZC1").receipt).content.decode()
    assert "法定答复期限" in page(handled(mine).receipt).content.decode()


def test_the_speaker_sees_how_often_and_by_which_post_the_identity_was_opened(mine):
    said = heard(unit="ZC1", mode="confidential")
    services.open_identity(scope=mine.scope("triage"), number=said.number, submission=said.submission, reason="核实")
    assert "您的身份被查看过 1 次，查看的岗位：信访办分办员" in page(said.receipt).content.decode()
    Opening.objects.create(identity=Identity.objects.get(), role="triage", post="信访办分办员", person=1,
                           at=clock.now(), reason="再核对")
    assert "您的身份被查看过 2 次，查看的岗位：信访办分办员（2 次）" in page(said.receipt).content.decode()


def test_the_page_says_of_a_day_that_is_over_by_how_many_days_as_staff_read_it(mine):
    """What the office, the unit and the law owe (法定告知、答复期限): of an anonymous speaker too, in whole days."""
    waits, runs = heard(unit="ZC1", mode="anonymous"), handled(mine)
    for said, codes in ((waits, ["notice"]), (runs, ["handling", "notice"])):
        terms = {t.code: t.due for t in Matter.objects.get(number=said.number).terms.filter(met=None, lifted=False)}
        for code in codes:
            with clock.at(terms[code] + timedelta(days=2)):
                assert f"{terms[code]} <span class=\"tag bad\" title=\"时限 {terms[code]}\">已超 2 天</span>" in page(
                    said.receipt).content.decode()
    services.draft(scope=mine.scope("handler"), number=runs.number, text="办好了")
    services.approve(scope=mine.scope("logistics"), number=runs.number)
    with clock.at(clock.now() + timedelta(days=90)):
        done = page(runs.receipt).content.decode()
        assert "法定答复期限" not in done and "法定告知期限" not in done, "what was met is not late"


@pytest.mark.chapter("V3")
def test_the_proof_of_ones_word_is_given_after_the_night_and_holds(mine):
    said, other = heard(unit="ZC1", mode="anonymous"), heard(unit="HQ")
    assert "还没有封存" in page(said.receipt, "/receipt/proof/").content.decode()
    services.record_speakers(clock.today())
    seal()
    shown = page(said.receipt, "/receipt/proof/")
    assert "第 1 封里" in shown.content.decode() and "no-store" in shown["Cache-Control"]
    given = page(said.receipt, "/receipt/proof/", file="1")
    proof = proofs.read(given.content.decode())
    assert proofs.problems(proof) == [] and json.loads(proof["body"])["subject"] == f"matters/{said.number}"
    assert other.number not in given.content.decode() and said.receipt not in given.content.decode()
    assert said.receipt not in given["Content-Disposition"]


def test_a_step_that_closed_meanwhile_is_said_and_the_typed_words_come_back(mine):
    said = heard(unit="ZC1")
    for path, words in (("rate/", {"rating": "satisfied"}), ("review/", {"text": "金额不对，要求复查"})):
        refused = page(said.receipt, f"/receipt/{path}", **words)
        text = refused.content.decode()
        assert refused.status_code == 409 and 'role="alert"' in text and "没有办成" in text
        assert words.get("text", "") in text
    assert 'role="alert"' not in page(said.receipt).content.decode()


@pytest.mark.parametrize("path", ["/receipt/proof/", "/receipt/review/", "/receipt/rate/"])
def test_a_wrong_receipt_opens_nothing(mine, path):
    assert page("AAAA-AAAA-AAAA-AAAA-A", path, text="话").status_code == 404
    assert page("", path, file="1").status_code == 404
    assert Client().get(path).status_code == 405


def test_large_type_is_kept_from_step_to_step_without_a_cookie(mine):
    said = answered(mine)
    shown = large(said.receipt)
    assert 'data-size="large"' in shown.content.decode() and not shown.cookies
    assert 'action="/receipt/rate/?large=1"' in shown.content.decode()
    assert 'data-size="large"' in large(said.receipt, "/receipt/rate/", rating="basic").content.decode()
    assert 'data-size="large"' not in page(said.receipt).content.decode()


def test_who_is_dissatisfied_reads_that_it_is_handled_once_more_and_whoever_is_not_reads_thanks(mine):
    one, two = answered(mine), answered(mine, text="澡堂水凉")
    again = page(one.receipt, "/receipt/rate/", rating="dissatisfied").content.decode()
    assert "您的评价已经收到。这件事重新办理一次，办好后再答复您" in again
    assert "重新办理一次，办好后" not in page(two.receipt, "/receipt/rate/", rating="basic").content.decode()


def test_a_second_handling_is_promised_only_to_whoever_still_has_the_right_to_it(mine):
    said, promise = answered(mine), "选不满意，事项会重新办理一次"
    assert promise in page(said.receipt).content.decode()
    services.rate(code=said.receipt, rating="dissatisfied")
    services.draft(scope=mine.scope("handler"), number=said.number, text="已经换了窗口")
    services.approve(scope=mine.scope("logistics"), number=said.number)
    second = page(said.receipt).content.decode()
    assert "请您评价这次答复" in second and promise not in second


def test_a_group_matter_is_answered_on_every_speakers_page(mine):
    one, two = heard(unit="ZC1"), heard(unit="ZC1", text="食堂夜里没热饭")
    triage = mine.scope("triage")
    services.merge(scope=triage, number=two.number, into=one.number)
    services.grade(scope=triage, number=one.number, urgency=1, importance=1)
    services.dispatch(scope=triage, number=one.number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=one.number)
    services.draft(scope=mine.scope("handler"), number=one.number, text="今晚起有热饭")
    services.approve(scope=mine.scope("logistics"), number=one.number)
    for said in (one, two):
        assert "今晚起有热饭" in page(said.receipt).content.decode()
    assert page(one.receipt, "/receipt/rate/", rating="satisfied").status_code == 200
    assert "请您评价这次答复" in page(two.receipt).content.decode()
    assert "请您评价这次答复" not in page(one.receipt).content.decode()


def test_the_receipt_page_asks_a_bounded_number_of_queries(mine, django_assert_max_num_queries):
    said = answered(mine)
    services.review(code=said.receipt, text="不服")
    with django_assert_max_num_queries(40):
        page(said.receipt)


def test_who_gave_their_name_openly_is_not_told_that_nobody_has_looked(mine):
    said = heard(unit="ZC1", mode="named")
    shown = page(said.receipt).content.decode()
    assert "没有人查看过" not in shown and "您公开了姓名" in shown
    assert "没有人查看过" in page(heard(unit="ZC1", mode="confidential").receipt).content.decode()


def test_the_page_says_that_ones_words_were_taken_back_while_others_are_still_heard(mine):
    said, other = heard(unit="ZC1"), heard(unit="ZC1")
    services.merge(scope=mine.scope("triage"), number=other.number, into=said.number)
    services.withdraw(code=said.receipt)
    shown = page(said.receipt).content.decode()
    assert "<h1>撤回</h1>" in shown and f"您在 {clock.today()} 撤回" in shown and "确认撤回" not in shown
    assert page(said.receipt, "/receipt/withdraw/").status_code == 409
