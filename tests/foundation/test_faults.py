"""What a form says (表单提示): plain words, none of the framework's."""

from __future__ import annotations

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from sangesan.organization.units.models import Unit

ONE = [("a", "甲")]


@pytest.mark.parametrize(("field", "given", "said"), [
    (forms.CharField(), "", "请填写这一项"),
    (forms.CharField(max_length=3), "一二三四", "最多 3 字，现在 4 字"),
    (forms.CharField(min_length=3), "一", "至少 3 字，现在 1 字"),
    (forms.CharField(), "a\x00", "有不能用的字符，请重新输入"),
    (forms.ChoiceField(choices=ONE), "", "请选择一项"),
    (forms.ChoiceField(choices=ONE), "NOPE", "没有这个选项，请从列表里选"),
    (forms.TypedChoiceField(choices=ONE), "NOPE", "没有这个选项，请从列表里选"),
    (forms.MultipleChoiceField(choices=ONE), ["NOPE"], "没有这个选项，请从列表里选"),
    (forms.IntegerField(), "x", "请填整数"),
    (forms.IntegerField(max_value=9), "10", "不能大于 9"),
    (forms.IntegerField(min_value=1), "0", "不能小于 1"),
    (forms.DecimalField(), "x", "请填数字"),
    (forms.DecimalField(decimal_places=2), "1.005", "小数最多 2 位"),
    (forms.DateField(), "2026-02-30", "日期写得不对，请写成 2026-01-31 这样"),
    (forms.TimeField(), "25:00", "时间写得不对，请写成 08:30 这样"),
    (forms.FileField(), SimpleUploadedFile("a.txt", b""), "文件是空的，请换一个"),
])
def test_a_fault_is_said_in_plain_words(field, given, said):
    with pytest.raises(forms.ValidationError) as fault:
        field.clean(given)
    assert fault.value.messages == [said]


@pytest.mark.parametrize("widget", [forms.TextInput, forms.Textarea, forms.PasswordInput])
def test_no_browser_is_told_to_cut_what_is_too_long(widget):
    field = forms.CharField(max_length=3, min_length=2, widget=widget)
    assert "maxlength" not in field.widget.attrs and field.widget.attrs["minlength"] == "2"


@pytest.mark.django_db
def test_a_row_that_is_not_there_is_no_choice():
    with pytest.raises(forms.ValidationError) as fault:
        forms.ModelChoiceField(Unit.objects.all()).clean("7")
    assert fault.value.messages == ["没有这个选项，请从列表里选"]
