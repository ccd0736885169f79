"""Done, waived, another date (办结、免办、改期): shape of input only."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ..services.moving import WHY_MOVED
from ..services.settling import LONGEST, WHY_EXEMPT
from ..words import WHY


class Completing(forms.Form):
    """Done (办结), with one optional sentence."""

    words = forms.CharField(label=_("怎么办的"), max_length=LONGEST, required=False,
                            widget=forms.Textarea(attrs={"rows": 3}))


class Exempting(forms.Form):
    """Waived (免办), for a reason."""

    why = forms.ChoiceField(label=_("原因"), choices=[(slug, WHY[slug]) for slug in WHY_EXEMPT])
    words = forms.CharField(label=_("说明"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


class Asking(forms.Form):
    """Another date (申请改期), with a reason."""

    due = forms.DateField(label=_("改到哪天"), input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"],
                          widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    why = forms.ChoiceField(label=_("原因"), choices=[(slug, WHY[slug]) for slug in WHY_MOVED])
    words = forms.CharField(label=_("理由"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


class Deciding(forms.Form):
    """Agreed or not (答复改期)."""

    agreed = forms.TypedChoiceField(coerce=lambda said: said == "yes",
                                    choices=[("yes", _("同意")), ("no", _("不同意"))])


class Correcting(forms.Form):
    """Settled wrongly (更正): where it was wrong."""

    words = forms.CharField(label=_("错在哪里"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}))


class Undoing(forms.Form):
    """Nothing to fill in (撤回)."""
