"""A month, from the first fact to the pay slip (一个月), with an objection upheld after publication."""

from datetime import date

import pytest

from sangesan.appraisal.pay import queries as pay_queries
from sangesan.appraisal.pay import services as pay
from sangesan.appraisal.publication import queries as publication_queries
from sangesan.appraisal.publication import services as publication
from sangesan.appraisal.rules import queries as rule_queries
from sangesan.appraisal.rules import services as rules
from sangesan.appraisal.scoring import services as scoring
from sangesan.appraisal.scoring.models import Run, Score
from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict
from sangesan.foundation.sheets import giving
from sangesan.ledger.facts import services as ledger
from sangesan.ledger.facts.verify import verify
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as days
from tests.builders import hire, person, post, small_mine
from tests.facts import answered, at
from tests.signing import signed_in

pytestmark = pytest.mark.django_db
END = date(2026, 10, 31)
ANSWERS = {"code": "answers", "name": "按期答复", "weight": 10_000, "book": "branch", "section": "answers",
           "field": "harmony", "kinds": ["team"], "tallies": [
               {"kind": "matter.answered", "good": True, "where": {"in_time": 1}},
               {"kind": "matter.answered", "where": {"in_time": 0}}]}
GRADES = [{"name": "优秀", "least": 9_500, "coefficient": 11_000}, {"name": "合格", "least": 0, "coefficient": 9_000}]
HEAD = ["单位编码", "单位", "工号", "姓名", "岗位系数", "份额（%）", "出勤天数"]


@pytest.mark.chapter("S3d")
def test_a_month_goes_from_the_first_fact_through_an_upheld_objection_to_the_pay_slip():
    with clock.at(at(date(2026, 9, 20))):  # the congress decides, the rules hold from October
        days.seed(year=2026)
        days.confirm(year=2026, actor=SYSTEM)
        mine = small_mine()
        hire(mine, "payroll", "工资员", "LZ", Role.PAYROLL, "1095")
        for number, unit in (("2001", "ZC1"), ("2002", "ZC2")):
            mine.persons[number] = person(number, f"矿工{number}", mine.units[unit])
            post(f"miner-{number}", "采煤工", mine.units[unit], Role.MEMBER, mine.persons[number])
        row = rules.draft(code="period", version=1, name="月度考核", indicators=[ANSWERS], links=[], grades=GRADES,
                          pay={"floor": 8_500, "reserve": 1_000})
        told = {"rule_set": row.pk, "digest": rule_queries.whole(row), "meeting": "十届三次职代会",
                "document": "青职代〔2026〕3 号", "decided_on": date(2026, 9, 18)}
        rules.decide(scope=mine.scope("assessor"), **told)
        rules.enforce(scope=mine.scope("assessor"), rule_set=row.pk, since=date(2026, 10, 1))
    with clock.at(at(date(2026, 10, 12))):  # facts arise
        answered("ZC2", "2026-AAAAA1", day=date(2026, 10, 12))
        answered("ZC1", "2026-AAAAA2", day=date(2026, 10, 12))
        wrong = answered("ZC1", "2026-AAAAA3", in_time=0, day=date(2026, 10, 12))
    with clock.at(at(date(2026, 11, 2))):  # the month is assessed and put up
        run = scoring.assess_period(Run.Period.MONTH, END)
        publication.publish_period(scope=mine.scope("assessor"), run=run.pk)
        assert Score.objects.get(run=run, unit__code="ZC1", line="").final == 5_000
    with clock.at(at(date(2026, 11, 3))):  # the unit objects; somebody without a part in it agrees
        made = publication.file(scope=mine.scope("chief"), run=run.pk, code="ZC1", indicator="answers", about=wrong,
                                text="当天下午三点已经答复，登记晚了")
        assert "还有异议" in pay_queries.ready(mine.scope("payroll"))[0].why
        publication.decide(scope=mine.scope("cadre"), number=made.number, upheld=True, reason="答复单签收在时限内",
                           remedy={wrong: "in_time"})
        now = Run.objects.get(revises=run)
        assert Score.objects.get(run=now, unit__code="ZC1", line="").final == 10_000
        assert scoring.recompute(now.pk).agrees and scoring.recompute(run.pk).agrees
        assert "原 50.00 分，现 100.00 分" in " ".join(
            signed_in(mine.persons["chief"]).get(f"/w/results/{now.pk}/ZC1/").content.decode().split())
    rows = [[unit, "", number, "", 1, 100, 31] for unit, number in (("ZC1", "2001"), ("ZC2", "2002"))]
    roll = giving.workbook({"分配名单": [HEAD, *rows]})
    asked = {"scope": mine.scope("payroll"), "run": now.pk, "amount": 1_000_000, "file": roll}
    with clock.at(at(date(2026, 11, 6))), pytest.raises(Conflict):  # the corrected result is open three days too
        pay.share(**asked)
    with clock.at(at(date(2026, 11, 9))):  # final: paid, to the cent, each sees the own line
        assert publication_queries.final(now)
        pool = pay.share(**asked)
        assert {r.person.work_number: r.cents for r in pay_queries.lines(pool)} == {"2001": 450_000, "2002": 450_000}
        assert "4,500.00" in signed_in(mine.persons["2001"]).get("/w/pay/mine/").content.decode()
        assert pay.check(scope=mine.scope("payroll"), number=pool.number,
                         file=pay.export(scope=mine.scope("payroll"), number=pool.number)) == (True, [])
        ledger.seal(date(2026, 11, 9))
        assert verify() == []
