"""Letters are handed on to whoever came later (补发): by who has read them, never to whom they are about."""

from __future__ import annotations

import pytest

from sangesan.feedback.sealed import queries, services
from sangesan.feedback.sealed.models import Key, Wrap
from sangesan.foundation import hpke
from sangesan.foundation.errors import NotFound, UserError
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.upkeep.demo.holders import Holder, open_box
from tests.builders import person, post, small_mine
from tests.feedback.sealed.test_letters import wrote
from tests.sealing import founded
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4")]


@pytest.fixture
def box(noon):
    return founded(small_mine(), codes=("inspector",))


def let_in(box, code="second") -> Key:
    """Give an inspector a key that came after the letters (后来的钥匙)."""
    box.holders[code] = Holder.new()
    key = services.ask(scope=box.scope(code), **box.holders[code].sent(queries.mailbox().root))
    for kind, signer in ((Key.INSPECTOR, box.holders["inspector"]), (Key.PAPER, box.paper)):
        by = Key.objects.filter(kind=kind, state="active").order_by("place").first()
        services.approve(scope=box.scope("inspector"), key=key.pk, by=by.pk, signature=signer.sign(key))
    return key


def hand(box, said, key: Key, opened: bytes) -> None:
    sealed = hpke.seal(bytes(key.public), opened, info=f"sangesan key {said.number}")
    services.hand_on(scope=box.scope("inspector"), number=said.number, key=key.pk, sealed=sealed)


def told(said) -> list[str]:
    return [fact.content["unit"] for fact in history(f"discipline/{said.number}") if fact.kind == "sealed.handed_on"]


def test_an_opened_letter_is_handed_on_with_a_word_in_the_ledger(box):
    said, key = wrote(), let_in(box)
    opened = open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    assert [one.keys[0].key.pk for one in queries.missing(box.scope("inspector"))] == [key.pk]
    hand(box, said, key, opened)
    assert told(said) == ["QSL/"] and not queries.missing(box.scope("inspector"))
    assert not queries.alone(box.scope("inspector"))


@pytest.mark.parametrize("words", ["卫新收了材料商的钱", "听说要来的卫书记也有一份", "还没有开箱的信"])
def test_an_unopened_letter_goes_to_nobody_who_lacks_it_for_nobody_can_look_whom_it_is_about(box, words):
    said = wrote(words)
    who = box.mine.persons["third"] = person("1023", "卫新", box.mine.units["QSL"])  # entered after it, the same day
    post("third", "纪检监察员", box.mine.units["QSL"], Role.INSPECTOR, who)
    for key in (let_in(box, "third"), let_in(box)):
        with pytest.raises(UserError, match="没有补发"):
            hand(box, said, key, bytes(16))
        assert not Wrap.objects.filter(key=key).exists()
    assert not queries.missing(box.scope("inspector")) and not told(said)
    open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    assert len(queries.missing(box.scope("inspector"))[0].keys) == 2, "now it can be read"


def test_whom_the_speaker_names_in_a_later_word_gets_no_key_either(box):
    said = wrote()
    services.add(code=said.receipt, text="冯立言也拿了")
    key = let_in(box)
    opened = open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    assert not queries.missing(box.scope("inspector"))
    with pytest.raises(UserError, match="没有补发"):
        hand(box, said, key, opened)
    assert not told(said)


def test_nobody_hands_on_what_they_can_not_open(box):
    said, key = wrote(), let_in(box)
    open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    for code in ("second", "leader", "admin"):
        with pytest.raises(NotFound):
            services.hand_on(scope=box.scope(code), number=said.number, key=key.pk, sealed=bytes(81))


def test_those_who_leave_and_whoever_lets_them_are_told_what_stays_closed(box):
    said = wrote(removed={box.mine.persons["second"].pk})
    let_in(box)
    page = signed_in(box.mine.persons["inspector"]).get("/w/discipline/").content.decode()
    assert "有 1 件来信，在任的人里只有您能打开" in page and "您走后一直封着" in page and said.number in page
    leave = f"/w/organization/people/{box.mine.persons['inspector'].work_number}/leave/"
    form = signed_in(box.mine.persons["admin"]).get(leave).content.decode()
    assert "把来信补发给接任的人" in form and "由他办结再走" in form
