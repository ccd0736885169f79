"""Shape of what is typed about the leading group and the focus (领导小组、工作重点的输入格式)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method import focus as rule

from .queries import posts


class Refusable(forms.Form):
    """A form that shows what a service refused (服务退回的原因) at the right field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "post" in self.fields:
            self.fields["post"].choices = [("", _("请选择")), *posts()]

    def refuse(self, fault: UserError) -> None:
        self.add_error(fault.code if fault.code in self.fields else None, str(fault))


class FocusForm(Refusable):
    """A focus that was decided (登记工作重点)."""

    year = forms.IntegerField(label=_("哪一年"), min_value=2000, max_value=2200)
    title = forms.CharField(label=_("工作重点"), max_length=rule.LONGEST_TITLE)
    content = forms.CharField(label=_("要做到什么"), max_length=rule.LONGEST_CONTENT, required=False,
                              widget=forms.Textarea(attrs={"rows": 3}))
    post = forms.ChoiceField(label=_("谁来牵头"))
    decided_by = forms.CharField(label=_("由哪次会议决定"), max_length=rule.LONGEST_WORDS)
    meeting = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("year", clock.today().year)


class SeatForm(Refusable):
    """A seat in the leading group (进入领导小组)."""

    post = forms.ChoiceField(label=_("岗位"))
    seat = forms.ChoiceField(label=_("席位"), choices=list(rule.SEATS.items()), initial="member")
    decided_by = forms.CharField(label=_("由哪次会议决定"), max_length=rule.LONGEST_WORDS)
