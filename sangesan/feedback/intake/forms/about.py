"""The tick by which a speaker says that later words are about whoever has the matter in hand (说的是在办的人).

It is asked alike inside and at the outside letterbox.
"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AboutHandlers(forms.Form):
    """Whether words are about whoever has the matter in hand (说的是在办的人); off until it is ticked."""

    readers = _("您写的话，办这件事的单位和经办人看得到。说的是他们的，请在下面打勾。")
    about_handlers = forms.BooleanField(required=False, label=_(
        "说的是正在办这件事的人：这段话不给他们看，事情也不再由他们办，由信访办另行安排"))
