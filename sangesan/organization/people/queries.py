"""Reads of people (人员查询): who holds what, what is vacant, what a person may reach."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from sangesan.foundation import clock
from sangesan.foundation.asking import asked, listed
from sangesan.foundation.door import Sign
from sangesan.foundation.errors import NotFound
from sangesan.method.authority import LINES, NOBODY, POWERS, READS, Action, Grant, HeldPost, Reach, Role, Scope
from sangesan.organization.units.models import Coverage
from sangesan.organization.units.queries import Step, covered_by_many, join_path, lineages, on, to_mine

from .models import Appointment, Person, Post

ACTING = Appointment.Kind.ACTING

# What every request of the staff asks, written out: building these two took five times as long as answering them.
_HELD = """
SELECT a.person_id, p.code, p.title, p.role, p.unit_id, p.line, p.head, a.kind
FROM people_appointment a JOIN people_post p ON p.id = a.post_id
WHERE a.person_id IN ({people}) AND a.since <= %(day)s AND (a.until IS NULL OR a.until > %(day)s)
  AND p.since <= %(day)s AND (p.until IS NULL OR p.until > %(day)s)
ORDER BY p.head DESC, a.kind, a.since, a.id
"""
_HEADS = """
SELECT unit_id, line, code FROM people_post
WHERE head AND unit_id IN ({units}) AND since <= %(day)s AND (until IS NULL OR until > %(day)s) ORDER BY id DESC
"""


def holders(post: int, day: date) -> list[int]:
    """Return who holds a post on a day (在任者), acting holders first."""
    rows = on(Appointment.objects.filter(post=post), day)
    return [r.person_id for r in sorted(rows, key=lambda r: (r.kind != Appointment.Kind.ACTING, r.since, r.pk))]


def holds(person: Person, role: Role) -> bool:
    """Return whether somebody has such a post, today or later (有无这类岗位)."""
    rows = Appointment.objects.filter(person=person, post__role=role.value)
    return rows.exclude(until__lte=clock.today()).exists()


def head_post(unit: int, line: str, day: date) -> Post | None:
    """Return the head's post of a unit in a line (负责人岗位), or None."""
    return on(Post.objects.filter(unit=unit, line=line, head=True), day).order_by("pk").first()


def posts_of(unit: int, day: date) -> QuerySet[Post]:
    """Return the posts of a unit on a day (单位岗位), heads first."""
    return on(Post.objects.filter(unit=unit), day).order_by("-head", "code")


def posts_with(roles: Iterable[Role], day: date) -> QuerySet[Post]:
    """Return the posts of some kinds on a day (某类岗位)."""
    return on(Post.objects.filter(role__in=[role.value for role in roles]), day).order_by("code")


def posts_over(unit: int, roles: Iterable[Role], day: date) -> QuerySet[Post]:
    """Return the posts of some kinds in a unit, above it and in the branches over it (上级岗位) on a day."""
    path = [step.pk for step in lineages([unit], day).get(unit, [])]
    branches = on(Coverage.objects.filter(unit__in=path), day).values_list("branch_id", flat=True)
    over = {step.pk for way in lineages(list(branches), day).values() for step in way}
    return posts_with(roles, day).filter(unit__in={*path, *over})


def post_keys(codes: Iterable[str]) -> list[int]:
    """Return the posts of some codes (按岗位编码)."""
    return list(Post.objects.filter(code__in=list(codes)).values_list("pk", flat=True))


def vacancies(day: date, units: Iterable[int] | None = None) -> QuerySet[Post]:
    """Return the posts nobody holds on a day (空缺岗位): a vacancy is the absence of an appointment."""
    held = on(Appointment.objects.filter(post=OuterRef("pk")), day)
    rows = on(Post.objects.all(), day).filter(~Exists(held))
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    return rows.select_related("unit").order_by("unit__position", "unit__code", "-head", "code")


def present(day: date) -> QuerySet[Person]:
    """Return the people of a day (在册人员)."""
    return on(Person.objects.all(), day)


def known_names() -> QuerySet:
    """Return every name of the roster (历来姓名), of those who left as well: a letter names them all the same."""
    return Person.objects.values_list("name", flat=True)


def sought() -> bool:
    """Return whether what came in before is still looked through for somebody (有无入册审读)."""
    return Person.objects.exclude(sought=0).exists()


def find(words: str, day: date, limit: int = 20) -> list[Person]:
    """Return people by name, work number or pinyin initials (查找人员)."""
    words = words.strip()
    return list(named(present(day), words).select_related("unit").order_by("work_number")[:limit]) if words else []


def find_posts(words: str, day: date, limit: int = 20) -> list[Appointment]:
    """Return who holds a post (查找在岗人员), by title, name or pinyin initials; nobody without a post."""
    words = words.strip()
    if not words:
        return []
    hit = Q(post__title__contains=words) | Q(person__name__contains=words)
    if len(words) > 1:
        hit |= Q(person__initials=words.lower())
    rows = on(Appointment.objects.filter(hit), day).filter(Q(post__until=None) | Q(post__until__gt=day))
    return list(rows.select_related("post__unit", "person").order_by("-post__head", "post__code", "pk")[:limit])


def named(people: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Filter people by name, work number or pinyin initials (按姓名、工号、首字母)."""
    return people.filter(
        Q(name__contains=words) | Q(work_number__startswith=words) | Q(initials__startswith=words.lower())
    )


def signs(_scope: Scope, keys: list[str]) -> dict[str, Sign]:
    """Return what people are called (称呼), by key: the first post and its unit, the name beside it."""
    people = {p.pk: p for p in Person.objects.filter(pk__in=[int(k) for k in keys if k.isdecimal()])
              .select_related("unit")}
    rows = on(Appointment.objects.filter(person__in=people), clock.today()).select_related("post")
    held = {row.person_id: row.post.title for row in rows.order_by("post__head", "-kind", "-pk")}
    return {str(pk): Sign(held.get(pk) or _("%(unit)s职工") % {"unit": p.unit.name}, p.name)
            for pk, p in people.items()}


def person_for(scope: Scope, work_number: str, action: Action) -> Person:
    """Return the person of that work number over whose unit the action is granted, else NotFound."""
    person = Person.objects.select_related("unit").filter(work_number=work_number).first()
    if person is None or not _reaches(scope, action, person.unit_id):
        raise NotFound(_("没有找到这个人"))
    return person


def post_for(scope: Scope, code: str, action: Action) -> Post:
    """Return the post of that code over whose unit the action is granted, else NotFound."""
    post = Post.objects.select_related("unit").filter(code=code).first()
    if post is None or not _reaches(scope, action, post.unit_id):
        raise NotFound(_("没有找到这个岗位"))
    return post


def _reaches(scope: Scope, action: Action, unit: int) -> bool:
    above = {step.pk for step in lineages([unit], clock.today())[unit]}
    return bool(scope.units_for(action) & above)


def scope_of(person: Person | int, day: date | None = None) -> Scope:
    """Return what a person may reach on a day (权限范围), frozen; five queries for any posts, six to stand in.

    A post's actions reach its unit and, for a unit of a line, the units it covers; roles with
    the reach of the mine reach the nearest mine above (Reach.MINE). Some reach a line's own matters alone (LINES).
    Whose name is still looked for in what came in before reads no matter yet, nor does who stands in for them.
    """
    person = person if isinstance(person, Person) else Person.objects.filter(pk=person).first()
    return NOBODY if person is None else _scopes([person], day or clock.today()).get(person.pk, NOBODY)


def scopes_of(persons: Iterable[int], day: date | None = None) -> dict[int, Scope]:
    """Return what each of some persons may reach on a day (多人权限范围), in as many queries as for one.

    Who is not there that day reaches nothing, and is left out.
    """
    return _scopes(list(Person.objects.filter(pk__in=list(persons))), day or clock.today())


def _scopes(people: list[Person], day: date) -> dict[int, Scope]:
    there = {one.pk: one for one in people if one.since <= day and not (one.until and one.until <= day)}
    held: dict[int, list[tuple]] = {pk: [] for pk in there}
    for pk, *row in asked(_HELD.format(people=listed(there)), day=day) if there else []:
        held[pk].append(row)
    ways = lineages({unit for rows in held.values() for _code, _title, _role, unit, *_more in rows}, day)
    covers = covered_by_many(ways, day)
    heads = _heads({step.pk for way in ways.values() for step in way}, day)
    stood = _stood_for({code for rows in held.values() for code, *_more, kind in rows if kind == ACTING}, day)
    found = {}
    for pk, rows in held.items():
        posts, grants, superiors, stands_for, unread = [], set(), set(), set(), there[pk].sought != 0
        for code, title, kept, unit, line, head, kind in rows:
            way, role = ways[unit], Role(kept)
            posts.append(HeldPost(code, title, role, unit, join_path(way), line, bool(head), kind == ACTING))
            reach, actions = POWERS[role]
            acts_for = stood.get(code, {}) if kind == ACTING else {}
            stands_for |= set(acts_for)
            unread |= any(acts_for.values())
            roots = [unit, *covers.get(unit, [])] if reach == Reach.UNIT else [mine_of(way)]
            line_of, within = LINES.get(role, ("", ()))
            grants |= {Grant(action, root, line_of if action in within else "") for action in actions for root in roots}
            superiors |= {above} if (above := _above(code, line, bool(head), way, heads)) else set()
        kept = frozenset(grant for grant in grants if not (unread and grant.action in READS))
        found[pk] = Scope(person=pk, name=there[pk].name, posts=tuple(posts), grants=kept, unread=unread,
                          superiors=frozenset(superiors), paths=tuple(post.path for post in posts),
                          stands_for=frozenset(stands_for - {pk}))
    return found


def _stood_for(codes: set[str], day: date) -> dict[str, dict[int, int]]:
    """Return who holds some posts in their own right (被代办人), by the code of the post, and who is `sought`."""
    found: dict[str, dict[int, int]] = {}
    if codes:
        rows = on(Appointment.objects.filter(post__code__in=codes), day).exclude(kind=ACTING)
        for code, person, waits in rows.values_list("post__code", "person", "person__sought"):
            found.setdefault(code, {})[person] = waits
    return found


def mine_of(way: list[Step]) -> int:
    """Return the nearest mine or group on a way, read from below (所属矿), else its root."""
    return to_mine(way)[-1].pk


def _heads(units: set[int], day: date) -> dict[tuple[int, str], str]:
    rows = asked(_HEADS.format(units=listed(units)), day=day) if units else []
    return {(unit, line): code for unit, line, code in rows}


def _above(own: str, line: str, head: bool, way: list[Step], heads: dict[tuple[int, str], str]) -> str:
    """Return the code of the post that a post reports to (直接上级): the head here, or one above; '' for none."""
    for step in reversed(way[:-1] if head else way):
        code = heads.get((step.pk, line))
        if code and code != own:
            return code
    return ""


def superior_of(code: str, day: date, but: Collection[str] = ()) -> str:
    """Return whom a post reports to on a day (述职对象): the nearest head above that somebody holds, none of `but`."""
    post = Post.objects.filter(code=code).first()
    if post is None:
        return ""
    way = lineages([post.unit_id], day)[post.unit_id]
    held = on(Appointment.objects.filter(post__unit__in=[step.pk for step in way], post__head=True), day)
    codes = set(held.values_list("post__code", flat=True)) - set(but)
    heads = {place: code for place, code in _heads({step.pk for step in way}, day).items() if code in codes}
    return _above(post.code, post.line, post.head, way, heads)
