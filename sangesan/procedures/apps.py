"""Procedures as an application: they hang the roads that lead from one system into another."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as lazy


class ProceduresConfig(AppConfig):
    """The app of the procedures (三大流程)."""

    name = "sangesan.procedures"

    def ready(self) -> None:
        from sangesan.execution.contacts import roads
        from sangesan.execution.duties.kinds import Kind, hang
        from sangesan.organization.remarks import roads as remarks

        from . import instructions
        from .contact_points import become_matter

        roads.hang("matter", become_matter)
        remarks.hang("given", instructions.given)
        remarks.hang("answered", instructions.answered)
        hang(Kind(instructions.KIND, lazy("回复批示"), "reply", lambda duty: f"/w/{duty.origin.subject}/"))
