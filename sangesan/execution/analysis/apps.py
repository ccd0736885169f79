"""Analyses as an application: their kinds of duties, and the answers they follow."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as lazy


class AnalysisConfig(AppConfig):
    """The app of analyses and discussions (月分析、季度座谈)."""

    name = "sangesan.execution.analysis"

    def ready(self) -> None:
        """Hang the kinds (挂类别)."""
        from sangesan.execution.duties.kinds import Kind, hang
        from sangesan.execution.duties.signals import settled

        from .services.points import POINT, followed

        hang(Kind("analysis", lazy("写月分析"), "chart", lambda duty: f"/w/analyses/of/{duty.pk}/"))
        hang(Kind("discussion", lazy("开座谈会"), "chat", lambda _duty: "/w/discussions/"))
        hang(Kind(POINT, lazy("答复座谈意见"), "reply"))
        settled.connect(followed, dispatch_uid="analysis")
