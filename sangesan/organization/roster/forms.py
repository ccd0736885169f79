"""Forms of the organisation (组织表单): the shape of input, and which things the codes name."""

from __future__ import annotations

import re
from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation import clock
from sangesan.foundation.errors import UserError
from sangesan.foundation.sheets.workbooks import MAX_BYTES
from sangesan.method.authority import Action, Scope
from sangesan.organization.people import queries as people
from sangesan.organization.people import standing_in
from sangesan.organization.people.models import ROLE_CHOICES, Appointment
from sangesan.organization.units import queries as units
from sangesan.organization.units.models import Kind, Line

EDIT = Action.EDIT_ORGANIZATION


class DayField(forms.DateField):
    """A day (日期), today unless another is chosen."""

    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**options)


class ScopedForm(forms.Form):
    """A form that finds units and people within somebody's reach (带权限的表单)."""

    def __init__(self, *args, scope: Scope, **options):
        super().__init__(*args, **options)
        self.scope = scope

    def unit(self, name: str):
        """Return the unit a field names by code or by its whole name (按编码或全名)."""
        said = self.cleaned_data[name].split(" ")[0]
        try:
            return units.unit_for(self.scope, units.code_of(said) or said, EDIT)
        except UserError:
            near = "、".join(f"{unit.code} {unit.name}" for unit in units.find(said, clock.today(), 3))
            raise forms.ValidationError(
                _("没有“%(said)s”这个单位。%(near)s") % {"said": said, "near": near and _("是不是：%s") % near}
            ) from None


class UnitForm(ScopedForm):
    """A new unit (设立单位)."""

    code = forms.CharField(label=lazy("编码"), max_length=32, help_text=lazy("字母、数字、短横线，例如 ZC1-2"))
    name = forms.CharField(label=lazy("名称"), max_length=80)
    kind = forms.ChoiceField(label=lazy("类别"), choices=Kind.choices, initial=Kind.TEAM.value)
    line = forms.ChoiceField(label=lazy("条线"), choices=Line.choices, initial=Line.ADMINISTRATION.value)
    position = forms.IntegerField(label=lazy("排列顺序"), min_value=0, max_value=100_000, required=False)
    day = DayField(label=lazy("设立日期"), initial=clock.today)

    def clean_position(self):
        return self.cleaned_data["position"] or 0


class MoveForm(ScopedForm):
    """Another parent (调整隶属)."""

    parent = forms.CharField(label=lazy("新的上级单位"), max_length=80, help_text=lazy("填编码或全名"),
                             widget=forms.TextInput(attrs={"list": "units"}))
    day = DayField(label=lazy("从哪天起"), initial=clock.today)

    def clean_parent(self):
        return self.unit("parent")


class DayForm(ScopedForm):
    """A day from which something holds (生效日期)."""

    day = DayField(label=lazy("从哪天起"), initial=clock.today)


class CoverForm(ScopedForm):
    """A unit that a branch covers (覆盖)."""

    unit_code = forms.CharField(label=lazy("所管的行政单位"), max_length=80, help_text=lazy("填编码或全名"),
                                widget=forms.TextInput(attrs={"list": "units"}))
    day = DayField(label=lazy("从哪天起"), initial=clock.today)

    def clean_unit_code(self):
        return self.unit("unit_code")


class PostForm(ScopedForm):
    """A new post (设岗)."""

    code = forms.CharField(label=lazy("岗位编码"), max_length=40, help_text=lazy("例如 ZC1-DZ"))
    title = forms.CharField(label=lazy("岗位名称"), max_length=60)
    role = forms.ChoiceField(label=lazy("岗位类别"), choices=ROLE_CHOICES, help_text=lazy("决定这个岗位能做什么"))
    line = forms.ChoiceField(label=lazy("条线"), choices=Line.choices)
    head = forms.BooleanField(label=lazy("是这个单位在这条线上的负责人"), required=False)
    day = DayField(label=lazy("设立日期"), initial=clock.today)


class PersonForm(ScopedForm):
    """A new person (增加人员)."""

    work_number = forms.CharField(label=lazy("工号"), max_length=32)
    name = forms.CharField(label=lazy("姓名"), max_length=40)
    phone = forms.CharField(label=lazy("手机"), max_length=20, required=False)
    day = DayField(label=lazy("入册日期"), initial=clock.today)


class PlaceForm(ScopedForm):
    """Another unit for a person (人员调动)."""

    unit_code = forms.CharField(label=lazy("新的单位"), max_length=80, help_text=lazy("填编码或全名；所任岗位不变"),
                                widget=forms.TextInput(attrs={"list": "units"}))

    def clean_unit_code(self):
        return self.unit("unit_code")


class AppointForm(ScopedForm):
    """Who takes a post (任职)."""

    person = forms.CharField(label=lazy("工号或姓名"), max_length=40)
    kind = forms.ChoiceField(label=lazy("任职方式"), choices=Appointment.Kind.choices,
                             help_text=lazy("一人只能有一个专任岗位；外出、空缺由他人代理时选代理"))
    day = DayField(label=lazy("从哪天起"), initial=clock.today)
    until = DayField(label=lazy("到哪天为止"), required=False,
                     help_text=lazy("这一天起不再任职；不填就是一直任职，代理必须填"))
    share = forms.IntegerField(label=lazy("占一个全岗的百分之几"), min_value=1, max_value=100, required=False,
                               help_text=lazy("一人几岗的，考核和兑现按份额和天数合成，合计不超过 100；"
                                              "不填就是余下的份额，头一个岗位是 100"))

    def clean_share(self) -> int | None:
        said = self.cleaned_data["share"]
        return None if said is None else said * 100

    def clean_person(self):
        said = self.cleaned_data["person"].split(" ")[0]
        found = [one for one in people.find(said, clock.today(), 6) if said in (one.work_number, one.name)]
        if len(found) == 1:
            return people.person_for(self.scope, found[0].work_number, EDIT)
        if found:
            names = "、".join(f"{one.work_number} {one.name}（{one.unit}）" for one in found)
            raise forms.ValidationError(_("有几位同名，请填工号：%(names)s") % {"names": names})
        raise forms.ValidationError(_("没有找到“%(said)s”，请填工号或完整的姓名") % {"said": said})


class AbsenceForm(ScopedForm):
    """Which post, who stands in, which days (请假代办)."""

    post = forms.ChoiceField(label=lazy("哪个岗位"))
    to = forms.CharField(label=lazy("请谁代办"), max_length=60, widget=forms.TextInput(attrs={"list": "people"}),
                         help_text=lazy("从列表里选，或填工号"))
    since = DayField(label=lazy("从哪天起"), initial=clock.today)
    until = DayField(label=lazy("到哪天为止"), help_text=lazy("含这一天；第二天起自动收回"))

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["post"].choices = [(row.post.code, f"{row.post.unit.name} {row.post.title}")
                                       for row in standing_in.own(self.scope)]

    def clean_to(self):
        return self.cleaned_data["to"].split(" ")[0]


class CalendarForm(ScopedForm):
    """Days that differ from the seeded year (调整日历)."""

    off = forms.CharField(label=lazy("另外放假的日子"), required=False, max_length=2000,
                          help_text=lazy("写成 2027-02-05，多个用空格或顿号隔开"))
    work = forms.CharField(label=lazy("另外上班的日子"), required=False, max_length=2000,
                           help_text=lazy("调休上班的周末，写法相同"))

    def clean(self):
        found = {}
        for name, is_work in (("off", False), ("work", True)):
            for text in re.split(r"[\s、,，;；]+", self.cleaned_data.get(name, "")):
                try:
                    found |= {date.fromisoformat(text): is_work} if text else {}
                except ValueError:
                    self.add_error(name, _("“%(text)s”不是日期") % {"text": text[:20]})
        return {"changes": found}


class UploadForm(forms.Form):
    """A workbook (工作簿)."""

    file = forms.FileField(label=lazy("填好的工作簿（.xlsx）"),
                           widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("文件超过 %(most)s MB，请分成几个文件") % {"most": MAX_BYTES >> 20})
        return file
