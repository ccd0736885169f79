"""Many copies at once: made in the background piece by piece, with what their person may read, and only for them."""

import io
from datetime import date, timedelta
from zipfile import ZipFile

import pypdfium2
import pytest
from django.conf import settings
from python_calamine import CalamineWorkbook

from sangesan.appraisal.handbooks import queries, services
from sangesan.appraisal.handbooks.models import Order, Piece
from sangesan.appraisal.handbooks.services import making, pieces
from sangesan.appraisal.rules import library
from sangesan.appraisal.rules import services as rules
from sangesan.foundation import clock, door
from sangesan.foundation.errors import NotFound, UserError
from sangesan.ledger.audit.models import AuditEntry
from sangesan.ledger.facts.services import seal
from sangesan.method.authority import Role
from sangesan.organization.people.models import Appointment, Person
from sangesan.organization.units.models import Unit
from sangesan.upkeep.timetable import TIMETABLE
from tests.appraisal.handbooks.test_books import held
from tests.builders import START, Coverage, post, small_mine, unit
from tests.facts import answered
from tests.files import jpeg as photo
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("S3a")]
YEAR = 2026


@pytest.fixture
def mine(noon):
    mine = small_mine()
    mine.units["ZB2"] = unit("ZB2", "综采二队党支部", "branch", mine.units["DW"], "party")
    Coverage.objects.create(branch=mine.units["ZB2"], unit=mine.units["ZC2"], since=START)
    return mine


def ordered(mine, who="cadre", kind="set", **more):
    return services.order(scope=mine.scope(who), kind=kind, year=YEAR, **more)


def made(order):
    while services.make():
        pass
    order.refresh_from_db()
    return order


def inside(mine, order, who="cadre"):
    _order, path = services.fetch(scope=mine.scope(who), number=order.number)
    return ZipFile(path)


def words(content):
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def test_a_set_holds_every_book_of_every_branch_within_reach(mine):
    order = made(ordered(mine))
    names = inside(mine, order).namelist()
    assert len(names) == 6 and order.state == Order.State.DONE and order.size > 10_000
    folder = "2026年度三册·2个支部"
    assert f"{folder}/综采一队党支部/1 党支部工作手册.pdf" in names
    assert f"{folder}/综采二队党支部/3 基层车间工会手册.pdf" in names
    assert "综采二队党支部" in words(inside(mine, order).read(f"{folder}/综采二队党支部/2 廉洁效能工作手册.pdf"))
    one = made(ordered(mine, "secretary", slug="union"))
    assert [name.split("/")[1:] for name in inside(mine, one, "secretary").namelist()] == [
        ["综采一队党支部", "3 基层车间工会手册.pdf"]]


def test_branches_of_one_name_keep_their_books_apart_and_no_name_leads_out_of_the_folder(mine):
    unit("ZB9", "综采一队党支部", "branch", mine.units["DW"], "party")
    first, second = ordered(mine, code="ZB1", slug="union"), ordered(mine, code="ZB9", slug="union")
    assert first != second and second.pieces.get().unit.code == "ZB9", "alike in words, not the same books"
    names = inside(mine, made(ordered(mine))).namelist()
    assert len(set(names)) == len(names) == 9
    assert {name.split("/")[1] for name in names} == {"综采一队党支部 ZB1", "综采一队党支部 ZB9", "综采二队党支部"}
    Unit.objects.filter(code="ZB2").update(name="../../综采/二队" + "党" * 60)
    odd = inside(mine, made(ordered(mine, code="ZB2"))).namelist()
    assert all(name.count("/") == 2 and ".." not in name.split("/") for name in odd), odd


def test_two_hands_that_bind_at_once_leave_one_whole_package(mine, monkeypatch):
    order, work = ordered(mine, slug="union"), making._zip

    def also_bound_by_another(*parts):
        monkeypatch.setattr(making, "_zip", work)
        making._bind(order)
        work(*parts)

    monkeypatch.setattr(making, "_zip", also_bound_by_another)
    package = inside(mine, made(order))
    assert package.testzip() is None and len(package.namelist()) == 2
    assert [path.name for path in queries.file_of(order).parent.iterdir()] == ["all.zip"]


def test_a_piece_that_fells_whoever_makes_it_is_given_up(mine, monkeypatch):
    def falls(_scope, _piece):
        raise KeyboardInterrupt

    order = ordered(mine, "secretary", slug="union")
    monkeypatch.setattr(pieces, "made", falls)
    for turn in range(making.TRIES + 1):
        with clock.at(clock.now() + (making.STALE + timedelta(seconds=1)) * turn):
            try:
                services.make()
            except KeyboardInterrupt:
                assert turn < making.TRIES
    order.refresh_from_db()
    assert order.state == Order.State.FAILED and order.pieces.get().tries == making.TRIES


def test_a_party_branch_keeps_all_three_books_a_workshop_union_its_own_and_a_youth_branch_none(mine):
    for code, line in (("GH1", "union"), ("TZ1", "youth")):
        mine.units[code] = unit(code, f"综采一队{line}", "branch", mine.units["DW"], line)
        Coverage.objects.create(branch=mine.units[code], unit=mine.units["ZC1"], since=START)
    assert {one.code for one in queries.branches(mine.scope("cadre"))} == {"ZB1", "ZB2", "GH1"}
    assert queries.book_for(mine.scope("cadre"), "GH1", "union", YEAR).unit.code == "GH1"
    for code, slug in (("GH1", "branch"), ("GH1", "integrity"), ("TZ1", "union"), ("TZ1", "branch")):
        with pytest.raises(NotFound):
            queries.book_for(mine.scope("cadre"), code, slug, YEAR)
    assert ordered(mine).pieces.count() == 7 and ordered(mine, slug="branch").pieces.count() == 2
    folder = made(ordered(mine, kind="inspection", code="GH1"))
    assert {one.what for one in folder.pieces.all()} == {"union", "evidence", "missing"}
    assert folder.state == Order.State.DONE and not folder.pieces.filter(state="failed").exists()
    page = signed_in(mine.persons["cadre"]).get("/w/books/").content.decode()
    assert "/w/books/GH1/union/" in page and "/w/books/GH1/branch/" not in page
    assert "/w/books/GH1/branch/" not in signed_in(mine.persons["cadre"]).get("/w/books/GH1/union/").content.decode()


def test_ordering_makes_nothing_and_asking_again_orders_nothing_more(mine):
    order = ordered(mine)
    assert set(Piece.objects.values_list("state", flat=True)) == {"waiting"} and ordered(mine) == order
    [shown] = queries.orders_of(mine.scope("cadre"))
    assert (shown.made, shown.total, shown.running) == (0, 6, True)
    assert ordered(mine, slug="union") != order
    assert "copies" in TIMETABLE and AuditEntry.objects.filter(event="copies.ordered").count() == 2


def test_progress_counts_pieces_and_what_fell_in_the_middle_is_gone_on_with(mine, monkeypatch):
    order = ordered(mine)
    work, turns = pieces.made, []

    def falls(scope, piece):
        turns.append(piece.place)
        if len(turns) == 3:
            raise KeyboardInterrupt
        return work(scope, piece)

    monkeypatch.setattr(pieces, "made", falls)
    with pytest.raises(KeyboardInterrupt):
        services.make()
    assert queries.orders_of(mine.scope("cadre"))[0].made == 2
    services.make()
    assert queries.orders_of(mine.scope("cadre"))[0].made == 5, "the claimed one waits until its claim is old"
    with clock.at(clock.now() + making.STALE + timedelta(seconds=1)):
        assert made(order).state == Order.State.DONE
    assert sorted(set(turns)) == [0, 1, 2, 3, 4, 5] and turns.count(0) == turns.count(1) == 1
    assert len(inside(mine, order).namelist()) == 6


def test_one_piece_that_cannot_be_made_says_why_and_the_others_are_made(mine, monkeypatch):
    work = pieces.made

    def refuses(scope, piece):
        if piece.place == 0:
            raise UserError("没有生成文件", why="内容太长")
        if piece.place == 1:
            raise RuntimeError("broken")
        return work(scope, piece)

    monkeypatch.setattr(pieces, "made", refuses)
    order = made(ordered(mine))
    assert len(inside(mine, order).namelist()) == 4
    [shown] = queries.orders_of(mine.scope("cadre"))
    assert ["内容太长" in shown.failed[0].why, "系统故障" in shown.failed[1].why] == [True, True]
    assert Piece.objects.get(place=1).tries == making.TRIES and "broken" not in shown.failed[1].why
    page = signed_in(mine.persons["cadre"]).get("/w/books/copies/").content.decode()
    assert "2 件没有生成" in page and "内容太长" in page


def test_it_is_made_with_what_its_person_may_read_when_it_is_made(mine):
    order = ordered(mine)
    Appointment.objects.filter(person=mine.persons["cadre"]).update(until=clock.today())
    assert made(order).state == Order.State.FAILED
    assert not queries.file_of(order).exists()


def test_nobody_else_fetches_it_and_not_its_person_either_once_the_right_is_gone(mine):
    order = made(ordered(mine))
    for who in ("leader", "secretary", "assessor", "admin"):
        with pytest.raises(NotFound):
            services.fetch(scope=mine.scope(who), number=order.number)
        assert signed_in(mine.persons[who]).get(f"/w/books/copies/{order.number}.zip").status_code == 404
    for number in ("x", "../..", order.number.lower() + "0"):
        assert signed_in(mine.persons["cadre"]).get(f"/w/books/copies/{number}.zip").status_code == 404
    Appointment.objects.filter(person=mine.persons["cadre"]).update(until=clock.today())
    post("narrow", "综采一队支委", mine.units["ZB1"], Role.SECRETARY, mine.persons["cadre"], line="party")
    assert queries.branches(mine.scope("cadre")) == [mine.units["ZB1"]]
    with pytest.raises(NotFound):
        services.fetch(scope=mine.scope("cadre"), number=order.number)


@pytest.mark.parametrize("parts", [{"kind": "other"}, {"slug": "absent"}, {"code": "ZC1"}, {"code": "ZB9"}])
def test_what_is_no_order_is_refused_and_nothing_waits(mine, parts):
    with pytest.raises(NotFound):
        services.order(**{"scope": mine.scope("cadre"), "kind": "set", "year": YEAR} | parts)
    for year in (1999, 2027):
        with pytest.raises(NotFound):
            services.order(scope=mine.scope("cadre"), kind="set", year=year)
    with pytest.raises(NotFound):
        ordered(mine, "secretary", code="ZB2")
    with pytest.raises(NotFound):
        ordered(mine, "chief")
    assert not Order.objects.exists()


def test_a_folder_for_an_inspection_holds_books_evidence_and_what_is_missing_under_masks(mine, monkeypatch):
    monkeypatch.setattr(door, "opened", lambda scope, subjects: set(subjects))
    rules.put_in_force(rule_set=rules.draft(code="period", version=1, **library.START).pk, since=clock.today())
    held(words="刘志远说，电话 13903191234，会后公示")
    assert Person.objects.filter(name="刘志远").update(until=clock.today())  # who left is covered too
    for n in range(3):
        answered("ZC1", f"2026-AAAAA{n}")
    seal(date(2025, 12, 30))
    order = made(ordered(mine, kind="inspection", code="ZB1"))
    package = inside(mine, order)
    names = {name.rpartition("/")[2] for name in package.namelist()}
    assert names == {"1 党支部工作手册.pdf", "2 廉洁效能工作手册.pdf", "3 基层车间工会手册.pdf", "4 按指标佐证.pdf",
                     "5 缺项清单.xlsx"}
    told = {name.rpartition("/")[2]: package.read(name) for name in package.namelist()}
    book, evidence = words(told["1 党支部工作手册.pdf"]), words(told["4 按指标佐证.pdf"])
    assert "会后公示" in book and "［姓名］" in book and "刘志远说" not in book and "13903191234" not in book
    assert "按期答复" in evidence and "承办事项到期未答复" in evidence and "不足五件" in evidence
    assert "2026-AAAAA" not in evidence
    rows = CalamineWorkbook.from_filelike(io.BytesIO(told["5 缺项清单.xlsx"])).get_sheet_by_index(0).to_python()
    assert ["综采一队党支部", "党支部工作手册", "支部委员会", "1 月", "党支部书记"] in [row[:5] for row in rows]


def test_signatures_can_not_be_covered_so_a_folder_for_an_inspection_says_only_how_many_there_are(mine):
    for section in ("assembly", ""):
        services.add_scan(scope=mine.scope("secretary"), code="ZB1", slug="branch", year=YEAR, section=section,
                          sent=[photo()])
    book = "2026年度迎检备料·综采一队党支部/综采一队党支部/1 党支部工作手册.pdf"
    folder = inside(mine, made(ordered(mine, kind="inspection", code="ZB1"))).read(book)
    assert "".join(words(folder).split()).count("签字页1页，原件在支部备查") == 2 and b"/DCTDecode" not in folder
    own = services.pdf(scope=mine.scope("secretary"), code="ZB1", slug="branch", year=YEAR).body
    assert b"/DCTDecode" in own and "签字页 1 页" not in words(own)


def test_the_evidence_lists_the_facts_that_feed_an_indicator_once_under_it(mine, monkeypatch):
    monkeypatch.setattr(door, "opened", lambda scope, subjects: set(subjects))
    rules.put_in_force(rule_set=rules.draft(code="period", version=1, **library.START).pk, since=clock.today())
    for n in range(6):
        answered("ZC1", f"2026-AAAAA{n}")
    data = queries.evidence_for(mine.scope("cadre"), "ZB1", YEAR)
    part = next(one for one in data["parts"] if one["word"].endswith(" 事项按期答复"))
    assert part["rows"] == [["", "答复", "6 件次"]] and part["how"] == "党支部工作手册 · 职工事项办理"
    assert part["owner"] == "信访办" and part["frequency"] == "30 分"
    before = queries.evidence_for(mine.scope("cadre"), "ZB1", YEAR - 1)
    assert before["parts"] == [] and "没有施行中" in before["note"]


def test_what_has_lain_there_long_enough_goes_with_its_files(mine):
    order = made(ordered(mine, slug="union"))
    folder = settings.DATA / "copies" / order.number
    assert [path.name for path in folder.iterdir()] == ["all.zip"]
    with clock.at(clock.now() + timedelta(days=6)):
        assert services.tidy() == 0
    with clock.at(clock.now() + timedelta(days=8)):
        assert services.tidy() == 1
    assert not folder.exists() and not Piece.objects.exists()


def test_the_pages_order_watch_and_give_the_whole(mine):
    client = signed_in(mine.persons["cadre"])
    page = client.get("/w/books/").content.decode()
    assert "成套印制" in page and "迎检备料" in page
    answer = client.post("/w/books/copies/", {"kind": "set", "year": YEAR, "book": "union", "code": ""})
    assert answer.status_code == 302 and answer["Location"] == "/w/books/copies/"
    page = client.get("/w/books/copies/").content.decode()
    assert 'hx-trigger="every 3s"' in page and "0 / 2" in page
    order = made(Order.objects.get())
    page = client.get("/w/books/copies/").content.decode()
    assert "hx-trigger" not in page and f"/w/books/copies/{order.number}.zip" in page
    given = client.get(f"/w/books/copies/{order.number}.zip")
    assert given["Content-Type"] == "application/zip" and "no-store" in given["Cache-Control"]
    assert "attachment" in given["Content-Disposition"] and "all.zip" not in given["Content-Disposition"]
    assert ZipFile(io.BytesIO(b"".join(given.streaming_content))).testzip() is None
    assert AuditEntry.objects.filter(event="document.taken", subject=f"copies/{order.number}").count() == 1
    for bad in ({}, {"kind": "set"}, {"kind": "set", "year": "20x6"}, {"kind": "set\x00", "year": "2026"}):
        assert client.post("/w/books/copies/", bad).status_code == 400
    assert client.post("/w/books/copies/", {"kind": "set", "year": "1999"}).status_code == 404
    assert signed_in(mine.persons["chief"]).get("/w/books/copies/").status_code == 404
