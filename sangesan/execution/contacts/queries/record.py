"""One visit, whole (联系记录): what was found, its five steps with time, person and evidence, what I can do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sangesan.foundation import door
from sangesan.method.authority import Scope
from sangesan.method.contacts import Step, taken
from sangesan.organization.people.models import Post

from ..models import Taken, Visit
from ..words import FORMS, STEPS
from .access import carries, mine_to_confirm, visit_for
from .standing import counted, standing_steps


@dataclass(frozen=True)
class Record:
    """What the page of a visit shows (联系记录页)."""

    visit: Visit
    form: str
    steps: list[dict]
    entries: list[dict]
    link: str
    linked: str
    by: str
    mine: bool
    missing: tuple[str, ...]
    confirms: bool
    whole: bool

    @property
    def home(self) -> str:
        """The page of the pair (结对页)."""
        return f"/w/{self.visit.pair.subject}/"


def record_of(scope: Scope, pk: int) -> Record:
    """Fetch a visit with all around it (取联系记录). Raises NotFound."""
    visit = visit_for(scope, pk)
    rows = [step for step in visit.steps.all() if step.withdrawn_at is None]
    done = standing_steps(visit)
    marks = dict(zip(Step, taken(done, visit.found), strict=True))
    mine = carries(scope, visit.pair)
    link = next((row.link for row in rows if row.link), "")
    leads = _leads(scope, visit, link)
    posts = Post.objects.filter(code__in={visit.post, *(row.post for row in rows)})
    titles = {code: f"{unit}{title}" if unit not in title else title
              for code, unit, title in posts.values_list("code", "unit__name", "title")}
    have, all_ = counted(visit)
    missing = tuple(step.value for step, mark in marks.items() if mark is False)
    return Record(
        visit=visit, form=str(FORMS[visit.form]), steps=_bar(marks), entries=[_entry(row, titles) for row in rows],
        link=leads, linked=_linked(link, bool(leads)), by=titles.get(visit.post, ""), mine=mine,
        missing=missing, whole=have == all_,
        confirms=Step.FEED_BACK.value in missing and "settle" in done and mine_to_confirm(scope, visit),
    )


def _leads(scope: Scope, visit: Visit, link: str) -> str:
    """Return where a link leads this person (去向地址): through its door, or the visitor to the own report."""
    if not link or door.open(scope, link) is not None:
        return f"/w/{link}/" if link else ""
    noun, _slash, key = link.partition("/")
    return f"/w/report/mine/{key}/" if noun == "matters" and scope.person == visit.person else ""


def _bar(marks: dict[Step, bool | None]) -> list[dict]:
    now = next((step for step, mark in marks.items() if mark is False), None)
    return [{"word": str(STEPS[step]), "state": "done" if mark else "now" if step == now else "",
             "note": _("不需要") if mark is None else ""} for step, mark in marks.items()]


def _entry(row: Taken, titles: dict[str, str]) -> dict:
    return {"word": str(STEPS[Step(row.step)]), "at": row.at, "note": titles.get(row.post, ""), "text": row.words}


def _linked(link: str, opened: bool) -> str:
    """Return what became of it in words (去向): the number only for those to whom its door opens."""
    noun, _slash, key = link.partition("/")
    if noun == "matters":
        return _("已转为事项 %s") % key if opened else _("已转为事项办理")
    return _("已交单位去办") if noun == "duties" else ""
