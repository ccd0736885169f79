"""Forms of pay (兑现表单): shape of input only."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 20 << 20


class Sharing(forms.Form):
    """The money and the list (分配)."""

    amount = forms.DecimalField(label=_("奖金总额（元）"), max_digits=13, decimal_places=2, min_value=0)
    file = forms.FileField(label=_("分配名单（.xlsx）"), max_length=200,
                           help_text=_("先下载预填名单，改好岗位系数、份额和出勤天数再上传"))

    @property
    def said(self) -> dict:
        return {"amount": int(self.cleaned_data["amount"] * 100), "file": self.cleaned_data["file"].read(MOST + 1)}


class Checking(forms.Form):
    """A payroll file that came back (核对)."""

    file = forms.FileField(label=_("交回的工资表（.xlsx）"), max_length=200)

    @property
    def bytes(self) -> bytes:
        return self.cleaned_data["file"].read(MOST + 1)
