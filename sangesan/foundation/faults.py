"""What is wrong with a field, in plain words (表单提示): the framework's own speak of variables and valid values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as lazy

UNLISTED = lazy("没有这个选项，请从列表里选")
FIELDS = {
    forms.Field: {"required": lazy("请填写这一项")},
    forms.ChoiceField: {"required": lazy("请选择一项"), "invalid_choice": UNLISTED},
    forms.MultipleChoiceField: {"invalid_choice": UNLISTED, "invalid_list": UNLISTED},
    forms.ModelChoiceField: {"invalid_choice": UNLISTED},
    forms.ModelMultipleChoiceField: {"invalid_choice": UNLISTED, "invalid_list": UNLISTED,
                                     "invalid_pk_value": UNLISTED},
    forms.IntegerField: {"invalid": lazy("请填整数")},
    forms.DecimalField: {"invalid": lazy("请填数字")},
    forms.DateField: {"invalid": lazy("日期写得不对，请写成 2026-01-31 这样")},
    forms.TimeField: {"invalid": lazy("时间写得不对，请写成 08:30 这样")},
    forms.DateTimeField: {"invalid": lazy("日期或时间写得不对，请写成 2026-01-31 08:30 这样")},
    forms.FileField: {"invalid": lazy("没有收到文件，请重新选择"), "missing": lazy("没有选择文件"),
                      "empty": lazy("文件是空的，请换一个"), "max_length": lazy("文件名太长，请改短再传")},
}
LIMITS = {
    validators.MaxLengthValidator: lazy("最多 %(limit_value)d 字，现在 %(show_value)d 字"),
    validators.MinLengthValidator: lazy("至少 %(limit_value)d 字，现在 %(show_value)d 字"),
    validators.MaxValueValidator: lazy("不能大于 %(limit_value)s"),
    validators.MinValueValidator: lazy("不能小于 %(limit_value)s"),
    validators.ProhibitNullCharactersValidator: lazy("有不能用的字符，请重新输入"),
}
PLACES = {"max_decimal_places": lazy("小数最多 %(max)s 位"), "max_digits": lazy("最多 %(max)s 位数"),
          "max_whole_digits": lazy("整数部分最多 %(max)s 位"), "invalid": lazy("请填数字")}


_ATTRIBUTES = forms.CharField.widget_attrs


def _uncut(field: forms.CharField, widget: forms.Widget) -> dict[str, Any]:
    """Return what a field says of itself to the browser (控件属性), without `maxlength`.

    Browsers cut what is pasted beyond it without a word; what is too long comes back whole, with by how much.
    """
    return {name: said for name, said in _ATTRIBUTES(field, widget).items() if name != "maxlength"}


def say() -> None:
    """Let every form of the house say these (统一提示), once at the start; a form may still say its own."""
    forms.CharField.widget_attrs = _uncut
    for field, words in FIELDS.items():
        field.default_error_messages = field.default_error_messages | words
    for limit, word in LIMITS.items():
        limit.message = word
    validators.DecimalValidator.messages = validators.DecimalValidator.messages | PLACES
