"""Forms of assessment by hand (人工考核表单): shape of input only."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation.numbers import Hundredths
from sangesan.method.statement import Indicator

from .queries.hand import posts_named
from .queries.presets import RULES


class FieldForm(forms.Form):
    """A rule from the field and its amounts (现场办法), in yuan."""

    rule = forms.ChoiceField(label=lazy("办法"), choices=RULES)
    run = forms.IntegerField(label=lazy("对照时段"), required=False, min_value=0, max_value=2**53)
    base = Hundredths(label=lazy("奖金基数（元）"), required=False, min_value=0,
                              max_value=1_000_000, help_text=lazy("书记的奖金基数，或正职的奖罚额"))
    purse = forms.RegexField(label=lazy("各名次奖金（元）"), required=False, regex=r"\A\d{1,7}([、,，]\d{1,7}){0,9}\Z",
                             help_text=lazy("用顿号隔开，例如 1000、600、300；并列的合起来平分"))

    def said(self) -> dict[str, Any]:
        """Return what is tried, in cents (试算内容)."""
        given = self.cleaned_data
        purse = tuple(int(part) * 100 for part in re.split("[、,，]", given["purse"]) if part)
        return {"which": given["rule"], "run": given["run"] or 0, "base": given["base"] or 0,
                "purse": purse}


class ExceptionForm(forms.Form):
    """One exception with its reason and evidence (登记例外)."""

    how = forms.ChoiceField(label=lazy("怎样登记"), widget=forms.RadioSelect)
    points = Hundredths(label=lazy("分值"), required=False, min_value=-1000, max_value=1000,
                                help_text=lazy("扣分写负数，例如 -2；按这项指标自己的分值"))
    post = forms.ChoiceField(label=lazy("责任岗位"), required=False)
    words = forms.CharField(label=lazy("理由和凭据"), max_length=500, widget=forms.Textarea,
                            help_text=lazy("写事实和凭据在哪里，4 到 500 字；不写反映人"))

    def __init__(self, indicator: Indicator, unit: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if indicator.method == "veto":
            self.fields["how"].choices = [("veto", lazy("否决"))]
            self.fields["post"].choices = list(posts_named(unit).items())
            self.fields["how"].initial = "veto"
            del self.fields["points"]
        else:
            self.fields["how"].choices = [("points", lazy("更正分值")), ("exempt", lazy("免考这一项"))]
            self.fields["how"].initial = "points"
            del self.fields["post"]

    def said(self) -> dict[str, Any]:
        """Return what was entered, points in hundredths (登记内容)."""
        given = self.cleaned_data
        return {"how": given["how"], "points": given.get("points") or 0, "post": given.get("post", ""),
                "words": given["words"]}
