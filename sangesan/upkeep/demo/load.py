"""Load the organisation (装入组织): units, people, posts, calendar, accounts, through the services."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from sangesan.feedback.warning.services import rota
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.jobs import queries as jobs
from sangesan.method.facts import SYSTEM
from sangesan.organization.accounts.services.demo import open_demo_accounts
from sangesan.organization.calendar import services as calendar
from sangesan.organization.people.models import ROLE_NAMES, Appointment, Person
from sangesan.organization.people.queries import scope_of
from sangesan.organization.roster import services as roster
from sangesan.organization.units.models import Kind, Line, Unit

from . import box, networks
from .living import anchor
from .people import ACCOUNTS, PASSWORD, SINCE, Mine, mine

SEED = 2026
QUARTER, YEAR = 91, 364


@dataclass(frozen=True)
class Plan:
    """What this data directory's demo is (示范计划); it stands in the marker file."""

    seed: int
    since: date
    until: date
    now: datetime

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), default=lambda value: value.isoformat()) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Plan:
        said = json.loads(path.read_text(encoding="utf-8"))
        until = date.fromisoformat(said["until"])
        now = datetime.fromisoformat(said["now"]) if "now" in said else anchor(until, clock.now())
        return cls(int(said["seed"]), date.fromisoformat(said["since"]), until, now)


def marker() -> Path:
    """Return the file that says this is a demo (示范标记)."""
    return settings.DATA / "demo"


def prepare(*, until: date | None = None, days: int = QUARTER) -> Plan:
    """Make this directory a demo (准备示范矿) and load the organisation; safe to run again.

    Refuses a database that already holds another enterprise.
    """
    found = Unit.objects.filter(kind=Kind.MINE.value).first()
    if marker().exists():
        plan = Plan.read(marker())
    elif found is not None:
        raise UserError("没有装入示范矿", why=f"数据库里已有单位“{found.name}”",
                        next="请换一个空的数据目录（SANGESAN_DATA）")
    else:
        until = until or clock.today() - timedelta(days=1)
        plan = Plan(SEED, until - timedelta(days=days), until, anchor(until, clock.now()))
        plan.write(marker())
    settings.DEMO = True
    if found is None:
        made = mine(plan.seed)
        _organization(made)
        networks.fill(made)
    if jobs.of("demo") is None:  # also when the last attempt broke off right after the organisation
        _accounts()
        _box(plan)
    _rota()
    years = range(min(plan.since, clock.today()).year, max(plan.until, clock.today()).year + 1)
    for year in years:
        calendar.confirm(year=year, actor=SYSTEM)
    return plan


def _organization(made: Mine) -> None:
    with clock.at(SINCE):
        roster.take_tables(tables=tables(made), actor=SYSTEM, day=SINCE, name="示范矿")


def _box(plan: Plan) -> None:
    posts = {post: Person.objects.get(appointments__post__code=post, appointments__until=None)
             for post in ("JWB-JC", "QSL-JWSJ")}
    box.prepare(*(scope_of(person) for person in posts.values()))
    box.lay_in(plan.until)


def _accounts() -> None:
    numbers = [number for number, *_ in ACCOUNTS]
    open_demo_accounts(Person.objects.filter(work_number__in=numbers), password=PASSWORD)


def _rota() -> None:
    """Write two weeks of the duty rota (值班表) from the day the demo is opened."""
    posts = {"检修班": "DDS-ZB", "四点班": "DDS-ZB2", "零点班": "DDS-ZB3"}
    held = {word: Appointment.objects.select_related("person").get(post__code=code) for word, code in posts.items()}
    days = [clock.today() + timedelta(days=n) for n in range(-1, 13)]
    rota.paste(scope=scope_of(held["检修班"].person), text="\n".join(
        f"{day:%F} {word} {row.person.work_number}" for day in days for word, row in held.items()))


WEEK = 7
"""Days after which a crew that rotates changes its shift (几天一倒)."""


def tables(made: Mine) -> dict[str, list[list]]:
    """Return the mine as the sheets of the organisation workbook (组织工作簿)."""
    kinds, lines, roles = dict(Kind.choices), dict(Line.choices), {role.value: n for role, n in ROLE_NAMES.items()}
    return {
        "单位": [["编码", "名称", "类别", "条线", "上级编码", "顺序", "覆盖单位", "班次", "几天一倒"]] + [
            [u.code, u.name, kinds[u.kind], lines[u.line], u.parent, place, "、".join(u.covers), u.shift,
             WEEK if "、" in u.shift else ""]
            for place, u in enumerate(made.units, 1)],
        "人员": [["工号", "姓名", "单位编码"]] + [list(person) for person in made.people],
        "岗位": [["岗位编码", "岗位名称", "单位编码", "岗位类别", "条线", "负责人"]] + [
            [p.code, p.title, p.unit, roles[p.role], lines[p.line], "是" if p.head else "否"] for p in made.posts],
        "任职": [["工号", "岗位编码"]] + [[number, post] for number, post, _ in made.held],
    }


__all__ = ["Plan", "marker", "prepare", "tables"]
