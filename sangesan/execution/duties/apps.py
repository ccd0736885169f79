"""Duties as an application: it hangs the kinds that need no room of their own."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """The app of the duties (应办事项)."""

    name = "sangesan.execution.duties"
