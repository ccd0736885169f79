"""Shape of what is typed about reception days and boxes (接待日与意见箱的输入格式)."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.feedback.matters.words import CATEGORIES
from sangesan.foundation import clock
from sangesan.method import reception as rule

from ..channels import SHELVES
from ..models import Booking, Opening, Reception
from ..queries.reception import Day, leaders
from .entry import SIGNED, Spoken, Together, day_field
from .public import Offered, Refusable, Signed, Words, fresh_key


class BookingForm(Signed):
    """A booking (预约): a slot, and no more than one wants to say."""

    FIELDS = {"at": "at", "choice": "mode"}

    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    at = Offered(label=_("几点来"), widget=forms.RadioSelect, coerce=time.fromisoformat)
    mode = forms.ChoiceField(label=_("怎么署名"), initial="anonymous", widget=forms.RadioSelect,
                             choices=list(reversed(SIGNED.items())))
    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    contact = forms.CharField(label=_("联系方式"), max_length=100, required=False)
    topic = forms.CharField(label=_("想谈什么"), max_length=60, required=False)

    def __init__(self, *args: Any, day: Day, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at"].choices = [(f"{at:%H:%M}", f"{at:%H:%M}") for at in day.free]
        if not self.is_bound:
            self.initial["key"] = fresh_key()
        for field in ("name", "contact", "topic"):
            self.fields[field].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        self.want_name(said)
        if said.get("mode") == "anonymous":
            said["name"] = said["contact"] = ""
        return said


class PlanForm(Refusable):
    """A rota (排接待日): one day a month, the leaders in turn."""

    FIELDS = {"first": "first", "leaders": "leaders", "months": "months", "spans": "spans"}

    first = day_field(_("从哪个月开始"))
    months = forms.IntegerField(label=_("排几个月"), min_value=1, max_value=12, initial=3)
    on = forms.IntegerField(label=_("每月几号"), min_value=1, max_value=31, initial=rule.DAY_OF_MONTH)
    place = forms.CharField(label=_("地点"), max_length=80)
    spans = forms.CharField(label=_("接待时间"), max_length=80, initial=rule.SPANS)
    minutes = forms.IntegerField(label=_("每人几分钟"), min_value=5, max_value=240, initial=rule.MINUTES)
    leaders = forms.MultipleChoiceField(label=_("轮流接待的领导"), widget=forms.CheckboxSelectMultiple)
    along = forms.CharField(label=_("随同科室"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaders"].choices = [(post.code, post.title) for post in leaders()]
        self.initial.setdefault("first", clock.today())


class MoveForm(Refusable):
    """Another date, leader or place (改期)."""

    FIELDS = {"day": "day", "leader": "leader"}

    day = day_field(_("接待日期"))
    leader = forms.ChoiceField(label=_("接待领导"))
    place = forms.CharField(label=_("地点"), max_length=80)

    def __init__(self, *args: Any, reception: Reception, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="move_%s", **kwargs)
        self.fields["leader"].choices = [(post.code, post.title) for post in leaders()]
        self.initial = {"day": reception.day, "leader": reception.post.code, "place": reception.place}


class VisitorForm(Together):
    """What a visitor says on the day (接待登记)."""

    FIELDS = Together.FIELDS | {"promised": "promised", "booking": "booking"}

    booking = Offered(label=_("哪一位"), required=False, coerce=int, empty_value=None)
    mode = forms.ChoiceField(label=_("怎么署名"), initial="named", widget=forms.RadioSelect,
                             choices=list(SIGNED.items()))
    outcome = forms.ChoiceField(label=_("接待结果"), widget=forms.RadioSelect, choices=list(rule.OUTCOMES.items()))
    promised = day_field(_("承诺哪天给结果"), required=False)
    result = forms.CharField(label=_("结果"), max_length=200, required=False)

    def __init__(self, *args: Any, bookings: list[Booking], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask(SHELVES["reception_day"])
        self.fields["booking"].choices = [("", _("没有预约，直接来的")), *(
            (b.pk, f"{b.at:%H:%M} {b.topic}") for b in bookings if not b.came)]
        self.fields["category"].choices = [("", _("不确定")), *CATEGORIES.items()]

    def want_name(self, said: dict[str, Any]) -> None:
        """Ask for a name only of those who just come (要姓名): who booked has said it or not."""
        if said.get("booking") is None:
            super().want_name(said)


class ResultForm(Refusable):
    """What came of it (接待结果)."""

    result = forms.CharField(label=_("结果"), max_length=200)


class BoxForm(Refusable):
    """A box (意见箱)."""

    FIELDS = {"code": "code", "every": "every"}

    code = forms.CharField(label=_("箱号"), max_length=20)
    place = forms.CharField(label=_("挂在哪里"), max_length=80)
    unit = forms.TypedChoiceField(label=_("归哪个单位开"), coerce=int)
    every = forms.IntegerField(label=_("几天开一次"), min_value=1, max_value=92, initial=7)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units


class CountForm(Refusable):
    """How many slips lie in a box (清点)."""

    FIELDS = {"slips": "slips", "number": "slips"}

    slips = forms.IntegerField(label=_("信条张数"), min_value=0, max_value=500)


class SlipForm(Spoken):
    """A slip (登记信条), as it is written."""

    text = Words(_("信条原文"))
    sent_up = forms.BooleanField(label=_("本系统不能保存这一张，原件已由我们两人封好交上级纪委"), required=False)
    number = Offered(label=_("第几张"), coerce=int)
    mode = forms.ChoiceField(label=_("怎么署名"), initial="anonymous", widget=forms.RadioSelect,
                             choices=list(reversed(SIGNED.items())))

    def __init__(self, *args: Any, opening: Opening, left: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].choices = [(n, _("第 %d 张") % n) for n in left]
