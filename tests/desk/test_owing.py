"""What a matter owes first, or has missed (最近的时限): the pages agree, and the database with the rule."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sangesan.desk.figures import keys
from sangesan.desk.queries import today
from sangesan.feedback.intake.services import register
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter, Term
from sangesan.feedback.matters.queries.clocking import runs_out
from sangesan.feedback.matters.queries.owing import missed, owing
from sangesan.feedback.matters.services import judging
from sangesan.foundation import clock
from sangesan.method.terms import OFFICE
from tests.builders import heard, small_mine
from tests.feedback.matters.roads import handled
from tests.signing import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.chapter("N6")]


@pytest.fixture
def mine(noon):
    return small_mine()


def graded(mine, urgency, importance, *, signs=True):
    said = heard(unit="ZC1")
    services.grade(scope=mine.scope("triage"), number=said.number, urgency=urgency, importance=importance)
    services.dispatch(scope=mine.scope("triage"), number=said.number, lead=mine.units["HQ"].pk)
    if signs:
        services.sign_in(scope=mine.scope("handler"), number=said.number)
        services.first_answer(scope=mine.scope("handler"), number=said.number, text="收到了")
    return said.number


def by_a_day(mine):
    """What is wanted by a day before anybody has it in hand: of a paper, by a visitor, of what was joined."""
    first, above = clock.today(), {"sender": "集团公司信访办", "document": "集信转〔2026〕12 号"}
    numbers = [register(scope=mine.scope("triage"), channel="upper", text="供暖费归谁管", key=f"{n}" * 20, name="王五",
                        extra=above | ({"deadline": first + timedelta(days=n)} if n else {})).number for n in range(4)]
    told = heard("等结果", unit="ZC1", channel="reception_day", extra={"promised": first + timedelta(days=4)})
    other = heard("后来的", unit="ZC1").number
    services.merge(scope=mine.scope("triage"), number=numbers[3], into=other)
    services.grade(scope=mine.scope("triage"), number=numbers[1], urgency=1, importance=1)
    return {numbers[0]: None, numbers[1]: 1, numbers[2]: 2, other: 3, told.number: 4}


def test_before_anybody_has_it_the_day_that_was_asked_for_is_owed_where_it_is_nearer_than_the_law(mine):
    wanted, triage, first = by_a_day(mine), mine.scope("triage"), clock.today()
    owed = owing(Matter.objects.all())
    rows = {m.number: m for m in Matter.objects.annotate(first=runs_out())}
    for number, days in wanted.items():
        until = clock.local(owed[rows[number].pk][1])
        lawful = min(term.due for term in rows[number].terms.filter(code__in=OFFICE))
        assert until.date() == (lawful if days is None else first + timedelta(days=days)) <= lawful
        assert clock.local(rows[number].first).replace(microsecond=0) == until
    tasks = [task for task in queries.todo(triage) if task.matter.number in wanted]
    assert [task.matter.number for task in tasks] == sorted(wanted, key=lambda n: wanted[n] or 99)
    assert {task.until for task in tasks} == {owed[task.matter.pk][1] for task in tasks}
    with clock.at(first + timedelta(days=3)):
        late = set(Matter.objects.filter(missed(clock.now())).values_list("number", flat=True))
        assert late == {number for number, days in wanted.items() if days in (1, 2)}
        assert queries.page(triage, queries.Filters(state="open", overdue=True)).total == 2
        page = signed_in(mine.persons["triage"]).get("/w/todo/").content.decode()
        assert "已超" in page


def test_what_is_only_unsigned_stands_on_every_page_as_late_and_the_pages_say_what_they_count(mine):
    graded(mine, 1, 1, signs=False)
    with clock.at(clock.now() + timedelta(days=2)):
        services.run_clocks()
        found, browser = today(mine.scope("leader")), signed_in(mine.persons["leader"])
        late = keys(found)[1]
        assert (late["word"], late["value"], found.month.late) == ("超过时限", 1, 1)
        assert late["sub"] == "告知、签收、答复、措施、办理、进展任一项；新超期 1 件，较前 7 天多 1 件"
        listed = browser.get(late["url"]).content.decode()
        assert "有一样过了时限还没有办" in listed and '<span class="meta">签收</span>' in listed
        assert [m.owed[0] for m in found.asking] == ["签收"]
        [task] = [t for t in queries.todo(mine.scope("handler")) if t.name == "签收"]
        assert task.until == found.asking[0].owed[1] < clock.now()


def test_a_matter_that_missed_several_things_in_a_week_is_one_matter(mine):
    graded(mine, 3, 3, signs=False)
    with clock.at(clock.now() + timedelta(days=4)):
        services.run_clocks()
        found = today(mine.scope("leader"))
        assert Matter.objects.get().overdue.count() == 4 and found.month.late == 1


def test_what_the_law_gives_days_for_stands_among_what_ran_late_this_week_once_for_each_matter(mine):
    """Telling and handing on (告知、登记转交) run out on one day, before anything was promised to anybody."""
    number, waits = heard("窗户坏了", unit="ZC1").number, handled(mine).number
    last = min(row.due for row in Matter.objects.get(number=number).terms.all())
    handling = Term.objects.get(matter__number=waits, code="handling").due
    Matter.objects.filter(number=waits).update(first_answered_at=clock.now(), planned_at=clock.now(), due_at=None)
    for day, (now, before) in ((last - timedelta(days=1), (0, 0)), (last, (0, 0)), (last + timedelta(days=1), (2, 0)),
                               (last + timedelta(days=7), (0, 2))):
        with clock.at(day):
            judging.let_read_due(day=clock.today())
            services.record_terms(clock.today())
            found = today(mine.scope("leader")).month
            assert (found.late, found.late_before) == (now, before), day
    with clock.at(handling + timedelta(days=1)):
        services.record_terms(clock.today())
        assert today(mine.scope("leader")).month.late == 1
        [week] = [w for w in today(mine.scope("leader")).weeks if w.first <= last < w.first + timedelta(days=7)]
        assert week.late == 2


def test_an_answer_to_be_approved_waits_no_longer_than_what_is_owed_first(mine):
    number = handled(mine).number
    services.draft(scope=mine.scope("handler"), number=number, text="办好了")
    [task] = [t for t in queries.todo(mine.scope("logistics")) if t.name == "审核答复"]
    assert task.until == owing([Matter.objects.get()])[Matter.objects.get().pk][1]


@pytest.mark.parametrize("state", ["received", "graded"])
def test_what_nobody_has_dispatched_is_owed_by_law_and_late_on_every_page(mine, state):
    number, office = heard("窗户坏了", unit="ZC1").number, mine.scope("triage")
    heard("后来的一件", unit="ZC1")
    if state == "graded":
        services.grade(scope=office, number=number, urgency=1, importance=1)
    last = min(row.due for row in Matter.objects.get(number=number).terms.all())
    name = {"received": "定级", "graded": "派单"}[state]
    [task] = [t for t in queries.todo(office) if t.matter.number == number]
    assert (task.name, clock.local(task.until).date()) == (name, last)
    with clock.at(task.until):
        assert judging.let_read_due(day=clock.today()) == (2 if state == "received" else 1)
        assert not queries.open_now(mine.scope("leader")).late and queries.open_now(mine.scope("leader")).soon == 2
    with clock.at(task.until + timedelta(hours=9)):
        assert queries.open_now(mine.scope("leader")).late == 2
        assert number in {m.number for m in queries.asking(mine.scope("leader")) if m.owed[0] == name}
        assert number in signed_in(mine.persons["leader"]).get("/w/matters/?state=open&overdue=on").content.decode()
        assert "今天没有到期的事" not in signed_in(mine.persons["triage"]).get("/w/").content.decode()
        page = signed_in(mine.persons["leader"]).get("/w/warning/").content.decode()
        assert f"还有 {2 if state == 'received' else 1} 件没有定级，已过时限" in page


def test_the_office_reads_first_what_runs_out_first(mine):
    """Order of the to-do and of what asks for attention: the nearest statutory day, whatever came in first."""
    early, late = (heard(text, unit="ZC1").number for text in ("先来的", "后来的"))
    Term.objects.filter(matter__number=late).update(due=clock.today() + timedelta(days=1))
    assert [t.matter.number for t in queries.todo(mine.scope("triage"))] == [late, early]
    rows = Matter.objects.annotate(first=runs_out()).order_by("first")
    assert [m.number for m in rows] == [late, early]
    owed = owing(rows)
    assert [clock.local(m.first).replace(microsecond=0) for m in rows] == [owed[m.pk][1] for m in rows]
