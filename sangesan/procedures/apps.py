"""Procedures as an application: they hang the roads that lead from one system into another."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as lazy


class ProceduresConfig(AppConfig):
    """The app of the procedures (三大流程)."""

    name = "sangesan.procedures"

    def ready(self) -> None:
        from sangesan.decision.focus import queries as focus
        from sangesan.execution.analysis import roads as talks
        from sangesan.execution.contacts import roads
        from sangesan.execution.duties.kinds import Kind, hang
        from sangesan.execution.plans import roads as plans
        from sangesan.execution.publicity import roads as publicity
        from sangesan.execution.rectification import sources
        from sangesan.execution.work import roads as work
        from sangesan.organization.remarks import roads as remarks

        from . import discussions, instructions, operation_chain, pre_shift, receptions
        from .contact_points import become_matter

        roads.hang("matter", become_matter)
        talks.hang("matter", discussions.become_matter)
        work.hang("matters", operation_chain.guard_matter)
        publicity.hang(pre_shift.answers)
        plans.hang(focus.aims)
        sources.hang(operation_chain.unseen)
        remarks.offer(lazy("立为工作项"), "/w/work/new/?from=", work.causes())
        remarks.hang("given", instructions.given)
        remarks.hang("answered", instructions.answered)
        hang(Kind(receptions.KIND, lazy("接待来访"), "hand", lambda _duty: "/w/reception/"))
        hang(Kind(instructions.KIND, lazy("回复批示"), "reply", lambda duty: f"/w/{duty.origin.subject}/"))
