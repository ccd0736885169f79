"""Forms of merging and splitting (合并、分设表单)."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from .forms import ScopedForm
from .queries import Passage

SURE = lazy("我已核对：办理后立即生效，不能撤回")


class MergeForm(ScopedForm):
    """Into which unit (并入哪个单位)."""

    into = forms.CharField(label=lazy("并入哪个单位"), max_length=80, help_text=lazy("填编码或全名"),
                           widget=forms.TextInput(attrs={"list": "units"}))
    sure = forms.BooleanField(label=SURE, error_messages={"required": lazy("请核对后勾选")})

    def clean_into(self):
        return self.unit("into")


class SplitForm(ScopedForm):
    """Which new units, and where everybody goes (新单位与去向)."""

    code_1 = forms.CharField(label=lazy("新单位一的编码"), max_length=32, help_text=lazy("字母、数字、短横线"))
    name_1 = forms.CharField(label=lazy("新单位一的名称"), max_length=80)
    code_2 = forms.CharField(label=lazy("新单位二的编码"), max_length=32)
    name_2 = forms.CharField(label=lazy("新单位二的名称"), max_length=80)
    sure = forms.BooleanField(label=SURE, error_messages={"required": lazy("请核对后勾选")})

    def __init__(self, *args, passage: Passage, **options):
        super().__init__(*args, **options)
        sure = self.fields.pop("sure")
        for kind, key, name in [*(("unit", one.code, one.name) for one in passage.children),
                                *(("person", one.work_number, one.name) for one in passage.people)]:
            self.fields[f"{kind}:{key}"] = forms.ChoiceField(
                label=_("%(name)s（%(key)s）归") % {"name": name, "key": key},
                choices=[("0", _("新单位一")), ("1", _("新单位二"))])
        self.fields["sure"] = sure

    def asked(self) -> dict[str, object]:
        """Return what the service takes (办理内容)."""
        said = self.cleaned_data
        places: dict[str, dict[str, int]] = {"unit": {}, "person": {}}
        for field, value in said.items():
            kind, colon, key = field.partition(":")
            if colon:
                places[kind][key] = int(value)
        return {"parts": [(said["code_1"], said["name_1"]), (said["code_2"], said["name_2"])],
                "children": places["unit"], "people": places["person"]}
