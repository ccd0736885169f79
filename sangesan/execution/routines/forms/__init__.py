"""Forms of the routines (制度表单): shape of input only."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.execution.duties import kinds
from sangesan.organization.people.models import ROLE_CHOICES
from sangesan.organization.units.models import Kind, Line

from ..models import Version


class Lines(forms.CharField):
    """One entry a line (一行一条); gives a list."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, **kwargs)

    def clean(self, value):
        return [line.strip()[:120] for line in (super().clean(value) or "").splitlines() if line.strip()]

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value


class Codes(forms.CharField):
    """Unit codes (单位编码), separated by a comma or a space; gives a list."""

    def clean(self, value):
        return [code for code in re.split(r"[,，、;；\s]+", super().clean(value) or "") if code][:200]

    def prepare_value(self, value):
        return " ".join(value) if isinstance(value, list) else value


class Editing(forms.Form):
    """A version (制度内容)."""

    title = forms.CharField(label=_("名称"), max_length=60)
    purpose = forms.CharField(label=_("做什么"), max_length=200, required=False)
    basis = forms.CharField(label=_("依据"), max_length=120, required=False)
    rule = forms.CharField(label=_("重复规则"), max_length=200,
                           help_text=_("如 FREQ=WEEKLY;BYDAY=MO，右边用白话念一遍"))
    policy = forms.ChoiceField(label=_("遇休息日"), choices=Version.Policy.choices)
    window = forms.ChoiceField(label=_("哪一天办"), choices=Version.Window.choices)
    at = forms.TimeField(label=_("几点前办完"))
    offset = forms.IntegerField(label=_("其后几个工作日内办完"), min_value=0, max_value=20, initial=0)
    grace = forms.IntegerField(label=_("宽限几个工作日"), min_value=0, max_value=15, initial=1)
    lead = forms.IntegerField(label=_("提前几天进待办"), min_value=0, max_value=60, initial=0)
    line = forms.ChoiceField(label=_("条线"), choices=Line.choices)
    unit_kinds = forms.MultipleChoiceField(label=_("适用单位类别"), choices=Kind.choices, required=False)
    units = Codes(label=_("只适用这些单位（编码）"), max_length=2000, required=False)
    role = forms.ChoiceField(label=_("谁负责"), choices=[("", _("负责人")), *ROLE_CHOICES], required=False)
    shift = forms.CharField(label=_("只适用班次"), max_length=20, required=False)
    checks = forms.ChoiceField(label=_("谁检查"), choices=Version.Checks.choices, required=False)
    checker = forms.CharField(label=_("指定的检查岗位（编码）"), max_length=60, required=False)
    steps = Lines(label=_("步骤（一行一步）"), required=False)
    evidence = forms.CharField(label=_("留什么佐证"), max_length=120, required=False)
    attendance = forms.IntegerField(label=_("到会不少于（%）"), min_value=0, max_value=100, initial=0,
                                    help_text=_("只管会议：人数不够不能形成纪要"))


class Founding(Editing):
    """A new routine (新建制度)."""

    code = forms.CharField(label=_("编号"), max_length=24, help_text=_("大写字母和数字，如 ZGLH"))
    kind = forms.ChoiceField(label=_("类别"), choices=())
    field_order = ["code", "kind"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.slug, kind.word) for kind in kinds.every()]


class Deciding(forms.Form):
    """A decision (施行): who decided, from when."""

    decided_by = forms.CharField(label=_("由谁决定"), max_length=60, help_text=_("如 党委会 2026-11-20"))
    since = forms.DateField(label=_("从哪天起"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class Ending(forms.Form):
    """An end (停止): from when, why."""

    until = forms.DateField(label=_("从哪天起不再执行"),
                            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    words = forms.CharField(label=_("为什么"), max_length=200, required=False)
