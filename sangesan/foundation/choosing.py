"""Choosing photos in a form (选照片): bytes as sent, judged by the service that keeps them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TYPES = "image/jpeg,image/png,image/webp"
"""What the chooser of a phone offers; iPhones turn HEIC into JPEG for it."""
DOCUMENTS = ".pdf,.docx,application/pdf,application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class PhotosInput(forms.FileInput):
    """A chooser for several photos (选照片)."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__(attrs={"accept": TYPES, "multiple": True})

    def value_from_datadict(self, data, files, name):
        return files.getlist(name) if hasattr(files, "getlist") else []

    def value_omitted_from_data(self, data, files, name):
        return name not in files


class PhotosField(forms.Field):
    """Several photos (照片), read into memory."""

    widget = PhotosInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=kwargs.pop("label", _("照片")), required=False, **kwargs)

    def clean(self, value: Any) -> list[bytes]:
        return [file.read() for file in value or ()]


def refuse_unasked(form: forms.Form) -> bool:
    """Refuse a file a form does not ask for (多余附件): whoever sends one would believe it had arrived."""
    unasked = set(form.files or ()) - set(form.fields)
    if unasked:
        form.add_error(None, _("没有提交：这里不收这样的附件。请去掉附件，或用本页的附件栏再提交"))
    return bool(unasked)
