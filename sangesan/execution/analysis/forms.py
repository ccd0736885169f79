"""Shape of what is typed about analyses and discussions (月分析与座谈的输入格式)."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method import analysis as rule
from sangesan.method.authority import Scope
from sangesan.organization.units.models import Kind, Line
from sangesan.organization.units.queries import standing

from . import queries

DAYS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"]
PLACES = (Kind.TEAM, Kind.ENTERPRISE, Kind.CONTRACTOR, Kind.RETIREES, Kind.OFFICE, Kind.SPECIALTY, Kind.SHAFT)


class Refusable(forms.Form):
    """A form that shows what a service refused (服务退回的原因) at the right field."""

    def refuse(self, fault: UserError) -> None:
        self.add_error(fault.code if fault.code in self.fields else None, str(fault))


def text(label: Any, most: int, rows: int, **more: Any) -> forms.CharField:
    """Return a field for some sentences (几句话)."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class WriteForm(Refusable):
    """Causes and advice (原因、建议)."""

    causes = text(_("原因分析"), rule.LONGEST_WORDS, 5)
    advice = text(_("对策建议"), rule.LONGEST_WORDS, 5)


class FinishForm(Refusable):
    """In which meeting it was studied (在哪次会上研究)."""

    meeting = forms.ChoiceField(label=_("在哪次会上研究的"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, found: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = [
            (one.subject, _("%(day)s %(word)s，到会 %(n)d 人") % {"day": f"{one.day:%m-%d}", "word": one.word,
                                                           "n": one.present}) for one in found]


class HoldForm(Refusable):
    """A discussion (登记座谈): the day, and how many of each group."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    unit = forms.TypedChoiceField(label=_("单位"), coerce=int)
    day = forms.DateField(label=_("哪天开的"), input_formats=DAYS,
                          widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    place = forms.CharField(label=_("地点"), max_length=rule.LONGEST_PLACE, required=False)

    def __init__(self, *args: Any, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(unit.pk, unit.name) for unit in queries.seats(scope)]
        self.fields["unit"].choices = units
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
        for slug, word in rule.SEATS.items():
            self.fields[f"n_{slug}"] = forms.IntegerField(label=word, min_value=0, max_value=rule.MOST_HEARD,
                                                          required=False)
        if not self.is_bound:
            self.initial |= {"key": secrets.token_urlsafe(24), "day": clock.today(),
                             "unit": units[0][0] if units else ""}

    @property
    def counts(self) -> list[Any]:
        """The fields of the groups (各类人数)."""
        return [self[f"n_{slug}"] for slug in rule.SEATS]

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes (登记内容)."""
        given = self.cleaned_data
        return {name: given[name] for name in ("unit", "day", "place", "key")} | {
            "heard": {slug: given[f"n_{slug}"] or 0 for slug in rule.SEATS}}


class PointForm(Refusable):
    """A point and where it goes (一条意见)."""

    text = text(_("意见"), rule.LONGEST_POINT, 3)
    road = forms.ChoiceField(label=_("怎么办"), widget=forms.RadioSelect, choices=list(rule.ROADS.items()))
    answer = forms.CharField(label=_("当场怎么答复的"), max_length=rule.LONGEST_ANSWER, required=False)
    lead = forms.ChoiceField(label=_("交哪个单位办"), required=False)
    due = forms.DateField(label=_("几时办完"), input_formats=DAYS, required=False,
                          widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = standing(clock.today()).filter(line=Line.ADMINISTRATION.value, kind__in=[kind.value for kind in PLACES])
        self.fields["lead"].choices = [("", _("请选")), *rows.values_list("code", "name")]


class AnswerForm(Refusable):
    """The answer in words (答复)."""

    point = forms.IntegerField(min_value=1, max_value=rule.MOST_POINTS)
    text = forms.CharField(label=_("怎么答复的"), max_length=rule.LONGEST_ANSWER)
