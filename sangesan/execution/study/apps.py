"""Study as an application: the page where a study duty is done."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as lazy


class StudyConfig(AppConfig):
    """The app of study (学习)."""

    name = "sangesan.execution.study"

    def ready(self) -> None:
        from sangesan.execution.duties import kinds

        kinds.hang(kinds.Kind("study", lazy("组织学习"), "cap", lambda duty: "/w/study/"))
