"""The room as an application (应用)."""

from django.apps import AppConfig


class FocusConfig(AppConfig):
    """The app of the yearly focus (工作重点)."""

    name = "sangesan.decision.focus"
