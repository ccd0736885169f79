"""Shape of what is typed about study (学习的输入格式); the rules are in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError

from .models import Gain, Question, Session

DAYS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"]
WHOLE = ("", _("不分班次"))


def day_field(label: Any) -> forms.DateField:
    """Return a field for a day (日期栏)."""
    return forms.DateField(label=label, input_formats=DAYS,
                           widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class Refusable(forms.Form):
    """A form that shows what a service refused (服务退回的原因) at the right field; what was typed stays."""

    def refuse(self, fault: UserError) -> None:
        self.add_error(fault.code if fault.code in self.fields else None, str(fault))

    def sent(self, name: str, most: int = 6 << 20) -> bytes:
        """Return the bytes of a file (上传的文件), b'' when none was sent."""
        file = self.cleaned_data.get(name)
        if file and file.size > most:
            raise forms.ValidationError(_("文件太大，上限 5 MB"))
        return file.read() if file else b""


class PlanForm(Refusable):
    """A study session (安排学习)."""

    of = forms.ChoiceField(label=_("哪一类"), widget=forms.RadioSelect, choices=Session.Of.choices)
    unit = forms.ChoiceField(label=_("哪个单位"))
    shift = forms.ChoiceField(label=_("班次"), required=False)
    day = day_field(_("哪天"))
    at = forms.TimeField(label=_("几点"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("地点"), max_length=60, required=False)
    theme = forms.CharField(label=_("主题"), max_length=80)
    text = forms.CharField(label=_("材料文字"), required=False, max_length=5000,
                           widget=forms.Textarea(attrs={"rows": 4}))
    link = forms.CharField(label=_("视频地址"), required=False, max_length=300)
    pdf = forms.FileField(label=_("PDF 材料"), required=False)

    def __init__(self, *args: Any, units: list, shifts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units
        self.fields["shift"].choices = [WHOLE, *((one, one) for one in shifts)]

    def clean_pdf(self) -> bytes:
        return self.sent("pdf")


class HoldForm(Refusable):
    """How many were there (登记学习)."""

    heads = forms.IntegerField(label=_("到了多少人"), min_value=1, max_value=500)
    names = forms.CharField(label=_("到会名单（工号，可不填）"), required=False, max_length=4000,
                            widget=forms.Textarea(attrs={"rows": 3}))

    def clean_names(self) -> list[str]:
        return self.cleaned_data["names"].replace("、", " ").replace("，", " ").replace(",", " ").split()


class BankForm(Refusable):
    """A bank of questions (建题库)."""

    title = forms.CharField(label=_("名称"), max_length=60)
    workbook = forms.FileField(label=_("题库表格（.xlsx）"))
    open = forms.BooleanField(label=_("不登录也能测"), required=False)

    def clean_workbook(self) -> bytes:
        return self.sent("workbook")


class TestForm(forms.Form):
    """A self-test (自测): letters by question number."""

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            many = len(question.right) > 1
            kind = forms.MultipleChoiceField if many else forms.ChoiceField
            self.fields[f"q{question.number}"] = kind(
                label=str(question), required=False, help_text=_("可以选几个") if many else "",
                choices=[(letter, f"{letter}. {said}") for letter, said in question.choices],
                widget=forms.CheckboxSelectMultiple if many else forms.RadioSelect)

    def said(self) -> dict[int, str]:
        """Return the letters chosen (所选), by question number."""
        return {int(name[1:]): "".join(chosen) for name, chosen in self.cleaned_data.items()}


class GainForm(Refusable):
    """Grades and certificates (登记取得)."""

    unit = forms.ChoiceField(label=_("哪个单位"))
    what = forms.ChoiceField(label=_("取得了什么"), choices=Gain.What.choices)
    count = forms.IntegerField(label=_("几个人"), min_value=1, max_value=500)
    day = day_field(_("哪天"))

    def __init__(self, *args: Any, units: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units
        self.initial.setdefault("day", clock.today())
