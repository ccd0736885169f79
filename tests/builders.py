"""Builders (造数): small worlds for the tests, made through the services where a service exists.

`small_mine()` gives one mine with a specialty, a team, a crew, offices, a branch that covers the
team, posts and their holders: enough for one matter to go all the way.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from secrets import token_hex

from sangesan.foundation import clock
from sangesan.method.authority import Role, Scope
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.people.queries import scope_of
from sangesan.organization.units.models import Coverage, Kind, Line, Unit, UnitEdge
from tests.remembering import remembered

START = date(2026, 1, 1)


@dataclass
class Mine:
    """What `small_mine` built: units by code, persons and posts by post code."""

    units: dict[str, Unit] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)

    def scope(self, post: str, day: date | None = None) -> Scope:
        """Return the scope of a post's holder (权限范围)."""
        holder = self.persons[post]
        return _scope(holder.pk, holder.name, holder.since, holder.until, holder.sought, day or clock.today())


@remembered
def _scope(pk: int, name: str, since: date, until: date | None, sought: int, day: date) -> Scope:
    """Return the scope of a holder as the test knows them (权限范围), asked once while nobody's post is written."""
    return scope_of(Person(pk=pk, name=name, since=since, until=until, sought=sought), day)


def unit(code: str, name: str, kind: str, above: Unit | None = None, line: str = Line.ADMINISTRATION) -> Unit:
    """Make a unit (单位) under another from START on."""
    made = Unit.objects.create(code=code, name=name, kind=kind, line=line, opened=START)
    if above is not None:
        UnitEdge.objects.create(child=made, parent=above, since=START)
    return made


def person(number: str, name: str, at: Unit) -> Person:
    """Make a person (人员) in a unit."""
    return Person.objects.create(work_number=number, name=name, unit=at, since=START)


def post(code: str, title: str, at: Unit, role: Role, holder: Person | None = None, *,
         head: bool = False, line: str = Line.ADMINISTRATION, kind: str = "full") -> Post:
    """Make a post (岗位) and appoint its holder."""
    made = Post.objects.create(code=code, title=title, unit=at, role=role.value, head=head, line=line, since=START)
    if holder is not None:
        Appointment.objects.create(person=holder, post=made, kind=kind, since=START)
    return made


_UNITS = [
    ("QSL", "青石岭矿", Kind.MINE, "", Line.ADMINISTRATION),
    ("CM", "采煤专业", Kind.SPECIALTY, "QSL", Line.ADMINISTRATION),
    ("ZC1", "综采一队", Kind.TEAM, "CM", Line.ADMINISTRATION),
    ("ZC1J", "综采一队检修班", Kind.CREW, "ZC1", Line.ADMINISTRATION),
    ("ZC2", "综采二队", Kind.TEAM, "CM", Line.ADMINISTRATION),
    ("XF", "信访办", Kind.OFFICE, "QSL", Line.ADMINISTRATION),
    ("HQ", "后勤科", Kind.OFFICE, "QSL", Line.ADMINISTRATION),
    ("LZ", "劳资科", Kind.OFFICE, "QSL", Line.ADMINISTRATION),
    ("DW", "青石岭矿党委", Kind.COMMITTEE, "QSL", Line.PARTY),
    ("ZB1", "综采一队党支部", Kind.BRANCH, "DW", Line.PARTY),
]
_POSTS = [
    ("leader", "矿长", "QSL", Role.LEADER, "王安民", True, Line.ADMINISTRATION),
    ("triage", "信访办分办员", "XF", Role.TRIAGE, "李文静", False, Line.ADMINISTRATION),
    ("duty", "值班领导", "QSL", Role.DUTY, "赵守山", False, Line.ADMINISTRATION),
    ("chief", "综采一队队长", "ZC1", Role.CHIEF, "张大力", True, Line.ADMINISTRATION),
    ("handler", "后勤科承办人", "HQ", Role.HANDLER, "陈小河", False, Line.ADMINISTRATION),
    ("logistics", "后勤科科长", "HQ", Role.CHIEF, "周有田", True, Line.ADMINISTRATION),
    ("secretary", "综采一队党支部书记", "ZB1", Role.SECRETARY, "刘志远", True, Line.PARTY),
    ("correspondent", "检修班信息员", "ZC1J", Role.CORRESPONDENT, "孙二虎", False, Line.ADMINISTRATION),
    ("assessor", "考核员", "DW", Role.ASSESSOR, "吴秀英", False, Line.PARTY),
    ("admin", "系统管理员", "QSL", Role.SYSTEM_ADMIN, "郑工", False, Line.ADMINISTRATION),
]


def small_mine() -> Mine:
    """Build the small mine (小矿) that most tests live in: in few statements, for almost every test builds it."""
    mine = Mine()
    mine.units = {unit.code: unit for unit in Unit.objects.bulk_create(
        Unit(code=code, name=name, kind=kind, line=line, opened=START) for code, name, kind, _above, line in _UNITS)}
    UnitEdge.objects.bulk_create(
        UnitEdge(child=mine.units[code], parent=mine.units[above], since=START)
        for code, _name, _kind, above, _line in _UNITS if above)
    Coverage.objects.create(branch=mine.units["ZB1"], unit=mine.units["ZC1"], since=START)
    codes = [code for code, *_more in _POSTS]
    mine.persons = dict(zip(codes, Person.objects.bulk_create(
        Person(work_number=str(number), name=name, unit=mine.units[at], since=START)
        for number, (_code, _title, at, _role, name, _head, _line) in enumerate(_POSTS, start=1001)), strict=True))
    mine.posts = dict(zip(codes, Post.objects.bulk_create(
        Post(code=code, title=title, unit=mine.units[at], role=role.value, head=head, line=line, since=START)
        for code, title, at, role, _name, head, line in _POSTS), strict=True))
    Appointment.objects.bulk_create(
        Appointment(person=mine.persons[code], post=mine.posts[code], kind="full", since=START) for code in codes)
    hire(mine, "cadre", "党委工作部干事", "DW", Role.CADRE, "1090", line=Line.PARTY)
    return mine


def hire(mine: Mine, code: str, title: str, at: str, role: Role, number: str, **more) -> Scope:
    """Make one more post with a holder (添岗)."""
    mine.persons[code] = person(number, title, mine.units[at])
    mine.posts[code] = post(code, title, mine.units[at], role, mine.persons[code], **more)
    return mine.scope(code)


def heard(text: str = "夜班食堂只有凉馒头", *, unit: str | None = None, mode: str = "named", **parts):
    """Let somebody speak through the leaders' mailbox (一次诉说); returns number and receipt."""
    from sangesan.feedback.intake.services import submit

    if mode != "anonymous":
        parts = {"name": "马六", "contact": "138****0000"} | parts
    key = parts.pop("key", "") or token_hex(16)
    return submit(channel=parts.pop("channel", "leaders"), mode=mode, text=text, unit=unit, key=key, **parts)
