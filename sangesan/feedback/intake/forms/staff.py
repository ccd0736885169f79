"""Shape of a report (上报的输入格式), and what all entries of staff share; the rules are in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.feedback.matters.words import CATEGORIES
from sangesan.foundation import clock
from sangesan.method.authority import NOBODY, Scope
from sangesan.organization.units.queries import places

from .photos import PhotosField, VoiceField
from .public import Signed, Words, fresh_key

FIRST = ("safety", "pay", "hours", "logistics", "conduct", "management")
"""Categories a correspondent meets most (常用类别): one tap away; the others are two."""


class Entry(Signed):
    """What reporting and registering share (上报与登记共有)."""

    FIELDS = {"unit": "unit", "photo": "photos", "document": "documents", "future": "day", "past": "day"}

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    text = Words(_("内容"))
    photos = PhotosField()
    danger = forms.BooleanField(label=_("可能马上伤到人"), required=False)
    unit = forms.ChoiceField(label=_("单位"), required=False)
    place = forms.CharField(label=_("地点"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("不确定")), *places(clock.today())]
        self.fields["place"].widget.attrs["autocomplete"] = "off"
        if not self.is_bound:
            self.initial["key"] = fresh_key()


class ReportForm(Entry):
    """A correspondent's report (快速上报). Only the text is required."""

    FIELDS = Entry.FIELDS | {"voice": "voice"}

    voice = VoiceField()
    category = forms.ChoiceField(label=_("哪一类"), required=False, widget=forms.RadioSelect, choices=[
        *((slug, CATEGORIES[slug]) for slug in FIRST), *((s, w) for s, w in CATEGORIES.items() if s not in FIRST)])
    hint = forms.TypedChoiceField(label=_("急不急"), required=False, coerce=int, empty_value=0,
                                  widget=forms.RadioSelect, choices=[(3, _("紧急")), (2, _("重要")), (1, _("一般"))])
    masked = forms.BooleanField(label=_("不公开反映人姓名"), required=False, initial=True)

    def __init__(self, *args: Any, scope: Scope = NOBODY, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["unit"] = self._own(scope)

    def said(self) -> dict[str, Any]:
        """Return what the intake service takes (上报内容)."""
        said = dict(self.cleaned_data)
        said["mode"] = "confidential" if said.pop("masked") else "named"
        said["urgency_hint"] = said.pop("hint")
        return said

    def _own(self, scope: Scope) -> str:
        """Return the reporter's own team (本单位): a crew is left out, it would tell who spoke."""
        known = {code for code, _name in self.fields["unit"].choices if code}
        paths = [post.path.strip("/").split("/") for post in scope.posts]
        return next((code for path in paths for code in reversed(path) if code in known), "")
