"""Receipts and identities (回执与身份)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sangesan.feedback.intake.services import report, submit
from sangesan.feedback.matters import queries, services
from sangesan.feedback.speakers import codes
from sangesan.feedback.speakers.models import Identity, Opening, Receipt
from sangesan.feedback.speakers.services import forget, read_identity
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.foundation.ids import CROCKFORD
from sangesan.ledger.facts.queries import history
from tests.builders import heard, small_mine

PLAIN = st.text(alphabet=CROCKFORD, min_size=16, max_size=16)


def test_a_code_is_four_groups_and_a_check_character():
    code = codes.issue("k" * 16)
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]", code)
    assert codes.issue("k" * 16) == code != codes.issue("l" * 16)


@given(PLAIN, st.integers(0, 15), st.sampled_from(CROCKFORD))
def test_one_wrong_character_is_always_noticed(plain, place, other):
    code = plain + codes.check(plain)
    wrong = code[:place] + other + code[place + 1 :]
    assert codes.normal(code) == code
    assert wrong == code or codes.normal(wrong) == ""


@given(PLAIN)
def test_a_code_may_be_typed_as_people_type(plain):
    code = plain + codes.check(plain)
    typed = codes.pretty(code).lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert codes.normal(typed) == code


@pytest.mark.django_db
class TestWithTables:
    @pytest.fixture(autouse=True)
    def mine(self, noon):
        self.mine = small_mine()

    def test_neither_the_code_nor_the_key_is_stored(self):
        said = heard(key="a-key-of-the-speaker")
        row = Receipt.objects.get()
        kept = " ".join(str(v) for v in vars(row).values())
        assert said.receipt.replace("-", "") not in kept and "a-key-of-the-speaker" not in kept

    def test_a_right_code_opens_and_a_wrong_one_does_not(self):
        said = heard()
        assert queries.heard(said.receipt).number == said.number
        for wrong in ("", "x", said.receipt[:-1], codes.issue("z" * 20), "ＡＢＣＤ" * 5, "\x00" * 21):
            assert queries.heard(wrong) is None

    def test_right_and_wrong_codes_ask_the_database_the_same_first_question(self, django_assert_num_queries):
        heard()
        with django_assert_num_queries(1):
            queries.heard(codes.issue("z" * 20))
        with django_assert_num_queries(1):
            queries.heard("not a code")

    def test_after_seven_days_the_key_is_forgotten_and_the_receipt_stays(self):
        said = heard(key="k" * 20)
        with clock.at(clock.now() + timedelta(days=8)):
            assert forget(day=clock.today()) == 1
            assert queries.heard(said.receipt).number == said.number
            with pytest.raises(Conflict):
                heard(key="k" * 20)

    def test_an_identity_stands_apart_and_encrypted(self):
        heard(mode="confidential", name="马六", contact="13800000000")
        kept = Identity.objects.get()
        assert "马六".encode() not in bytes(kept.sealed) and b"138" not in bytes(kept.sealed)
        assert read_identity(kept).name == "马六"

    @pytest.mark.usefixtures("read_at_once")
    def test_an_identity_is_opened_with_a_reason_and_the_speaker_sees_by_which_post(self):
        said = heard(mode="confidential")
        triage, handler = self.mine.scope("triage"), self.mine.scope("leader")
        one = queries.heard(said.receipt).submission.pk
        with pytest.raises(UserError):
            services.open_identity(scope=triage, number=said.number, submission=one, reason=" ")
        with pytest.raises(Forbidden):
            services.open_identity(scope=handler, number=said.number, submission=one, reason="想看")
        assert Opening.objects.count() == 0
        assert services.open_identity(scope=triage, number=said.number, submission=one, reason="回访").name == "马六"
        assert queries.heard(said.receipt).openings == ["信访办分办员"]
        assert [f.kind for f in history(f"matters/{said.number}")] == ["identity.opened"]

    def test_nothing_exact_is_kept_of_an_anonymous_speaker(self):
        said = heard(mode="anonymous", key="k" * 20)
        found = queries.heard(said.receipt)
        assert found.matter.received_at is None and not Identity.objects.exists()
        assert found.submission.receipt.owner == ""

    @pytest.mark.parametrize(("parts", "why"), [
        ({"text": ""}, "空"), ({"text": "  \n "}, "空"), ({"text": "x" * 10_001}, "最多"), ({"text": "a\x00b"}, "字符"),
        ({"text": "\ud800"}, "字符"), ({"mode": "secret"}, "署名"), ({"channel": "mail"}, "渠道"),
        ({"category": "x"}, "类别"), ({"unit": "NOWHERE"}, "单位"), ({"unit": 2**70}, "单位"),
        ({"urgency_hint": 4}, "整数"), ({"key": "short"}, "口令"), ({"key": "k" * 201}, "口令"),
        ({"register": "x" * 41}, "登记号"),
    ])
    def test_bad_input_is_refused_in_words_and_nothing_is_stored(self, parts, why):
        asked = {"channel": "leaders", "mode": "anonymous", "text": "灯坏了", "key": "k" * 20} | parts
        with pytest.raises(UserError) as refused:
            submit(**asked)
        assert why in str(refused.value)
        assert Receipt.objects.count() == 0

    def test_a_day_in_the_future_is_refused_and_an_old_letter_is_history(self):
        day = clock.today()
        for wrong in (day + timedelta(days=1), day.replace(year=1900)):
            with pytest.raises(UserError):
                heard(day=wrong)
        said = heard(day=day - timedelta(days=100))
        assert queries.heard(said.receipt).matter.history

    def test_a_register_number_is_used_once_per_channel(self):
        heard(register="信-12")
        with pytest.raises(Conflict):
            heard(text="另一封", register="信-12")

    def test_ids_do_not_tell_the_order_of_speaking(self):
        numbers = [heard(text=f"第{n}件", mode="anonymous", key=f"key-of-speaker-{n:04}").number for n in range(40)]
        from sangesan.feedback.matters.models import Matter, Submission

        for rows in (Matter.objects.values_list("pk", "number"),
                     Submission.objects.values_list("pk", "matter__number")):
            order = [numbers.index(number) for _pk, number in sorted(rows)]
            rises = sum(a < b for a, b in zip(order, order[1:], strict=False))
            assert 8 < rises < 31

    @pytest.mark.chapter("N5")
    def test_a_correspondent_finds_the_own_report_again_and_nobody_else_does(self):
        sent = report(scope=self.mine.scope("correspondent"), text="候罐室漏水", key="k" * 20, unit="ZC1")
        assert [s.matter.number for s in queries.mine(self.mine.scope("correspondent"))] == [sent.number]
        assert queries.mine(self.mine.scope("chief")) == []
        assert queries.matter_for(self.mine.scope("triage"), sent.number).grade == ""
