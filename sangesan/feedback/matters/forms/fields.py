"""Fields of matters' forms (事项表单字段)."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext as _

from .. import queries


class UnitField(forms.CharField):
    """A unit by name or code (单位), typed with help of the list; gives its id, or None."""

    def __init__(self, *, ended: bool = False, **kwargs):
        self.ended = ended
        super().__init__(max_length=120, widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
                         **kwargs)

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        found = queries.unit_named(typed, ended=self.ended)
        if found is None:
            raise forms.ValidationError(_("没有找到“%s”，请从提示里选") % typed)
        return found.pk


class UnitsField(UnitField):
    """Several units (多个单位), separated by a comma; gives their ids."""

    def clean(self, value):
        found = [super(UnitsField, self).clean(part) for part in re.split("[,，、;；]", value or "")]
        return [pk for pk in found if pk]


def text(label, **kwargs) -> forms.CharField:
    """A field of some lines (多行文字)."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 4}), strip=True, **kwargs)
