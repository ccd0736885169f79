"""Work items as an application: their kinds of duties, each done on the page of its step."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as lazy


class WorkConfig(AppConfig):
    """The app of work items (工作项)."""

    name = "sangesan.execution.work"

    def ready(self) -> None:
        """Hang the kinds (挂类别)."""
        from sangesan.execution.duties.kinds import Kind, hang
        from sangesan.execution.duties.signals import handed, settled

        from .services.stepping import gone_over, kept

        settled.connect(kept, dispatch_uid="work")
        handed.connect(gone_over, dispatch_uid="work")
        words = {"guide": (lazy("宣传引导"), "flag"), "supervise": (lazy("到现场督促"), "pin"),
                 "execute": (lazy("办好工作项"), "checks"), "review": (lazy("评估工作项"), "bars")}
        for stage, (word, icon) in words.items():
            hang(Kind(f"work_{stage}", word, icon, _where, follows=True))


def _where(duty) -> str:
    """Return where a step is done (办理地址)."""
    step = "review" if duty.origin.kind == "work_review" else f"steps/{duty.pk}"
    return f"/w/{duty.origin.subject}/{step}/"
