"""Ticks by which a speaker says that words are about whoever would read them, inside and at the outside letterbox:
whoever takes letters in (说的是收信的人), whoever has the matter in hand (说的是在办的人).
"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AboutHandlers(forms.Form):
    """Whether words are about whoever has the matter in hand (说的是在办的人); off until it is ticked."""

    readers = _("您写的话，办这件事的单位和经办人看得到。说的是他们的，请在下面打勾。")
    about_handlers = forms.BooleanField(required=False, label=_(
        "说的是正在办这件事的人：这段话不给他们看，事情也不再由他们办，由信访办另行安排"))


class AboutReaders(forms.Form):
    """Whether a letter is about whoever takes letters in here (说的是收信的人); off until it is ticked."""

    about_readers = forms.BooleanField(required=False, label=_(
        "说的是在这里收信、分办的人：这封信不给他们看，另外安排人分办"))
