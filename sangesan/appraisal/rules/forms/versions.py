"""Forms of a version (办法表单): workbook, decision, force, one indicator."""

from __future__ import annotations

import base64
import binascii
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.numbers import Hundredths
from sangesan.method import books
from sangesan.method.rounding import points
from sangesan.method.ruling import STANDARD
from sangesan.method.statement import rewarding
from sangesan.method.texts import kept
from sangesan.organization.units.models import Line

from .. import sources
from ..kinds import ASSESSED
from ..models import Field, Indicator

LARGEST, CARRIED = 2 * 1024 * 1024, 1024 * 1024
"""How large a workbook may be, and from which size on the preview carries its rows alone: a form holds no more."""
NOBODY = [("", lazy("—"))]


class DayField(forms.DateField):
    """A day (日期)."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)


class UploadForm(forms.Form):
    """A workbook of rules (考核细则工作簿)."""

    name = forms.CharField(label=lazy("办法名称"), max_length=60, help_text=lazy("例如：基层党支部考核办法"))
    file = forms.FileField(label=lazy("填好的工作簿（.xlsx）"),
                           widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}))

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("文件超过 2 MB，考核细则用不了这么大"))
        return file.read()


class CarriedForm(forms.Form):
    """A workbook carried from the preview to the import (预览带回)."""

    name = forms.CharField(max_length=60)
    data = forms.CharField(max_length=LARGEST * 2)
    right_only = forms.BooleanField(required=False)

    @staticmethod
    def packed(data: bytes) -> str:
        return base64.b64encode(data).decode("ascii")

    def clean_data(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["data"], validate=True)
        except (binascii.Error, ValueError):
            raise UserError(_("没有导入"), why=_("预览已经失效"), next=_("请再传一次工作簿"), status=400) from None


class DecisionForm(forms.Form):
    """The decision of the workers' congress (职代会决定)."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    meeting = forms.CharField(label=lazy("职代会届次"), max_length=80, help_text=lazy("例如：十届三次职代会"))
    document = forms.CharField(label=lazy("决定文号"), max_length=60, help_text=lazy("例如：青职代〔2026〕3 号"))
    decided_on = DayField(label=lazy("决定日期"), initial=clock.today)
    words = forms.CharField(label=lazy("决议原文"), max_length=2000, required=False, widget=forms.Textarea,
                            help_text=lazy("留作佐证，可以不填"))


class EnforceForm(forms.Form):
    """From which day it holds (施行)."""

    since = DayField(label=lazy("从哪天起施行"), help_text=lazy(
        "某月 1 日，不早于今天。一期开始前就要知道办法：已经开始的季度、年度不按它考核"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        today = clock.today()
        month = today.year * 12 + today.month
        self.fields["since"].initial = date(month // 12, month % 12 + 1, 1)


class PointsField(Hundredths):
    """Points or a weight (分值、权重), in hundredths."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=1000, **options)


class IndicatorForm(forms.Form):
    """One indicator (指标)."""

    name = forms.CharField(label=lazy("指标"), max_length=40)
    standard = forms.CharField(label=lazy("考核标准"), max_length=STANDARD, required=False,
                               widget=forms.Textarea(attrs={"rows": 2}))
    field = forms.ChoiceField(label=lazy("领域"))
    kinds = forms.MultipleChoiceField(label=lazy("单位类别"), choices=ASSESSED, required=False,
                                      help_text=lazy("不选：各类单位都考"), widget=forms.CheckboxSelectMultiple)
    line = forms.ChoiceField(label=lazy("条线"), choices=[("", lazy("单位自己的条线")), *Line.choices], required=False)
    method = forms.ChoiceField(label=lazy("计分方法"), choices=Indicator.Method.choices)
    source = forms.ChoiceField(label=lazy("数据来源"), choices=[(s.slug, s.word) for s in sources.SOURCES],
                               help_text=lazy("每日结果按有结果的日子平均，里面已含下级，逐级挂钩时要想到"))
    side = forms.ChoiceField(label=lazy("结果或过程"), choices=Indicator.Side.choices)
    weight = PointsField(label=lazy("分值"), help_text=lazy("最多两位小数；一票否决填 0"))
    each = PointsField(label=lazy("每次分值"), required=False, help_text=lazy("扣分、加分时每次多少分"))
    full = PointsField(label=lazy("满分"), required=False, help_text=lazy("扣分、加分用，空着为分值；另写的折成分值"))
    floor = PointsField(label=lazy("扣到"), required=False, help_text=lazy("最低分，空着为 0"))
    cap = PointsField(label=lazy("最高"), required=False, help_text=lazy(
        "空着为分值；完成率为百分之几，空着为 100。加分高于分值的，没有加分不失分；不高于分值的从 0 分起加"))
    planned = forms.IntegerField(label=lazy("计划值或限值"), min_value=0, max_value=10**9, required=False,
                                 help_text=lazy("每期都计的，写一个月的数；季度按三个月、年度按十二个月算"))
    prefix_only = forms.BooleanField(label=lazy("分步计分只计连续办完的步骤"), required=False)
    target = forms.ChoiceField(label=lazy("考核对象"), choices=Indicator.Target.choices, required=False,
                               help_text=lazy("岗位：计入任职者本人部分，看这个岗位自己办了多少"))
    late = forms.IntegerField(label=lazy("迟办得百分之几"), min_value=0, max_value=100, required=False)
    least = forms.IntegerField(label=lazy("至少几份才计"), min_value=0, max_value=10_000, required=False)
    period = forms.ChoiceField(label=lazy("期间"), choices=[("", lazy("每期都计")), *Indicator.Period.choices],
                               required=False)
    lead = forms.CharField(label=lazy("牵头部门"), max_length=40, required=False)
    evidence = forms.CharField(label=lazy("佐证"), max_length=100, required=False)
    place = forms.ChoiceField(label=lazy("三册中的位置"), choices=[
        ("", lazy("请选择")), *((title, [(f"{book}/{one.slug}", one.word) for one in books.sections(book)])
        for book, title in books.BOOKS.items())])
    objector = forms.ChoiceField(label=lazy("谁可提异议"), choices=Indicator.Objector.choices)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["field"].choices = list(Field.objects.filter(on=True).values_list("code", "name"))

    def clean_name(self) -> str:
        if name := kept(self.cleaned_data["name"]):
            return name
        raise forms.ValidationError(self.fields["name"].error_messages["required"], code="required")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        source, method = sources.BY_SLUG.get(said.get("source", "")), said.get("method", "")
        if source and method not in source.by:
            words = "、".join(str(label) for slug, label in Indicator.Method.choices if slug in source.by)
            self.add_error("method", _("“%(source)s”可以按 %(words)s 计分") % {"source": source.word, "words": words})
        if said.get("target") == Indicator.Target.POST and method not in sources.OF_POSTS:
            self.add_error("target", _("岗位只能按完成率计分：未办的事记在单位上"))
        if method in ("deduct", "add") and not said.get("each"):
            self.add_error("each", _("扣分、加分要写每次分值"))
        return said

    def content(self) -> dict[str, Any]:
        """Return it as the content of a draft (指标内容)."""
        said = dict(self.cleaned_data)
        each, late = said.pop("each") or 0, said.pop("late") or 0
        tallies = sources.BY_SLUG[said.pop("source")].by[said["method"]](each)
        said["book"], said["section"] = said.pop("place").split("/")
        own = said.pop("full") or said["weight"]
        full = own if said["method"] in ("deduct", "add") else 10_000
        cap = said["cap"] or full
        return said | {"tallies": tallies, "full": full, "cap": cap, "floor": said["floor"] or 0,
                       "rewards": rewarding(said["method"], full, cap), "late_share": late * 100,
                       "least": said["least"] or 0,
                       "target": said["target"] or Indicator.Target.UNIT.value}

    @staticmethod
    def of(row: Indicator) -> dict[str, Any]:
        """Return what the form shows of an indicator (现有内容)."""
        each = row.tallies[0].get("points", 0) if row.tallies and row.method in ("deduct", "add") else 0
        names = ("name", "standard", "field", "kinds", "line", "method", "side", "planned", "least", "period",
                 "lead", "evidence", "objector", "prefix_only", "target")
        return {name: getattr(row, name) for name in names} | {
            "weight": row.worth, "source": sources.source_of(row.tallies, row.method),
            "place": f"{row.book}/{row.section}",
            "late": row.late_share // 100 or None,
            "full": points(row.full) if row.method in ("deduct", "add") and row.full != row.weight else None,
            "floor": points(row.floor) if row.floor else None, "cap": points(row.cap) if row.cap != row.full else None,
            "each": points(each) if each else None}
