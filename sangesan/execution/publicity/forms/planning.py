"""A publicity plan as it is typed (宣传计划): one message, places to tick, texts only where one wants others."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method import publicity as rule
from sangesan.method.authority import Scope

from .. import queries

DAYS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"]


def day_field(label: Any) -> forms.DateField:
    """Return a field for a day (日期栏)."""
    return forms.DateField(label=label, input_formats=DAYS,
                           widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class Refusable(forms.Form):
    """A form that shows what a service refused (服务退回的原因) at the right field."""

    def refuse(self, fault: UserError) -> None:
        """Show it (显示)."""
        self.add_error(fault.code if fault.code in self.fields else None, str(fault))


class PlanForm(Refusable):
    """A new plan (定宣传计划)."""

    cause = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    title = forms.CharField(label=_("名称"), max_length=rule.LONGEST_TITLE)
    message = forms.CharField(label=_("要讲的话"), max_length=rule.LONGEST_MESSAGE,
                              widget=forms.Textarea(attrs={"rows": 5}))
    starts = day_field(_("从哪天"))
    ends = day_field(_("到哪天"))
    places = forms.MultipleChoiceField(label=_("在哪里讲"), widget=forms.CheckboxSelectMultiple,
                                       choices=[(one.slug, one.word) for one in rule.PLACES])
    units = forms.TypedMultipleChoiceField(label=_("先传达到哪些单位"), coerce=int,
                                           widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = queries.targets(scope)
        rows = [(unit.pk, unit.name) for unit in found]
        self.fields["units"].choices = rows
        for one in rule.PLACES:
            self.fields[f"text_{one.slug}"] = forms.CharField(
                label=one.word, required=False, max_length=one.longest, widget=forms.Textarea(attrs={"rows": 2}))
        self.initial = {"units": [unit.pk for unit in found if rule.level_of(unit.kind)],
                        "places": [one.slug for one in rule.PLACES], "starts": clock.today()} | self.initial

    def own_texts(self) -> list:
        """Return the fields for texts of a place (各处稿子)."""
        return [self[f"text_{one.slug}"] for one in rule.PLACES]

    def said(self) -> dict[str, Any]:
        """Return what the service takes (计划内容)."""
        given = dict(self.cleaned_data)
        texts = {one.slug: given.pop(f"text_{one.slug}") for one in rule.PLACES}
        return given | {"texts": texts}


class EndForm(forms.Form):
    """Why a plan is stopped (停止的原因)."""

    words = forms.CharField(label=_("停止的原因"), max_length=200, required=False,
                            widget=forms.Textarea(attrs={"rows": 2}))
