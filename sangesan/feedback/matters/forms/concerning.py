"""Forms of whom a matter is about (涉及对象): said, and taken back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from .fields import PeopleField, UnitsField


class Concerning(forms.Form):
    """Whom it is about (涉及对象)."""

    units = UnitsField(label=lazy("反映的是哪个单位"), required=False,
                       help_text=lazy("它和所在支部的负责人看不到，也不会派给它单独办理"))
    people = PeopleField(label=lazy("反映的是哪位矿领导或机关人员"),
                       help_text=lazy("勾选的人看不到这件，也看不到同它并案的"))

    def clean(self):
        """Somebody has to be meant (至少选一个)."""
        said = super().clean()
        if not self.errors and not (said["units"] or said["people"]):
            raise forms.ValidationError(_("没有标明涉及对象：请写出单位，或者勾选人"))
        return said


class Unmarking(forms.Form):
    """Why whom it was said to be about is not (撤销标明)."""

    why = forms.ChoiceField(label=lazy("为什么撤销"), widget=forms.RadioSelect, choices=(
        ("typed_wrong", lazy("标错了单位或人")), ("not_about", lazy("查明不是反映他们的"))), help_text=lazy(
            "标明过的全部撤销，他们又看得到这件，记入审计；话里点到的、反映人说明的仍然看不到。还要标明别人的，撤销后再标"))
