"""Shape of a rating (评价的输入格式), asked alike inside and at the outside letterbox."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.feedback.matters.words import RATINGS, SOLVED


class Rating(forms.Form):
    """The rating of an answer (评价); “solved?” is asked apart."""

    rating = forms.ChoiceField(label=_("您满意吗"), widget=forms.RadioSelect,
                               choices=[(k, v) for k, v in RATINGS.items() if k != "unrated"])
    solved = forms.ChoiceField(label=_("问题解决了吗"), required=False, widget=forms.RadioSelect,
                               choices=[(k, v) for k, v in SOLVED.items() if k])
