"""Forms of research (研讨表单): the shape of input."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation import clock


class TopicForm(forms.Form):
    """A topic (出题)."""

    title = forms.CharField(label=lazy("题目"), max_length=60,
                            help_text=lazy("一件带普遍性的事，例如：零点班为什么吃不上热饭"))
    question = forms.CharField(label=lazy("想弄清什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
                               help_text=lazy("写情况、要什么数字和做法；研究事，不研究人"))
    matter = forms.CharField(label=lazy("来自哪件事项"), max_length=11, required=False,
                             help_text=lazy("从职工反映的事项来的题，填事项编号：反映人的姓名会自动遮盖"))
    due_on = forms.DateField(label=lazy("什么时候以前"), initial=lambda: clock.today() + timedelta(days=14),
                             widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    nodes = forms.TypedMultipleChoiceField(label=lazy("邀请哪些支部和科室"), coerce=int, required=False,
                                           widget=forms.CheckboxSelectMultiple)
    branches = forms.MultipleChoiceField(label=lazy("再请哪些支部的班组信息员"), required=False,
                                         widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, nodes, branches, **options):
        super().__init__(*args, **options)
        self.fields["nodes"].choices, self.fields["branches"].choices = nodes, branches


class TextForm(forms.Form):
    """Words about a topic (意见、结论)."""

    text = forms.CharField(label=lazy("内容"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6}))
