"""Forms of the grading table (分级表表单): the numbers of a draft; what is not asked stays as it is in force."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.method import grading_checks as checks
from sangesan.method.authority import Role
from sangesan.method.grading import CLOCK_NAMES, NAMES, RHYTHMS, Level, Table, Told, Where
from sangesan.organization.people.models import ROLE_NAMES

from ..queries.preview import told_name

GRADES = [(g, f"{g} {name}") for g, name in NAMES.items()]


TOLD = tuple(f"{role.value}-{where.value}" for role, where in (
    (Role.DUTY, Where.MINE), (Role.SECRETARY, Where.LEAD), (Role.CHIEF, Where.LEAD), (Role.HANDLER, Where.LEAD),
    (Role.CREW_LEADER, Where.LEAD), (Role.SECRETARY, Where.ARISES), (Role.CREW_LEADER, Where.ARISES),
    (Role.CHIEF, Where.ABOVE), (Role.CADRE, Where.MINE), (Role.TRIAGE, Where.MINE), (Role.LEADER, Where.MINE)))
"""Who may be told (可告知的岗位), in the order in which they are."""


def slug(told: Told) -> str:
    """Return how a form names who is told (告知对象编码)."""
    return f"{told.role.value}-{told.where.value}"


def _told_name(one: str) -> str:
    role, _dash, where = one.partition("-")
    return told_name(Told(Role(role), Where(where)))


class Drafting(forms.Form):
    """The matrix, the clocks, the rhythm and the escalation of each grade (起草)."""

    def __init__(self, table: Table, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        for m in (3, 2, 1):
            for u in (1, 2, 3):
                self.fields[f"m{m}u{u}"] = forms.ChoiceField(
                    label=_("重要程度 %(m)d、紧急程度 %(u)d") % {"m": m, "u": u}, choices=GRADES,
                    initial=table.matrix[m - 1][u - 1])
        for grade, level in table.levels.items():
            for slug, clock in (("report", level.report), *level.clocks.items()):
                if clock.measure is not None:
                    label = _("%(grade)s 级%(clock)s（现为 %(now)s），%(unit)s数") % {
                        "grade": grade, "clock": CLOCK_NAMES.get(slug, _("报告")), "now": clock.words,
                        "unit": {"minutes": _("分钟"), "working_minutes": _("工作分钟"), "working_days": _("工作日"),
                                 "days": _("天")}[clock.measure.value]}
                    self.fields[f"{grade}_{slug}"] = forms.IntegerField(
                        label=label, min_value=1, max_value=100_000, initial=clock.amount)
            self._people(grade, level)
            self.fields[f"{grade}_progress"] = forms.ChoiceField(
                label=_("%s 级报进展") % grade, choices=[(r.value, word) for r, word in RHYTHMS.items()],
                initial=level.progress.value)
            if level.escalates_to:
                self.fields[f"{grade}_after"] = forms.IntegerField(
                    label=_("%(grade)s 级超期几天升到 %(to)s 级") % {"grade": grade, "to": level.escalates_to},
                    min_value=0, max_value=60, initial=level.escalates_after)

    def _people(self, grade: str, level: Level) -> None:
        """Ask who is told and who may close (告知谁、谁能办结): one person of each group of closers."""
        told = [slug(one) for one in level.told]
        names = {one: _told_name(one) for one in dict.fromkeys([*told, *TOLD])}
        self.fields[f"{grade}_told"] = forms.MultipleChoiceField(
            label=_("%s 级告知谁") % grade, choices=names.items(), initial=told, widget=forms.CheckboxSelectMultiple)
        groups = [sorted(group) for group in level.closers] + [[]]
        for place in (0, 1):
            self.fields[f"{grade}_closers{place + 1}"] = forms.MultipleChoiceField(
                label=(_("%s 级谁能办结（任一人）"), _("%s 级还须谁同意（任一人，可不选）"))[place] % grade,
                choices=[(role.value, ROLE_NAMES[role]) for role in checks.CLOSERS[grade]], initial=groups[place],
                required=not place, widget=forms.CheckboxSelectMultiple)

    @property
    def written(self) -> dict[str, Any]:
        """The draft as data (草案数据)."""
        data, said = checks.written(self.table), self.cleaned_data
        data["matrix"] = ["".join(said[f"m{m}u{u}"] for u in (1, 2, 3)) for m in (1, 2, 3)]
        for grade, level in data["levels"].items():
            for slug, clock in level["clocks"].items():
                clock[0] = said.get(f"{grade}_{slug}", clock[0])
            level["report"][0] = said.get(f"{grade}_report", level["report"][0])
            level["told"] = [one.split("-") for one in said[f"{grade}_told"]]
            level["closers"] = [group for n in (1, 2) if (group := sorted(said[f"{grade}_closers{n}"]))]
            level["progress"] = said[f"{grade}_progress"]
            level["escalates_after"] = said.get(f"{grade}_after", level["escalates_after"])
        return data


class Deciding(forms.Form):
    """Who decided, when, and from which day it holds (施行)."""

    version = forms.CharField(max_length=12, widget=forms.HiddenInput)
    decided_by = forms.CharField(label=_("由谁决定"), max_length=80, help_text=_("例如：党委会第 12 次会议"))
    decided_on = forms.DateField(label=_("决定日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    since = forms.DateField(label=_("施行日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
