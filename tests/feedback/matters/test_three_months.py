"""One matter lived day by day for three months (一件事的三个月): what is owed each noon, beside a table made by hand.

The days are those of 2026: 20 September and 10 October are worked, the Mid-Autumn days and 1 to 7 October are not.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from sangesan.feedback.matters import services
from sangesan.feedback.matters.models import Matter, Supervision, Term
from sangesan.feedback.matters.queries.owing import missed, owing
from sangesan.feedback.warning.services import progress
from sangesan.foundation import clock
from sangesan.ledger.facts.queries import history
from sangesan.method.authority import Role
from sangesan.method.facts import SYSTEM
from sangesan.organization.calendar import services as calendar
from tests.builders import heard, hire, small_mine

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 9, 1), date(2026, 11, 30)
FACTS = ("matter.overdue", "matter.progress_missed")


def at(text):
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=clock.LOCAL)


@pytest.fixture
def mine():
    with clock.at(at("09-01 08:00")):
        for year in (2026, 2027):
            calendar.seed(year=year)
            calendar.confirm(year=year, actor=SYSTEM)
        yield small_mine()


OWED_ONCE_LATE = {  # from which noon on: what is owed first, and until when
    "09-01": "定级 09-16 23:59",
    "09-03": "派单 09-16 23:59",
    "09-05": "签收 09-07 09:00",
    "09-07": "首次答复 09-08 18:00",
    "09-08": "报措施 09-08 18:00",
    "09-09": "办理 09-11 18:00",
    "09-11": "报进展 09-14 23:59",
    "09-14": "报进展 09-17 23:59",
    "09-15": "",
    "09-28": "办理 10-08 18:00",
    "10-10": "",
    "10-13": "报进展 10-16 23:59",
    "10-15": "办理 10-19 18:00",
    "10-20": "",
    "11-20": "报进展 11-23 23:59",
    "11-23": "报进展 11-26 23:59",
    "11-26": "",
}
LAWFUL_ONCE_LATE = {  # which days of the law run on once a day is closed, and until when
    "09-01": {"notice": "09-16", "sorting": "09-16"},
    "09-04": {"notice": "09-16", "handling": "11-03"},
    "09-08": {"handling": "11-03"},
    "10-09": {"ask_review": "11-09"},
    "10-12": {"handling": "12-11"},
    "10-19": {"ask_review": "11-18"},
    "10-26": {"review": "11-25"},
    "11-20": {"handling": "01-19"},
    "11-26": {"ask_review": "12-28"},
}


def once_late(mine, number, receipt):
    """Return what is done when (所办), by the moment."""
    triage, handler, chief = mine.scope("triage"), mine.scope("handler"), mine.scope("logistics")
    leader, n = mine.scope("leader"), {"number": number}

    def answer(text):
        services.draft(scope=handler, text=text, **n)
        services.approve(scope=chief, **n)

    return {
        "09-03 09:00": lambda: services.grade(scope=triage, urgency=2, importance=2, **n),
        "09-04 15:00": lambda: services.dispatch(scope=triage, lead=mine.units["HQ"].pk, **n),
        "09-07 08:30": lambda: services.sign_in(scope=handler, **n),
        "09-08 10:00": lambda: services.first_answer(scope=handler, text="收到了，正在查", **n),
        "09-08 16:00": lambda: services.plan(scope=handler, text="换一口锅", **n),
        "09-10 10:00": lambda: services.note(scope=handler, text="锅已订", **n),
        "09-11 09:00": lambda: services.extend(scope=handler, days=5, reason="等货", **n),
        "09-11 10:00": lambda: services.grant(scope=chief, **n),
        "09-14 09:00": lambda: services.note(scope=handler, text="锅到了", **n),
        "09-14 10:00": lambda: services.ask_pause(scope=handler, reason="等厂家", **n),
        "09-15 10:00": lambda: services.pause(scope=chief, **n),
        "09-28 10:00": lambda: services.resume(scope=handler, **n),
        "10-08 10:00": lambda: services.note(scope=handler, text="正在装", **n),
        "10-09 15:00": lambda: answer("锅换好了"),
        "10-12 20:00": lambda: services.rate(code=receipt, rating="dissatisfied", solved="no"),
        "10-15 11:00": lambda: services.note(scope=handler, text="再查", **n),
        "10-19 17:00": lambda: answer("夜班加了热饭"),
        "10-26 09:00": lambda: services.review(code=receipt, text="还是凉的"),
        "11-20 09:00": lambda: services.redo(scope=leader, text="请实地看一次夜班", **n),
        "11-23 09:00": lambda: services.note(scope=handler, text="夜班看过", **n),
        "11-26 09:00": lambda: answer("窗口加了保温箱，夜班看过三次"),
    }


OWED_SILENT = {
    "09-01": "定级 09-16 23:59",
    "09-02": "签收 09-02 16:00",
    "09-14": "首次答复 09-04 18:00",
    "09-15": "报措施 09-16 09:00",
    "09-16": "报进展 09-16 23:59",
    "09-18": "办理 09-18 09:00",
    "09-19": "",
}
LAWFUL_SILENT = {
    "09-01": {"notice": "09-16", "sorting": "09-16"},
    "09-02": {"notice": "09-16", "handling": "11-02"},
    "09-15": {"handling": "11-02"},
    "09-18": {"ask_review": "10-19"},
    "10-19": {},
}


def silent(mine, number, _receipt):
    """Return what is done when (所办) where the first unit does nothing, and the second is late too."""
    triage, chief, leader, n = mine.scope("triage"), mine.scope("labour"), mine.scope("leader"), {"number": number}
    return {
        "09-02 09:00": lambda: services.grade(scope=triage, urgency=2, importance=2, **n),
        "09-02 10:00": lambda: services.dispatch(scope=triage, lead=mine.units["HQ"].pk, **n),
        "09-14 09:00": lambda: services.return_(scope=mine.scope("handler"), reason="不归我科", **n),
        "09-15 09:00": lambda: services.rule(scope=triage, reason="归劳资科", lead=mine.units["LZ"].pk, **n),
        "09-15 09:20": lambda: services.sign_in(scope=chief, **n),
        "09-15 11:00": lambda: services.first_answer(scope=chief, text="收到了", **n),
        "09-15 15:00": lambda: services.plan(scope=chief, text="逐人核对", **n),
        "09-17 13:00": lambda: services.note(scope=chief, text="核对一半", **n),
        "09-18 14:00": lambda: services.draft(scope=chief, text="差额下月补发", **n),
        "09-18 14:10": lambda: services.approve(scope=leader, **n),
        "09-18 15:00": lambda: services.write_back(scope=chief, text="已经答复", **n),
        "09-18 16:00": lambda: services.end_supervision(scope=leader, **n),
        "09-21 10:00": lambda: services.call_back(scope=triage, reached=False, **n),
        "09-22 10:00": lambda: services.close(scope=leader, **n),
    }


STORIES = {
    "once_late": (once_late, "named", OWED_ONCE_LATE, LAWFUL_ONCE_LATE, [("due", "10-08 18:00")],
                  [("shuffling", "proposed", "11-21")]),
    "silent": (silent, "anonymous", OWED_SILENT, LAWFUL_SILENT,
               [("sign_in", "09-02 16:00"), ("first_answer", "09-04 18:00"), ("plan", "09-04 18:00"),
                ("due", "09-09 18:00"), ("", "09-16 23:59"), ("due", "09-18 09:00")],
               [("late", "ended", "09-06")]),
}


def last_in(table, day):
    return table[max(key for key in table if key <= f"{day:%m-%d}")]


def night(day):
    """Close a day (过夜), half an hour after it."""
    with clock.at(datetime.combine(day + timedelta(days=1), datetime.min.time(), clock.LOCAL) + timedelta(minutes=30)):
        services.record_speakers(day)
        progress.record_gaps(day)
        services.record_overdue(day)
        services.record_terms(day)
        services.propose_supervision(day)
        progress.propose_unreported(day)


def lived(day, todo, hours):
    """Do what is done in some hours of a day (当日所办)."""
    for moment in sorted(key for key in todo if key[:5] == f"{day:%m-%d}" and hours[0] <= key[6:] < hours[1]):
        with clock.at(at(moment)):
            todo[moment]()


@pytest.mark.parametrize("story", STORIES)
def test_what_is_owed_each_day_is_what_the_rules_say(mine, story):
    deeds, mode, owes, lawful, late, supervised = STORIES[story]
    with clock.at(at("09-01 10:00")):
        hire(mine, "labour", "劳资科科长", "LZ", Role.CHIEF, "3100", head=True)
        said = heard(unit="ZC1", kind="appeal", mode=mode)
    services.release_due(now=at("09-01 16:00"))
    todo, day, wrong = deeds(mine, said.number, said.receipt), FIRST, []
    while day <= LAST:
        lived(day, todo, ("00:00", "12:00"))
        with clock.at(at(f"{day:%m-%d} 12:00")):
            services.run_clocks()
            matter = Matter.objects.get()
            owed = owing([matter]).get(matter.pk)
            shown = f"{owed[0]} {clock.local(owed[1]):%m-%d %H:%M}" if owed else ""
            if shown != last_in(owes, day):
                wrong.append((f"{day:%m-%d}", shown, last_in(owes, day)))
            assert Matter.objects.filter(missed(clock.now())).exists() == bool(owed and owed[1] < clock.now()), day
        lived(day, todo, ("12:00", "24:00"))
        night(day)
        running = {row.code: f"{row.due:%m-%d}" for row in Term.objects.filter(met=None, lifted=False)}
        if running != last_in(lawful, day):
            wrong.append((f"{day:%m-%d}", running, last_in(lawful, day)))
        day += timedelta(days=1)
    assert wrong == []
    assert [(fact.content.get("clock", ""), f"{clock.local(fact.occurred_at):%m-%d %H:%M}")
            for fact in sorted(history(f"matters/{said.number}"), key=lambda one: str(one.content["occurred_at"]))
            if fact.kind in FACTS] == late
    assert [(row.trigger, row.state, f"{clock.local(row.proposed_at):%m-%d}")
            for row in Supervision.objects.order_by("pk")] == supervised
