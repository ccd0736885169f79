"""Form of leaving (离任表单) for whoever alone can hand something over: the keys of the discipline mailbox."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as lazy

from .forms import DayForm


class HandOverForm(DayForm):
    """A day on which somebody leaves who alone can hand something over (离任交接)."""

    single = forms.BooleanField(
        label=lazy("只剩一位也办"), required=False,
        help_text=lazy("信箱要有至少两位监察员有钥匙。他走后只剩一位的，请先任命接任的监察员，并在“信箱钥匙”里让他的钥匙"
                       "生效，再来办；等不及接任的，勾选这一项"))
    regardless = forms.BooleanField(
        label=lazy("不等交接"), required=False,
        help_text=lazy("只在他已亡故、被查或者失去联系时勾选：他没有补发的纪检来信，到他回来为止没有人能打开。平常离任，"
                       "请他走以前在“信箱钥匙”里把来信补发给接任的人；别的监察员要回避的不能补发，由他办结再走"))
