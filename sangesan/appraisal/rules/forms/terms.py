"""Forms of a draft's terms (办法条款表单): links with their vetoes, weights of lines, grades, pay."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation.errors import UserError
from sangesan.method.linkage import VetoEffect
from sangesan.organization.units.models import Kind, Line

from ..models import Link, PayRule
from .versions import PointsField

EFFECTS = [(VetoEffect.ISOLATE.value, lazy("不计入")), (VetoEffect.SCORE.value, lazy("按零分计入")),
           (VetoEffect.DEDUCTION.value, lazy("按否决前计入，另扣分"))]

READ = {"blend": ("share",), "ceiling": ("share", "margin"), "pass_through": ("rate", "cap"),
        VetoEffect.DEDUCTION.value: ("veto_deduction", "veto_cap")}
"""What each mode, and the veto that deducts, reads (所用条款)."""


class PercentField(forms.IntegerField):
    """A whole percentage (百分数), in basis points."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": 100} | options)

    def clean(self, value: Any) -> int | None:
        found = super().clean(value)
        return None if found is None else found * 100


def shown(hundredths: int | None) -> str | None:
    """Return points as a field shows them (分值)."""
    return None if hundredths is None else f"{hundredths // 100}.{hundredths % 100:02d}"


class Refusable(forms.Form):
    """A form that shows what a service refuses (可退回的表单)."""

    def refuse(self, fault: UserError) -> None:
        self.add_error(None, str(fault))


class LinkForm(Refusable):
    """How one kind of unit is linked in a line (挂钩办法), with what a veto below does."""

    line = forms.ChoiceField(label=lazy("条线"), choices=[("", lazy("各条线")), *Line.choices], required=False)
    kind = forms.ChoiceField(label=lazy("哪一级"), choices=[("", lazy("其他各级")), *Kind.choices], required=False)
    mode = forms.ChoiceField(label=lazy("挂钩方式"), choices=Link.Mode.choices)
    members = forms.ChoiceField(label=lazy("下级权重"), choices=Link.Members.choices)
    share = PercentField(label=lazy("下级占百分之几"), required=False, help_text=lazy("加权、封顶用"))
    margin = PointsField(label=lazy("至多高出最弱下级几分"), required=False, help_text=lazy("封顶用"))
    rate = PercentField(label=lazy("下级每失一分连带百分之几"), required=False, help_text=lazy("逐级连带用"))
    cap = PointsField(label=lazy("连带至多扣几分"), required=False, help_text=lazy("逐级连带用"))
    veto_effect = forms.ChoiceField(label=lazy("下级被否决时"), choices=EFFECTS)
    veto_deduction = PointsField(label=lazy("每个被否决的下级扣几分"), required=False, help_text=lazy("另扣分时用"))
    veto_cap = PointsField(label=lazy("否决至多扣几分"), required=False, help_text=lazy("另扣分时用"))

    def clean(self) -> dict[str, Any]:
        """Ask for what the chosen mode and veto read (必填): left empty, an earlier value would stand unseen."""
        said = super().clean() or {}
        for name in (*READ.get(said.get("mode", ""), ()), *READ.get(said.get("veto_effect", ""), ())):
            if said.get(name) is None and name not in self.errors:
                self.add_error(name, self.fields[name].error_messages["required"])
        return said

    def content(self) -> dict[str, Any]:
        """Return it as the content of a draft (挂钩内容); what its mode does not read stands as it was."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}

    @staticmethod
    def of(row: Link) -> dict[str, Any]:
        """Return what the form shows of a link (现有内容)."""
        plain = {name: getattr(row, name) for name in ("line", "kind", "mode", "members", "veto_effect")}
        rate = row.share if row.rate is None and row.mode == Link.Mode.PASS_THROUGH else row.rate
        return plain | {"share": row.share // 100, "rate": None if rate is None else rate // 100} | {
            name: shown(getattr(row, name)) for name in ("cap", "margin", "veto_deduction", "veto_cap")}


class WeightsForm(Refusable):
    """What each line weighs in a unit's result (条线权重)."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for slug, word in Line.choices:
            self.fields[slug] = PointsField(label=word, required=False)

    def content(self) -> dict[str, int]:
        """Return the weights that are given (权重); none at all means that all lines weigh the same."""
        return {slug: weight for slug, weight in self.cleaned_data.items() if weight is not None}


class GradeForm(forms.Form):
    """One grade and its coefficient (等次); a row left empty is no grade."""

    name = forms.CharField(label=lazy("等次"), max_length=12, required=False)
    least = PointsField(label=lazy("几分起"), required=False)
    coefficient = PointsField(label=lazy("系数"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        given = [name for name in ("name", "least", "coefficient") if said.get(name) not in (None, "")]
        for name in {"name", "least", "coefficient"} - set(given) - set(self.errors) if given else ():
            self.add_error(name, lazy("一行要么写全，要么空着"))
        return said


class _Grades(forms.BaseFormSet):
    def refuse(self, fault: UserError) -> None:
        self.non_form_errors().append(str(fault))


GRADES = forms.formset_factory(GradeForm, formset=_Grades, extra=2, max_num=12, validate_max=True)
"""All grades on one page (全部等次)."""


class PayForm(Refusable):
    """How results move the floating part of pay (兑现办法)."""

    mode = forms.ChoiceField(label=lazy("兑现方式"), choices=PayRule.Mode.choices)
    floor = PercentField(label=lazy("职工奖金池系数不低于百分之几"), help_text=lazy("被否决的单位也不低于它"))
    deducted_most = PercentField(label=lazy("每人每期最多扣浮动部分的百分之几"))
    reserve = PercentField(label=lazy("留百分之几补差"), help_text=lazy("更正以后从这里补发"))
    person_share = PercentField(label=lazy("个人得分中单位占百分之几"))
    own_cap = PercentField(label=lazy("本级得分最高几分"), min_value=100, max_value=110)
