"""Forms of handbooks (三册表单): the shape of what is sent; the service judges it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation.errors import UserError


class PagesInput(forms.FileInput):
    """A chooser for several files (选文件)."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf", "multiple": True})

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else []


class PagesField(forms.Field):
    """Signed pages (签字页), read into memory."""

    widget = PagesInput

    def clean(self, value: Any) -> list[bytes]:
        return [file.read() for file in value or ()]


class Scanning(forms.Form):
    """Signed pages to be added (附签字页)."""

    section = forms.CharField(required=False, max_length=24, widget=forms.HiddenInput)
    pages = PagesField(label=_("签字页的照片或扫描件"), required=False,
                       help_text=_("JPG、PNG、WebP 或 PDF，一次最多 10 页，印在这一篇后面"))

    def refuse(self, fault: UserError) -> None:
        """Show what the service refused (不收的原因)."""
        self.add_error(None, str(fault))


class Ordering(forms.Form):
    """An order of many copies (成套印制、迎检备料)."""

    kind = forms.CharField(max_length=12)
    year = forms.CharField(max_length=4)
    code = forms.CharField(max_length=40, required=False)
    book = forms.CharField(max_length=12, required=False)
