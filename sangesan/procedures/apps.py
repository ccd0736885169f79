"""Procedures as an application: they hang the roads that lead from one system into another."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """The app of the procedures (三大流程)."""

    name = "sangesan.procedures"

    def ready(self) -> None:
        from sangesan.execution.contacts import roads

        from .contact_points import become_matter

        roads.hang("matter", become_matter)
