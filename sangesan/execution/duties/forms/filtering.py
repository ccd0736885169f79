"""The filter of the list of duties (应办清单筛选)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation import clock

from ..words import WORDS


class MonthField(forms.CharField):
    """A month (月份), typed as 2026-11; gives its first day."""

    def __init__(self, **kwargs):
        super().__init__(max_length=7, widget=forms.TextInput(attrs={"type": "month"}), **kwargs)

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        try:
            found = date.fromisoformat(f"{typed}-01")
        except ValueError as fault:
            raise forms.ValidationError(_("请写成 2026-11 这样")) from fault
        if not clock.near(found, 20):
            raise forms.ValidationError(_("年份太远"))
        return found


def asked(given: Mapping[str, str]) -> dict[str, str] | None:
    """Return what an address asks for with the month it means (所问的月份), None when it asks nothing."""
    return {"month": f"{clock.today():%Y-%m}"} | {name: given[name] for name in given if given[name]} if given else None


class Filtering(forms.Form):
    """Unit, month, routine and state (单位、月份、制度、状态)."""

    unit = forms.RegexField(label=_("单位编码"), regex=r"^[A-Za-z0-9_.\-]{1,40}$", required=False)
    month = MonthField(label=_("月份"), required=False)
    months = forms.IntegerField(min_value=1, max_value=12, required=False, widget=forms.HiddenInput)
    routine = forms.RegexField(regex=r"^[A-Z0-9\-]{1,24}$", required=False, widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[
        ("", _("全部")), ("expected", _("应办")), ("done", _("已办")), ("running", _("未到期")),
        *((s.value, word) for s, (word, _tone) in WORDS.items())])
    page = forms.IntegerField(min_value=1, max_value=200, required=False, widget=forms.HiddenInput)
