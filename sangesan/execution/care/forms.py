"""Shape of what is typed about talks and help (谈心帮扶的输入格式); there is no field for what somebody thinks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method import outreach as rule

DAYS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"]


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day (日期栏)."""
    return forms.DateField(label=label, input_formats=DAYS, **more,
                           widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class GiveForm(forms.Form):
    """A talk, a visit or help (登记谈心帮扶)."""

    kind = forms.ChoiceField(label=_("哪一类"), widget=forms.RadioSelect, choices=list(rule.KINDS.items()))
    ground = forms.ChoiceField(label=_("为什么去"), choices=list(rule.GROUNDS.items()))
    unit = forms.ChoiceField(label=_("哪个单位的人"))
    who = forms.CharField(label=_("对谁"), max_length=rule.LONGEST_WHO)
    day = day_field(_("哪天"))
    help = forms.ChoiceField(label=_("商定了什么帮助"), choices=list(rule.HELP.items()))
    agreed = forms.CharField(label=_("帮助的内容"), max_length=rule.LONGEST_HELP, required=False)
    due = day_field(_("哪天兑现"), required=False)
    consent = forms.BooleanField(label=_("本人提出或者同意，与他反映过什么无关"), required=False)

    def __init__(self, *args: Any, units: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(one.code, one.name) for one in units]
        self.initial.setdefault("day", clock.today())

    def refuse(self, fault: UserError) -> None:
        """Show what the service refused (服务退回的原因)."""
        self.add_error(fault.code if fault.code in self.fields else None, str(fault))
