"""What the table of completeness shows (完成情况选择)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.execution.duties.forms.filtering import MonthField


class Choosing(forms.Form):
    """Month, how long, by what, and below which unit (月份、期间、分组、单位)."""

    month = MonthField(label=_("到哪个月"), required=False)
    months = forms.TypedChoiceField(label=_("期间"), required=False, coerce=int, empty_value=0, choices=[
        ("1", _("一个月")), ("3", _("三个月")), ("12", _("一年"))])
    by = forms.ChoiceField(label=_("分组"), required=False, choices=[("unit", _("按单位")), ("routine", _("按制度"))])
    unit = forms.RegexField(label=_("单位编码"), regex=r"^[A-Za-z0-9_.\-]{1,40}$", required=False)
    routine = forms.RegexField(regex=r"^[A-Z0-9\-]{1,24}$", required=False, widget=forms.HiddenInput)
