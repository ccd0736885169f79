"""Whom a letter means (被反映人), judged in memory from what the speaker wrote about it.

Names and posts of the roster are looked for in the words; nothing of it is kept but tags. Who is only
named in the letter is left out as well: it costs an inspector a letter, the other way it costs a speaker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from sangesan.feedback.matters.queries.designations import LEADING
from sangesan.feedback.matters.queries.nearby import called_so
from sangesan.foundation import clock
from sangesan.method.accusing import accused, blamed, leaders_blamed, whole
from sangesan.method.addressing import unaddressed
from sangesan.method.authority import Role
from sangesan.method.few import of_few, top_told
from sangesan.method.folding import fold
from sangesan.method.masking import Names
from sangesan.method.mentions import names_post, nicknames, surnames
from sangesan.method.sounding import sounding
from sangesan.method.spelling import closed_up, work_numbers
from sangesan.organization.people.models import Appointment, Post
from sangesan.organization.people.queries import present
from sangesan.organization.units.queries import on

from .. import queries

TOPMOST = ("矿长", "党委书记")
"""Who leads the mine (主要负责人), by the end of the title; a deputy is asked after by his own."""
_BESIDE = ("助理", "办公室", "秘书", "司机")
"""Behind a title these make somebody else of it (另有其人)."""


def meant(about: str) -> set[int]:
    """Return the persons a line of words means (被反映人): by name, or as holders of a post it names."""
    if not about:
        return set()
    day, about = clock.today(), _read(about)
    people = {pk for pk, name in present(day).values_list("pk", "name") if len(name) > 1 and fold(name) in about}
    posts = list(on(Post.objects.all(), day).values_list("pk", "title", "unit__name"))
    alike = Counter(title for _pk, title, _unit in posts)
    found = [pk for pk, title, unit in posts
             if fold(title) in about and (alike[title] == 1 or fold(unit).removesuffix("队") in about)]
    held = on(Appointment.objects.filter(post__in=found), day)
    offices = {row.person_id for row in _inspectors() if any(whole(about, name) for name in _offices(row))}
    return people | _called(about) | _near(about) | offices | set(held.values_list("person_id", flat=True))


def _called(text: str) -> set[int]:
    """Return whom surname and post mean (姓加职务所指): all of that name, for nothing says who is near."""
    rows = on(Appointment.objects.select_related("person", "post__unit"), clock.today())
    return {row.person_id for group in called_so(surnames(text), rows).values() for row in group}


def _near(text: str) -> set[int]:
    """Return the inspectors whom words mean in ways that are sure of so few (点到的监察员).

    So are a name by its sound, a number of work, 小冯, 冯同志 and 冯头儿, the given name alone, the surname with a
    title that nobody of it has, and a wrong told of the post or of the office.
    """
    rows, numbers = _inspectors(), work_numbers(text)
    heard = {name for name, _way in sounding(text, {row.person.name for row in rows})}
    heard |= _of_few(text, rows) | _titled_otherwise(text, rows)
    short = {name for name, title in nicknames(text) if not title}
    return {row.person_id for row in rows if row.person.name in heard or row.person.work_number in numbers
            or {fold(row.person.name[:1]), fold(row.person.name[1:])} & short
            or accused(text, row.post.title) or any(blamed(text, name) for name in _offices(row))}


def _of_few(text: str, rows: Iterable[Appointment]) -> set[str]:
    """Return whose name is meant by what is sure of so few (少数人中的称呼)."""
    names, others = {row.person.name for row in rows}, _names()
    return {name for name in names if of_few(text, name, others - {fold(name)})}


def _titled_otherwise(text: str, rows: Iterable[Appointment]) -> set[str]:
    """Return who has the surname before a title that nobody of that name holds (姓加别的职务): 冯主任."""
    everybody = on(Appointment.objects.select_related("person", "post__unit"), clock.today())
    wanted = surnames(text)
    taken = called_so(wanted, everybody)
    begins = {begin for begin, title in wanted if (begin, title) not in taken}
    return {name for name in (row.person.name for row in rows)
            if begins & {fold(name[:1]), fold(name[:2]), fold(name[1:])}}


def _names() -> set[str]:
    return {fold(name) for name in present(clock.today()).values_list("name", flat=True)}


def _offices(row: Appointment) -> tuple[str, ...]:
    """Return how the office of an inspector is called (纪检机构), whatever unit the roster puts the post in."""
    return "纪委", "纪检监察部门", row.post.unit.name


def _inspectors() -> list[Appointment]:
    rows = Appointment.objects.filter(post__role=Role.INSPECTOR.value).select_related("person", "post__unit")
    return list(on(rows, clock.today()))


def _read(text: str) -> str:
    """Return words as they are looked through (审读文字): in one script, and once more without gaps in a name."""
    return f"{fold(text)}\n{closed_up(fold(text))}"


def named(text: str) -> set[int]:
    """Return the persons a letter names (信里写到的人) by name or sound, by unit and post, or as head of a unit.

    An inspector's own post is no sign: it is whom letters are addressed to.
    """
    day, said = clock.today(), _read(unaddressed(text))
    called, text = _called(said) | _near(said), _read(text)
    roster = Names(present(day).values_list("name", flat=True))
    names, said = roster.meant(text), roster.apart(said)[1]
    rows = on(Appointment.objects.exclude(post__role=Role.INSPECTOR.value), day).values_list(
        "person_id", "person__name", "post__unit__name", "post__title", "post__head")
    heard = {name for name, way in sounding(text, {row[1] for row in rows}) if way not in roster.all}
    held = {person for person, name, unit, title, head in rows
            if name in heard or names_post(text, unit, title, head) or (head and blamed(said, unit))}
    return {*held, *called, *(present(day).filter(name__in=names).values_list("pk", flat=True) if names else ())}


def inspectors_named(text: str) -> set[int]:
    """Return which of the inspectors words name (写到的监察员), as a letter would."""
    return named(text) & {row.person_id for row in _inspectors()}


def managed_named(text: str) -> bool:
    """Return whether words name a leader whose file lies above (是否提到上级管理的领导).

    A title in whom they are addressed to names nobody: half of the letters begin with 尊敬的矿长.
    """
    posts = _managed()
    if not text or not posts:
        return False
    said, text = _read(unaddressed(text)), _read(text)
    held = on(Appointment.objects.filter(post__in=posts).select_related("person", "post__unit"), clock.today())
    names, numbers = {row.person.name for row in held}, {row.person.work_number for row in held}
    return bool(
        numbers & work_numbers(text) or called_so(surnames(said), held) or any(sounding(text, names))
        or any(len(name) > 1 and fold(name) in text for name in names)
        or any(_stands(post.title, said) for post in posts if post.title)
        or (top_told(said) and any(_topmost(post) for post in posts)))


def _topmost(post: Post) -> bool:
    """Return whether a post is that of who leads the mine (主要负责人)."""
    return post.unit.kind in LEADING and post.title.endswith(TOPMOST) and "副" not in post.title


def managed_called(text: str) -> bool:
    """Return whether words may mean a leader whose file lies above (可能指上级管理的领导): 老王, 王同志, 安民.

    Many are called so: the speaker says whether it is he.
    """
    posts = _managed()
    if not text or not posts:
        return False
    held = on(Appointment.objects.filter(post__in=posts).select_related("person"), clock.today())
    return bool(_of_few(_read(unaddressed(text)), held))


def managed_blamed(text: str) -> bool:
    """Return whether words accuse the mine's leaders as a whole (是否检举矿领导), where the file of one lies above."""
    return any(post.unit.kind in LEADING for post in _managed()) and leaders_blamed(_read(unaddressed(text)))


def _managed() -> list[Post]:
    box = queries.mailbox()
    return list(Post.objects.filter(code__in=box.managed).select_related("unit")) if box and box.managed else []


def _stands(title: str, text: str) -> bool:
    """Return whether a title stands in words by itself (是否单独出现): 副矿长 is no 矿长, and 矿长助理 neither.

    >>> _stands("矿长", "反映矿长收礼"), _stands("矿长", "反映生产副矿长收礼"), _stands("矿长", "矿长助理收礼")
    (True, False, False)
    """
    parts = text.split(title)
    return any(not before.endswith("副") and not after.startswith(_BESIDE) for before, after in pairwise(parts))
