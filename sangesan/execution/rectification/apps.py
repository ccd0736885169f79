"""Inspection and rectification as an application: its kinds of duties, and what it follows."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as lazy

from sangesan.method.authority import Action


class RectificationConfig(AppConfig):
    """The app of inspection and rectification (督察整改)."""

    name = "sangesan.execution.rectification"

    def ready(self) -> None:
        from sangesan.execution.duties import kinds
        from sangesan.execution.duties.signals import handed, settled

        from .services.inspecting import KINDS
        from .services.rectifying import followed, gone_over

        for slug in KINDS:
            kinds.hang(kinds.Kind(slug, lazy("整改问题"), "check", lambda duty: f"/w/{duty.origin.subject}/",
                                 moves=False, follows=True))
        kinds.hang(kinds.Kind("walk_round", lazy("走动检查"), "helmet", lambda duty: "/w/inspections/new/",
                             needs=Action.CHECK_WORK))
        settled.connect(followed, dispatch_uid="rectification")
        handed.connect(gone_over, dispatch_uid="rectification")
