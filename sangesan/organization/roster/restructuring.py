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


PLACES = (lazy("新单位一"), lazy("新单位二"), lazy("新单位三"), lazy("新单位四"), lazy("新单位五"))
FEWEST = 2


class SplitForm(ScopedForm):
    """Which new units, two to five, and where everybody goes (新单位与去向)."""

    sure = forms.BooleanField(label=SURE, error_messages={"required": lazy("请核对后勾选")})

    def __init__(self, *args, passage: Passage, **options):
        super().__init__(*args, **options)
        sure = self.fields.pop("sure")
        for number, word in enumerate(PLACES, start=1):
            needed = number <= FEWEST
            self.fields[f"code_{number}"] = forms.CharField(
                label=_("%s的编码") % word, max_length=32, required=needed, help_text=_("字母、数字、短横线"))
            self.fields[f"name_{number}"] = forms.CharField(label=_("%s的名称") % word, max_length=80, required=needed)
        for kind, key, name in [*(("unit", one.code, one.name) for one in passage.children),
                                *(("cover", one.code, one.name) for one in passage.covers),
                                *(("person", one.work_number, one.name) for one in passage.people)]:
            self.fields[f"{kind}:{key}"] = forms.ChoiceField(
                label=_("%(name)s（%(key)s）归") % {"name": name, "key": key},
                choices=[(str(place), word) for place, word in enumerate(PLACES)])
        self.fields["sure"] = sure

    @property
    def needed(self) -> list[forms.BoundField]:
        """The new units there always are (必填的新单位)."""
        return [self[f"{what}_{number}"] for number in range(1, FEWEST + 1) for what in ("code", "name")]

    @property
    def more(self) -> list[forms.BoundField]:
        """The third to the fifth (更多新单位)."""
        return [self[f"{what}_{number}"] for number in range(FEWEST + 1, len(PLACES) + 1) for what in ("code", "name")]

    @property
    def unfolded(self) -> bool:
        """Whether something stands in them (是否展开)."""
        return any(field.value() or field.errors for field in self.more)

    @property
    def rest(self) -> list[forms.BoundField]:
        """Where everybody goes, and the confirmation (去向与确认)."""
        parts = {field.name for field in [*self.needed, *self.more]}
        return [field for field in self if field.name not in parts]

    def clean(self):
        said = super().clean()
        there = [bool(said.get(f"code_{n}")) for n in range(1, len(PLACES) + 1)]
        for number in range(FEWEST + 1, len(PLACES) + 1):
            if there[number - 1] != bool(said.get(f"name_{number}")):
                self.add_error(f"name_{number}", _("编码和名称要一起填"))
        for field, value in list(said.items()):
            if ":" in field and int(value) >= FEWEST and not there[int(value)]:
                self.add_error(field, _("%s没有填") % PLACES[int(value)])
        return said

    def asked(self) -> dict[str, object]:
        """Return what the service takes (办理内容)."""
        said = self.cleaned_data
        filled = [n for n in range(1, len(PLACES) + 1) if said[f"code_{n}"]]
        at = {number - 1: place for place, number in enumerate(filled)}
        places: dict[str, dict[str, int]] = {"unit": {}, "cover": {}, "person": {}}
        for field, value in said.items():
            kind, colon, key = field.partition(":")
            if colon:
                places[kind][key] = at[int(value)]
        return {"parts": [(said[f"code_{n}"], said[f"name_{n}"]) for n in filled],
                "children": places["unit"], "people": places["person"], "covers": places["cover"]}
