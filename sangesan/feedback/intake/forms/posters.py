"""Shape of what a poster asks for (海报的输入格式)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as lazy

from sangesan.method.channels import PASSERS

from ..channels import public
from ..services.posters import PAPERS
from .public import Refusable


class PosterForm(Refusable):
    """A poster (海报)."""

    FIELDS = {"passers": "passers", "channel": "channel"}

    channel = forms.ChoiceField(label=lazy("哪个渠道"), widget=forms.RadioSelect)
    place = forms.CharField(label=lazy("贴在哪里"), max_length=30)
    passers = forms.IntegerField(label=lazy("每天大约多少人经过"), min_value=0, max_value=100_000,
                                 help_text=lazy("多于 %d 人才贴，人少的地方扫码容易被认出来") % PASSERS)
    paper = forms.ChoiceField(label=lazy("纸张"), widget=forms.RadioSelect, initial="a4", choices=list(PAPERS.items()))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [(s.slug, s.name) for s in public() if s.slug != "discipline"]
        self.initial.setdefault("channel", "leaders")
