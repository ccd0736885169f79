"""Forms of the grading table (分级表表单): the numbers of a draft; what is not asked stays as it is in force."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.method import grading_checks as checks
from sangesan.method.grading import CLOCK_NAMES, NAMES, RHYTHMS, Table

GRADES = [(g, f"{g} {name}") for g, name in NAMES.items()]


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
            for slug, clock in level.clocks.items():
                if clock.measure is not None:
                    label = _("%(grade)s 级%(clock)s（现为 %(now)s），%(unit)s数") % {
                        "grade": grade, "clock": CLOCK_NAMES[slug], "now": clock.words,
                        "unit": {"minutes": _("分钟"), "working_minutes": _("工作分钟"), "working_days": _("工作日"),
                                 "days": _("天")}[clock.measure.value]}
                    self.fields[f"{grade}_{slug}"] = forms.IntegerField(
                        label=label, min_value=1, max_value=100_000, initial=clock.amount)
            self.fields[f"{grade}_progress"] = forms.ChoiceField(
                label=_("%s 级报进展") % grade, choices=[(r.value, word) for r, word in RHYTHMS.items()],
                initial=level.progress.value)
            if level.escalates_to:
                self.fields[f"{grade}_after"] = forms.IntegerField(
                    label=_("%(grade)s 级超期几天升到 %(to)s 级") % {"grade": grade, "to": level.escalates_to},
                    min_value=0, max_value=60, initial=level.escalates_after)

    @property
    def written(self) -> dict[str, Any]:
        """The draft as data (草案数据)."""
        data, said = checks.written(self.table), self.cleaned_data
        data["matrix"] = ["".join(said[f"m{m}u{u}"] for u in (1, 2, 3)) for m in (1, 2, 3)]
        for grade, level in data["levels"].items():
            for slug, clock in level["clocks"].items():
                clock[0] = said.get(f"{grade}_{slug}", clock[0])
            level["progress"] = said[f"{grade}_progress"]
            level["escalates_after"] = said.get(f"{grade}_after", level["escalates_after"])
        return data


class Deciding(forms.Form):
    """Who decided, when, and from which day it holds (施行)."""

    version = forms.CharField(max_length=12, widget=forms.HiddenInput)
    decided_by = forms.CharField(label=_("由谁决定"), max_length=80, help_text=_("例如：党委会第 12 次会议"))
    decided_on = forms.DateField(label=_("决定日期"), widget=forms.DateInput(attrs={"type": "date"}))
    since = forms.DateField(label=_("施行日期"), widget=forms.DateInput(attrs={"type": "date"}))
