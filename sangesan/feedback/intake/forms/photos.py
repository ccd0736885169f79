"""Photos, voice notes and documents in a form (照片栏、录音栏、文件栏): bytes as sent, judged by the service."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation.choosing import DOCUMENTS, PhotosField


class DocumentsField(PhotosField):
    """PDF and Word files (文件), read into memory."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("PDF 或 Word 文件"), **kwargs)
        self.widget.attrs["accept"] = DOCUMENTS


class VoiceField(forms.FileField):
    """A voice note (录音), read into memory; the recorder of the page fills it."""

    widget = forms.FileInput

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"accept": "audio/wav", "tabindex": "-1", "aria-hidden": "true"}
        super().__init__(label=kwargs.pop("label", _("录音")), required=False, widget=forms.FileInput(attrs), **kwargs)

    def clean(self, value: Any, initial: Any = None) -> bytes:
        return value.read() if value else b""
