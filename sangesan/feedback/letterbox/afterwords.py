"""What comes later from outside by receipt (后话): a rating, an addition, a review, a withdrawal, a name taken out.

Each is done once.

It was said about the answer its speaker had read (`turn`). One that no longer fits is not done, and the
speaker reads why: a rating of an answer that has been replaced would judge words nobody had seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.feedback.intake.mending import line
from sangesan.feedback.matters import queries, services
from sangesan.feedback.matters.models import Matter
from sangesan.feedback.matters.services.steps import LONGEST
from sangesan.feedback.sealed import queries as discipline
from sangesan.feedback.sealed import services as sealing
from sangesan.feedback.speakers import services as receipts
from sangesan.foundation.errors import Conflict, UserError

NAMES = {"rate": lazy("评价"), "reply": lazy("补充"), "review": lazy("申请复查"), "third_review": lazy("申请复核"),
         "withdraw": lazy("撤回"), "erase_name": lazy("删除姓名")}
"""What may come (可办的后话), by the name of its step."""
CLOSED = "0-0"
"""The turn of a letter that stands in the discipline mailbox (转入纪检的)."""


@dataclass(frozen=True)
class Afterword:
    """What came later (后话), opened."""

    code: str
    key: str
    day: date
    words: dict[str, Any]


def turn(matter: Matter) -> str:
    """Return which answer of a matter is the present one (第几次答复)."""
    return f"{matter.reopened}-{matter.reviews}"


def take(said: Afterword) -> bool:
    """Do what came later (办后话); return whether it is new. Call in a transaction."""
    receipt, step = receipts.find(said.code), line(said.words.get("step"), 20)
    if receipt is None or step not in NAMES:
        return False
    row = receipts.afterword(receipt=receipt, key=said.key, step=step, day=said.day)
    if row is None:
        return False
    try:
        with transaction.atomic():
            _do(said, step, row.key)
    except UserError as fault:
        receipts.refuse(row, fault.why or fault.what)
    return True


def _do(said: Afterword, step: str, key: str) -> None:
    found, text = queries.heard(said.code, on=said.day), line(said.words.get("text"), LONGEST, breaks=True)
    if discipline.heard(said.code) is not None:
        if step != "reply":
            raise Conflict(_("没有办成"), why=_("这件已经密封转交纪检监察部门，只能补充"))
        sealing.add(code=said.code, text=text)
        return
    if found is None:
        raise Conflict(_("没有办成"), why=_("这件的内容已经清除"))
    if step == "erase_name":  # whatever was answered since
        services.erase_name(code=found)
        return
    if step != "reply" and line(said.words.get("turn"), 20) != turn(found.matter):
        raise Conflict(_("没有办成"), why=_("您提交时看到的答复后来换了，请看新的答复"))
    if not found.may(step):
        raise Conflict(_("没有办成"), why=_("事项现在是“%s”，不能做这一步") % found.state_name)
    about = said.words.get("about_handlers") is True  # a box from before does not ask
    if step == "rate":
        rating, solved = (line(said.words.get(name), 20) for name in ("rating", "solved"))
        services.rate(code=found, rating=rating, solved=solved)
    elif step == "withdraw":
        services.withdraw(code=found)
    elif step == "reply":
        services.reply(code=found, text=text, key=key, about_handlers=about)
    else:
        services.review(code=found, text=text, key=key, about_handlers=about)
