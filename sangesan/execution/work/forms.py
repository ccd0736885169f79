"""Shape of what is typed about work items (工作项的输入格式)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation.errors import UserError
from sangesan.method import chain as rule
from sangesan.method.authority import Scope
from sangesan.method.meetings import seat

from . import queries

DAYS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"]


class BeginForm(forms.Form):
    """A new work item (立项)."""

    cause = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)
    title = forms.CharField(label=_("工作名称"), max_length=rule.LONGEST_TITLE)
    aim = forms.CharField(label=_("要达到什么"), max_length=rule.LONGEST_AIM, widget=forms.Textarea(attrs={"rows": 3}))
    due = forms.DateField(label=_("哪天办完"), input_formats=DAYS,
                          widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    lead = forms.ChoiceField(label=_("谁牵头"))
    units = forms.TypedMultipleChoiceField(label=_("哪些单位参加"), coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = [(p.code, seat(p.unit.name, p.title)) for p in queries.addressees(scope)]
        self.fields["units"].choices = list(queries.places(scope).values_list("pk", "name"))

    def refuse(self, fault: UserError) -> None:
        """Show what the service refused (服务退回的原因)."""
        self.add_error(None, str(fault))


class WordsForm(forms.Form):
    """How it was done, what was learned, or why (一段话)."""

    words = forms.CharField(label=_("怎么办的"), max_length=rule.LONGEST_LEARNED, required=False,
                            widget=forms.Textarea(attrs={"rows": 4}))

    def refuse(self, fault: UserError) -> None:
        """Show what the service refused (服务退回的原因)."""
        self.add_error("words", str(fault))


class DownForm(forms.Form):
    """To which units below it is handed (逐级下达)."""

    unit = forms.IntegerField(min_value=1)
    below = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["below"].choices = choices
