"""Filters of the list (筛选): what stands in the address."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation.errors import UserError
from sangesan.method.grading import NAMES
from sangesan.method.lifecycle import STATE_NAMES

from .. import queries
from ..words import CATEGORIES, CHANNELS
from .fields import UnitField


class Filtering(forms.Form):
    """What the list is narrowed by (筛选); with a slip in it nothing is listed, for all would look narrowed."""

    state = forms.ChoiceField(label=lazy("状态"), required=False, choices=[
        ("", lazy("全部")), ("open", lazy("未办结")), ("over", lazy("已办结")),
        *((s.value, n) for s, n in STATE_NAMES.items())])
    grade = forms.ChoiceField(label=lazy("等级"), required=False, choices=[
        ("", lazy("全部")), *((g, f"{g} {n}") for g, n in NAMES.items())])
    channel = forms.ChoiceField(label=lazy("渠道"), required=False, choices=[("", lazy("全部")), *CHANNELS.items()])
    category = forms.ChoiceField(label=lazy("类别"), required=False, choices=[("", lazy("全部")), *CATEGORIES.items()])
    unit = UnitField(label=lazy("单位"), required=False, ended=True)
    mark = forms.ChoiceField(label=lazy("标记"), required=False, choices=[
        ("", lazy("全部")), (queries.LED, lazy("单位主办")), ("supervised", lazy("督办中")),
        ("proposed", lazy("待确认督办")), ("case", lazy("包案")), ("collective", lazy("集体")),
        ("repeated", lazy("重复")), ("lawful", lazy("法定超期")), ("paused", lazy("挂起"))])
    number = forms.CharField(label=lazy("编号"), required=False, max_length=11)
    month = forms.DateField(label=lazy("月份"), required=False, input_formats=["%Y-%m"])
    overdue = forms.BooleanField(label=lazy("只看超期"), required=False)

    @property
    def filters(self) -> queries.Filters:
        """The filters (筛选条件). Raises UserError when one of them is none."""
        if not self.is_valid():
            raise UserError(_("没有列出"), why="；".join(str(why) for whys in self.errors.values() for why in whys),
                            next=_("请改一下，或清除筛选"), code="filter")
        asked = {k: v for k, v in self.cleaned_data.items() if v}
        asked["number"] = asked.get("number", "").upper().replace("\x00", "")
        return queries.Filters(**asked)

    @property
    def tabs(self) -> list[dict]:
        """The usual choices (常用筛选)."""
        now, late, mark = self.data.get("state", ""), bool(self.data.get("overdue")), self.data.get("mark", "")
        return [
            {"word": _("全部"), "url": "?", "here": not now and not late and not mark},
            {"word": _("未办结"), "url": "?state=open", "here": now == "open" and not late},
            {"word": _("超期"), "url": "?state=open&overdue=on", "here": late},
            {"word": _("待审核"), "url": "?state=review", "here": now == "review"},
            {"word": _("督办中"), "url": "?mark=supervised", "here": mark == "supervised"},
            {"word": _("包案"), "url": "?mark=case", "here": mark == "case"},
            {"word": _("已办结"), "url": "?state=over", "here": now == "over"},
        ]
