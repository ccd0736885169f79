"""Plans as an application: their kinds of duties; what was reported and answered stays."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as lazy


class PlansConfig(AppConfig):
    """The app of plans (周作业计划)."""

    name = "sangesan.execution.plans"

    def ready(self):
        """Hang the kinds (挂类别)."""
        from sangesan.execution.duties.kinds import Kind, hang

        hang(Kind("weekly_plan", lazy("确认周计划"), "calendar", lambda duty: f"/w/plans/of/{duty.pk}/"))
        hang(Kind("daily_report", lazy("每日述职"), "edit", lambda _duty: "/w/reports/"))
        hang(Kind("plan_line", lazy("办周计划的事"), "checks"))
