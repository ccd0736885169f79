"""Shape of what inspectors' pages send (纪检页面的输入格式): mostly bytes that a browser has sealed."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation.errors import UserError

from .packing import octets

LARGEST = 4 * 2**20


class SettleForm(forms.Form):
    """The organ above (上级机关) and whose files lie there."""

    upper = forms.CharField(label=lazy("上级纪检监察机关"), max_length=80)
    upper_contact = forms.CharField(label=lazy("上级机关的电话、地址"), max_length=200)
    office_contact = forms.CharField(label=lazy("本矿纪检监察部门的电话、地点"), max_length=200, required=False)
    managed = forms.MultipleChoiceField(label=lazy("由上级管理的领导"), required=False,
                                        widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["managed"].choices = posts


def sent(request: HttpRequest) -> dict[str, Any]:
    """Return the JSON object a page sent (页面送来的数据). Raises UserError."""
    if len(request.body) > LARGEST:
        raise UserError(_("没有收下"), why=_("内容太大"), status=413)
    try:
        said = json.loads(request.body)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise UserError(_("没有看懂这次请求"), why=_("内容不完整"), next=_("请刷新页面再试"), status=400)
    return said


def key_of(said: dict[str, Any]) -> dict[str, Any]:
    """Return a new key as the service takes it (新钥匙)."""
    parts = {name: octets(said.get(name)) for name in ("public", "signing", "salt", "wrapped")}
    rounds = said.get("rounds")
    return parts | {"rounds": rounds if isinstance(rounds, int) and not isinstance(rounds, bool) else 0}
