"""Pay: only by a final result and the decision of the congress, exact to the cent, one's own line only."""

import io
from datetime import date

import pytest
import python_calamine as calamine
from django.db import DatabaseError, transaction

from sangesan.appraisal.pay import queries, services
from sangesan.appraisal.pay.models import Payout, Pool
from sangesan.appraisal.publication import services as publication
from sangesan.appraisal.rules import queries as rule_queries
from sangesan.appraisal.rules import services as rules
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.models import Run, Score
from sangesan.foundation import clock, door
from sangesan.foundation.errors import Conflict, Forbidden, NotFound, UserError
from sangesan.foundation.sheets import giving
from sangesan.ledger.facts import queries as ledger
from sangesan.ledger.facts.services import reverse
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as days
from sangesan.organization.units.models import Kind
from tests.builders import hire, person, post, small_mine, unit
from tests.facts import at, closed, reopened
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
SOLVED = {"code": "solved", "name": "解决属实", "weight": 10_000, "book": "branch", "section": "answers",
          "field": "harmony", "kinds": ["team", "office"],
          "tallies": [{"kind": "matter.closed", "good": True}, {"kind": "matter.reopened"}]}
GRADES = [{"name": "优秀", "least": 9_500, "coefficient": 11_000}, {"name": "良好", "least": 9_000,
          "coefficient": 10_000}, {"name": "不合格", "least": 0, "coefficient": 7_000}]
END = date(2026, 10, 31)
HEAD = ["单位编码", "单位", "工号", "姓名", "岗位系数", "份额（%）", "出勤天数"]


@pytest.fixture
def decided():
    return True


@pytest.fixture
def mine(db, decided):
    with clock.at(at(date(2026, 9, 20))):
        days.seed(year=2026)
        days.confirm(year=2026, actor=SYSTEM)
        mine = small_mine()
        hire(mine, "payroll", "工资员", "LZ", Role.PAYROLL, "1095")
        for n in range(1, 5):
            mine.persons[f"w{n}"] = person(f"200{n}", f"矿工{n}", mine.units["ZC1" if n < 3 else "ZC2"])
        in_force(mine.scope("assessor"), decided)
    with clock.at(at(date(2026, 11, 24))):
        yield mine


def in_force(scope, decided):
    row = rules.draft(code="period", version=1, name="月度考核", indicators=[SOLVED], links=[], grades=GRADES,
                      pay={"floor": 8_500, "deducted_most": 3_000, "reserve": 1_000})
    if not decided:
        return rules.put_in_force(rule_set=row.pk, since=date(2026, 10, 1))
    rules.decide(scope=scope, rule_set=row.pk, digest=rule_queries.whole(row), meeting="十届三次职代会",
                 document="青职代〔2026〕3 号", decided_on=date(2026, 9, 18))
    return rules.enforce(scope=scope, rule_set=row.pk, since=date(2026, 10, 1))


@pytest.fixture
def october(mine):
    """综采一队 100.00, 综采二队 50.00 (one matter reopened); published on 2 November, final by now."""
    closed("ZC1", "2026-AAAAA1", day=date(2026, 10, 10))
    closed("ZC2", "2026-AAAAA2", day=date(2026, 10, 10))
    mine.wrong = reopened("ZC2", "2026-AAAAA3", day=date(2026, 10, 12))
    with clock.at(at(date(2026, 11, 2))):
        run = scoring.assess_period(Run.Period.MONTH, END)
        publication.publish_period(scope=mine.scope("assessor"), run=run.pk)
    return run


def sheet(*rows):
    return giving.workbook({"分配名单": [HEAD, *[[unit, "", number, "", base, share, worked]
                                             for unit, number, base, share, worked in rows]]})


FOUR = sheet(("ZC1", "2001", 1, 100, 31), ("ZC1", "2002", 1.5, 100, 31), ("ZC2", "2003", 1, 100, 31),
             ("ZC2", "2004", 1, 100, 20))


def shared(mine, run, amount=1_000_000, file=FOUR, post="payroll"):
    return services.share(scope=mine.scope(post), run=run.pk, amount=amount, file=file)


def read(made):
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(made))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def cents(pool):
    return {row.person.work_number: row.total for row in queries.lines(pool)}


@pytest.mark.chapter("S3d")
def test_a_pool_is_shared_in_two_stages_that_each_sum_exactly(mine, october):
    pool = shared(mine, october)
    units = {u.unit.code: (u.factor, u.cents) for u in queries.units(pool)}
    assert sum(money for _factor, money in units.values()) == 900_000
    assert units["ZC1"][0] == 11_000 and units["ZC2"][0] == 8_500
    assert sum(cents(pool).values()) == 900_000 and pool.reserve == 100_000 and pool.left == 0
    assert cents(pool)["2001"] + cents(pool)["2002"] == units["ZC1"][1]
    told = next(ledger.entries(kinds=["payout.made"]))
    assert (told.quantity, told.content["rows"], told.actor) == (1_000_000, 4, "post:payroll")
    assert "2001" not in str(told.content)


def test_a_crew_is_told_with_its_team_where_others_have_its_name(mine, october):
    with clock.at(at(date(2026, 9, 20))):
        for team in ("ZC1", "ZC2"):
            unit(f"{team}N", "零点班", Kind.CREW, mine.units[team])
    roll = sheet(("ZC1N", "2001", 1, 100, 31), ("ZC2N", "2003", 1, 100, 31))
    said = {"scope": mine.scope("payroll"), "run": october.pk, "amount": 1_000_000, "file": roll}
    names = ["综采一队 零点班", "综采二队 零点班"]
    assert [name for name, _n, _cents in services.tried(**said).units] == names
    pool = services.share(**said)
    assert [row.called for row in queries.units(pool)] == [row.called for row in queries.lines(pool)] == names


def test_pay_waits_until_the_result_is_final(mine, october):
    with clock.at(at(date(2026, 11, 4))):
        assert "异议期到 2026-11-05" in queries.ready(mine.scope("payroll"))[0].why
        with pytest.raises(Conflict, match="没有分配"):
            shared(mine, october)
    with clock.at(at(date(2026, 11, 5))):
        chief = hire(mine, "chief2", "综采二队队长", "ZC2", Role.CHIEF, "1096", head=True)
        publication.file(scope=chief, run=october.pk, code="ZC2", indicator="solved", about=mine.wrong,
                         text="十月十二日没有重新办理")
    assert "异议没有裁定" in queries.ready(mine.scope("payroll"))[0].why
    assert not Pool.objects.exists()


@pytest.mark.parametrize("decided", [False])
def test_without_the_decision_of_the_congress_nobody_is_paid(mine, october):
    assert "职代会" in queries.ready(mine.scope("payroll"))[0].why
    with pytest.raises(Conflict):
        shared(mine, october)


@pytest.mark.parametrize("who", ["chief", "cadre", "leader", "secretary", "handler", "admin"])
def test_only_assessor_and_payroll_clerk_see_single_payments(mine, october, who):
    pool = shared(mine, october, post="assessor")
    scope = mine.scope(who)
    assert queries.ready(scope) == [] and door.open(scope, f"pay/{pool.number}") is None
    with pytest.raises(Forbidden):
        shared(mine, october, post=who)
    for do in (services.export, services.adjust):
        with pytest.raises(NotFound):
            do(scope=scope, number=pool.number)
    client = signed_in(mine.persons[who])
    refused = client.get("/w/pay/")
    assert refused.status_code == 403 and "只给考核员和劳资员看" in refused.content.decode()
    for url in (f"/w/pay/{pool.number}/", f"/w/pay/share/{october.pk}/", "/w/pay/2026-ZZZZZZ/"):
        assert client.get(url).status_code == 404, "of a single payment not even that there is one"
    assert client.post(f"/w/pay/{pool.number}/export/").status_code == 404


def test_everybody_sees_the_own_line_and_no_other(mine, october):
    pool = shared(mine, october)
    post("zc1-miner", "采煤工", mine.units["ZC1"], Role.MEMBER, mine.persons["w1"])
    text = signed_in(mine.persons["w1"]).get("/w/pay/mine/").content.decode()
    assert f"{cents(pool)['2001'] / 100:,.2f}" in text and "综采一队" in text
    for other in ("2002", "2003"):
        assert f"{cents(pool)[other] / 100:,.2f}" not in text
    assert "还没有兑现记录" in signed_in(mine.persons["chief"]).get("/w/pay/mine/").content.decode()


@pytest.mark.parametrize(("rows", "said"), [
    ([("ZC1", "2001", 1, 100, 31), ("ZC2", "2001", 1, 30, 31)], "2001 的份额合计超过"),
    ([("ZC1", "2001", 1, 101, 31)], "份额（%）"), ([("ZC1", "2001", 1, 100, 32)], "出勤超过 31 天"),
    ([("ZC1", "9999", 1, 100, 31)], "没有这个工号"), ([("XX", "2001", 1, 100, 31)], "没有这个单位"),
    ([("ZC1", "2001", "=1+1", 100, 31)], "岗位系数"),
    ([("ZC1", "2001", 1, 50, 31), ("ZC1", "2001", 1, 50, 31)], "两行"),
    ([], "名单是空的"),
])
def test_a_wrong_list_pays_nobody_and_says_which_line(mine, october, rows, said):
    with pytest.raises(UserError) as fault:
        shared(mine, october, file=sheet(*rows))
    assert said in str(fault.value) and not Payout.objects.exists() and not list(ledger.entries(kinds=["payout.made"]))


@pytest.mark.parametrize(("unit_name", "name", "said"), [
    ("综采一队", "矿工2", "工号 2001 是矿工1，表里写的是矿工2"), ("综采二队", "矿工1", "单位 ZC1 是综采一队"),
    ("综采一队", "矿 工　1", ""), ("", "", ""), ("综采1队", "", "")])
def test_a_name_beside_another_s_number_pays_nobody_and_one_left_out_is_none(mine, october, unit_name, name, said):
    file = giving.workbook({"分配名单": [HEAD, ["ZC1", unit_name, "2001", name, 1, 100, 31]]})
    if not said:
        assert shared(mine, october, file=file).amount == 1_000_000
        return
    with pytest.raises(UserError, match=said):
        shared(mine, october, file=file)
    assert not Payout.objects.exists()


@pytest.mark.parametrize("amount", [0, -1, 10**13])
def test_a_pool_without_money_is_refused(mine, october, amount):
    with pytest.raises(UserError):
        shared(mine, october, amount=amount)


def test_two_posts_that_make_one_whole_are_paid_once_each(mine, october):
    file = sheet(("ZC1", "2001", 1, 70, 31), ("ZC2", "2001", 1, 30, 31), ("ZC2", "2003", 1, 100, 31))
    assert Payout.objects.filter(pool=shared(mine, october, file=file), person__work_number="2001").count() == 2


def test_a_period_is_paid_once_and_rows_are_never_changed(mine, october):
    pool = shared(mine, october)
    with pytest.raises(Conflict, match="没有再次分配"):
        shared(mine, october)
    with pytest.raises(DatabaseError), transaction.atomic():
        Payout.objects.filter(pool=pool).update(cents=1)


def corrected(mine):
    reverse(mine.wrong, reason="objection", actor=SYSTEM)
    with clock.at(at(date(2026, 11, 25))):
        run = scoring.revise_periods(date(2026, 11, 24))[0]
        publication.publish(date(2026, 11, 24))
    return run


def test_a_correction_tops_up_those_who_got_too_little_from_the_reserve_and_takes_from_nobody(mine, october):
    pool = shared(mine, october)
    before = cents(pool)
    run = corrected(mine)
    assert Score.objects.get(run=run, unit__code="ZC2", line="").final == 10_000
    with clock.at(at(date(2026, 11, 26))), pytest.raises(Conflict, match="没有补发"):
        services.adjust(scope=mine.scope("payroll"), number=pool.number)
    with clock.at(at(date(2026, 12, 1))):
        assert queries.corrected(pool, queries.lines(pool)) == "owed"
        made = services.adjust(scope=mine.scope("payroll"), number=pool.number)
        after = cents(pool)
        assert {r.person.work_number for r in made} == {"2003", "2004"}
        assert after["2001"] == before["2001"] and after["2003"] == (before["2003"] * 11_000 * 2 + 8_500) // (8_500 * 2)
        assert sum(r.cents for r in made) <= pool.reserve
        assert next(ledger.entries(kinds=["payout.adjusted"])).quantity == sum(r.cents for r in made)
        with pytest.raises(Conflict):
            services.adjust(scope=mine.scope("payroll"), number=pool.number)
        assert queries.corrected(pool, queries.lines(pool)) == ""


def test_a_correction_by_which_nobody_got_too_little_asks_for_no_top_up(mine, october):
    pool = shared(mine, october)
    closed("ZC1", "2026-AAAAA7", day=date(2026, 10, 11))
    reopened("ZC2", "2026-AAAAA8", day=date(2026, 10, 13))
    with clock.at(at(date(2026, 11, 25))):
        assert scoring.revise_periods(date(2026, 11, 24))
        publication.publish(date(2026, 11, 24))
    with clock.at(at(date(2026, 12, 1))):
        assert queries.corrected(pool, queries.lines(pool)) == "same"
        with pytest.raises(Conflict) as fault:
            services.adjust(scope=mine.scope("payroll"), number=pool.number)
        assert "没有人少发" in str(fault.value) and not list(ledger.entries(kinds=["payout.adjusted"]))
        page = signed_in(mine.persons["payroll"]).get(f"/w/pay/{pool.number}/").content.decode()
        assert "不用补发" in page and "按更正后的结果补发" not in page


def test_a_top_up_beyond_what_was_held_back_is_refused_and_says_how_much_is_lacking(mine, october):
    pool = shared(mine, october, file=sheet(("ZC1", "2001", 0.01, 100, 1), ("ZC2", "2003", 90, 100, 31)))
    corrected(mine)
    with clock.at(at(date(2026, 12, 1))), pytest.raises(Conflict) as fault:
        services.adjust(scope=mine.scope("payroll"), number=pool.number)
    assert "还差" in str(fault.value) and not Payout.objects.filter(adjusts__isnull=False).exists()


def test_the_pages_lead_from_the_list_to_the_pool(mine, october):
    client = signed_in(mine.persons["payroll"])
    assert "分配奖金" in client.get("/w/pay/").content.decode()
    page = client.get(f"/w/pay/share/{october.pk}/roster/")
    assert page.status_code == 200 and page["Cache-Control"] == "no-store"
    file = io.BytesIO(FOUR)
    file.name = "名单.xlsx"
    assert client.post(f"/w/pay/share/{october.pk}/", {"amount": "x", "file": file}).status_code == 422
    file.seek(0)
    looked = client.post(f"/w/pay/share/{october.pk}/", {"amount": "10000.00", "file": file})
    assert "9,000.00" in looked.content.decode() and not Pool.objects.exists(), "looked through before it is for good"
    told, out = {"amount": 1_000_000, "file": looked.context["data"]}, f"/w/pay/share/{october.pk}/out/"
    assert [client.post(out, told | {"file": wrong}).status_code for wrong in ("", "%", "eA==")] == [400, 400, 422]
    assert signed_in(mine.persons["chief"]).post(out, told).status_code == 404 and not Pool.objects.exists()
    answer = client.post(out, told)
    assert answer.status_code == 302
    text = client.get(answer.url).content.decode()
    assert "10,000.00" in text and "9,000.00" in text and "导出工资表" in text
    assert client.get("/w/pay/2026-ZZZZZZ/").status_code == 404


def test_the_page_of_a_pool_asks_as_often_for_many_people_as_for_few(mine, october, django_assert_max_num_queries):
    pool = shared(mine, october)
    client = signed_in(mine.persons["payroll"])
    with django_assert_max_num_queries(40):
        client.get(f"/w/pay/{pool.number}/")
