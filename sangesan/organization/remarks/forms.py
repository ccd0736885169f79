"""Shape of what is typed about remarks (批示的输入格式)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation import clock
from sangesan.method.authority import Scope
from sangesan.method.meetings import seat

from . import queries
from .models import LONGEST, LONGEST_ANSWER

DAYS = 3
"""Days until an answer is due, offered (默认几天回复)."""


class GiveForm(forms.Form):
    """An instruction (批示); whoever heads the unit it is about stands there already."""

    text = forms.CharField(label=_("批示"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 3}))
    to = forms.ChoiceField(label=_("批给谁"))
    due = forms.DateField(label=_("哪天回复"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, scope: Scope, found: object, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = queries.addressees(scope)
        self.fields["to"].choices = [("", _("请选")), *((p.code, seat(p.unit.name, p.title)) for p in posts)]
        self.initial.setdefault("to", next((p.code for p in posts if queries.concerns(found, p.unit)), ""))
        self.initial.setdefault("due", clock.today() + timedelta(days=DAYS))


class AnswerForm(forms.Form):
    """The answer (回复)."""

    text = forms.CharField(label=_("回复"), max_length=LONGEST_ANSWER, widget=forms.Textarea(attrs={"rows": 4}))
