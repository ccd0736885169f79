"""Answers go out sealed to their receipts: only who holds a receipt reads one, and nothing tells whose came."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection
from django.template import Context, Template
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from sangesan.feedback.letterbox import answering, answers, box, bundles, shelf, taking
from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.services.nightly import record_speakers
from sangesan.feedback.speakers import services as receipts
from sangesan.feedback.speakers.models import Receipt
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.ledger.facts import proofs
from sangesan.ledger.facts.services import seal
from sangesan.upkeep.letterbox import letterbox
from tests.builders import small_mine
from tests.feedback.letterbox.test_taking import KEY, WORDS, Outside

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("P2a")]
SAID, ANSWER = "家属院没有热水", "已换循环泵，今晚起有热水"


@pytest.fixture
def mine(noon):
    return small_mine()


@pytest.fixture
def outside(mine, tmp_path) -> Outside:
    return Outside(tmp_path / "box", taking.setup())


def test_the_secrets_of_the_box_are_laid_before_the_first_letter(mine, tmp_path, settings):
    setup = tmp_path / "setup.json"
    setup.write_bytes(taking.setup())
    settings.DATA = tmp_path / "box"
    settings.DATA.mkdir()
    ran = CliRunner().invoke(letterbox, ["--setup", str(setup), "--only-setup"])
    laid = sorted(path.name for path in (tmp_path / "box" / "secrets").iterdir())
    box.drop(key=KEY, words={"text": SAID})
    assert ran.exit_code == 0 and laid == sorted(path.name for path in (tmp_path / "box" / "secrets").iterdir())


def fetch(outside, **dropped) -> str:
    receipt = outside.drop(**{"text": SAID, "category": "logistics"} | dropped)
    data = outside.bundle()
    taking.take(bundles.read(data))
    outside.confirm(data)
    return receipt


def answer(mine, number: str) -> None:
    services.grade(scope=mine.scope("triage"), number=number, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["HQ"].pk)
    services.sign_in(scope=mine.scope("handler"), number=number)
    services.draft(scope=mine.scope("handler"), number=number, text=ANSWER)
    services.approve(scope=mine.scope("logistics"), number=number)


def bring(outside) -> bytes:
    data = b"".join(answering.portions())
    put(outside, data)
    return data


def put(outside, data: bytes) -> int:
    with outside.there():
        return sum(shelf.put(portion) for portion in answers.read(BytesIO(data)))


def read(outside, code: str):
    with outside.there():
        return shelf.read(code)


def test_whoever_wrote_outside_reads_the_answer_outside_by_receipt(mine, outside, settings):
    settings.DEMO = True
    receipt = fetch(outside, mode="named", name="马六")
    assert read(outside, receipt) is None, "nothing has come yet"
    bring(outside)
    before = read(outside, receipt)
    assert before["messages"] == [] and before["number"] == Matter.objects.get().number
    answer(mine, Matter.objects.get().number)
    assert read(outside, receipt) == before, "the box knows nothing by itself"
    bring(outside)
    told = read(outside, receipt.lower().replace("-", " "))
    assert [one["text"] for one in told["messages"]] == [ANSWER] and told["state"] == "已答复"
    assert SAID not in str(told) and "马六" not in str(told)


def test_a_promise_that_is_over_is_told_outside_by_whole_days_as_inside(mine, outside, settings):
    settings.DEMO = True
    receipt = fetch(outside, mode="anonymous")
    number = Matter.objects.get().number
    services.grade(scope=mine.scope("triage"), number=number, urgency=2, importance=2)
    services.dispatch(scope=mine.scope("triage"), number=number, lead=mine.units["HQ"].pk)
    day = clock.local(Matter.objects.get().due_at).date()
    for passed in (0, 2):
        with clock.at(day + timedelta(days=passed)):
            bring(outside)
        told = read(outside, receipt)
        assert (told["due"], told["late"]) == (f"{day:%F}", passed)
    answer_file = Path(answering.__file__).parent / "templates/letterbox/answer.html"
    [tag] = re.findall(r"{% if found.late and found.late > 0 %}.*?{% endif %}", answer_file.read_text())
    said = Template("{% load i18n %}" + tag)
    assert "已超 2 天" in said.render(Context({"found": told})) and not said.render(Context({"found": before_it(told)}))


def before_it(told):
    """An answer that came out before lateness was told (旧的答复)."""
    return {name: word for name, word in told.items() if name != "late"}


def test_the_box_holds_no_word_of_it_and_other_receipts_open_nothing(mine, outside, tmp_path, settings):
    settings.DEMO = True
    receipt, other = fetch(outside, mode="named", name="马六"), outside.drop(key="j" * 32, text="别的事")
    answer(mine, Matter.objects.get().number)
    bring(outside)
    kept = b"".join(path.read_bytes() for path in outside.files())
    for word in (ANSWER, "马六", Matter.objects.get().number, receipt):
        assert word.encode() not in kept
    for code in (other, "", "x", "0" * 17, receipt[:-1] + "?"):
        assert read(outside, code) is None
    stranger = Outside(tmp_path / "other", taking.setup())
    put(stranger, b"".join(answering.portions()))
    assert read(stranger, receipt) is None, "without the box's own secret a receipt alone opens nothing"


def test_nobody_sees_from_the_files_whose_answer_has_come(mine, outside, settings):
    settings.DEMO = True
    fetch(outside, mode="named", name="马六")
    fetch(outside, key="j" * 32, text="食堂夜班没有热饭", mode="named", name="马七")
    first = bring(outside)
    answer(mine, Matter.objects.get(title=SAID).number)
    second = bring(outside)
    assert len(first) == len(second)
    heads = [data.partition(b"\n")[0].partition(b'"batch"')[0] for data in (first, second)]
    assert heads[0] == heads[1], "the same names in the same order, of the same length"


@pytest.mark.parametrize("harm", ["cut", "flipped", "empty", "letters", "path", "huge", "text"])
def test_answers_that_are_not_whole_are_refused_and_those_before_stay(mine, outside, harm, settings):
    settings.DEMO = True
    receipt = fetch(outside)
    data = bring(outside)
    before = read(outside, receipt)
    slot = Receipt.objects.get().slot.encode()
    spoilt = {"cut": data[:-9], "flipped": data[:-1] + bytes([data[-1] ^ 1]), "empty": b"", "letters": outside.bundle(),
              "path": data.replace(slot, b"../../secrets/django".ljust(32, b"x")), "text": "答复".encode(),
              "huge": data.replace(b"\", 4177]", b"\", 1e30]")}[harm]
    with pytest.raises(UserError) as fault:
        put(outside, spoilt)
    assert fault.value.what == "没有装入答复" and read(outside, receipt) == before is not None


def test_what_was_cleared_goes_out_no_more(mine, outside, settings):
    settings.DEMO = True
    fetch(outside)
    receipts.erase([Receipt.objects.get().pk])
    assert Receipt.objects.get().slot == "" and not bytes(Receipt.objects.get().reply)
    (portion,) = answers.read(BytesIO(b"".join(answering.portions())))
    assert portion.last and portion.sizes == []


@pytest.mark.parametrize("back", [{}, {"slot": "../x", "reply": "04" * 65}, {"slot": "a" * 32, "reply": "00" * 65},
                                  {"slot": 7, "reply": ["x"]}])
def test_a_letter_that_names_no_fit_place_is_taken_and_answered_inside(back):
    assert taking._back(WORDS | back) == {"slot": "", "reply": b""}


def test_a_name_that_is_taken_is_not_taken_over(mine, outside, settings):
    settings.DEMO = True
    receipt = fetch(outside)
    slot, mine_key = Receipt.objects.get().slot, bytes(Receipt.objects.get().reply)
    with override_settings(DATA=outside.data):
        other = answers.lock(outside.drop(key="j" * 32, text="别的事")).public
    later = fetch(outside, key="i" * 32, text="又一件")
    receipts.send_outside(code=later, slot=slot, reply=other)
    assert bytes(Receipt.objects.get(slot=slot).reply) == mine_key and read(outside, receipt) is None
    assert KEY not in str(Receipt.objects.values_list("slot", flat=True))


def test_more_answers_than_a_portion_holds_come_in_portions_and_count_only_when_all_are_in(
        mine, outside, monkeypatch, settings):
    settings.DEMO = True
    monkeypatch.setattr(answers, "MOST", 2)
    receipts_of = [fetch(outside, key=f"{n}" * 32, text=f"第{n}件没有热水") for n in range(5)]
    bring(outside)
    before = [read(outside, code)["number"] for code in receipts_of]
    assert len(set(before)) == 5
    for number in Matter.objects.values_list("number", flat=True):
        answer(mine, number)
    portions = list(answers.read(BytesIO(b"".join(answering.portions()))))
    assert [len(one.sizes) for one in portions] == [2, 2, 1] and [one.part for one in portions] == [0, 1, 2]
    with outside.there():
        with pytest.raises(UserError):
            shelf.put(portions[1])  # the first has not come
        assert shelf.put(portions[0]) == shelf.put(portions[0]) == shelf.put(portions[1]) == 2
        assert not any(shelf.read(code)["messages"] for code in receipts_of), "the batch before is still read"
        assert shelf.put(portions[2]) == 1
        assert [shelf.read(code)["number"] for code in receipts_of] == before
        assert all(shelf.read(code)["messages"] for code in receipts_of)
    assert len(list(outside.data.glob("answers*"))) == 2, "the batch before is gone"


def test_many_answers_are_asked_for_at_once_and_counted_as_they_are_sealed(mine, outside):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert sum(1 for _portion in answering.portions(tell=told.append)) == 1
        return len(queries)

    told: list[int] = []
    fetch(outside)
    before = asked()
    for place in range(4):
        fetch(outside, key=f"{place}" * 32, text=f"{SAID}，第{place}栋")
    assert asked() == before, "a look for each letter is minutes for a mine's"
    assert told == [1, 5] and answering.total() == 5


def test_who_opened_the_identity_and_the_proof_of_the_ledger_are_read_outside(mine, outside, settings):
    settings.DEMO = True
    receipt = fetch(outside, mode="confidential", name="马六")
    bring(outside)
    assert (read(outside, receipt)["opened"], read(outside, receipt)["proof"]) == ([], ""), "nothing is sealed yet"
    number = Matter.objects.get().number
    said = Matter.objects.get().submissions.get().pk
    services.open_identity(scope=mine.scope("triage"), number=number, submission=said, reason="回访")
    record_speakers(clock.today())
    seal(clock.today())
    bring(outside)
    told = read(outside, receipt)
    held = proofs.read(told["proof"])
    assert (told["signed"], told["opened"]) == (True, ["信访办分办员"])
    assert number in held["body"] and "马六" not in told["proof"] and proofs.problems(held) == []
