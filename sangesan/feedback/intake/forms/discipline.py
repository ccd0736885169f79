"""Shape of a letter to the discipline mailbox (纪检来信格式); whom it concerns is asked first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.feedback.sealed.queries import recipients, titled

from .photos import DocumentsField, PhotosField
from .public import Refusable, Signed, Words, fresh_key


class DisciplineForm(Signed):
    """A letter to the inspectors (写给纪检监察). Only the text is required."""

    FIELDS = {"photo": "photos", "document": "documents", "named_above": "not_upper"}

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    about = forms.CharField(label=_("反映谁（姓名、单位和职务）"), max_length=200, required=False)
    upper = forms.BooleanField(label=_("反映的是上面列出的领导"), required=False)
    removed = forms.MultipleChoiceField(label=_("收件的纪检监察人员"), required=False,
                                        widget=forms.CheckboxSelectMultiple)
    text = Words(_("您要反映什么"), rows=10)
    not_upper = forms.BooleanField(label=_("信里写到了领导，但反映的不是他"), required=False)
    photos = PhotosField()
    mode = forms.ChoiceField(label=_("怎么署名"), initial="anonymous", widget=forms.RadioSelect, choices=[
        ("anonymous", _("匿名")), ("named", _("实名"))])
    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    contact = forms.CharField(label=_("联系方式"), max_length=100, required=False)
    documents = DocumentsField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = titled(recipients())
        self.fields["removed"].choices = [(str(line.key.place), _("不让%s收到") % said)
                                          for line, said in self.lines]
        if not self.is_bound:
            self.initial["key"] = fresh_key()
        for field in ("about", "name", "contact"):
            self.fields[field].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        self.want_name(said)
        return said

    def said(self) -> dict[str, Any]:
        """Return what the sealing takes (提交内容): names as persons, nothing of an anonymous one."""
        said = dict(self.cleaned_data)
        chosen = said.pop("removed")
        said["removed"] = {line.key.person_id for line, _said in self.lines if str(line.key.place) in chosen}
        if said.pop("mode") == "anonymous":
            said["name"] = said["contact"] = ""
        return said


class AddForm(Refusable):
    """A word that is added (补充)."""

    FIELDS = {"named_above": "not_upper"}

    text = Words(_("补充"), rows=4)
    not_upper = forms.BooleanField(label=_("补充里写到了领导，但反映的不是他"), required=False)
