"""Shape of a letter dropped in outside (外部信箱的输入格式); the inside judges it again."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from sangesan.feedback.intake.forms.about import AboutHandlers, AboutReaders
from sangesan.feedback.intake.forms.photos import PhotosField
from sangesan.feedback.intake.forms.rating import Rating
from sangesan.feedback.matters.words import ANONYMOUS, CATEGORIES, GROUPS
from sangesan.foundation.errors import UserError
from sangesan.method.texts import kept, unfit

LONGEST = 10_000


def fresh_key() -> str:
    """Return the random token of a form (表单口令), 192 bits."""
    return secrets.token_urlsafe(24)


class AskForm(forms.Form):
    """A receipt code (查回执)."""

    code = forms.CharField(label=_("回执号"), max_length=40, widget=forms.TextInput(attrs={
        "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}))


class Text(forms.CharField):
    """A text (正文). No `maxlength`: browsers cut what is pasted behind it without a word."""

    def __init__(self, label, *, rows: int) -> None:
        super().__init__(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), error_messages={
            "required": _("请写几个字再提交"),
            "max_length": _("有 %(show_value)d 个字，最多 %(limit_value)d 个字。请删减后再提交")})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {}

    def to_python(self, value: Any) -> str:
        """Return the words with one sign for each new line (换行算一个字), as they are counted inside."""
        return super().to_python(value).replace("\r\n", "\n")


class Dropped(forms.Form):
    """What is dropped into the box (投入的表单), under the token of its form."""

    key = forms.RegexField(r"^[\x21-\x7e]{16,200}\Z", widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Return the words as they are kept (留存的文字); of nothing but unseen signs nothing is left."""
        if not (said := kept(self.cleaned_data["text"])):
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        if unfit(said):
            raise forms.ValidationError(_("文字里有不能保存的字符，请删去特殊字符，或重新输入"))
        return said

    def again(self, fault: UserError | None = None) -> None:
        """Show the form with what is wrong (退回修改), under a new token where the old one is of no use."""
        if fault is not None:
            self.add_error("photos" if fault.code == "photo" else None, str(fault))
        if (fault is not None and fault.code == "conflict") or "key" in self.errors:
            self.data = self.data.copy()
            self.data["key"] = fresh_key()
            self.add_error(None, _("页面停留过久，请再按一次提交"))


class StepForm(Dropped):
    """What the holder of a receipt says afterwards (凭回执的后话). `turn` is which answer it is about."""

    code = forms.CharField(max_length=40, widget=forms.HiddenInput)
    step = forms.CharField(max_length=20, widget=forms.HiddenInput)
    turn = forms.RegexField(r"^[0-9]{1,4}-[0-9]{1,4}\Z", widget=forms.HiddenInput)

    def __init__(self, *args: Any, held: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"id_{(held or {}).get('step', '')}_%s", **kwargs)
        if not self.is_bound:
            self.initial = {"key": fresh_key()} | (held or {})

    @property
    def held(self) -> str:
        """The hidden fields of the form (随带项)."""
        return format_html_join("", "{}", ((field,) for field in self.hidden_fields()))

    def words(self) -> dict[str, Any]:
        """Return what is sealed (封入内容), the receipt and the key apart."""
        return {name: said for name, said in self.cleaned_data.items() if name not in ("key", "code")}


class RateForm(Rating, StepForm):
    """The rating of an answer, by receipt (凭回执评价)."""


class SayForm(AboutHandlers, StepForm):
    """A further word, or why one asks for a review (补充、复查理由)."""

    text = Text(_("补充说明"), rows=4)


STEPS = {"rate": RateForm, "reply": SayForm, "review": SayForm, "third_review": SayForm, "withdraw": StepForm,
         "erase_name": StepForm}
"""What can be said from outside (可从外面办的), by the name of its step."""


class LetterForm(AboutReaders, Dropped):
    """A letter from outside (写信). Only the text is required."""

    mode = forms.ChoiceField(label=_("怎么署名"), initial=ANONYMOUS, widget=forms.RadioSelect, choices=[
        (ANONYMOUS, _("匿名")), ("confidential", _("保密")), ("named", _("实名"))])
    text = Text(_("您要反映什么"), rows=8)
    photos = PhotosField()
    group = forms.ChoiceField(label=_("您是"), required=False, choices=[("", _("不说")), *GROUPS.items()])
    category = forms.ChoiceField(label=_("哪一类"), required=False, choices=[("", _("不确定")), *CATEGORIES.items()])
    unit = forms.ChoiceField(label=_("事情发生在哪个单位"), required=False)
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    contact = forms.CharField(label=_("联系方式"), max_length=100, required=False)

    def __init__(self, *args: Any, places=(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("不确定")), *places]
        if not self.is_bound:
            self.initial["key"] = fresh_key()
        for field in ("name", "contact", "place"):
            self.fields[field].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("mode") in ("named", "confidential") and not (said.get("name") or said.get("contact")):
            self.add_error("contact", _("请留下姓名或联系方式，或者改选匿名"))
        return said

    def said(self) -> tuple[str, dict[str, Any], list[bytes]]:
        """Return key, words and photos (投信内容); nothing of an anonymous person is kept."""
        words = dict(self.cleaned_data)
        key, photos = words.pop("key"), words.pop("photos")
        if words["mode"] == ANONYMOUS:
            words["name"] = words["contact"] = ""
        return key, words, photos

    def again(self, fault: UserError | None = None) -> None:
        """Show the form with what is wrong (退回修改); the words stay, photos must be chosen again."""
        super().again(fault)
        if self.files and "photos" not in self.errors:
            self.add_error("photos", _("照片没有保存，请重新选一次"))
