"""Shape of the public forms (公开页面的输入格式); the rules are in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.feedback.matters.words import CATEGORIES, GROUPS
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.once.tokens import fresh_key
from sangesan.organization.units.queries import places

from .about import AboutHandlers, AboutReaders
from .photos import DocumentsField, PhotosField
from .rating import Rating


class Words(forms.CharField):
    """A text (正文) as it was typed: no stripping, the service says what is wrong with it.

    No `maxlength`: browsers cut what is pasted beyond it without a word. What is too long comes back whole, with by how
    much.
    """

    def __init__(self, label, *, rows: int = 6, required: bool = True, **kwargs: Any) -> None:
        area = forms.Textarea(attrs={"rows": rows})
        super().__init__(label=label, required=required, strip=False, widget=area, **kwargs)
        self.validators = []
        self.error_messages["required"] = _("请写几个字再提交")


class Offered(forms.TypedChoiceField):
    """A choice among what is free (可选的号): one just taken may be the answer to this very request, sent twice.

    The service judges it.
    """

    def valid_value(self, value: str) -> bool:
        return True


class Refusable(forms.Form):
    """A form that shows what a service refused (服务退回的原因) at the right field."""

    FIELDS: dict[str, str] = {}

    def refuse(self, fault: UserError) -> None:
        """Show a fault; the typed words stay, a spoilt token is replaced."""
        if fault.code in ("key", "conflict") and "key" in self.fields:
            self.data = self.data.copy()
            self.data["key"] = fresh_key()
        name = self.FIELDS.get(fault.code, "")
        self.add_error(name if name in self.fields else None, str(fault))

    def lose_photos(self) -> None:
        """Say that files must be chosen again (重选附件): a browser never sends them twice by itself."""
        for name, said in (("photos", _("照片没有保存，请重新选一次")), ("documents", _("文件没有保存，请重新选一次"))):
            if self.files and self.files.getlist(name) and name in self.fields and name not in self.errors:
                self.add_error(name, said)


class Signed(Refusable):
    """A form with a way of signing (署名): whoever signs leaves a name or a way to be reached."""

    def want_name(self, said: dict[str, Any]) -> None:
        """Ask for name or contact (要姓名) unless the word is anonymous."""
        if said.get("mode") in ("named", "confidential") and not (said.get("name") or said.get("contact")):
            self.add_error("name", _("请填姓名或联系方式；不愿留姓名的，请选匿名"))


class MailboxForm(AboutReaders, Signed):
    """A letter to a public mailbox (写信). Only the text is required."""

    FIELDS = {"unit": "unit", "identity": "contact", "photo": "photos", "document": "documents"}

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    mode = forms.ChoiceField(label=_("怎么署名"), initial="anonymous", widget=forms.RadioSelect, choices=[
        ("anonymous", _("匿名")), ("confidential", _("保密")), ("named", _("实名"))])
    text = Words(_("您要反映什么"), rows=8)
    photos = PhotosField()
    danger = forms.BooleanField(label=_("这件事可能马上伤到人"), required=False)
    category = forms.ChoiceField(label=_("哪一类"), required=False, choices=[("", _("不确定")), *CATEGORIES.items()])
    unit = forms.ChoiceField(label=_("事情发生在哪个单位"), required=False)
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    group = forms.ChoiceField(label=_("您是"), required=False, choices=[("", _("不说")), *GROUPS.items()])
    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    contact = forms.CharField(label=_("联系方式"), max_length=100, required=False)
    documents = DocumentsField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("不确定")), *places(clock.today())]
        if not self.is_bound:
            self.initial["key"] = fresh_key()
        for field in ("name", "contact", "place"):
            self.fields[field].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        self.want_name(said)
        return said

    def said(self) -> dict[str, Any]:
        """Return what the intake service takes (提交内容)."""
        said = dict(self.cleaned_data)
        said["extra"] = {"group": said.pop("group")}
        if said["mode"] == "anonymous":
            said["name"] = said["contact"] = ""
        return said


class ReceiptForm(forms.Form):
    """A receipt code (回执号)."""

    code = forms.CharField(label=_("回执号"), max_length=40, widget=forms.TextInput(attrs={
        "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false",
        "placeholder": "XXXX-XXXX-XXXX-XXXX-X"}))


class RatingForm(Rating, Refusable):
    """The rating of an answer (评价)."""


class ReplyForm(AboutHandlers, Refusable):
    """A further word of the speaker (补充)."""

    text = Words(_("补充说明"), rows=4)


class ReviewForm(AboutHandlers, Refusable):
    """Why one asks for a review (复查理由)."""

    text = Words(_("申请的理由"), rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_review_%s", **kwargs)  # it stands beside an addition, on one page
