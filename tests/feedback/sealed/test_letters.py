"""Letters to the discipline mailbox (纪检来信): closed in memory, opened with two keys, for nobody else."""

from __future__ import annotations

import json
from secrets import token_hex

import pytest
from cryptography.exceptions import InvalidTag
from django.urls import reverse

from sangesan.feedback.sealed import queries, services
from sangesan.feedback.sealed.envelopes import to_room, to_speaker
from sangesan.feedback.sealed.models import Key, SealedMatter, Wrap
from sangesan.feedback.sealed.services import GoesUp
from sangesan.foundation import clock, hpke
from sangesan.foundation.errors import Conflict, NotFound, UserError
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.organization.notices.models import Notice
from sangesan.organization.people.models import Appointment, Post
from sangesan.upkeep.demo.holders import Holder, open_box, read
from tests.at_once import together
from tests.builders import START, hire, small_mine
from tests.sealing import founded

pytestmark = pytest.mark.django_db
MARK = "材料采购收回扣记号九九"


@pytest.fixture
def box(noon):
    return founded(small_mine())


def wrote(text=MARK, **parts):
    return services.receive(text=text, key=parts.pop("key", "") or token_hex(16), **parts)


@pytest.mark.chapter("V4")
def test_a_letter_opens_with_two_keys_and_with_neither_alone(box):
    said = wrote(about="掘进材料员", name="马六")
    matter = SealedMatter.objects.get(number=said.number)
    person = box.mine.persons["inspector"].pk
    for mine, paper in ((Holder.new(), box.paper), (box.holders["inspector"], Holder.new())):
        with pytest.raises((InvalidTag, TypeError)):
            read(matter, mine.open(matter, person, paper))
    key = open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    letter = json.loads(read(matter, key))
    assert (letter["text"], letter["about"], letter["name"]) == (MARK, "掘进材料员", "马六")
    matter.refresh_from_db()
    assert matter.state == "opened" and not matter.wraps.filter(share=True).exists()
    assert box.holders["second"].open(matter, box.mine.persons["second"].pk) == key


@pytest.mark.chapter("V4")
def test_whom_a_letter_means_never_gets_a_key_whatever_they_become(box):
    said = wrote(about="队长张大力")
    chief = box.mine.persons["chief"]
    Appointment.objects.filter(person=chief).update(until=clock.today())
    Appointment.objects.create(person=chief, post=box.mine.posts["inspector"], kind="acting", since=START)
    holder = Holder.new()
    key = services.ask(scope=box.scope("chief"), **holder.sent())
    for code in ("inspector", "second"):
        signer = Key.objects.get(person=box.mine.persons[code])
        services.approve(scope=box.scope(code), key=key.pk, by=signer.pk, signature=box.holders[code].sign(key))
    opened = open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    assert not queries.missing(box.scope("inspector"))
    with pytest.raises(UserError, match="没有补发"):
        services.hand_on(scope=box.scope("inspector"), number=said.number, key=key.pk,
                         sealed=hpke.seal(bytes(key.public), opened, info="x"))
    assert not queries.visible(box.scope("chief")).exists()
    with pytest.raises(NotFound):
        queries.letter_for(box.scope("chief"), said.number)
    other = wrote("另一件事", about="")
    assert queries.visible(box.scope("chief")).get().number == other.number


@pytest.mark.chapter("V4")
def test_who_opened_a_letter_stands_at_the_letter_for_those_who_hold_it(box):
    said = wrote()
    open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    for code, before in (("second", ""), ("second", "冯立言 1 次"), ("inspector", "冯立言 2 次")):
        assert services.taken_out(scope=box.scope(code), number=said.number)["readers"] == before
    assert services.taken_out(scope=box.scope("second"), number=said.number)["readers"] == "冯立言 2 次、钱守正 1 次"


@pytest.mark.engine("postgresql")  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_of_two_who_hand_a_letter_on_at_once_one_does_and_nobody_meets_a_fault(box):
    hire(box.mine, "third", "纪检监察员", "QSL", Role.INSPECTOR, "1023")
    holder, letters = Holder.new(), [wrote(f"{MARK}{turn}").number for turn in range(5)]
    key = services.ask(scope=box.scope("third"), **holder.sent())
    opened = {one: open_box(box.scope("inspector"), box.holders["inspector"], box.paper, one) for one in letters}
    for code in ("inspector", "second"):
        signer = Key.objects.get(person=box.mine.persons[code])
        services.approve(scope=box.scope(code), key=key.pk, by=signer.pk, signature=box.holders[code].sign(key))
    for one, bare in opened.items():
        found = together(*(lambda c=code, n=one, b=bare: services.hand_on(
            scope=box.scope(c), number=n, key=key.pk, sealed=hpke.seal(bytes(key.public), b, info="x"))
            for code in ("inspector", "second")))
        assert all(f is None or isinstance(f, UserError) for f in found), found
        assert Wrap.objects.filter(matter__number=one, key=key).count() == 1
    assert Notice.objects.filter(person=box.mine.persons["third"], kind="sealed.received").count() == len(letters)


@pytest.mark.chapter("V4")
def test_an_inspector_whom_the_speaker_leaves_out_or_means_gets_nothing(box):
    wrote(removed={box.mine.persons["second"].pk})
    wrote(about="纪委书记冯立言")
    assert SealedMatter.objects.count() == 2
    assert not queries.visible(box.scope("second")).exists()
    assert not Wrap.objects.filter(key__person=box.mine.persons["second"]).exists()
    assert not Notice.objects.filter(person=box.mine.persons["second"], kind="sealed.received").exists()
    assert queries.visible(box.scope("inspector")).count() == 2


@pytest.mark.chapter("V4")
def test_whom_a_letter_only_names_gets_nothing_now_or_later_though_nobody_said_whom_it_is_about(box):
    said = wrote("冯立言收了钱，张大力也在场")
    assert not queries.visible(box.scope("second")).exists() and queries.visible(box.scope("inspector")).exists()
    matter = SealedMatter.objects.get(number=said.number)
    assert not queries.room.allowed(matter, box.mine.persons["chief"].pk)
    assert queries.room.allowed(matter, box.mine.persons["triage"].pk)
    later = SealedMatter.objects.get(number=wrote("纪委书记您好，综采一队的书记吃拿卡要").number)
    assert not queries.room.allowed(later, box.mine.persons["secretary"].pk)
    assert queries.visible(box.scope("second")).get() == later
    with pytest.raises(GoesUp, match="需要回避"):
        wrote("冯立言和钱守正都收了钱")
    assert SealedMatter.objects.count() == 2


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("parts", [
    {"about": "冯 立·言"}, {"about": "冯书记"}, {"text": "冯·立 言收了钱"}, {"text": "冯书记收了钱"},
    {"text": "立言书记收了钱"}, {"text": "姓冯的书记收了钱"},
])
def test_however_an_inspector_is_spelled_or_called_he_gets_no_key_to_a_letter_that_names_him(box, parts):
    wrote(**parts)
    assert not queries.visible(box.scope("second")).exists() and queries.visible(box.scope("inspector")).exists()


def test_an_inspector_who_is_addressed_reads_the_letter(box):
    wrote("尊敬的冯书记，您好：材料采购收回扣")
    assert queries.visible(box.scope("second")).exists()


@pytest.mark.chapter("V4")
@pytest.mark.parametrize("text", ["钱守正也收了钱", "矿长也收了钱"])
def test_a_later_word_about_whoever_would_read_it_is_given_back(box, text):
    said = wrote()
    with pytest.raises(UserError):
        services.add(code=said.receipt, text=text)
    assert not SealedMatter.objects.get().messages.exists()
    services.add(code=said.receipt, text="矿长不知情", not_upper=True)
    assert SealedMatter.objects.get().messages.count() == 1


@pytest.mark.parametrize("parts", [
    {"upper": True}, {"about": "矿长"}, {"about": "王安民"}, {"text": "王安民收了两条烟"},
    {"text": "我们矿长收了两条烟"}, {"text": "王·安 民收了烟"}, {"about": "王矿"}, {"text": "安民矿长收了烟"},
])
def test_what_concerns_a_leader_managed_above_is_not_stored(box, parts):
    with pytest.raises(GoesUp):
        wrote(**parts)
    assert not SealedMatter.objects.exists()


def test_a_leader_who_is_only_named_stops_nothing_once_the_speaker_says_so(box):
    assert wrote("这事跟矿长说过，没人管", not_upper=True).number
    assert wrote("生产副矿长知道这事").number


def test_what_was_answered_of_a_leader_stays_while_something_else_is_put_right(box, client):
    said = {"key": token_hex(16), "text": "这事跟矿长说过，没人管", "mode": "named", "not_upper": "on"}
    page = client.post(reverse("intake:discipline"), said)
    assert page.status_code == 422 and 'name="not_upper"' in page.content.decode()
    assert client.post(reverse("intake:discipline"), said | {"name": "马六"}).status_code == 200


def test_the_discipline_page_does_not_point_to_itself_as_the_next_step(box, client):
    said = {"key": token_hex(16), "text": "这事跟矿长说过，没人管", "mode": "anonymous"}
    page = client.post(reverse("intake:discipline"), said).content.decode()
    assert "请勾选“反映的不是他”" in page and "到公开的“纪检监察信箱”" not in page


def test_when_every_inspector_is_meant_nothing_is_stored(box):
    with pytest.raises(GoesUp) as said:
        wrote(about="钱守正、冯立言")
    assert said.value.code == "nobody" and not SealedMatter.objects.exists()


def test_the_same_letter_sent_twice_is_one_and_another_under_its_key_is_refused(box):
    key = token_hex(16)
    first, again = wrote(key=key), wrote(key=key)
    assert (first.number, first.receipt, again.fresh) == (again.number, again.receipt, False)
    with pytest.raises(Conflict):
        wrote("别的话", key=key)
    assert SealedMatter.objects.count() == 1


def test_letters_of_one_size_class_look_alike(box):
    wrote("短"), wrote("长" * 2_000)
    assert len({len(m.head) for m in SealedMatter.objects.all()}) == 1


@pytest.mark.parametrize("bad", [{"text": ""}, {"text": "字" * 10_001}, {"text": "a\x00"}, {"about": "字" * 201},
                                 {"documents": [b"%PDF-1"]}, {"name": "马六", "documents": [b"MZ"]},
                                 {"photos": [b"x"]}, {"key": "short"}])
def test_what_cannot_be_kept_is_refused_and_nothing_is_stored(box, bad):
    with pytest.raises(UserError):
        wrote(**bad)
    assert not SealedMatter.objects.exists()


@pytest.mark.chapter("V3")
def test_the_answer_reaches_the_speaker_by_receipt_and_nobody_by_the_database(box):
    said = wrote(name="马六")
    open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    answered(box, said.number, "take_up", "已受理，由专人核查")
    services.add(code=said.receipt, text="又想起一笔")
    heard = queries.heard(said.receipt)
    assert [(m.mine, m.text) for m in heard.messages] == [(False, "已受理，由专人核查"), (True, "")]
    assert queries.heard("0123-4567-89AB-CDEF-8") is None
    answered(box, said.number, "close"), answered(box, said.number, "tell", "查实，已处理")
    kinds = [(f.kind, f.unit) for f in history(f"discipline/{said.number}")]
    assert kinds == [("sealed.opened", "QSL/"), ("sealed.taken_up", "QSL/"), ("sealed.closed", "QSL/"),
                     ("sealed.told", "QSL/")]
    with pytest.raises(Conflict):
        answered(box, said.number, "tell", "再说一遍")


def answered(box, number, action, text=""):
    matter = SealedMatter.objects.get(number=number)
    words = {"for_room": to_room(number, bytes(matter.room), text),
             "for_speaker": to_speaker(number, bytes(matter.reply), text)} if text else {}
    return services.step(scope=box.scope("inspector"), number=number, action=action, **words)


def test_steps_follow_their_order_and_need_sealed_words(box):
    said = wrote()
    for action in ("take_up", "close", "tell", "reply", "open", "nonsense"):
        with pytest.raises(Conflict):
            answered(box, said.number, action, "话")
    open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    with pytest.raises(UserError, match="封好的文字"):
        services.step(scope=box.scope("inspector"), number=said.number, action="take_up", for_room=b"clear words")
    with pytest.raises(Conflict, match="已经开过箱"):
        services.open_letter(scope=box.scope("inspector"), number=said.number, wraps={})


def test_a_named_accusation_has_its_clocks_and_lateness_is_recorded_once(box):
    named, plain = wrote(name="马六"), wrote()
    assert str(SealedMatter.objects.get(number=named.number).accept_due) == "2026-12-15"
    late = clock.today().replace(month=12, day=20)
    assert services.record_overdue(late) == 1 and services.record_overdue(late) == 0
    assert SealedMatter.objects.get(number=plain.number).accept_due is None


def test_the_ledger_hears_of_a_letter_at_night_and_learns_nothing_but_the_office(box):
    said = wrote(name="马六")
    assert services.record_speakers(clock.today()) == 1 and services.record_speakers(clock.today()) == 0
    fact = history(f"discipline/{said.number}")[0]
    assert {k: v for k, v in fact.content.items() if v not in ("", 0, 1)} == {
        "kind": "sealed.received", "occurred_at": "2026-11-24", "recorded_at": "2026-11-24", "actor": "speaker",
        "subject": f"discipline/{said.number}", "unit": "QSL/"}


@pytest.mark.chapter("V4")
def test_the_office_of_a_letter_says_nothing_of_whom_it_is_about(box):
    """Inspectors of two offices: the ledger names the same one, whoever of them a letter is kept from."""
    Post.objects.filter(pk=box.mine.posts["second"].pk).update(unit=box.mine.units["DW"])
    for about in ("", "纪检监察员钱守正", "纪委书记冯立言"):
        wrote(about=about)
    assert SealedMatter.objects.order_by().values_list("office").distinct().count() == 1
