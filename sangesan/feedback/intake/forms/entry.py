"""Shape of what is entered for others (登记与代录的输入格式): the common fields, and a channel's own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.feedback.matters.words import ANONYMOUS, CATEGORIES, GROUPS, KINDS, MODES, WINDOWS
from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method.channels import REPRESENTATIVES

from ..channels import Extra, Shelf, papers
from .photos import DocumentsField
from .public import Refusable, fresh_key
from .staff import Entry

DAYS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"]
GOES_UP = ("upper", "nobody", "named_above")
"""Why the mine may not keep a letter (应交上级)."""
SIGNED = {"named": lazy("实名"), "confidential": lazy("保密"), "anonymous": lazy("匿名")}


def day_field(label: Any, *, required: bool = True, help: Any = "") -> forms.DateField:
    """Return a field for a day (日期栏), written as offices write it."""
    return forms.DateField(label=label, required=required, help_text=help, input_formats=DAYS,
                           widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def group_field() -> forms.ChoiceField:
    """Return the field for the coarse group of a speaker (身份类别), never required."""
    return forms.ChoiceField(label=lazy("反映人身份"), required=False, choices=[("", lazy("不说")), *GROUPS.items()])


def field_of(extra: Extra) -> forms.Field:
    """Return the field of what only a channel asks for (专有登记项)."""
    if extra.kind is int:
        return forms.IntegerField(label=extra.label, required=extra.required, min_value=extra.least,
                                  max_value=extra.most, help_text=extra.help)
    if extra.kind is date:
        return day_field(extra.label, required=extra.required, help=extra.help)
    return forms.CharField(label=extra.label, required=extra.required, max_length=extra.most, help_text=extra.help,
                           widget=forms.TextInput(attrs={"autocomplete": "off"}))


class Spoken(Entry):
    """What every entry for others holds (代录共有): whose words they are, as far as they say, and what for.

    What for (目的) is chosen and never preset: it decides whether the inspectors alone may keep the words.
    """

    FIELDS = Entry.FIELDS | {"people": "people", "choice": "mode", "named_above": "not_upper"}

    name = forms.CharField(label=lazy("姓名"), max_length=40, required=False)
    contact = forms.CharField(label=lazy("联系方式"), max_length=100, required=False)
    not_upper = forms.BooleanField(label=lazy("信里写到了领导，但反映的不是他"), required=False)
    group = group_field()
    kind = forms.ChoiceField(label=lazy("目的"), choices=[("", lazy("请选择")), *KINDS.items()],
                             help_text=lazy("检举控告直接进纪检监察信箱，登记后您也看不到"))
    category = forms.ChoiceField(label=lazy("哪一类"), required=False,
                                 choices=[("", lazy("不确定")), *CATEGORIES.items()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in ("name", "contact"):
            self.fields[field].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        self.want_name(said)
        return said

    def said(self) -> dict[str, Any]:
        """Return what the service takes (登记内容); nothing of an anonymous person is kept."""
        said = dict(self.cleaned_data)
        said["extra"] = {"group": said.pop("group")}
        if said["mode"] == ANONYMOUS:
            said["name"] = said["contact"] = ""
        return said


class Together(Spoken):
    """What a channel asks for by itself, and of many who came together who speaks for them (集体来访)."""

    def ask(self, shelf: Shelf) -> None:
        """Add the fields only this channel asks for (加专有栏), and where it counts representatives one for them."""
        added = {extra.name: field_of(extra) for extra in shelf.extras if extra.name not in self.fields}
        self.fields |= added
        self.added = tuple(added)
        self.FIELDS = {**self.FIELDS, **{name: name for name in added}}
        if "representatives" in added:
            self.fields["people"] = forms.CharField(
                label=lazy("其他代表"), required=False, max_length=800, widget=forms.Textarea(attrs={"rows": 3}),
                help_text=lazy("一行一位：姓名 联系方式；每位另给一张回执，匿名时不用填"))

    @property
    def own(self) -> list[forms.BoundField]:
        """The fields only this channel asks for (专有栏)."""
        return [self[name] for name in self.added]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if len(_lines(said.get("people", ""))) >= REPRESENTATIVES:
            self.add_error("people", _("连同第一位最多 %d 位代表") % REPRESENTATIVES)
        return said

    def said(self) -> dict[str, Any]:
        """Return what the service takes (登记内容)."""
        said = super().said()
        said["affected"] = said.get("affected") or said.get("heads") or 0
        said["extra"] |= {name: said.pop(name) for name in self.added}
        said["others"] = self._others(said.pop("people", ""), said)
        return said

    def _others(self, typed: str, said: dict[str, Any]) -> list[tuple[str, str]]:
        """Return who else speaks (其他代表): the named, and as many nameless as were counted."""
        people = [] if said["mode"] == ANONYMOUS else [_who(line) for line in _lines(typed)]
        counted = max(said["extra"].get("representatives") or 1, len(people) + 1)
        said["extra"] |= {"representatives": counted} if counted > 1 else {}
        return people + [("", "")] * (min(counted, REPRESENTATIVES) - 1 - len(people))


class RegisterForm(Together):
    """A word entered on behalf of the speaker (登记来件) from one channel, with its own fields."""

    documents = DocumentsField()
    day = day_field(lazy("收到日期"))
    register = forms.CharField(label=lazy("登记号"), max_length=40, required=False,
                               widget=forms.TextInput(attrs={"autocomplete": "off"}))
    mode = forms.ChoiceField(label=lazy("怎么署名"), widget=forms.RadioSelect)
    title = forms.CharField(label=lazy("标题"), max_length=80, required=False)
    affected = forms.IntegerField(label=lazy("涉及人数"), required=False, min_value=0, max_value=100_000)

    def __init__(self, *args: Any, shelf: Shelf, kept: dict[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shelf, kept, self.goes_up = shelf, kept or {}, False
        self.fields["mode"].choices = [(mode, SIGNED[mode]) for mode in reversed(MODES) if mode in shelf.modes]
        self.initial |= {"mode": "named", "day": _day(kept.get("day", "")) or clock.today()}
        if kept.get("mode") in shelf.modes:
            self.initial["mode"] = kept["mode"]
        self.fields["day"].widget.attrs["max"] = f"{clock.today():%Y-%m-%d}"
        self.ask(shelf)

    def refuse(self, fault: UserError) -> None:
        """Show a fault, and where it goes when the mine may not keep it (应交上级)."""
        super().refuse(fault)
        self.goes_up = fault.code in GOES_UP


class HandedForm(Refusable):
    """A paper handed to the level above (原件上交): no field for what it says."""

    FIELDS = {"handed": "handed", "future": "received", "past": "received"}

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    form = forms.ChoiceField(label=lazy("怎么来的"), initial="letter")
    received = day_field(lazy("收到日期"))
    handed = day_field(lazy("交出日期"))
    to = forms.CharField(label=lazy("交给谁"), max_length=60)

    def __init__(self, *args: Any, upper: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [(shelf.slug, shelf.name) for shelf in papers()]
        self.initial |= {"key": fresh_key(), "received": clock.today(), "handed": clock.today(), "to": upper}


class BehalfForm(Spoken):
    """What somebody said to whoever was asked first (代录): the words, and no more than they want to say."""

    documents = DocumentsField()
    mode = forms.ChoiceField(label=lazy("怎么署名"), initial="anonymous", widget=forms.RadioSelect, choices=[
        (mode, SIGNED[mode]) for mode in MODES])
    window = forms.ChoiceField(label=lazy("在哪里说的"), initial="crew", widget=forms.RadioSelect,
                               choices=list(WINDOWS.items()))
    by_phone = forms.BooleanField(label=lazy("是打电话说的"), required=False)


def _lines(typed: str) -> list[str]:
    return [line.strip() for line in typed.splitlines() if line.strip()]


def _who(line: str) -> tuple[str, str]:
    name, _space, contact = line.replace("，", " ").replace(",", " ").partition(" ")
    return name[:40], contact.strip()[:100]


def _day(text: str) -> date | None:
    try:
        return parse_date(text[:10])
    except ValueError:
        return None
