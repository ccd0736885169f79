"""Forms of the duty post (值班表单)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation import clock


class Entering(forms.Form):
    """A call, entered afterwards (补记电话)."""

    called_at = forms.DateTimeField(label=_("几点打的"),
                                    input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
                                    widget=forms.DateTimeInput(attrs={"type": "datetime-local"},
                                                               format="%Y-%m-%dT%H:%M"))
    reached = forms.TypedChoiceField(label=_("接通了吗"), choices=(("1", _("接通")), ("0", _("没有接通"))),
                                     coerce=lambda v: v == "1", widget=forms.RadioSelect)
    signs = forms.BooleanField(label=_("对方在电话里签收"), required=False)

    def clean_called_at(self):
        return self.cleaned_data["called_at"].astimezone(clock.LOCAL)


class Pasting(forms.Form):
    """The rota as rows (粘贴值班表)."""

    text = forms.CharField(label=_("值班表"), max_length=40_000, widget=forms.Textarea(attrs={"rows": 8}),
                           help_text=_("每行：日期 班次 工号，可从 Excel 直接粘贴，例如 2026-11-24 零点班 1008"))
