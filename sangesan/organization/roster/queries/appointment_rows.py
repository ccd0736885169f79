"""Checking the sheet 任职 (检查任职表): one full post a person, one regular holder of a head's post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sangesan.foundation.sheets.tables import Row
from sangesan.method import holders
from sangesan.method.holders import spare
from sangesan.method.separation import apart
from sangesan.organization.people.models import Appointment

from .changes import Change, refuse_doubles
from .present import Present

ACTING, FULL = Appointment.Kind.ACTING.value, Appointment.Kind.FULL.value


@dataclass
class Held:
    """An appointment as it will be after the import (导入后的任职); `line` that of its row, where it has one."""

    number: str
    post: str
    kind: str
    since: date
    until: date | None
    share: int = 0
    line: int = 0

    def meets(self, other: Held) -> bool:
        return (self.until is None or other.since < self.until) and (other.until is None or self.since < other.until)


class Appointments:
    """All appointments that stand or are to stand (任职名录)."""

    def __init__(self, present: Present, posts: dict[str, tuple[str, bool]]) -> None:
        """`posts` gives role and head by code, the new ones too."""
        self.posts = posts
        self.by_person: dict[str, list[Held]] = {}
        self.by_post: dict[str, list[Held]] = {}
        for number, rows in present.held.items():
            for row in rows:
                self.add(Held(number, row.post.code, row.kind, row.since, row.until, row.share))

    def add(self, held: Held) -> None:
        self.by_person.setdefault(held.number, []).append(held)
        self.by_post.setdefault(held.post, []).append(held)

    def faults(self, new: Held) -> list[str]:
        """Say why somebody can't hold this post so (任职检查)."""
        role, head = self.posts[new.post]
        found = []
        for other in self.by_person.get(new.number, []):
            if not other.meets(new):
                continue
            if other.kind == new.kind == FULL:
                found.append(_("工号 %(number)s 有两个专任岗位：%(one)s 和 %(other)s，一人只能有一个")
                             % {"number": new.number, "one": other.post, "other": new.post})
            if apart(role, self.posts[other.post][0]):
                found.append(_("系统、安全、审计管理员须由三个人担任，也不兼任能看事项的岗位"))
        if head and new.kind != ACTING:
            found += [
                _("负责人岗位 %(post)s 已由工号 %(number)s 担任") % {"post": new.post, "number": other.number}
                for other in self.by_post.get(new.post, [])
                if other.kind != ACTING and other.number != new.number and other.meets(new)
            ]
        return found

    def left(self, new: Held) -> int:
        """Return what of a whole post somebody has left for another (余下的份额)."""
        return spare((holders.Held(one.post, 0, one.share, one.since, one.until or date.max)
                      for one in self.by_person.get(new.number, [])), new.since, new.until or date.max)

    def too_much(self, new: Held, asked: int) -> list[str]:
        """Say beside which others a share is more than a whole post (份额超过全岗), by their rows."""
        if asked <= (left := self.left(new)):
            return []
        told = "、".join(
            (_("第 %(line)d 行 %(post)s（%(share)d%%）") if one.line else _("现任 %(post)s（%(share)d%%）"))
            % {"line": one.line, "post": one.post, "share": one.share // 100}
            for one in self.by_person.get(new.number, []) if one.meets(new) and one.share)
        return [_("份额 %(asked)d%% 超过余下的 %(left)d%%：同时还任%(told)s，合计不能超过 100%%，请改小，或留空")
                % {"asked": asked // 100, "left": left // 100, "told": told}]


def plan_appointments(
    present: Present, people: set[str], posts: dict[str, tuple[str, bool]], rows: list[Row],
    broken: dict[str, str],
) -> list[Change]:
    """Return what each row of 任职 does; ends are taken before new beginnings.

    `people` and `posts` hold whoever and whatever will stand; `broken` says of a work number or
    a post code that its own row is wrong. A share that is not said is what of a whole post is left.
    """
    refuse_doubles(rows, "工号", "岗位编码", "开始日期")
    book = Appointments(present, posts)
    ends = _ends(rows)
    changes = [_change(present, people, posts, row, broken, ends) for row in rows]
    for change in changes:
        if change.target is not None and not change.row.faults and change.row["结束日期"]:
            for held in book.by_person[change.row["工号"]]:
                if held.post == change.row["岗位编码"] and held.since == change.target.since:
                    held.until = change.row["结束日期"]
    for change in sorted(changes, key=_takes_first):
        if change.target is None and not change.row.faults:
            row = change.row
            since, asked = row["开始日期"] or present.day, (row["份额（%）"] or 0) * 100
            new = Held(row["工号"], row["岗位编码"], row["任职方式"] or FULL, since, row["结束日期"], line=row.line)
            change.row.faults += book.faults(new) + book.too_much(new, asked)
            if new.kind == ACTING and new.until is None:
                change.row.faults.append(_("代理要写“结束日期”"))
            if not change.row.faults:
                new.share = change.share = asked or book.left(new)
                book.add(new)
    return changes


def _takes_first(change: Change) -> tuple[bool, bool]:
    """Whose share is settled first (先定的份额): those that say it, then full posts, whatever row they stand in."""
    return not change.row["份额（%）"], (change.row["任职方式"] or FULL) != FULL


def _ends(rows: list[Row]) -> dict[tuple[str, str], date]:
    """Return when the rows end the first holding of a post by a person (表内结束日期); what begins then is another."""
    found: dict[tuple[str, str], date] = {}
    for row in rows:
        if row["结束日期"]:
            key = row["工号"] or "", row["岗位编码"] or ""
            found[key] = min(row["结束日期"], found.get(key, date.max))
    return found


def _change(present: Present, people, posts, row: Row, broken: dict[str, str],
            ends: dict[tuple[str, str], date]) -> Change:
    number, code = row["工号"] or "", row["岗位编码"] or ""
    if number and number not in people:
        row.faults.append(broken.get(number) or _("工号 %(number)s 不在“人员”表，也不在册") % {"number": number})
    if code and code not in posts:
        row.faults.append(broken.get(code) or _("岗位 %(code)s 不在“岗位”表，也没有设过") % {"code": code})
    since, until = row["开始日期"] or present.day, row["结束日期"]
    change = Change(row, f"{number} → {code}", None if row.faults else _same(
        present, number, code, row["开始日期"], ends.get((number, code), date.max)))
    old = change.target
    if until and until <= (old.since if old else since):
        row.faults.append(_("结束日期 %(until)s 不在开始日期之后") % {"until": until})
    if old and row["任职方式"] and row["任职方式"] != old.kind:
        row.faults.append(_("现在是%(kind)s，要改先填结束日期，再另起一行") % {"kind": old.get_kind_display()})
    if old and row["份额（%）"] and row["份额（%）"] * 100 != old.share:
        row.faults.append(_("现在是百分之%(share)d，要改先填结束日期，再另起一行") % {"share": old.share // 100})
    if old and not row.faults:
        change.compare("结束日期", old.until, until)
    return change


def _same(present: Present, number: str, code: str, since: date | None, ends: date) -> Appointment | None:
    """Return the appointment a row speaks of (所指任职): same person and post, not over nor ended by the workbook."""
    for held in present.held.get(number, []):
        begun = since is None or since == held.since or since < min(held.until or date.max, ends)
        if held.post.code == code and begun:
            return held
    return None
