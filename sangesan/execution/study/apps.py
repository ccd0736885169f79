"""Study as an application: the page where a study duty is done."""

from urllib.parse import urlencode

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as lazy


class StudyConfig(AppConfig):
    """The app of study (学习)."""

    name = "sangesan.execution.study"

    def ready(self) -> None:
        from sangesan.execution.duties import kinds

        kinds.hang(kinds.Kind("study", lazy("组织学习"), "cap", _where))


def _where(duty) -> str:
    """Return where a study day is planned (安排地址), with what the duty says already filled in."""
    from sangesan.foundation import clock

    from .queries.shifts import ROUTINES

    code = duty.origin.subject.removeprefix("routines/")
    of = next((str(of) for of, routine in ROUTINES.items() if routine == code), "")
    asked = {"unit": duty.unit.code, "day": f"{clock.local(duty.due):%F}", "of": of}
    return f"/w/study/?{urlencode(asked)}#plan"
