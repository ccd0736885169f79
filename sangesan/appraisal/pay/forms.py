"""Forms of pay (兑现表单): shape of input only."""

from __future__ import annotations

import base64
import binascii

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation.numbers import Hundredths

MOST = 20 << 20
CARRIED = 1 << 20
"""So large a list may be (名单上限), to be carried from the preview to the sharing out: twenty thousand people fit."""


class Sharing(forms.Form):
    """The money and the list (分配)."""

    amount = Hundredths(label=_("奖金总额（元）"), max_digits=13, min_value=0)
    file = forms.FileField(label=_("分配名单（.xlsx）"), max_length=200,
                           help_text=_("预填名单已按任职的份额和天数填好；核对岗位系数和出勤天数，改好再上传"))

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > CARRIED:
            raise forms.ValidationError(_("文件超过 1 MB，分配名单用不了这么大，请只留预填名单的几列"))
        return file.read()

    @property
    def said(self) -> dict:
        return {"amount": self.cleaned_data["amount"], "file": self.cleaned_data["file"]}

    @property
    def packed(self) -> str:
        """The list as the page carries it to the sharing out (名单带回)."""
        return base64.b64encode(self.cleaned_data["file"]).decode("ascii")


class Confirming(forms.Form):
    """The same once looked through (确认分配), in cents and with the list as it was carried."""

    amount = forms.IntegerField(min_value=1)
    file = forms.CharField(max_length=CARRIED * 2)

    def clean_file(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["file"], validate=True)
        except (binascii.Error, ValueError) as fault:
            raise forms.ValidationError("") from fault


class Checking(forms.Form):
    """A payroll file that came back (核对)."""

    file = forms.FileField(label=_("交回的工资表（.xlsx）"), max_length=200)

    @property
    def bytes(self) -> bytes:
        return self.cleaned_data["file"].read(MOST + 1)
