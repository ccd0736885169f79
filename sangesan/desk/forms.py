"""Forms of the desk (工作台表单): the shape of what is sent."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation.errors import UserError


class Uploading(forms.Form):
    """A form of the company above (上传报表模板)."""

    file = forms.FileField(label=_("Word 或 Excel 模板"), max_length=200,
                           help_text=_("收 .docx、.xlsx，最大 2 MB，不能有宏；同名的换成新的"),
                           widget=forms.ClearableFileInput(attrs={"accept": ".docx,.xlsx"}))

    def refuse(self, fault: UserError) -> None:
        """Show what the service refused (不收的原因)."""
        self.add_error("file", str(fault))
