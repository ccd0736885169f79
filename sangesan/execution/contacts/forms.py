"""Shape of what is typed about contact points (联系点的输入格式); the rules are in the services."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError

from .words import FORMS, OUTCOMES, ROADS

DAYS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"]


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day (日期栏)."""
    return forms.DateField(label=label, input_formats=DAYS, **more,
                           widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class Refusable(forms.Form):
    """A form that shows what a service refused (服务退回的原因) at the right field; what was typed stays."""

    FIELDS: dict[str, str] = {}

    def refuse(self, fault: UserError) -> None:
        name = self.FIELDS.get(fault.code, fault.code)
        self.add_error(name if name in self.fields else None, str(fault))


class Onward(Refusable):
    """Where a problem goes (问题的去处)."""

    FIELDS = {"road": "outcome"}

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    outcome = forms.ChoiceField(label=_("往哪里报"), widget=forms.RadioSelect, choices=list(ROADS.items()))
    lead = forms.ChoiceField(label=_("交哪个单位办"), required=False)
    due = day_field(_("几时办完"), required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].choices = [("", _("被联系的单位")), *units]
        if not self.is_bound:
            self.initial["key"] = secrets.token_urlsafe(24)


class VisitForm(Onward):
    """A visit (登记联系): two taps when nothing was found."""

    outcome = forms.ChoiceField(label=_("有没有问题"), widget=forms.RadioSelect, choices=list(OUTCOMES.items()))
    form = forms.ChoiceField(label=_("怎么联系的"), widget=forms.RadioSelect, choices=list(FORMS.items()),
                             initial="site")
    text = forms.CharField(label=_("什么问题"), required=False, max_length=1000, strip=False,
                           widget=forms.Textarea(attrs={"rows": 4}))
    day = day_field(_("哪天去的"))
    heard = forms.IntegerField(label=_("听了几个人的意见"), min_value=0, max_value=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("day", clock.today())

    def clean_heard(self) -> int:
        return self.cleaned_data["heard"] or 0


class PairForm(Refusable):
    """A pair (结对)."""

    unit = forms.ChoiceField(label=_("基层单位"))
    who = forms.ChoiceField(label=_("由谁联系"))
    on = forms.IntegerField(label=_("每月几号去"), min_value=1, max_value=31, initial=15)

    def __init__(self, *args: Any, units: list, callers: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units
        self.fields["who"].choices = callers

    def said(self) -> dict[str, Any]:
        """Return what the service takes (结对内容)."""
        kind, _slash, code = self.cleaned_data["who"].partition(":")
        return {"unit": self.cleaned_data["unit"], kind: code, "on": self.cleaned_data["on"]}


class DayForm(Refusable):
    """A visit day (联系日)."""

    day = day_field(_("联系日"))


class WordsForm(forms.Form):
    """One sentence (一句话)."""

    words = forms.CharField(max_length=300, required=False)
