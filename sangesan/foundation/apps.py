"""Start of the ground floor (底座启动)."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Say what is missing in plain words (表单提示)."""

    name = "sangesan.foundation"

    def ready(self):
        from django.forms import ChoiceField, Field
        from django.utils.translation import gettext_lazy as _

        Field.default_error_messages["required"] = _("请填写这一项")
        ChoiceField.default_error_messages["required"] = _("请选择一项")
