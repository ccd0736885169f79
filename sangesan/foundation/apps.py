"""Start of the ground floor (底座启动)."""

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """Say in plain words what is wrong with a field (表单提示); the framework's own speak of variables."""

    name = "sangesan.foundation"

    def ready(self):
        from .faults import say

        say()
