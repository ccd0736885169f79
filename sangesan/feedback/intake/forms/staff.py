"""Shape of what staff type in (工作人员的输入格式); the rules are in the services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from sangesan.feedback.matters.words import ANONYMOUS, CATEGORIES, CHANNELS, KINDS
from sangesan.foundation import clock
from sangesan.method.authority import NOBODY, Scope
from sangesan.organization.units.queries import places

from .photos import PhotosField, VoiceField
from .public import Signed, Words, fresh_key

FIRST = ("safety", "pay", "hours", "logistics", "conduct", "management")
"""Categories a correspondent meets most (常用类别): one tap away; the others are two."""
ON_BEHALF = ("letter", "visit", "phone", "reception_day", "box", "proposal", "upper")
DAYS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"]


class _Entry(Signed):
    """What reporting and registering share (上报与登记共有)."""

    FIELDS = {"unit": "unit", "photo": "photos", "future": "day", "past": "day"}

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    text = Words(_("内容"))
    photos = PhotosField()
    danger = forms.BooleanField(label=_("可能马上伤到人"), required=False)
    unit = forms.ChoiceField(label=_("单位"), required=False)
    place = forms.CharField(label=_("地点"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("不确定")), *places(clock.today())]
        self.fields["place"].widget.attrs["autocomplete"] = "off"
        if not self.is_bound:
            self.initial["key"] = fresh_key()


class ReportForm(_Entry):
    """A correspondent's report (快速上报). Only the text is required."""

    FIELDS = _Entry.FIELDS | {"voice": "voice"}

    voice = VoiceField()
    category = forms.ChoiceField(label=_("哪一类"), required=False, widget=forms.RadioSelect, choices=[
        *((slug, CATEGORIES[slug]) for slug in FIRST), *((s, w) for s, w in CATEGORIES.items() if s not in FIRST)])
    hint = forms.TypedChoiceField(label=_("急不急"), required=False, coerce=int, empty_value=0,
                                  widget=forms.RadioSelect, choices=[(3, _("紧急")), (2, _("重要")), (1, _("一般"))])
    masked = forms.BooleanField(label=_("不公开反映人姓名"), required=False, initial=True)

    def __init__(self, *args: Any, scope: Scope = NOBODY, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["unit"] = self._own(scope)

    def said(self) -> dict[str, Any]:
        """Return what the intake service takes (上报内容)."""
        said = dict(self.cleaned_data)
        said["mode"] = "confidential" if said.pop("masked") else "named"
        said["urgency_hint"] = said.pop("hint")
        return said

    def _own(self, scope: Scope) -> str:
        """Return the reporter's own team (本单位): a crew is left out, it would tell who spoke."""
        known = {code for code, _name in self.fields["unit"].choices if code}
        paths = [post.path.strip("/").split("/") for post in scope.posts]
        return next((code for path in paths for code in reversed(path) if code in known), "")


class RegisterForm(_Entry):
    """A letter, visit or call entered on behalf of the speaker (登记来信来访来电)."""

    channel = forms.ChoiceField(label=_("渠道"), initial="letter", widget=forms.RadioSelect,
                                choices=[(slug, CHANNELS[slug]) for slug in ON_BEHALF])
    day = forms.DateField(label=_("收到日期"), input_formats=DAYS,
                          widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    register = forms.CharField(label=_("登记号"), max_length=40, required=False)
    mode = forms.ChoiceField(label=_("怎么署名"), initial="named", widget=forms.RadioSelect, choices=[
        ("named", _("实名")), ("confidential", _("保密")), ("anonymous", _("匿名"))])
    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    contact = forms.CharField(label=_("联系方式"), max_length=100, required=False)
    title = forms.CharField(label=_("标题"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("目的"), choices=list(KINDS.items()), initial="request")
    category = forms.ChoiceField(label=_("哪一类"), required=False, choices=[("", _("不确定")), *CATEGORIES.items()])
    affected = forms.IntegerField(label=_("涉及人数"), required=False, min_value=0, max_value=100_000)

    def __init__(self, *args: Any, kept: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = kept or {}
        self.initial["day"] = _day(kept.get("day", "")) or clock.today()
        for field in ("channel", "mode"):
            if kept.get(field) in dict(self.fields[field].choices):
                self.initial[field] = kept[field]
        self.fields["day"].widget.attrs["max"] = f"{clock.today():%Y-%m-%d}"
        for field in ("name", "contact", "register"):
            self.fields[field].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        self.want_name(said)
        return said

    def said(self) -> dict[str, Any]:
        """Return what the intake service takes (登记内容); nothing of an anonymous person is kept."""
        said = dict(self.cleaned_data)
        said["affected"] = said["affected"] or 0
        if said["mode"] == ANONYMOUS:
            said["name"] = said["contact"] = ""
        return said


def _day(text: str):
    try:
        return parse_date(text[:10])
    except ValueError:
        return None
