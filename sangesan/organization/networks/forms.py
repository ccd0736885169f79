"""Forms of the networks (联络网表单): the shape of input, and which things the codes name."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation import clock
from sangesan.foundation.sheets.workbooks import MAX_BYTES
from sangesan.organization.people.models import Post
from sangesan.organization.units import queries as units

from .models import CHOSEN
from .words import KINDS


def day(label: str, **options) -> forms.DateField:
    """Return a field for a day (日期)."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class NodeForm(forms.Form):
    """A new node (设联络员)."""

    unit = forms.CharField(label=lazy("联络哪个单位"), max_length=80, help_text=lazy("填编码或全名"),
                           widget=forms.TextInput(attrs={"list": "units"}))
    post = forms.CharField(label=lazy("哪个岗位担任"), max_length=120, help_text=lazy("填岗位编码，可以从列表里选"),
                           widget=forms.TextInput(attrs={"list": "posts"}))
    chosen = forms.ChoiceField(label=lazy("怎样产生的"), choices=CHOSEN)
    chosen_on = day(lazy("产生日期"), initial=clock.today)
    posted_on = day(lazy("公示日期"), required=False, help_text=lazy("班组推选的，名字张贴以后才算在岗；没张贴就空着"))
    term_ends = day(lazy("任期至"), required=False, help_text=lazy("到期请班组改选；没有任期就空着"))

    def clean_unit(self):
        said = self.cleaned_data["unit"].split(" ")[0]
        return units.code_of(said) or said

    def clean_post(self):
        said = self.cleaned_data["post"].split(" ")[0]
        found = Post.objects.filter(code=said, until=None).first() if "\x00" not in said else None
        if found is None:
            raise forms.ValidationError(_("没有“%(said)s”这个岗位，请从列表里选") % {"said": said[:40]})
        return found


class CharterForm(forms.Form):
    """What a network is for (修订职能)."""

    role = forms.CharField(label=lazy("定位"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))
    functions = forms.CharField(label=lazy("职能"), max_length=1000, help_text=lazy("一行一条"),
                                widget=forms.Textarea(attrs={"rows": 6}))
    kinds = forms.MultipleChoiceField(label=lazy("哪些单位应有联络员"), choices=KINDS,
                                      widget=forms.CheckboxSelectMultiple)


class PassForm(forms.Form):
    """To whom a thing passes (转送)."""

    source = forms.ChoiceField(label=lazy("从哪个网转出"))
    node = forms.TypedChoiceField(label=lazy("接收的联络员"), coerce=int)

    def __init__(self, *args, sources, receivers, **options):
        super().__init__(*args, **options)
        self.fields["source"].choices = sources
        self.fields["node"].choices = [("", _("请选择")), *receivers]


class UploadForm(forms.Form):
    """A workbook (联络员表)."""

    file = forms.FileField(label=lazy("填好的工作簿（.xlsx）"),
                           widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("文件超过 %(most)s MB，请分成几个文件") % {"most": MAX_BYTES >> 20})
        return file
