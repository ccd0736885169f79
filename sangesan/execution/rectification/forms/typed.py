"""Shape of what is typed about inspections and findings (督察整改的输入格式); the rules are in the services."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation import clock
from sangesan.foundation.choosing import PhotosField
from sangesan.foundation.errors import UserError
from sangesan.organization.units.models import Kind

from ..services.checklists import KINDS
from ..words import FORMS, SHIFTS, WHY

DAYS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"]
MOST_BYTES = 5 << 20


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day (日期栏)."""
    return forms.DateField(label=label, input_formats=DAYS, **more,
                           widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class Refusable(forms.Form):
    """A form that shows what a service refused (服务退回的原因) at the right field; what was typed stays."""

    def refuse(self, fault: UserError) -> None:
        self.add_error(fault.code if fault.code in self.fields else None, str(fault))


class Keyed(Refusable):
    """A form whose second sending changes nothing (防重复)."""

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial["key"] = secrets.token_urlsafe(24)


class InspectionForm(Keyed):
    """An inspection or a walk-round (登记检查)."""

    form = forms.ChoiceField(label=_("怎么去的"), widget=forms.RadioSelect, choices=list(FORMS.items()), initial="walk")
    unit = forms.ChoiceField(label=_("哪个单位"))
    place = forms.CharField(label=_("地点"), max_length=60, required=False)
    day = day_field(_("哪天"))
    shift = forms.ChoiceField(label=_("班次"), choices=list(SHIFTS.items()), required=False)
    checklist = forms.TypedChoiceField(label=_("检查表"), required=False, coerce=int, empty_value=0)
    seen = forms.CharField(label=_("看到的情况"), max_length=500, required=False,
                           widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, units: list, checklists: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("请选择")), *units]
        self.fields["checklist"].choices = [("", _("不用检查表")), *checklists]
        self.initial.setdefault("day", clock.today())


class FindingForm(Keyed):
    """A problem (登记问题)."""

    item = forms.TypedChoiceField(label=_("哪一项"), required=False, coerce=int, empty_value=0)
    text = forms.CharField(label=_("什么问题"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    measure = forms.CharField(label=_("怎么整改"), max_length=300, required=False)
    unit = forms.ChoiceField(label=_("谁来整改"), required=False)
    due = day_field(_("几时改完"), required=False)
    photos = PhotosField()

    def __init__(self, *args: Any, units: list, items: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("被检查的单位")), *units]
        self.fields["item"].choices = [("", _("不在检查表里")), *items]


class WordsForm(Refusable):
    """One sentence (一句话)."""

    text = forms.CharField(max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class DoneForm(WordsForm):
    """What was done (整改完成), with photos if one likes."""

    photos = PhotosField()


class VerdictForm(WordsForm):
    """Put right, or back (验收)."""

    passed = forms.TypedChoiceField(coerce=lambda said: said == "yes", choices=[("yes", ""), ("no", "")])


class MoveForm(Refusable):
    """Another date (申请改期)."""

    due = day_field(_("改到哪天"))
    why = forms.ChoiceField(label=_("原因"), choices=list(WHY.items()))
    text = forms.CharField(label=_("理由"), max_length=300)


class NameForm(Refusable):
    """Who may verify beside the finder (指定验收人)."""

    post = forms.ChoiceField(label=_("指定别的班的人验收"))

    def __init__(self, *args: Any, posts: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = posts


class ChecklistForm(Refusable):
    """A checklist (建检查表)."""

    title = forms.CharField(label=_("名称"), max_length=60)
    kind = forms.ChoiceField(label=_("检查哪一类单位"), choices=[(k.value, Kind(k).label) for k in KINDS])
    every = forms.IntegerField(label=_("几天检查一次"), min_value=1, max_value=366, initial=30)
    lines = forms.CharField(label=_("检查项"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    workbook = forms.FileField(label=_("或者上传表格"), required=False)

    def clean_workbook(self) -> bytes:
        return read(self.cleaned_data["workbook"])


class FiguresForm(Refusable):
    """A workbook of counts (导入隐患三违)."""

    workbook = forms.FileField(label=_("表格文件（.xlsx）"))

    def clean_workbook(self) -> bytes:
        return read(self.cleaned_data["workbook"])


def read(sent) -> bytes:
    """Return the bytes of a file that was sent (上传的文件). Raises ValidationError for one too large."""
    if not sent:
        return b""
    if sent.size > MOST_BYTES:
        raise forms.ValidationError(_("文件太大，上限 5 MB；请分成几个文件"))
    return sent.read()
