"""Assessment of the demo mine (示范矿的考核): rules decided by the congress, months published, objected to, paid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from sangesan.appraisal.pay import services as pay
from sangesan.appraisal.pay.sheet import ROSTER
from sangesan.appraisal.publication import services as publication
from sangesan.appraisal.publication.models import Appeal
from sangesan.appraisal.rules import queries as rule_queries
from sangesan.appraisal.rules import services as rules
from sangesan.appraisal.rules.library import START
from sangesan.appraisal.scoring.models import Run
from sangesan.appraisal.scoring.queries import standing as rows_of
from sangesan.foundation.sheets.giving import workbook
from sangesan.ledger.facts.queries import fact
from sangesan.method.appeals import remedies
from sangesan.method.authority import Scope
from sangesan.organization.people.models import Person
from sangesan.organization.people.queries import scope_of

from .cast import DAY, holder
from .work import Act, at

CLOCKS = ("matter.overdue", "matter.answered", "duty.late")
PAID = ("ZC1", "ZC2", "ZJ1", "ZJ2", "JD1", "JY1")
"""Teams whose people are on the month's list (参加兑现的区队); a real list holds everybody."""
POOL = 60_000_000


def acts(since: date, until: date) -> Iterator[Act]:
    """Yield the decision and what became of each month (办法与各月考核)."""
    month = first_after(since)
    yield Act(at(since, 10), "appraisal", partial(decide, since, month))
    while (month := first_after(month)) <= until:
        last = month - timedelta(days=1)
        yield Act(at(month + timedelta(days=2), 9, 30), f"month {last}", partial(publish, last))
        yield Act(at(month + timedelta(days=2), 15), f"objection {last}", partial(object_, last))
        yield Act(at(month + timedelta(days=4), 15), f"ruling {last}", partial(rule, last))
        yield Act(at(month + timedelta(days=13), 9), f"pay {last}", partial(pay_out, last))


def first_after(day: date) -> date:
    """Return the first of the next month (下月一日)."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def decide(since: date, month: date) -> None:
    """The congress decides, the rules hold from the next month (职代会通过、施行)."""
    scope = holder("DWB-KH")
    row = rules.draft(code="period", version=1, **START)
    rules.decide(scope=scope, rule_set=row.pk, digest=rule_queries.whole(row), meeting="十二届四次职代会",
                 document=f"青职代〔{since.year}〕3 号", decided_on=since - timedelta(days=7))
    rules.enforce(scope=scope, rule_set=row.pk, since=month)


def standing(last: date) -> Run | None:
    """Return the month's result as it stands now (现行结果)."""
    return Run.objects.filter(period=Run.Period.MONTH, until=last, revision=None).first()


def publish(last: date) -> None:
    """Put the month up (公布), provisional for three working days."""
    if (run := standing(last)) is not None:
        publication.publish_period(scope=holder("DWB-KH"), run=run.pk)


def object_(last: date) -> None:
    """The first unit with a late entry objects to it (提出异议), in organisation order."""
    run = standing(last)
    for score in rows_of.scores(run, line="").select_related("unit").order_by("pk") if run else ():
        who = head(score.unit.code)
        found = next(((line[0], one) for line in score.statement["lines"] for one in (*line[5], *line[4])
                      if (told := fact(one)) is not None and told.kind in CLOCKS), None) if who else None
        if found is not None:
            publication.file(scope=who, run=run.pk, code=score.unit.code, indicator=found[0], about=found[1],
                             text="那天下午已经办完，交接班耽搁了登记，有交接本可查")
            return


def head(code: str) -> Scope | None:
    """Return the scope of a unit's head (负责人), None where nobody heads it."""
    person = Person.objects.filter(appointments__post__unit__code=code, appointments__post__head=True).first()
    return scope_of(person, DAY) if person is not None else None


def rule(last: date) -> None:
    """Somebody who recorded nothing in it decides (裁定异议)."""
    for appeal in Appeal.objects.filter(run__until=last, ruling=None).order_by("pk"):
        told = fact(appeal.about)
        slug = remedies(told.kind, told.content)[-1].slug
        publication.decide(scope=holder("DWB-GS"), number=appeal.number, upheld=True, remedy={appeal.about: slug},
                           reason="查交接班记录，确在时限内办完，登记晚了一个班")


def pay_out(last: date) -> None:
    """Share out what the result stands for (兑现), once it is final: to the crews, and to those who head a team."""
    people = Person.objects.filter(unit__code__regex=rf"^({'|'.join(PAID)})(-|$)").select_related("unit").order_by("pk")
    run = standing(last)
    if run is not None:
        pay.share(scope=holder("DWB-KH"), run=run.pk, amount=POOL, file=workbook(
            {ROSTER.name: [[column.name for column in ROSTER.columns], *map(paid, people)]}))


def paid(person: Person) -> list[str]:
    """Return a person's line of the list (名单一行), under the team; who heads it weighs more than who works in it."""
    team, crew, _number = person.unit.code.partition("-")
    return [team, "", person.work_number, person.name, "1.00" if crew else "1.30", "100", "22"]
