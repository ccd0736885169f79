"""A month's table as it is sent (队务公开表)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation import clock
from sangesan.method import openness as rule

from .planning import Refusable

MOST = 5 << 20


class PostForm(Refusable):
    """Post a month (公开一个月)."""

    unit = forms.ChoiceField(label=_("单位"))
    month = forms.DateField(label=_("月份"), input_formats=["%Y-%m", "%Y-%m-%d"],
                            widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"))
    workbook = forms.FileField(label=_("公开的表（.xlsx）"))
    reason = forms.ChoiceField(label=_("更正的原因"), required=False,
                               choices=[("", _("第一次公开")), *rule.REASONS.items()])

    def __init__(self, *args: Any, units: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(unit.code, unit.name) for unit in units]
        last = clock.today().replace(day=1)
        self.initial.setdefault("month", date.fromordinal(last.toordinal() - 1).replace(day=1))

    def clean_workbook(self) -> bytes:
        """Return its bytes (文件内容)."""
        file = self.cleaned_data["workbook"]
        if file.size > MOST:
            raise forms.ValidationError(_("文件太大，上限 5 MB"))
        return file.read()
