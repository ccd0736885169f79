"""Form of an application on paper (书面申请) for a review or re-review."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ..models import Submission
from ..words import MODES
from .fields import text


def _day(label, **kwargs) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class Applying(forms.Form):
    """Who applies, when it came, when the answer on paper was delivered, and why (申请人、日子、理由)."""

    submission = forms.IntegerField(label=lazy("哪一位反映人申请的"), required=False, widget=forms.Select)
    day = _day(lazy("收到申请的日子"))
    delivered = _day(lazy("书面答复送达的日子"), required=False, help_text=lazy(
        "有送达回证、邮寄签收的填；期限从这一天起三十日"))
    text = text(lazy("申请的理由"), help_text=lazy("照申请书写，办理和复查的人看得到"))

    def speakers(self, said: Sequence[Submission], names: dict[int, str]) -> None:
        """Offer those who spoke and have not withdrawn (可选的反映人); a name only where it was given openly."""
        rows = [(row.pk, " · ".join(filter(None, (
            _("第 %d 位") % place, names.get(row.pk) or str(MODES.get(row.mode, "")), f"{row.day:%F}"))))
            for place, row in enumerate(said, start=1) if row.withdrawn is None]
        self.fields["submission"].widget.choices = rows if len(rows) == 1 else [("", _("请选择")), *rows]
