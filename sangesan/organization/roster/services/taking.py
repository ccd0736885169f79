"""Taking a plan in (导入): in bulk, units first, all that is wrong left out."""

from __future__ import annotations

from datetime import date

from sangesan.foundation import clock, pinyin
from sangesan.method.facts import Actor
from sangesan.method.turns import read
from sangesan.organization.people.models import Appointment, Person, Post
from sangesan.organization.people.signals import appointed, ending, entered
from sangesan.organization.units import services as units
from sangesan.organization.units.models import Coverage, Line, Shift, Unit, UnitEdge

from ..queries.changes import Change, Effect, Plan
from ..queries.sheets import ADDRESSES
from .journal import Journal


class Taking:
    """One import under way (一次导入)."""

    def __init__(self, plan: Plan, day: date, actor: Actor) -> None:
        self.plan, self.day, self.actor = plan, day, actor
        self.journal = Journal()

    def run(self) -> Journal:
        self._units()
        self._people()
        self._posts()
        self._appointments()
        return self.journal

    def _new(self, sheet: str) -> list[Change]:
        return self.plan.of(sheet, Effect.NEW)

    def _changed(self, sheet: str) -> list[Change]:
        return self.plan.of(sheet, Effect.CHANGED)

    def _units(self) -> None:
        self.journal.makes("units", [self._unit(change.row) for change in self._new("单位")])
        self._rename_units()
        self.codes = {unit.code: unit for unit in Unit.objects.all()}
        edges = []
        for change in self._new("单位"):
            if parent := change.row["上级编码"]:
                unit, above = self.codes[change.row["编码"]], self.codes[parent]
                edges.append(UnitEdge(child=unit, parent=above, since=max(unit.opened, above.opened)))
        self.journal.makes("edges", edges)
        self._move_units()
        self._cover()
        self._put_on_shift()

    def _unit(self, row) -> Unit:
        return Unit(code=row["编码"], name=row["名称"], initials=pinyin.initials(row["名称"]), kind=row["类别"],
                    line=row["条线"] or Line.ADMINISTRATION.value, opened=row["设立日期"] or self.day,
                    position=row["顺序"] or 0)

    def _rename_units(self) -> None:
        changed = self._changed("单位")
        self.journal.changes("units", [change.target for change in changed])
        for change in changed:
            unit, row = change.target, change.row
            unit.name, unit.kind, unit.initials = row["名称"], row["类别"], pinyin.initials(row["名称"])
            unit.position = unit.position if row["顺序"] is None else row["顺序"]
        Unit.objects.bulk_update([c.target for c in changed], ["name", "kind", "initials", "position"], batch_size=300)

    def _move_units(self) -> None:
        """Move from the top down, so that no step on the way makes a ring."""
        moves = {
            change.target.code: change for change in self._changed("单位")
            if any(each.label == "上级编码" for each in change.differences)
        }
        above = dict(UnitEdge.objects.filter(until=None).values_list("child__code", "parent__code"))
        above |= {code: change.row["上级编码"] for code, change in moves.items()}
        for code in sorted(moves, key=lambda code: _depth(code, above)):
            unit, parent = self.codes[code], self.codes[above[code]]
            before = units.open_edge(unit)
            self.journal.moved.append([unit.pk, before and before.parent_id, parent.pk])
            units.move_unit(unit=unit, parent=parent, actor=self.actor, day=self.day)

    def _cover(self) -> None:
        made = []
        for change in [*self._new("单位"), *self._changed("单位")]:
            wanted = change.row["覆盖单位"]
            if not wanted:
                continue
            branch = self.codes[change.row["编码"]]
            now = list(Coverage.objects.filter(branch=branch, until=None).select_related("unit"))
            gone = [row for row in now if row.unit.code not in wanted]
            self.journal.changes("coverages", gone)
            for row in gone:
                units.uncover(branch=branch, unit=row.unit, actor=self.actor, day=self.day)
            known = {row.unit.code for row in now}
            for unit in (self.codes[code] for code in dict.fromkeys(wanted) if code not in known):
                since = self.day if change.target else max(branch.opened, unit.opened)
                made.append(Coverage(branch=branch, unit=unit, since=since))
        self.journal.makes("coverages", made)

    def _put_on_shift(self) -> None:
        made = []
        for change in [*self._new("单位"), *self._changed("单位")]:
            pattern, unit = change.row["班次"], self.codes[change.row["编码"]]
            if not pattern:
                continue
            turns, days = read(pattern), change.row["几天一倒"] or 0
            now = list(Shift.objects.filter(unit=unit, until=None).order_by("place")) if change.target else []
            if now and now[0].days == days and [row.turn for row in now] == turns:
                continue
            if now:
                self.journal.changes("shifts", now)
                units.end_shift(unit=unit, day=self.day)
            since = self.day if change.target or days else unit.opened
            made += units.rota(unit=unit, turns=turns, days=days, since=since)
        self.journal.makes("shifts", made)

    def _people(self) -> None:
        starts = self._starts("工号")
        self.journal.makes("people", [
            Person(work_number=row["工号"], name=row["姓名"], initials=pinyin.name_initials(row["姓名"]),
                   unit=self.codes[row["单位编码"]], phone=row["手机"] or "",
                   **{name: row[column] or "" for name, column in ADDRESSES.items()},
                   since=row["入册日期"] or starts.get(row["工号"], self.day))
            for row in (change.row for change in self._new("人员"))
        ])
        changed = self._changed("人员")
        self.journal.changes("people", [change.target for change in changed])
        for change in changed:
            person, row = change.target, change.row
            person.name, person.initials = row["姓名"], pinyin.name_initials(row["姓名"])
            person.unit, person.phone = self.codes[row["单位编码"]], row["手机"] or person.phone
            for name, column in ADDRESSES.items():
                setattr(person, name, row[column] or getattr(person, name))
        Person.objects.bulk_update([c.target for c in changed], ["name", "initials", "unit", "phone", *ADDRESSES],
                                   batch_size=300)
        joined = [c.row["工号"] for c in self._new("人员")] + [
            c.row["工号"] for c in changed if any(each.label == "姓名" for each in c.differences)]
        if joined:
            entered.send(sender=Person, people=list(Person.objects.filter(work_number__in=joined)))

    def _posts(self) -> None:
        starts = self._starts("岗位编码")
        self.journal.makes("posts", [
            Post(code=row["岗位编码"], title=row["岗位名称"], unit=self.codes[row["单位编码"]], role=row["岗位类别"],
                 line=row["条线"] or self.codes[row["单位编码"]].line, head=bool(row["负责人"]),
                 since=row["设立日期"] or starts.get(row["岗位编码"], self.day))
            for row in (change.row for change in self._new("岗位"))
        ])
        changed = self._changed("岗位")
        self.journal.changes("posts", [change.target for change in changed])
        for change in changed:
            post, row = change.target, change.row
            if post.role != row["岗位类别"]:
                self._another_role(post, row["岗位类别"])
            post.title = row["岗位名称"]
            post.head = post.head if row["负责人"] is None else row["负责人"]
        Post.objects.bulk_update([c.target for c in changed], ["title", "head"], batch_size=300)

    def _another_role(self, post: Post, role: str) -> None:
        """Let a post do something else (改岗位类别): to its holders that is as if their post ended."""
        held = list(Appointment.objects.filter(post=post).exclude(until__lte=self.day).select_related("post"))
        for one in held:
            ending.send(sender=Appointment, appointment=one, day=self.day, regardless=False,
                        also=[each.pk for each in held])
        post.role = role
        post.save(update_fields=["role"])

    def _appointments(self) -> None:
        changed = self._changed("任职")
        self.journal.changes("appointments", [change.target for change in changed])
        for change in changed:
            if until := change.row["结束日期"]:
                ending.send(sender=Appointment, appointment=change.target, day=until, regardless=False)
            change.target.until = until
            change.target.save(update_fields=["until"])  # whoever is asked next sees who is to go already
        new = self._new("任职")
        rows = [change.row for change in new]
        people = _by_code(Person, "work_number", {row["工号"] for row in rows})
        posts = _by_code(Post, "code", {row["岗位编码"] for row in rows})
        self.journal.makes("appointments", [
            Appointment(person_id=people[row["工号"]], post_id=posts[row["岗位编码"]],
                        kind=row["任职方式"] or Appointment.Kind.FULL.value, since=row["开始日期"] or self.day,
                        until=row["结束日期"], share=change.share)
            for change, row in zip(new, rows, strict=True)
        ])
        made = Appointment.objects.filter(pk__in=self.journal.made["appointments"], since__lt=clock.today())
        if earlier := list(made.select_related("post")):
            appointed.send(sender=Appointment, appointments=earlier)

    def _starts(self, column: str) -> dict[str, date]:
        """Return the first day each person or post is spoken of (最早任职日), at the latest today."""
        found: dict[str, date] = {}
        for change in self._new("任职"):
            key, since = change.row[column], change.row["开始日期"] or self.day
            found[key] = min(found.get(key, self.day), since)
        return found


def _depth(code: str, above: dict[str, str]) -> int:
    depth = 0
    while code in above and depth < 64:
        code, depth = above[code], depth + 1
    return depth


def _by_code(model, field: str, codes: set[str]) -> dict[str, int]:
    if len(codes) > 500:
        return dict(model.objects.values_list(field, "pk"))
    return dict(model.objects.filter(**{f"{field}__in": codes}).values_list(field, "pk"))
