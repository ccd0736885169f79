"""Fields of matters' forms (事项表单字段)."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation.choosing import DOCUMENTS, TYPES, PhotosField

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


class PeopleField(forms.TypedMultipleChoiceField):
    """Leaders and officers of the whole mine (矿领导和机关人员), ticked in a list; gives their ids."""

    def __init__(self, **kwargs):
        super().__init__(choices=queries.of_whole_mine, required=False, coerce=int, widget=forms.CheckboxSelectMultiple,
                         **kwargs)


def text(label, **kwargs) -> forms.CharField:
    """A field of some lines (多行文字)."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": 4}), strip=True, **kwargs)


class FilesField(PhotosField):
    """What is handed in with a step (附件): photos, PDF and Word, judged by the service by what they hold."""

    def __init__(self) -> None:
        super().__init__(label=lazy("附件"), help_text=lazy(
            "照片、扫描的 PDF 或 Word，最多 3 个；存下来的不带位置、作者和宏，看得到这件事项的人都能看"))
        self.widget.attrs["accept"] = f"{TYPES},{DOCUMENTS}"


class Filed(forms.Form):
    """A step with which something may be handed in (可附文件的一步)."""

    files = FilesField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "files"])  # what is handed in comes last

    def lose_files(self) -> None:
        """Say that files must be chosen again (重选附件): a browser never sends them twice by itself."""
        if self.files and self.files.getlist("files") and "files" not in self.errors:
            self.add_error("files", _("附件没有保存，请重新选一次"))
