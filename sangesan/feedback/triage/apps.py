"""Triage help listens to what comes in and hangs its part on the triage page (分办辅助)."""

from django.apps import AppConfig


class TriageConfig(AppConfig):
    """The app of triage help (分办辅助)."""

    name = "sangesan.feedback.triage"
    label = "triage"

    def ready(self):
        from sangesan.feedback.matters import aids

        from . import listening, queries  # noqa: F401  (connects)

        aids.hang(queries.aid)
