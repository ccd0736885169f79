"""Meetings as an application: their kinds of duties, and what was corrected stays as it was written."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as lazy

from sangesan.foundation.append_only import protect


class MeetingsConfig(AppConfig):
    """The app of meetings (会议)."""

    name = "sangesan.execution.meetings"

    def ready(self):
        """Hang the kinds (挂类别) and protect the corrections (更正不可改)."""
        from sangesan.execution.duties.kinds import Kind, hang

        from .queries.lists import page_of

        hang(Kind("meeting", lazy("开会并写纪要"), "users", page_of))
        hang(Kind("branch", lazy("过组织生活"), "flag", page_of))
        hang(Kind("union", lazy("办工会工作"), "users", page_of))
        hang(Kind("decision", lazy("落实会议决定"), "checks"))
        protect("meetings_correction")
