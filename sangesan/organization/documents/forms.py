"""Forms of documents (公文表单): the shape of what is typed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .words import KINDS


class Naming(forms.Form):
    """An issuer (发文机关)."""

    name = forms.CharField(label=_("机关名称"), max_length=40, help_text=_("印在红头上，例如 青石岭矿信访办公室"))
    letters = forms.CharField(label=_("机关代字"), max_length=12, help_text=_("文号开头的字，例如 青矿信"))
    contact = forms.CharField(label=_("联系方式"), max_length=80, required=False,
                              help_text=_("印在文书末尾，例如 信访办公室，0319-2068001"))


class Uploading(forms.Form):
    """A Word template (上传模板)."""

    kind = forms.ChoiceField(label=_("文种"), choices=KINDS.items())
    file = forms.FileField(label=_("Word 模板"), max_length=200, help_text=_("只收 .docx，最大 2 MB，不能有宏"),
                           widget=forms.ClearableFileInput(attrs={"accept": ".docx"}))
