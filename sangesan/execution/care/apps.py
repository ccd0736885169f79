"""The room as an application: agreed help is a duty of the giver, done on its plain page."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as lazy


class CareConfig(AppConfig):
    """The app of talks and help (谈心帮扶)."""

    name = "sangesan.execution.care"

    def ready(self) -> None:
        """Hang the kind (挂类别)."""
        from sangesan.execution.duties.kinds import Kind, hang

        hang(Kind("agreed_help", lazy("兑现商定的帮助"), "hand"))
