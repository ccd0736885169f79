"""Shape of what is typed about meetings (会议的输入格式): everything of one meeting on one page, saved at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.method import meetings as rule

from .models import Attendee, Item, Meeting
from .queries import chairs, host_units, owners
from .services.preparing import Decision

SPARE = 3
"""Empty rows for decisions (备用决定行)."""
MOMENT = "%Y-%m-%dT%H:%M"


def moment_field(label: Any) -> forms.DateTimeField:
    """Return a field for a moment (时间栏) of a year that can be meant."""
    return forms.DateTimeField(
        label=label, input_formats=[MOMENT, "%Y-%m-%d %H:%M"], validators=[_meant],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT))


def _meant(moment: datetime) -> None:
    if not clock.near(moment.date(), 1):
        raise forms.ValidationError(_("年份太远，请核对"))


class CallForm(forms.Form):
    """An extra meeting (临时加开)."""

    unit = forms.TypedChoiceField(label=_("哪个单位的会"), coerce=int)
    series = forms.ChoiceField(label=_("什么会"), choices=[(one.slug, _(one.word)) for one in rule.SERIES])
    name = forms.CharField(label=_("会议名称"), max_length=60, required=False, help_text=_("其他会议才要写"))
    begins = moment_field(_("开会时间"))
    place = forms.CharField(label=_("地点"), max_length=80, required=False)

    def __init__(self, scope: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(unit.pk, unit.name) for unit in host_units(scope)]
        self.initial.setdefault("begins", clock.local(clock.now()))


class RecordForm(forms.Form):
    """The record of a meeting (会议记录): roster, topics, conclusions, decisions."""

    begins = moment_field(_("开会时间"))
    ended = forms.TimeField(label=_("散会时间"), required=False, input_formats=["%H:%M"], widget=forms.TimeInput(
        attrs={"type": "time"}, format="%H:%M"))
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    chair = forms.ChoiceField(label=_("主持"), required=False)
    expected = forms.IntegerField(label=_("应到人数"), min_value=0, max_value=5_000, required=False)
    topics = forms.CharField(label=_("议题"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    conclusions = forms.CharField(label=_("结论"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, meeting: Meeting, roster: list[Attendee], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roster, self.groups = roster, owners(meeting)
        items = list(meeting.items.order_by("place"))
        self.decided = [item for item in items if item.what == "decision"]
        self.initial = {
            "begins": clock.local(meeting.begins), "place": meeting.place, "chair": meeting.chair,
            "ended": self._end(meeting), "expected": meeting.expected or None,
            "topics": "\n".join(i.text for i in items if i.what == "topic"),
            "conclusions": "\n".join(i.text for i in items if i.what == "conclusion"),
        }
        self.fields["chair"].choices = [("", "—"), *chairs(meeting, roster).items()]
        if not meeting.kind.counted:
            del self.fields["expected"]
        self.rows = min(rule.MOST_DECISIONS, max(len(self.decided) + SPARE, self._sent()))
        self._grow(meeting)

    @staticmethod
    def _end(meeting: Meeting) -> datetime | None:
        """Offer now as the end of a meeting of today (散会时间), so that it need not be typed."""
        if meeting.ended:
            return clock.local(meeting.ended)
        now, begun = clock.local(clock.now()), clock.local(meeting.begins)
        return now if begun.date() == now.date() and begun < now else None

    @property
    def uneven(self) -> bool:
        """Whether the roster has somebody who is not simply present (名单有变)."""
        return any(one.standing != "present" for one in self.roster) or any(n.startswith("a") for n in self.errors)

    def _sent(self) -> int:
        return sum(f"d{n}_text" in self.data for n in range(rule.MOST_DECISIONS))

    def _grow(self, meeting: Meeting) -> None:
        """Add the fields of the roster and of the decisions (名单与决定的栏目)."""
        for one in self.roster:
            self.fields[f"a{one.pk}_standing"] = forms.ChoiceField(
                label=one.person.name, choices=[(k, _(w)) for k, w in rule.STANDINGS.items()], initial=one.standing)
            self.fields[f"a{one.pk}_reason"] = forms.CharField(
                label=_("原因"), max_length=60, required=False, initial=one.reason)
        next_day = rule.next_due(clock.local(meeting.begins).date())
        for n in range(self.rows):
            item: Item | None = self.decided[n] if n < len(self.decided) else None
            self.fields[f"d{n}_text"] = forms.CharField(label=_("定了什么"), max_length=120, required=False,
                                                        initial=item.text if item else "")
            self.fields[f"d{n}_post"] = forms.TypedChoiceField(
                label=_("谁来办"), coerce=int, empty_value=0, required=False, initial=item.post_id if item else "",
                choices=[("", _("选岗位")), *self.groups])
            self.fields[f"d{n}_due"] = forms.DateField(
                label=_("何时办完"), required=False, initial=item.due if item else next_day,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    @property
    def people(self) -> Iterator[tuple[Attendee, Any, Any]]:
        """The roster as the page draws it (名单各行)."""
        return ((one, self[f"a{one.pk}_standing"], self[f"a{one.pk}_reason"]) for one in self.roster)

    @property
    def decisions(self) -> Iterator[tuple[Any, Any, Any]]:
        """The rows of decisions as the page draws them (决定各行)."""
        return ((self[f"d{n}_text"], self[f"d{n}_post"], self[f"d{n}_due"]) for n in range(self.rows))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for n in range(self.rows):
            if said.get(f"d{n}_text"):
                for part, word in (("post", _("请选谁来办")), ("due", _("请填何时办完"))):
                    if not said.get(f"d{n}_{part}") and f"d{n}_{part}" not in self.errors:
                        self.add_error(f"d{n}_{part}", word)
        return said

    @property
    def said(self) -> dict[str, Any]:
        """What the service takes (所填内容)."""
        data = self.cleaned_data
        ended: time | None = data.get("ended")
        begins: datetime = data["begins"]
        return {
            "begins": begins, "place": data["place"], "chair": data["chair"], "expected": data.get("expected") or 0,
            "ended": datetime.combine(clock.local(begins).date(), ended, clock.LOCAL) if ended else None,
            "roster": {one.pk: (data[f"a{one.pk}_standing"], data[f"a{one.pk}_reason"]) for one in self.roster},
            "topics": _lines(data["topics"]), "conclusions": _lines(data["conclusions"]),
            "decisions": [Decision(data[f"d{n}_text"], data[f"d{n}_post"], data[f"d{n}_due"])
                          for n in range(self.rows) if data[f"d{n}_text"]],
        }

    def refuse(self, fault: UserError) -> None:
        """Show what a service refused (退回的原因); the typed words stay."""
        self.add_error(None, str(fault))


class EnrolForm(forms.Form):
    """One more on the roster (添名单)."""

    work_number = forms.CharField(label=_("工号"), max_length=32)
    standing = forms.ChoiceField(label=_("到会情况"), initial="guest",
                                 choices=[(k, _(w)) for k, w in reversed(rule.STANDINGS.items())])
    reason = forms.CharField(label=_("原因"), max_length=60, required=False)


class CorrectForm(forms.Form):
    """What was wrong (更正)."""

    text = forms.CharField(label=_("更正内容"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))


class AnnulForm(forms.Form):
    """Why it is annulled (作废)."""

    reason = forms.CharField(label=_("作废原因"), max_length=200)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
