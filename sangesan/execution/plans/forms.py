"""Shape of what is typed about plans and reports (周计划与述职的输入格式)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sangesan.foundation import clock
from sangesan.method import plans as rule
from sangesan.method.authority import Scope

from .queries import Stand, untold


class AddForm(forms.Form):
    """A line of one's own (添一行)."""

    text = forms.CharField(label=_("要办的事"), max_length=rule.LONGEST_LINE)
    due = forms.DateField(label=_("哪天办完"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class AimedForm(AddForm):
    """A line of one's own that may serve a focus of the year (添一行，为哪项工作重点)."""

    above = forms.ChoiceField(label=_("为哪项工作重点"), required=False)

    def __init__(self, *args: Any, aims: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not aims:
            del self.fields["above"]
            return
        self.fields["above"].choices = [("", _("不对应")), *aims.items()]


class StrikeForm(forms.Form):
    """Why a line is struck (划去)."""

    reason = forms.CharField(label=_("划去的原因"), max_length=rule.LONGEST_REASON)


class CheckForm(forms.Form):
    """What is not settled yet (对账): done now, unless it has a page of its own, or why not."""

    def __init__(self, stands: list[Stand], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands = [one for one in stands if not one.line.struck and not one.settled]
        for one in self.stands:
            if not one.where:
                self.fields[f"l{one.line.pk}_done"] = forms.ChoiceField(
                    label=one.line.text, choices=[("done", _("办完了")), ("not", _("没办完"))], initial="not")
            self.fields[f"l{one.line.pk}_said"] = forms.CharField(
                label=_("原因或说明"), max_length=rule.LONGEST_REASON, required=False)

    @property
    def rows(self) -> list[tuple[Stand, Any, Any]]:
        """The rows as the page draws them (对账各行)."""
        return [(one, None if one.where else self[f"l{one.line.pk}_done"], self[f"l{one.line.pk}_said"])
                for one in self.stands]

    @property
    def said(self) -> dict[str, dict[int, str]]:
        """What the service takes (所填内容)."""
        data: dict[str, dict[int, str]] = {"done": {}, "undone": {}}
        for one in self.stands:
            part = "done" if self.cleaned_data.get(f"l{one.line.pk}_done") == "done" else "undone"
            data[part][one.line.pk] = self.cleaned_data[f"l{one.line.pk}_said"]
        return data


class ReportForm(forms.Form):
    """A day in one sentence (述职)."""

    post = forms.ChoiceField(label=_("以哪个岗位"))
    sentence = forms.CharField(label=_("还想说的一句话"), required=False, max_length=rule.LONGEST_SENTENCE,
                               widget=forms.Textarea(attrs={"rows": 3}))
    needs = forms.BooleanField(label=_("要上级帮忙"), required=False)

    def __init__(self, scope: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [(p.code, p.title) for p in untold(scope, clock.today())]
        self.fields["post"].choices = own
        if len(own) == 1:
            self.fields["post"].widget = forms.HiddenInput()
        self.initial.setdefault("post", own[0][0] if own else "")


class AnswerForm(forms.Form):
    """The superior's answer (答复)."""

    text = forms.CharField(label=_("答复"), max_length=rule.LONGEST_SENTENCE)
