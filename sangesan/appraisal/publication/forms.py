"""Forms of objections (考核异议表单): shape of input only."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.method.appeals import remedies
from sangesan.method.omissions import OMITTED, WHOLE


class Objecting(forms.Form):
    """Which fact is meant, and what is true instead (提出异议)."""

    about = forms.TypedChoiceField(label=_("针对哪一条"), coerce=int, empty_value=0, required=False,
                                   widget=forms.RadioSelect)
    text = forms.CharField(label=_("哪里不对，实际怎样"), max_length=500, widget=forms.Textarea,
                           help_text=_("写事实和凭据；漏计的写明哪一天、哪件事、登记在哪里。4 到 500 字，"
                                       "不写反映人的姓名"))

    def __init__(self, choices: Iterable[tuple[int, str]], *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        counted = list(choices)
        whole = [(WHOLE, _("这一项整体"))] if counted else []
        self.fields["about"].choices = [*whole, *counted, (OMITTED, _("应当计入而没有计入"))]
        self.initial["about"] = WHOLE if counted else OMITTED


class Deciding(forms.Form):
    """Upheld or not, why, what each wrong fact becomes, and what was recorded since (裁定)."""

    upheld = forms.TypedChoiceField(label=_("裁定"), coerce=lambda said: said == "1", widget=forms.RadioSelect,
                                    choices=[("1", _("异议成立")), ("0", _("异议不成立"))])
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea,
                             help_text=_("写核实了什么、依据什么；全体职工可见，不写姓名"))

    def __init__(self, rows, late, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if late:
            self.fields["late"] = forms.TypedMultipleChoiceField(
                label=_("成立时，据哪几条补记更正"), coerce=int, required=False, choices=late,
                widget=forms.CheckboxSelectMultiple)
        for row, word in rows:
            choices = [("", _("不动"))] + [(r.slug, _(r.word)) for r in remedies(row.kind, row.content)]
            self.fields[f"fact_{row.id}"] = forms.ChoiceField(label=word, choices=choices, required=False)

    @property
    def remedy(self) -> dict[int, str]:
        """What each fact found wrong becomes (更正办法)."""
        said = self.cleaned_data
        return {int(name[5:]): slug for name, slug in said.items() if name.startswith("fact_") and slug}

    @property
    def named(self) -> list[int]:
        """By which late facts it is put right (据以更正的补记)."""
        return self.cleaned_data.get("late", [])

    @property
    def facts(self):
        """The fields of the facts (逐条更正)."""
        return [self[name] for name in self.fields if name.startswith("fact_")]
