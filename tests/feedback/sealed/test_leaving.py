"""An inspector leaves (监察员离任): the last who can read goes only once another can, and all are warned in time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from sangesan.feedback.sealed import queries, services
from sangesan.feedback.sealed.models import Key, SealedMatter
from sangesan.foundation import clock, hpke
from sangesan.foundation.errors import Conflict
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.notices.models import Notice
from sangesan.organization.people import services as people
from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.roster import services as roster
from sangesan.upkeep import doctor
from sangesan.upkeep.demo.holders import Holder, open_box
from tests.builders import small_mine
from tests.feedback.sealed.test_letters import wrote
from tests.organization.roster.workbooks import APPOINTMENTS, POSTS
from tests.sealing import founded
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("V4")]


@pytest.fixture
def box(noon):
    return founded(small_mine(), codes=("inspector",))


def post_of(box, code: str) -> Appointment:
    return Appointment.objects.get(person=box.mine.persons[code], post__role=Role.INSPECTOR.value)


def test_a_box_that_no_inspector_ever_had_a_key_to_is_not_in_use_yet(box):
    Key.objects.filter(kind=Key.INSPECTOR).update(state=Key.WAITING, active_day=None)
    assert "还没有启用" in Client().get("/discipline/").content.decode()


def end(box, code: str, **said) -> None:
    people.end_appointment(appointment=post_of(box, code), actor=SYSTEM, day=clock.today() + timedelta(days=5), **said)


def second_key(box) -> Holder:
    holder = Holder.new()
    key = services.ask(scope=box.scope("second"), **holder.sent(queries.mailbox().root))
    for signer, by, kind in (
        ("inspector", box.holders["inspector"], Key.INSPECTOR),
        ("inspector", box.paper, Key.PAPER),
    ):
        services.approve(
            scope=box.scope(signer),
            key=key.pk,
            by=Key.objects.get(kind=kind, state="active").pk,
            signature=by.sign(key),
        ) if key.state == Key.WAITING else None
    return holder


def test_the_last_who_can_read_leaves_neither_post_nor_mine_until_another_can(box):
    for go in (lambda: end(box, "inspector"), lambda: people.leave(person=box.mine.persons["inspector"], actor=SYSTEM)):
        with pytest.raises(Conflict, match="也要离任；他走了"):
            go()
    end(box, "second")  # has no key: the box loses nothing
    Appointment.objects.filter(person=box.mine.persons["second"]).update(until=None)
    second_key(box)
    end(box, "inspector")
    assert post_of(box, "inspector").until == clock.today() + timedelta(days=5)
    assert Notice.objects.filter(kind="sealed.reader_leaves").values_list("person__work_number").distinct().count() >= 2


def test_what_lies_in_the_box_changes_nothing_of_it(box):
    """Refused or not by who holds keys alone: else whoever appoints would learn of letters, and of whom they are."""
    second_key(box)
    wrote(about="纪委书记冯立言")  # only the first can read it
    end(box, "inspector")
    assert post_of(box, "inspector").until


def test_who_can_hand_nothing_over_any_more_goes_at_once_and_the_commission_lets_the_next_one_in(box):
    said = wrote()
    open_box(box.scope("inspector"), box.holders["inspector"], box.paper, said.number)
    people.end_appointment(appointment=post_of(box, "inspector"), actor=SYSTEM, regardless=True)
    assert not queries.ready() and not queries.readers().names
    told = Client().get("/discipline/").content.decode()
    assert "暂停收信" in told and "上级纪委用纸质钥匙同意" in told and "还没有启用" not in told
    room = signed_in(box.mine.persons["second"]).get("/w/discipline/").content.decode()
    assert "由上级纪委持纸质钥匙同意他的钥匙" in room
    holder = Holder.new()
    key = services.ask(scope=box.scope("second"), **holder.sent(queries.mailbox().root))
    assert key.founding
    services.approve(
        scope=box.scope("second"), key=key.pk, by=Key.objects.get(kind=Key.PAPER).pk, signature=box.paper.sign(key)
    )
    assert queries.ready() and not queries.visible(box.scope("second")).exists()
    assert "<textarea" in Client().get("/discipline/").content.decode()
    # whoever comes back for a day hands on what was left behind
    Appointment.objects.filter(person=box.mine.persons["inspector"]).update(until=None)
    matter = SealedMatter.objects.get(number=said.number)
    opened = box.holders["inspector"].open(matter, box.mine.persons["inspector"].pk)
    services.hand_on(
        scope=box.scope("inspector"),
        number=said.number,
        key=key.pk,
        sealed=hpke.seal(bytes(key.public), opened, info=f"sangesan key {said.number}"),
    )
    assert queries.visible(box.scope("second")).get().number == said.number


def test_page_and_check_up_warn_while_a_single_inspector_can_read_or_the_other_is_about_to_go(box):
    def told():
        found = next(one for one in doctor.examine() if one.word == "信箱钥匙")
        page = signed_in(box.mine.persons["inspector"]).get("/w/discipline/keys/").content.decode()
        assert found.well is ("长期在任的不到两位" not in page)
        return found

    assert not told().well and "1 位" in told().said
    second_key(box)
    assert told().well
    end(box, "second")
    assert not told().well and "冯立言 2026-11-29 离任" in told().said


def test_the_reader_alone_is_told_how_many_letters_nobody_else_can_open(box):
    second_key(box)
    wrote(about="纪委书记冯立言"), wrote()
    pages = [
        signed_in(box.mine.persons[code]).get("/w/discipline/keys/").content.decode()
        for code in ("inspector", "second", "auditor")
        if code in box.mine.persons
    ]
    assert "有 1 件来信，在任的人里只有您能打开" in pages[0]
    assert all("只有您能打开" not in page for page in pages[1:])
    assert "有 1 件来信" in signed_in(box.mine.persons["inspector"]).get("/w/discipline/").content.decode()


def test_the_page_asks_whether_to_wait_only_where_a_key_may_be_handed_over(box):
    admin = signed_in(box.mine.persons["admin"])
    page = admin.get(f"/w/organization/people/{box.mine.persons['inspector'].work_number}/leave/")
    assert "不等交接" in page.content.decode()
    refused = admin.post(page.request["PATH_INFO"], {"day": str(clock.today())})
    assert refused.status_code == 422 and "也要离任；他走了" in refused.content.decode()
    other = admin.get(f"/w/organization/people/{box.mine.persons['handler'].work_number}/leave/")
    assert other.status_code == 200 and "不等交接" not in other.content.decode()


def test_whoever_is_to_go_at_a_later_day_stands_in_for_nobody(box):
    second_key(box)
    end(box, "second")
    with pytest.raises(Conflict, match="也要离任"):
        people.end_appointment(appointment=post_of(box, "inspector"), actor=SYSTEM, day=clock.today())
    people.end_appointment(appointment=post_of(box, "second"), actor=SYSTEM, day=clock.today() + timedelta(days=1))
    assert post_of(box, "second").until == clock.today() + timedelta(days=1), "the other stays"


def imported(**sheets):
    return roster.take_tables(tables=sheets, actor=SYSTEM)


def test_one_workbook_ends_not_all_readers_at_once_and_makes_their_posts_nothing_else(box):
    second_key(box)
    held, week = [post_of(box, code) for code in ("inspector", "second")], clock.today() + timedelta(days=7)
    rows = [[row.person.work_number, row.post.code, "专任", row.since, week] for row in held]
    posts = [[row.post.code, row.post.title, row.post.unit.code, "承办人"] for row in held]
    with pytest.raises(Conflict, match="也要离任"):
        imported(任职=[APPOINTMENTS[0], *rows])
    with pytest.raises(Conflict, match="也要离任"):
        imported(岗位=[POSTS[0][:4], *posts])
    assert not Appointment.objects.filter(pk__in=[row.pk for row in held]).exclude(until=None).exists()
    imported(任职=[APPOINTMENTS[0], rows[0]])
    Notice.objects.all().delete()
    imported(任职=[APPOINTMENTS[0], [*rows[0][:4], week + timedelta(days=7)]])
    assert not Notice.objects.filter(kind="sealed.reader_leaves").exists(), "nobody leaves by it"
    assert post_of(box, "inspector").until == week + timedelta(days=7), "longer than was said is no leaving"


@pytest.mark.parametrize("sheet", ["任职", "延期", "岗位"])
def test_undoing_a_workbook_takes_no_last_reader_away_either(box, sheet):
    """The one who had read before is on the way out, relying on whom the workbook had brought."""
    row, today = post_of(box, "second"), clock.today()
    held = [row.person.work_number, row.post.code, "专任", row.since]
    post = [row.post.code, row.post.title, row.post.unit.code, "纪检监察员"]
    if sheet == "任职":
        row.delete()
        held[3] = today
    elif sheet == "延期":
        Appointment.objects.filter(pk=row.pk).update(until=today + timedelta(days=2))
    else:
        Post.objects.filter(pk=row.post_id).update(role=Role.HANDLER.value)
    until = today + timedelta(days=900) if sheet == "延期" else ""
    batch = imported(岗位=[POSTS[0][:4], post]) if sheet == "岗位" else imported(
        任职=[APPOINTMENTS[0], [*held, until]])
    second_key(box)
    Appointment.objects.filter(pk=post_of(box, "inspector").pk).update(until=today + timedelta(days=5))
    stood = post_of(box, "second").until
    with pytest.raises(Conflict, match="也要离任"):
        roster.undo(batch=batch, actor=SYSTEM)
    assert post_of(box, "second").until == stood
    Appointment.objects.filter(pk=post_of(box, "inspector").pk).update(until=None)
    roster.undo(batch=batch, actor=SYSTEM)  # somebody reads on
    assert not Appointment.objects.filter(person=box.mine.persons["second"], until=stood,
                                          post__role=Role.INSPECTOR.value).exists()


def test_a_post_that_two_readers_share_is_made_nothing_else(box):
    """Each was asked about as if the other read on."""
    second_key(box)
    first, other = post_of(box, "inspector"), post_of(box, "second")
    Appointment.objects.filter(pk=other.pk).update(post=first.post)
    rows = [[first.post.code, first.post.title, first.post.unit.code, "承办人"]]
    with pytest.raises(Conflict, match="也要离任"):
        imported(岗位=[POSTS[0][:4], *rows])
    Post.objects.filter(pk=first.post_id).update(role=Role.HANDLER.value)
    batch = imported(岗位=[POSTS[0][:4], [*rows[0][:3], "纪检监察员"]])
    with pytest.raises(Conflict, match="也要离任"):
        roster.undo(batch=batch, actor=SYSTEM)
    assert Post.objects.get(pk=first.post_id).role == Role.INSPECTOR.value


@pytest.mark.parametrize("way", ["免职", "离矿"])
def test_the_page_lets_one_of_two_go_only_when_it_was_said_that_one_alone_stays(box, way):
    second_key(box)
    row, admin = post_of(box, "second"), signed_in(box.mine.persons["admin"])
    path = f"/w/organization/people/{row.person.work_number}/leave/" if way == "离矿" else (
        f"/w/organization/appointments/{row.pk}/end/")
    assert "只剩一位也办" in admin.get(path).content.decode()
    day = clock.today() + timedelta(days=3)
    pages = []
    for letters in range(2):  # what lies in the box changes nothing of what is said
        refused = admin.post(path, {"day": str(day)})
        assert refused.status_code == 422 and "监察员不到两位" in refused.content.decode()
        assert "先任命接任的监察员" in refused.content.decode()
        pages.append(refused.content.decode().count("信"))
        wrote() if not letters else None
    assert pages[0] == pages[1]
    assert post_of(box, "second").until is None and not Notice.objects.filter(kind="sealed.reader_leaves").exists()
    assert admin.post(path, {"day": str(day), "single": "on"}).status_code == 302
    assert post_of(box, "second").until == day and Notice.objects.filter(kind="sealed.reader_leaves").exists()
    sooner = day - timedelta(days=1)  # a day brought forward takes nobody away who was to stay
    people.end_appointment(appointment=post_of(box, "second"), actor=SYSTEM, day=sooner, single=False)
    assert post_of(box, "second").until == sooner
