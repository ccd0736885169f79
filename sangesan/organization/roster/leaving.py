"""Form of leaving (离任表单) for whoever alone can hand something over: the keys of the discipline mailbox."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as lazy

from .forms import DayForm


class HandOverForm(DayForm):
    """A day on which somebody leaves who alone can hand something over (离任交接)."""

    regardless = forms.BooleanField(
        label=lazy("不等交接"), required=False,
        help_text=lazy("只在他已亡故、被查或者失去联系时勾选：他没有补发的纪检来信，以后再没有人能打开"))
