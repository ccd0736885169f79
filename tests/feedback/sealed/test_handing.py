"""Letters are handed on to whoever came later (补发): by those who can open them, and never to whom they are about."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.feedback.sealed import queries, services
from sangesan.feedback.sealed.models import Key, SealedMatter, Wrap
from sangesan.feedback.sealed.services import reading
from sangesan.foundation import clock, hpke
from sangesan.foundation.errors import NotFound, UserError
from sangesan.ledger.audit.models import AuditEntry
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.organization.people.models import Appointment
from sangesan.upkeep.demo.holders import Holder, open_box
from tests.builders import person, post, small_mine
from tests.feedback.sealed.test_letters import MARK, wrote
from tests.sealing import founded
from tests.signing import signed_in

pytestmark = pytest.mark.django_db


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


def newcomer(box, later: bool = True) -> Key:
    """Appoint somebody who did not inspect when the letters came (后到的监察员), or was entered only then."""
    who = box.mine.persons["third"] = person("1023", "卫新", box.mine.units["QSL"])
    box.mine.posts["third"] = post("third", "纪检监察员", box.mine.units["QSL"], Role.INSPECTOR, who)
    if later:  # the letters are of the day before
        SealedMatter.objects.update(day=clock.today() - timedelta(days=1))
        Appointment.objects.filter(person=who).update(since=clock.today())
    return let_in(box, "third")


def share_of(box, said, key: Key) -> bytes:
    """Return what the browser of the one who has the share makes of it (转封份额)."""
    wrap = Wrap.objects.get(matter__number=said.number, key__person=box.mine.persons["inspector"])
    info = f"sangesan share {said.number}"
    bare = hpke.unseal(box.holders["inspector"].secret, bytes(wrap.sealed), info=info)
    return hpke.seal(bytes(key.public), bare, info=info)


def hand(box, said, key: Key, sealed: bytes, *, share: bool) -> None:
    services.hand_on(scope=box.scope("inspector"), number=said.number, key=key.pk, sealed=sealed, share=share)


def told(said) -> list[str]:
    return [fact.content["unit"] for fact in history(f"discipline/{said.number}") if fact.kind == "sealed.handed_on"]


def test_of_an_unopened_letter_the_share_is_handed_on_and_the_paper_key_is_needed_as_before(box):
    said = wrote()
    key = let_in(box)
    assert [one.keys[0].key.pk for one in queries.missing(box.scope("inspector"))] == [key.pk]
    hand(box, said, key, share_of(box, said, key), share=True)
    assert told(said) == ["QSL/"] and not queries.missing(box.scope("inspector"))
    assert not queries.alone(box.scope("inspector"))
    opened = open_box(box.scope("second"), box.holders["second"], box.paper, said.number)
    matter = SealedMatter.objects.get(number=said.number)
    assert box.holders["inspector"].open(matter, box.mine.persons["inspector"].pk) == opened


def test_a_share_is_worth_nothing_to_an_opened_letter_and_a_key_nothing_to_a_closed_one(box):
    said, key = wrote(), let_in(box)
    sealed = share_of(box, said, key)
    with pytest.raises(UserError, match="没有补发"):
        hand(box, said, key, sealed, share=False)
    open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    with pytest.raises(UserError, match="没有补发"):
        hand(box, said, key, sealed, share=True)
    assert not Wrap.objects.filter(key=key).exists() and not told(said)


def test_an_unopened_letter_goes_to_nobody_who_came_to_inspect_after_it(box):
    said, key = wrote("卫新收了材料商的钱"), newcomer(box)
    assert not queries.missing(box.scope("inspector"))
    with pytest.raises(UserError, match="没有补发"):
        hand(box, said, key, share_of(box, said, key), share=True)
    open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    assert [one.keys[0].key.pk for one in queries.missing(box.scope("inspector"))] == [key.pk], "now it can be read"


def test_whom_the_speaker_names_in_a_later_word_gets_no_key_either(box):
    said = wrote()
    services.add(code=said.receipt, text="冯立言也拿了")
    key = let_in(box)
    assert not queries.missing(box.scope("inspector"))
    opened = open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    assert not queries.missing(box.scope("inspector"))
    with pytest.raises(UserError, match="没有补发"):
        hand(box, said, key, hpke.seal(bytes(key.public), opened, info=f"sangesan key {said.number}"), share=False)


def test_a_browser_is_given_what_it_needs_in_portions_and_reading_is_noted_first(box, monkeypatch):
    monkeypatch.setattr(reading, "PORTION", 2)
    letters = sorted(wrote(f"{MARK}{n}").number for n in range(3))
    for number in letters[1:]:
        open_box(box.scope("inspector"), box.holders["inspector"], box.paper, number)
    key = let_in(box)
    client, seen, after = signed_in(box.mine.persons["inspector"]), [], ""
    for left in (3, 1, 0):
        said = client.post("/w/discipline/lacking/", {"after": after}, "application/json").json()
        assert said["left"] == left and len(said["letters"]) <= 2
        seen += said["letters"]
        after = seen[-1]["number"]
    assert [one["number"] for one in seen] == letters and {one["places"][0] for one in seen} == {key.place}
    assert [one["share"] for one in seen] == [True, False, False] and "head" not in seen[0] and seen[1]["head"]
    noted = AuditEntry.objects.filter(event="discipline.checked").order_by("pk").values_list("subject", flat=True)
    assert list(noted) == [f"discipline/{number}" for number in letters[1:]]


def test_nobody_else_is_given_anything_to_hand_on(box):
    said = wrote()
    let_in(box)
    for code in ("second", "leader", "admin"):
        answer = signed_in(box.mine.persons[code]).post("/w/discipline/lacking/", {"after": ""}, "application/json")
        assert said.number not in answer.content.decode()
    with pytest.raises(NotFound):
        services.hand_on(scope=box.scope("second"), number=said.number, key=1, sealed=b"")


def test_those_who_leave_and_whoever_lets_them_are_told_what_is_handed_on_and_what_is_not(box):
    said = wrote(removed={box.mine.persons["second"].pk})
    let_in(box)
    page = signed_in(box.mine.persons["inspector"]).get("/w/discipline/").content.decode()
    assert "有 1 件来信，在任的人里只有您能打开" in page and "您走后一直封着" in page and said.number in page
    leave = f"/w/organization/people/{box.mine.persons['inspector'].work_number}/leave/"
    form = signed_in(box.mine.persons["admin"]).get(leave).content.decode()
    assert "走以前解锁一次纪检监察信箱" in form and "由他办结再走" in form
