"""Forms of the quiet road (关怀表单). There is no field for an opinion."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

WAYS = [("phone", _("电话")), ("face", _("见面")), ("doctor", _("陪同就医")), ("family", _("本人同意后联系家人"))]


class Contacting(forms.Form):
    """Which way, reached or not (联系)."""

    way = forms.ChoiceField(label=_("怎么联系的"), choices=WAYS, widget=forms.RadioSelect)
    reached = forms.TypedChoiceField(label=_("联系上了吗"), choices=(("1", _("联系上了")), ("0", _("没有联系上"))),
                                     coerce=lambda v: v == "1", widget=forms.RadioSelect)


class Writing(forms.Form):
    """Words to the speaker (留言)."""

    text = forms.CharField(label=_("给本人留言"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}),
                           help_text=_("凭回执能看到。写自己是谁、怎么找到您、什么时候在"))


class Opening(forms.Form):
    """Whose name, and why (查看姓名)."""

    submission = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("查看理由"), max_length=200, help_text=_("本人能看到关怀员查看过"))


class Nothing(forms.Form):
    """Nothing to type (无须填写)."""
