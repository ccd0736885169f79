"""Deeds (办理操作): for each step its form and its service, and what its page needs.

Which steps are offered is for `method.lifecycle` and `method.authority`; here is only how each
looks and what it calls.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django import forms as django_forms
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.feedback.speakers.services import read_identity
from sangesan.foundation.errors import NotFound
from sangesan.method import despair
from sangesan.method.authority import Action, Scope, may
from sangesan.method.lifecycle import EVERY, State, Transition
from sangesan.method.wrongs import wrong
from sangesan.organization.networks import queries as networks

from . import aids, forms, paperwork, queries, services
from .services import filing
from .services.steps import allow
from .words import CATEGORIES

FIRST = ("confirm", "grade", "accuse", "dispatch", "rule", "sign_in", "approve", "pause", "first_answer", "draft",
         "close", "call_back", "agree", "grant", "uphold", "pass_up", "upper_uphold", "reopen", "resume",
         "write_back", "end_supervision", "supervise")
"""What is meant to be done next (主要操作), the likeliest first."""
NEED_UNITS = {"dispatch", "rule", "concern", "describe", "suggest", "take_on"}
PHRASES = {
    "draft": (lazy("情况属实，已处理"), lazy("已当面说明，职工理解"), lazy("已安排，办好后再告知")),
    "first_answer": (lazy("已收到，正在核实"), lazy("由本单位办理，办好后答复您")),
    "return": (lazy("不属于本单位职责"), lazy("需其他单位主办")),
}
_SERVICES: dict[str, Callable[..., Any]] = {"return": services.return_, "judge": services.judge}


@dataclass(frozen=True)
class Doing:
    """A step as it is called (操作): its name, form and service."""

    action: str
    name: str
    form: type[django_forms.Form]
    service: Callable[..., Any]


@dataclass(frozen=True)
class Deed:
    """A step as it is shown (操作按钮): a form when something must be typed."""

    step: Transition
    form: django_forms.Form | None
    open: bool
    phrases: tuple[str, ...]


def doing(action: str) -> Doing | None:
    """Return what an action calls (操作定义), None when there is no such step for staff."""
    names = {t.action: t.name for t in EVERY if t.permission is not None} | {"judge": _("定级并派单")}
    service = _SERVICES.get(action) or (getattr(services, action, None) if action in names else None)
    if action not in names or service is None:
        return None
    return Doing(action, names[action], forms.FORMS.get(action, django_forms.Form), service)


def step(doing: Doing, scope: Scope, number: str, given: Mapping[str, Any]) -> Callable[[], Any]:
    """Return a step ready to be taken (备好一步): what is handed in for it is rebuilt before any transaction.

    The right is asked first: rebuilding takes seconds of the machine. Raises NotFound and Forbidden.
    """
    if given.get("files"):
        allow(scope, number, doing.action)
    kept = filing.develop(given.get("files", ()))
    said = {name: value for name, value in given.items() if name != "files"}
    return partial(filing.step, doing.service, scope=scope, number=number, action=doing.action, kept=kept, **said)


def said(scope: Scope, doing: Doing, number: str) -> str:
    """Return what is said after a step (办后提示): closing and a lighter grade may wait for a second person."""
    matter = _seen(scope, number) if doing.action in ("close", "regrade") else None
    if matter is not None and doing.action == "close" and matter.is_open:
        return _("已记下您同意办结，还要另一人同意")
    if matter is not None and doing.action == "regrade" and matter.regradings.filter(outcome="waiting").exists():
        return _("已提出降级，另一人同意后才改等级")
    return _("已完成：%s") % _(doing.name)


def detail(scope: Scope, number: str, action: str = "", form: django_forms.Form | None = None) -> dict[str, Any]:
    """Return what the page of one matter needs (详情页)."""
    matter = queries.matter_for(scope, number)
    prefetch_related_objects([matter], *queries.access.LOOKED_AT)
    mine = queries.standing(scope, matter)
    taken = {step.action: step for step in mine.steps}
    order = sorted(taken.values(), key=lambda s: FIRST.index(s.action) if s.action in FIRST else len(FIRST))
    said = queries.submissions(scope, matter)
    kept = dict(queries.identities(matter))
    how, waiting = queries.veil(scope, matter), queries.waiting(matter)
    watched = queries.watched(scope, matter, waiting["answer"].text if waiting["answer"] else "")
    for name, asked in waiting.items():
        how.over([asked] if asked else [], "text" if name == "answer" else "reason")
    story = queries.story(matter, how.read, queries.planned(how))
    thing, names = queries.thing_of(matter), {t.action: t.name for t in EVERY}
    named = _named(scope, matter, said, calling="call_back" in taken)
    shown = list(_deeds(order, action, form))
    for deed in shown:
        if isinstance(deed.form, forms.Applying):
            deed.form.speakers(said, {pk: who.name for pk, who in named["named"].items()})
    return {
        "matter": matter, "said": _once(said), "voices": len(said), "story": story,
        "steps": queries.steps(matter, story),
        "life": queries.life(matter), "deeds": shown, "fault": form,
        **_stray(action, form, shown),
        "units": queries.units() if NEED_UNITS & set(taken) else (),
        **named,
        "sealed": [pk for pk, i in kept.items() if i.mode == "confidential"],
        "may_open": may(scope, thing.keeper or Action.OPEN_IDENTITY, thing),
        "may_publish": matter.state == State.CLOSED and not matter.cleared_on
        and may(scope, Action.PUBLISH_ANSWER, thing),
        "may_pass": not matter.sealed and bool(networks.mine(scope)),
        "helping": queries.helping(matter), "waiting": waiting, "clocks": queries.clocks(matter, watched.reviews, said),
        "watched": watched, "place": how.read(matter.place),
        "papers": paperwork.panel(scope, matter),
        "handed": [(names.get(one.action, ""), one) for one in queries.step_files(matter)],
    }


def _named(scope: Scope, matter: Any, said: list, *, calling: bool = False) -> dict[str, Any]:
    """Return who spoke openly, here or in what was joined (公开姓名的反映人), and how many others spoke.

    How to reach them is only for who is in charge, or has to call back.
    """
    left = queries.left_by(said)
    spoke = {one.pk: read_identity(kept) for one, kept in left if one.mode == kept.mode == "named" and kept.sealed}
    read = str if calling else queries.veil(scope, matter).read
    return {"named": {pk: replace(who, contact=read(who.contact)) for pk, who in spoke.items()},
            "unnamed": len(said) - len(spoke), "bare": sum(kept.erased is not None for _one, kept in left)}


def _once(said: list) -> list:
    """Return what was said without what is the same (同话只列一次): those who came together stand there as one text.

    What one of them brought is shown with it, whoever of them is read first: their keys stand in no order.
    """
    def more(one) -> bool:
        return bool(one.attachments.all() or one.enclosures.all() or one.recordings.all() or one.extra.get("written"))

    found: dict[tuple, list] = {}
    for one in said:
        found.setdefault((one.matter.pk, one.day, one.text), []).append(one)
    return [one for same in found.values() for one in [each for each in same if more(each)] or same[:1]]


def _deeds(order: list[Transition], action: str, form: django_forms.Form | None):
    for place, step in enumerate(order):
        kind = forms.FORMS.get(step.action)
        if kind and all(field.widget.is_hidden for field in kind.base_fields.values()):
            kind = None
        typed = form if kind and step.action == action else None
        fresh = kind(auto_id=f"{step.action}_%s") if kind else None
        first = place == 0 and not action and step.action in FIRST
        yield Deed(step, typed or fresh, typed is not None or first, PHRASES.get(step.action, ()))


def _stray(action: str, form: django_forms.Form | None, shown: list[Deed]) -> dict[str, Any]:
    """Return what was refused of a step that is not offered here any more (已不能办的一步), and the words typed for it.

    Its form is gone from the page, so why it was refused stands above the others, and the words are given back.
    """
    if form is None or doing(action) is None or any(deed.form is form for deed in shown):
        return {}
    typed = [form.data.get(name, "") for name, field in form.fields.items()
             if isinstance(field.widget, django_forms.Textarea)]
    return {"refused": form, "given": "\n".join(filter(None, typed))}


def triage(scope: Scope, number: str, chosen: Mapping[str, str] | None = None,
           form: django_forms.Form | None = None) -> dict[str, Any]:
    """Return what the right half of triage needs (分办详情)."""
    matter = queries.matter_for(scope, number)
    ready = matter.state == State.GRADED
    start = {"category": matter.category, "lead": f"{matter.unit.name} {matter.unit.code}", **_preset(chosen or {})}
    if matter.unit_path.count("/") < 2:
        start["lead"] = ""
    more, mentioned = aids.gather(scope, matter), queries.mentioned(matter)
    said = queries.submissions(scope, matter)
    start |= more.pop("initial", {}) | {k: v for k, v in (chosen or {}).items() if k == "category" and v in CATEGORIES}
    kind = forms.Ruling if matter.state == State.RETURNED else forms.Dispatching if ready else forms.Judging
    return {
        "picked": matter, "place": queries.veil(scope, matter).read(matter.place),
        "mentioned": mentioned, "said": _once(said), **_named(scope, matter, said), "units": queries.units(),
        "form": form or kind(initial=start, auto_id="judge_%s"),
        "similar": more.pop("similar", None) or [{"matter": m} for m in queries.similar(scope, matter)],
        "action": "rule" if matter.state == State.RETURNED else "dispatch" if ready else "judge",
        "decline": forms.Declining(auto_id="decline_%s"), "concern": forms.Concerning(auto_id="concern_%s"),
        "unmark": forms.Unmarking(auto_id="unmark_%s"),
        "opens": queries.fresh_until(matter), "concerned": queries.said_about(matter),
        "accusing": any(wrong(f"{matter.title}\n{one.text}") for one in said),
        "assumed": queries.suspected(matter, mentioned),
        "despairing": any(despair.signs(one.text) for one in said),
        "grade": matter.grade or (services.chosen(start["urgency"], start["importance"]) if "urgency" in start else ""),
        **more,
    }


def _preset(chosen: Mapping[str, str]) -> dict[str, int]:
    """Return urgency and importance that a key pressed in the list stands for (快捷键)."""
    return {"a": {"urgency": 3, "importance": 2}, "b": {"urgency": 2, "importance": 2},
            "c": {"urgency": 1, "importance": 1}}.get(chosen.get("as", ""), {})


def after(scope: Scope, number: str, back: str) -> str:
    """Return where to go after a step (办后去向): back to triage, or the matter while it is mine to see."""
    if back == "triage":
        return reverse("matters:triage")
    if back == "pick":
        return f"{reverse('matters:triage')}?pick={number}"
    return reverse("matters:detail", args=[number]) if _seen(scope, number) else reverse("matters:list")


def _seen(scope: Scope, number: str) -> Any:
    """Return the matter as it is now (现状), None when it is not mine to see any more."""
    try:
        return queries.matter_for(scope, number)
    except NotFound:
        return None
