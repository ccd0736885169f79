"""Self-tests (自测): a bank from Excel; the result is told to the one who took it and kept nowhere."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation import clock
from sangesan.foundation.errors import Conflict, Forbidden, UserError
from sangesan.foundation.sheets import giving
from sangesan.foundation.sheets.columns import Sheet, Text
from sangesan.foundation.sheets.workbooks import read_workbook
from sangesan.method.authority import Action, Scope
from sangesan.method.study import MOST_QUESTIONS, marked
from sangesan.organization.people.models import Person

from ..models import Bank, Coverage, Question
from ..queries.access import bank_for

SHEET = Sheet("题库", (
    Text("题目", required=True, longest=300),
    Text("A", required=True, longest=120), Text("B", required=True, longest=120),
    Text("C", longest=120), Text("D", longest=120), Text("答案", required=True, longest=8), Text("解析", longest=300),
))

NOTES = (lazy("一、一行一题，至少两个选项；没有的选项空着。"),
         lazy("二、答案写字母，几个都对的写在一起，例如 AC。"),
         lazy("三、有一行错，整个题库都不收；改正后再上传。"))


@dataclass(frozen=True)
class Told:
    """What a person is told about one question (判题结果)."""

    question: Question
    chosen: str
    right: bool


@transaction.atomic
def keep(*, scope: Scope, title: str, workbook: bytes, open: bool = False) -> Bank:
    """Keep a bank (建题库) from a workbook, all or nothing; `open` to all who pass by, signed in or not."""
    if not scope.can(Action.ASSIGN_WORK):
        raise Forbidden(_("没有建题库"), why=_("您的岗位不建题库"))
    title = title.strip()
    if not 1 <= len(title) <= 60 or not title.isprintable():
        raise _refused(_("名称须是 1 到 60 个字"), _("请改一下"), "title")
    table = read_workbook(workbook, [SHEET])[SHEET.name]
    for row in table.rows:
        if not row.faults and (why := _fault(row)):
            row.faults.append(why)
    if table.wrong:
        told = "；".join(_("第 %(n)d 行%(why)s") % {"n": row.line, "why": "、".join(row.faults)}
                        for row in table.wrong[:5])
        raise _refused(told, _("改正后再上传"), "workbook")
    if not 1 <= len(table.rows) <= MOST_QUESTIONS:
        raise _refused(_("题库有 %(n)d 题，须是 1 到 %(most)d 题") % {"n": len(table.rows), "most": MOST_QUESTIONS},
                       _("请分成几个题库"), "workbook")
    try:
        with transaction.atomic():
            made = Bank.objects.create(title=title, unit_id=scope.posts[0].unit, since=clock.today(), open=open)
    except IntegrityError:
        raise Conflict(_("没有建题库"), why=_("已经有一个叫“%s”的题库") % title, code="title") from None
    Question.objects.bulk_create([
        Question(bank=made, number=n, text=row["题目"], a=row["A"], b=row["B"], c=row["C"] or "", d=row["D"] or "",
                 right=_letters(row["答案"]), why=row["解析"] or "") for n, row in enumerate(table.rows, start=1)])
    return made


@transaction.atomic
def retire(*, scope: Scope, bank: int) -> Bank:
    """Take a bank out of use (停用题库); its title is free for a better one, the counts of who took it go with it."""
    found = bank_for(scope, bank)
    if not scope.can(Action.ASSIGN_WORK) or found.unit_id not in {post.unit for post in scope.posts}:
        raise Forbidden(_("没有停用"), why=_("由建题库的单位停用"))
    found.until = clock.today()
    found.save(update_fields=["until"])
    return found


def template() -> bytes:
    """Return the workbook to fill in (题库模板)."""
    return giving.template([SHEET], NOTES)


def take(*, scope: Scope, bank: int, chosen: Mapping[int, str]) -> list[Told]:
    """Take a self-test (自测) and return the result, which is not kept.

    That somebody of the unit took it is counted once, under a mark from which nobody reads the person.
    """
    found = bank_for(scope, bank)
    told = judged(found, chosen)
    unit = Person.objects.filter(pk=scope.person).values_list("unit", flat=True).first()
    if unit is not None:
        Coverage.objects.get_or_create(bank=found, mark=_mark(scope.person, found.pk), defaults={"unit_id": unit})
    return told


def judged(bank: Bank, chosen: Mapping[int, str]) -> list[Told]:
    """Return the result of a self-test (判题); nothing of it is kept. Raises UserError when nothing was chosen."""
    questions = list(bank.questions.all())
    said = ["".join(sorted(set(chosen.get(question.number, "")) & set("ABCD"))) for question in questions]
    if not any(said):
        raise _refused(_("还没有答题"), _("答几题都可以，答完就看结果"), "")
    rights = marked(said, [question.right for question in questions])
    return [Told(*told) for told in zip(questions, said, rights, strict=True)]


def _mark(person: int, bank: int) -> str:
    """Return the mark of a person in a bank (标记): without the server's secret it leads to nobody."""
    return hmac.new(settings.SECRET_KEY.encode(), f"study/{bank}/{person}".encode(), sha256).hexdigest()


def _fault(row) -> str:
    letters = _letters(row["答案"])
    if not letters or set(letters) - set("ABCD") or len(letters) != len(set(letters)):
        return _("的答案只能是 A、B、C、D")
    missing = [letter for letter in letters if not row[letter]]
    return _("的答案 %s 没有选项") % "".join(missing) if missing else ""


def _letters(said: str) -> str:
    return "".join(sorted(said.upper().replace("、", "").replace(",", "").replace("，", "").replace(" ", "")))


def _refused(why: str, next: str, code: str) -> UserError:
    return UserError(_("没有保存"), why=why, next=next, code=code)
