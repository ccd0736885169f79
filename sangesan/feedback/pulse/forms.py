"""Shape of what is typed for a published answer (公开答复表单)."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Drafting(forms.Form):
    """Question and answer, edited for everybody (拟公开)."""

    question = forms.CharField(label=_("问题"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    answer = forms.CharField(label=_("答复"), max_length=3_000, widget=forms.Textarea(attrs={"rows": 8}))


class Remarking(forms.Form):
    """A reason (理由)."""

    remark = forms.CharField(label=_("理由"), max_length=400)
